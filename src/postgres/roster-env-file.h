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

/** roster_env_file_parse: @name: of the file, for the error; @text: with a NUL after @length bytes;
 * as roster_env_file_read(), of a text that was read. */
GHashTable *roster_env_file_parse (const char *name,
                                   const char *text,
                                   gsize length,
                                   GError **error);

G_END_DECLS
