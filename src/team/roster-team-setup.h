/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-provider.h"
#include "roster-secrets.h"

G_BEGIN_DECLS

/**
 * RosterTeamSetup:
 * @database_url: where the team's database is; secret, as is the next
 * @direct_url: (nullable): the same without a pooler
 * @provider: who says who somebody is
 *
 * What it takes to get to a team's directory. One thread at a time.
 */
typedef struct
{
  char *database_url;
  char *direct_url;
  RosterProvider *provider;
} RosterTeamSetup;

/**
 * roster_team_setup_new_from_values:
 * @values: by the names that they have in the environment; of that, an invitation, or typed
 *
 * Returns: (transfer full) (nullable): the setup; ROSTER_ERROR_INVALID with a sentence for what is
 *   missing or cannot be
 */
RosterTeamSetup *roster_team_setup_new_from_values (GHashTable *values, GError **error);

/** roster_team_setup_new_from_secrets: Returns: (transfer full) (nullable): what was kept;
 * ROSTER_ERROR_INVALID when nothing was. */
RosterTeamSetup *roster_team_setup_new_from_secrets (const RosterSecrets *secrets, GError **error);

/** roster_team_setup_keep: puts it into @secrets. */
void roster_team_setup_keep (const RosterTeamSetup *self, RosterSecrets *secrets);

/** roster_team_setup_make_name: Returns: (transfer full): what tells the directory from the user's
 * others; no secret. */
char *roster_team_setup_make_name (const RosterTeamSetup *self);

RosterTeamSetup *roster_team_setup_copy (const RosterTeamSetup *self);
void roster_team_setup_free (RosterTeamSetup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTeamSetup, roster_team_setup_free)

G_END_DECLS
