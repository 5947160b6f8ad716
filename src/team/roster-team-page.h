/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-team-module.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_TEAM_PAGE (roster_team_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterTeamPage, roster_team_page, ROSTER, TEAM_PAGE, AdwBin)

/** roster_team_page_new: see RosterTeamPageNew. */
GtkWidget *roster_team_page_new (GSettings *settings, GHashTable *environment);

G_END_DECLS
