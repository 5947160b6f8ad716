/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-http.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_PICTURE_LOADER (roster_picture_loader_get_type ())
G_DECLARE_FINAL_TYPE (RosterPictureLoader, roster_picture_loader, ROSTER, PICTURE_LOADER, GObject)

#define ROSTER_PICTURE_MAX_BYTES (1024 * 1024)
#define ROSTER_PICTURE_MAX_PIXELS 2048

/**
 * RosterPictureLoader:
 *
 * Somebody's picture, from wherever they say it is: only over https, only from a public address, so
 * that nobody has Roster knock at the doors of a private network. Bytes that are small enough to be
 * decoded; decoding is the UI's. Main thread.
 */

/** roster_picture_loader_new: Returns: (transfer full): a loader. */
RosterPictureLoader *roster_picture_loader_new (void);

/** roster_picture_loader_new_with_http: @http: (transfer full): asks instead, plain http on this
 * computer included; for tests. */
RosterPictureLoader *roster_picture_loader_new_with_http (RosterHttp *http);

/**
 * roster_picture_loader_load_async:
 * @uri: (nullable): where the picture is
 *
 * The last picture is kept in memory and not asked for again.
 *
 * roster_picture_loader_load_finish: Returns: (transfer full) (nullable): PNG, JPEG or WebP, by its
 *   own bytes, of at most ROSTER_PICTURE_MAX_BYTES and ROSTER_PICTURE_MAX_PIXELS in each direction;
 *   ROSTER_ERROR_FAILED or ROSTER_ERROR_UNREACHABLE, to be shown to nobody
 */
void roster_picture_loader_load_async (RosterPictureLoader *self,
                                       const char *uri,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *roster_picture_loader_load_finish (RosterPictureLoader *self,
                                           GAsyncResult *result,
                                           GError **error);

/** roster_picture_is_harmless: whether @bytes begin as a PNG, JPEG or WebP of no more than
 * ROSTER_PICTURE_MAX_PIXELS in each direction does. Any thread. */
gboolean roster_picture_is_harmless (const guint8 *bytes, gsize n_bytes);

G_END_DECLS
