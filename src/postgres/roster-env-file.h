/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * roster_env_file_read:
 * @path: a .env file
 * @others_can_read: (out): whether its mode lets others than its owner read it
 * @error: return location: of GIO, or ROSTER_ERROR_INVALID with the number of the line
 *
 * Reads it as dotenv does: NAME=value, quotes, comments, an optional "export".
 *
 * Returns: (transfer full) (nullable): values by name
 */
GHashTable *roster_env_file_read (const char *path, gboolean *others_can_read, GError **error);

G_END_DECLS
