/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-replica.h"

G_BEGIN_DECLS

/* Copies of a replica's file, and taking one in its place. Main thread; the work is done on a
 * thread of its own, over a handle of its own, so that nothing waits for it. @progress is called on
 * the main thread, and no more once the call completes. */

/**
 * roster_replica_save_copy_async:
 * @to: a local file; replaced at the end, at once, or not at all
 *
 * Writes all that is in the open replica now into one file (mode 0600). Errors: the common ones of
 * RosterReplica; ROSTER_ERROR_INVALID when @to belongs to the replica or is in use.
 */
void roster_replica_save_copy_async (RosterReplica *self,
                                     GFile *to,
                                     GFileProgressCallback progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean roster_replica_save_copy_finish (RosterReplica *self,
                                          GAsyncResult *result,
                                          GError **error);

/**
 * roster_replica_stage_copy_async:
 * @copy: a local file; only read
 *
 * Checks @copy and makes a file of it beside that of the replica, open or not. Errors: the common
 * ones of RosterReplica (ROSTER_ERROR_CORRUPT: @copy is), ROSTER_ERROR_NOT_FOUND and
 * ROSTER_ERROR_NEWER_VERSION.
 *
 * roster_replica_stage_copy_finish:
 * @n_people: (out): how many are in it
 * Returns: (transfer full) (nullable): for roster_replica_replace_async(); to be deleted otherwise
 */
void roster_replica_stage_copy_async (RosterReplica *self,
                                      GFile *copy,
                                      GFileProgressCallback progress,
                                      gpointer progress_data,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GFile *roster_replica_stage_copy_finish (RosterReplica *self,
                                         GAsyncResult *result,
                                         guint *n_people,
                                         GError **error);

/** roster_replica_replace_async: puts @staged in the place of the file of a replica that is not
 * open. What was there is gone. */
void roster_replica_replace_async (RosterReplica *self,
                                   GFile *staged,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_replica_replace_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/** roster_replica_dup_previous_file: Returns: (transfer full): a name beside the file that nobody
 * uses, for what it is now. */
GFile *roster_replica_dup_previous_file (RosterReplica *self);

G_END_DECLS
