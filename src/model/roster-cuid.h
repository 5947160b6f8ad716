/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_cuid_new:
 *
 * Makes an id as Prisma's cuid() does: "c", the time in milliseconds (8 base-36 digits), a counter
 * (4), a fingerprint of host and process (4) and random characters (8); it matches
 * `^c[0-9a-z]{24}$`. Any thread.
 *
 * Returns: (transfer full): the id
 */
char *roster_cuid_new (void);

/**
 * roster_cuid_is_valid:
 * @id: (nullable): the text to look at
 *
 * Returns: whether @id has the form of a cuid. Any thread.
 */
gboolean roster_cuid_is_valid (const char *id);

G_END_DECLS
