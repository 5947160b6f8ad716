/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-team-setup.h"
#include "roster-team.h"

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

RosterTeam *roster_team_client_get_team (RosterTeamClient *self);
RosterAccount *roster_team_client_get_account (RosterTeamClient *self);
const RosterProvider *roster_team_client_get_provider (RosterTeamClient *self);

/** roster_team_client_close: @application: (nullable): goes on until everything is written. */
void roster_team_client_close (RosterTeamClient *self, GApplication *application);

G_END_DECLS
