/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-team-client.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_SIGN_IN_PAGE (roster_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterSignInPage, roster_sign_in_page, ROSTER, SIGN_IN_PAGE, AdwBin)

/**
 * RosterSignInPage:
 *
 * Signing in, waiting for it, why it did not work; and the keyring that is locked. Main thread.
 */

/** roster_sign_in_page_set_locked: @reason: (nullable): that the keyring has to be unlocked before
 * anything else, in a sentence. */
void roster_sign_in_page_set_locked (RosterSignInPage *self, const char *reason);

/** roster_sign_in_page_set_client: @client: (nullable): what to sign in to; what was going on for
 * another one is cancelled. */
void roster_sign_in_page_set_client (RosterSignInPage *self, RosterTeamClient *client);

G_END_DECLS
