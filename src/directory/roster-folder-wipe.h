/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * roster_folder_wipe_async:
 * @folder: deleted with everything in it; links are deleted, not followed
 *
 * On a thread of its own. roster_folder_wipe_finish: Returns: whether nothing is left; goes as far
 * as it can. Errors: ROSTER_ERROR_FAILED, with a sentence that names the folder.
 */
void roster_folder_wipe_async (GFile *folder, GAsyncReadyCallback callback, gpointer user_data);
gboolean roster_folder_wipe_finish (GFile *folder, GAsyncResult *result, GError **error);

G_END_DECLS
