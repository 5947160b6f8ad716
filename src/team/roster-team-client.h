/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-account.h"
#include "roster-team-setup.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_TEAM_CLIENT (roster_team_client_get_type ())
G_DECLARE_FINAL_TYPE (RosterTeamClient, roster_team_client, ROSTER, TEAM_CLIENT, GObject)

/**
 * RosterTeamClient:
 *
 * One team's directory, as the pages of the team need it: here, and only here, it is put together.
 * Main thread.
 */

/**
 * roster_team_client_new:
 * @setup: (transfer full): how to get there
 *
 * Returns: (transfer full): a client that has asked for nothing yet
 */
RosterTeamClient *roster_team_client_new (RosterTeamSetup *setup);

/** roster_team_client_open: finds out who is signed in; the session says so. */
void roster_team_client_open (RosterTeamClient *self);

RosterAccount *roster_team_client_get_account (RosterTeamClient *self);
const RosterProvider *roster_team_client_get_provider (RosterTeamClient *self);

/** roster_team_client_close: ends every call; what is under way completes with an error. */
void roster_team_client_close (RosterTeamClient *self);

G_END_DECLS
