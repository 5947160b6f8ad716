/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-account.h"
#include "roster-authority.h"
#include "roster-sync.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_TEAM_AUTHORITY (roster_team_authority_get_type ())
G_DECLARE_FINAL_TYPE (RosterTeamAuthority, roster_team_authority, ROSTER, TEAM_AUTHORITY, GObject)

/**
 * RosterTeamAuthority:
 *
 * The team's database as the authority. A write is one round trip: with it goes the question what
 * changed since the replica's cursor, so that the replica has what was written, and what others
 * wrote before. Writes go one after the other, so that each finds the replica where it was asked
 * for; what is only read goes beside them. Errors besides those of RosterAuthority:
 * ROSTER_ERROR_UNREACHABLE (a write may have been done all the same; to ask for it again does no
 * harm, as it is known by its batch or by what it is to become), ROSTER_ERROR_NOT_SIGNED_IN and
 * ROSTER_ERROR_NOT_A_MEMBER (the account was told), ROSTER_ERROR_NOT_ALLOWED,
 * ROSTER_ERROR_NEWER_VERSION. E-mails that differ in their case only are different ones.
 */

/**
 * roster_team_authority_new:
 * @account: whose token is used, and who hears what the database says of it
 * @sync: reads everything that is not read with a write
 *
 * Returns: (transfer full): an authority that accepts writes
 */
RosterAuthority *roster_team_authority_new (RosterWorker *worker,
                                            RosterAccount *account,
                                            RosterReplica *replica,
                                            RosterSync *sync);

/** roster_team_authority_set_edit_reason: @edit_reason: (nullable): a translated sentence, why
 * every write is refused from now on; %NULL accepts them again. */
void roster_team_authority_set_edit_reason (RosterTeamAuthority *self, const char *edit_reason);

/** roster_team_authority_wait_async: completes when no write is under way. */
void roster_team_authority_wait_async (RosterTeamAuthority *self,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean roster_team_authority_wait_finish (RosterTeamAuthority *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
