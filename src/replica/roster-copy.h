/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Copies of a directory's file as one file each. Any thread but the main one: each blocks. Inside
 * replica/ only. */

/**
 * roster_copy_save:
 * @from: the path of a directory, in use or not
 * @to: where the copy goes; what is there is replaced once the copy is whole and on the disk
 * @progress: (nullable): called on this thread now and then
 *
 * Errors: the common ones of RosterReplica; ROSTER_ERROR_INVALID when @to belongs to @from, or to a
 * directory that is in use. The copy can only be read and written by its owner.
 */
gboolean roster_copy_save (const char *from,
                           const char *to,
                           GFileProgressCallback progress,
                           gpointer progress_data,
                           GCancellable *cancellable,
                           GError **error);

/**
 * roster_copy_stage:
 * @copy: a file that may be a directory; only read
 * @path: of the directory that it may replace
 * @n_people: (out): how many are in it
 *
 * Checks all of @copy and brings it, as it is with its log, into a file beside @path and up to this
 * version. Errors: the common ones of RosterReplica (ROSTER_ERROR_CORRUPT with a sentence on @copy)
 * and ROSTER_ERROR_NEWER_VERSION.
 *
 * Returns: (transfer full) (nullable): the path of that file, ready for roster_copy_replace(); to
 * be deleted otherwise
 */
char *roster_copy_stage (const char *copy,
                         const char *path,
                         guint *n_people,
                         GFileProgressCallback progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GError **error);

/** roster_copy_replace: puts @staged in the place of @path, which nobody has open, at once. */
gboolean roster_copy_replace (const char *staged, const char *path, GError **error);

G_END_DECLS
