/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/**
 * roster_person_picture_load_async:
 * @uri: (nullable): where somebody's picture is, see RosterPictureLoader
 *
 * Loads the picture and decodes it on a thread. Main thread.
 *
 * roster_person_picture_load_finish: Returns: (transfer full) (nullable): the picture; errors are
 * to be shown to nobody
 */
void roster_person_picture_load_async (const char *uri,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GdkTexture *roster_person_picture_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
