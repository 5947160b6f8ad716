/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Everything for a team's directory is in a module, and the libraries for the network, the keyring
 * and the database with it: a program that is linked with them starts a tenth later, for the people
 * of this computer too. This is all that the program and the module know of each other; beyond it
 * the module uses the widgets of the program, and the application's actions.
 */

/**
 * RosterTeamPageNew:
 * @settings: the application's; "directory" names the team's directory, with
 * ROSTER_TEAM_NAME_PREFIX
 * @environment: (transfer none): see roster_environment_take()
 *
 * The function of the module that is named ROSTER_TEAM_PAGE_NEW.
 *
 * Returns: (transfer floating): a page that does everything by itself, and lets go of everything
 *   when it is destroyed
 */
typedef GtkWidget *(*RosterTeamPageNew) (GSettings *settings, GHashTable *environment);

#define ROSTER_TEAM_PAGE_NEW "roster_team_page_new"

#define ROSTER_TEAM_NAME_PREFIX "team-"

/** roster_team_is_chosen: whether a team's directory is what @settings and @environment want. */
gboolean roster_team_is_chosen (GSettings *settings, GHashTable *environment);

/** roster_team_module_is_here: whether the module is there to be loaded. */
gboolean roster_team_module_is_here (void);

/**
 * roster_team_module_load_async:
 *
 * Loads the module, on a thread; it stays. Main thread.
 *
 * roster_team_module_load_finish: Returns: its function; %NULL with ROSTER_ERROR_FAILED and a
 *   sentence
 */
void roster_team_module_load_async (GAsyncReadyCallback callback, gpointer user_data);
RosterTeamPageNew roster_team_module_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
