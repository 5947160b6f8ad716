/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_PREFERENCES_WINDOW (roster_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (RosterPreferencesWindow,
                      roster_preferences_window,
                      ROSTER,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/** roster_preferences_window_new: Returns: (transfer floating): a window bound to @settings. */
GtkWidget *roster_preferences_window_new (GSettings *settings);

G_END_DECLS
