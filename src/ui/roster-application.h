/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_APPLICATION (roster_application_get_type ())
G_DECLARE_FINAL_TYPE (RosterApplication, roster_application, ROSTER, APPLICATION, AdwApplication)

/**
 * RosterApplication:
 *
 * The only place that builds the objects and hands them down: settings, file, authority, directory,
 * window.
 */

/** roster_application_new: Returns: (transfer full): the application, not running yet. */
RosterApplication *roster_application_new (void);

G_END_DECLS
