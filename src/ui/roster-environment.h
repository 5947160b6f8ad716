/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_environment_take:
 *
 * Takes what the environment says of a team's directory out of it: DATABASE_URL,
 * DATABASE_URL_UNPOOLED, AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET and AUTH_GOOGLE_ISSUER. Passwords are
 * among them, and no program that Roster starts is to see those. Before there is any other thread.
 *
 * Returns: (transfer full): values by name; an empty one counts as none
 */
GHashTable *roster_environment_take (void);

G_END_DECLS
