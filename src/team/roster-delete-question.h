/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-account.h"

G_BEGIN_DECLS

/**
 * roster_delete_question_ask:
 * @parent: where it is asked
 * @account: whose
 * @callback: of roster_account_delete_async(), once the person has typed their e-mail
 *
 * Asks whether to delete the account, for good. Main thread.
 */
void roster_delete_question_ask (GtkWindow *parent,
                                 RosterAccount *account,
                                 GAsyncReadyCallback callback,
                                 GObject *user_data);

G_END_DECLS
