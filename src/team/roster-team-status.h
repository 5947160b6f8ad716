/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-team.h"

G_BEGIN_DECLS

/** roster_team_status_describe: Returns: (transfer full): how the directory is, in a word or two,
 * translated; with the time when it was last what the database is, unless that is now. */
char *roster_team_status_describe (RosterTeam *team);

/** roster_team_status_explain: Returns: (transfer full): what that means and what to do, in a
 * sentence, translated. */
char *roster_team_status_explain (RosterTeam *team);

G_END_DECLS
