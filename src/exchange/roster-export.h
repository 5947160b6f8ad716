/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * RosterExportNext:
 * @people: where they come from
 * @person: (out caller-allocates): who is next; name, e-mail and phone, which belong to @people and
 *   are valid until the next call
 *
 * Called on a worker thread, never on two at a time. Returns: whether there was somebody left
 */
typedef gboolean (*RosterExportNext) (gpointer people, RosterPerson *person);

/**
 * roster_export_csv_async:
 * @file: on this computer; there or not
 * @people: (transfer full): passed to @next, and to @free_people, on any thread
 *
 * Writes everybody into @file: CSV (RFC 4180), UTF-8, with a header. Whatever was in @file stays
 * until all of the new content is safely on the disk, and stays when that fails. However many
 * people there are, it takes little memory. Called from, and completing on, the main thread.
 *
 * Errors: ROSTER_ERROR_NO_SPACE, ROSTER_ERROR_FAILED, both with a sentence; G_IO_ERROR_CANCELLED.
 */
void roster_export_csv_async (GFile *file,
                              RosterExportNext next,
                              gpointer people,
                              GDestroyNotify free_people,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean roster_export_csv_finish (GAsyncResult *result, GError **error);

/**
 * roster_export_text_async:
 * @people: as in roster_export_csv_async()
 *
 * Makes text for the clipboard: a line each, name, e-mail and phone separated by tabs. Errors:
 * G_IO_ERROR_CANCELLED.
 *
 * Returns (finish): (transfer full) (nullable): UTF-8, no NUL at the end
 */
void roster_export_text_async (RosterExportNext next,
                               gpointer people,
                               GDestroyNotify free_people,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GBytes *roster_export_text_finish (GAsyncResult *result, GError **error);

G_END_DECLS
