/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * roster_invitation_read_async:
 * @file: an invitation, which is a .env file; or the JSON file of a client, as Google's console
 *   offers it for download
 *
 * Reads it on a thread; no more than a file of that kind has.
 *
 * roster_invitation_read_finish: Returns: (transfer full) (nullable): values by the names that they
 *   have in the environment; ROSTER_ERROR_INVALID with a sentence, or G_IO_ERROR_CANCELLED
 */
void roster_invitation_read_async (GFile *file,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GHashTable *roster_invitation_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
