/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-directory.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_WINDOW (roster_window_get_type ())
G_DECLARE_FINAL_TYPE (RosterWindow, roster_window, ROSTER, WINDOW, AdwApplicationWindow)

/**
 * roster_window_new:
 * @settings: where size and state are kept
 *
 * Returns: (transfer floating): a window that shows nothing yet
 */
GtkWidget *roster_window_new (GtkApplication *application, GSettings *settings);

/** roster_window_show_welcome: offers where to keep the directory. */
void roster_window_show_welcome (RosterWindow *self);

/** roster_window_show_loading: while the directory is being opened. */
void roster_window_show_loading (RosterWindow *self);

/** roster_window_show_directory: @directory: open. */
void roster_window_show_directory (RosterWindow *self, RosterDirectory *directory);

/** roster_window_show_team: @page: (nullable): of the module for team directories; %NULL: the one
 * that was given last, or that it is being loaded. */
void roster_window_show_team (RosterWindow *self, GtkWidget *page);

/** roster_window_show_failure: @error: why the directory could not be opened; a sentence. */
void roster_window_show_failure (RosterWindow *self, const GError *error);

/**
 * roster_window_tell_kept_aside:
 * @file: where it is now
 * @undoable: whether that is what the directory was before a copy was opened, which can be undone,
 *   or a damaged directory
 *
 * Returns: (transfer none): the dialog, with the response "undo" when that was chosen
 */
GtkWidget *roster_window_tell_kept_aside (RosterWindow *self, GFile *file, gboolean undoable);

G_END_DECLS
