/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-account.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_ACCOUNT_WINDOW (roster_account_window_get_type ())
G_DECLARE_FINAL_TYPE (RosterAccountWindow,
                      roster_account_window,
                      ROSTER,
                      ACCOUNT_WINDOW,
                      AdwPreferencesWindow)

/** roster_account_window_new: Returns: (transfer floating): who is signed in, where else, and how
 * that ends. */
GtkWidget *roster_account_window_new (RosterAccount *account);

G_END_DECLS
