/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-replica.h"

G_BEGIN_DECLS

/* The history that a replica keeps where it is the authority itself: every change of people, in the
 * transaction that made it; of those who are there for ever, of the deleted until they are removed
 * for good. Like the calls in roster-replica.h, whose common errors these give as well. */

/**
 * roster_replica_undo_async:
 * @batch_to_undo: what to undo; can itself have been an undo
 * @batch_id: under which the undoing is kept
 *
 * Undoes all of it or nothing: whoever was added is deleted, whoever was deleted is back with the
 * id, values and times they had, what was edited has its former value. A person who is so already
 * is no obstacle; one who was changed otherwise since is: ROSTER_ERROR_CONFLICT. Other errors:
 * ROSTER_ERROR_NOT_FOUND (nothing is known of the batch), ROSTER_ERROR_DUPLICATE_EMAIL. Messages
 * say who is in the way.
 *
 * roster_replica_undo_finish: Returns: (transfer full) (nullable): what came of it
 */
void roster_replica_undo_async (RosterReplica *self,
                                const char *batch_to_undo,
                                const char *batch_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RosterReceipt *roster_replica_undo_finish (RosterReplica *self,
                                           GAsyncResult *result,
                                           GError **error);

/**
 * roster_replica_restore_async:
 * @ids: (array zero-terminated=1) (transfer full): who is there already is passed over
 *
 * Brings back all of them, as they were when they were deleted, or none. Errors:
 * ROSTER_ERROR_NOT_FOUND (removed for good), ROSTER_ERROR_DUPLICATE_EMAIL.
 *
 * roster_replica_restore_finish: Returns: (transfer full) (nullable): what came of it
 */
void roster_replica_restore_async (RosterReplica *self,
                                   char **ids,
                                   const char *batch_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
RosterReceipt *roster_replica_restore_finish (RosterReplica *self,
                                              GAsyncResult *result,
                                              GError **error);

/**
 * roster_replica_purge_async:
 * @ids: (array zero-terminated=1) (nullable) (transfer full): who is not deleted is passed over;
 * %NULL for all who are
 *
 * Removes the deleted for good, with their history and what was typed about them and not saved:
 * afterwards their values are neither in the file nor, unless another program is reading just then,
 * in its log.
 */
void roster_replica_purge_async (RosterReplica *self,
                                 char **ids,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean roster_replica_purge_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/**
 * roster_replica_expire_async:
 * @retention_ms: how long the deleted are kept
 * @limit: how many at most are removed by this call
 *
 * Removes for good whoever has been deleted for longer than that, by more than one look at the
 * clock (roster-purge.c says how). roster_replica_expire_finish: @more: (out): whether more are
 * left
 */
void roster_replica_expire_async (RosterReplica *self,
                                  gint64 retention_ms,
                                  guint limit,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean roster_replica_expire_finish (RosterReplica *self,
                                       GAsyncResult *result,
                                       gboolean *more,
                                       GError **error);

/**
 * roster_replica_history_async:
 * @id: of somebody who is there or deleted
 *
 * roster_replica_history_finish: Returns: (transfer full) (element-type RosterChange) (nullable):
 * all their changes, newest first; none when nobody is known by the id
 */
void roster_replica_history_async (RosterReplica *self,
                                   const char *id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *roster_replica_history_finish (RosterReplica *self,
                                          GAsyncResult *result,
                                          GError **error);

/**
 * roster_replica_deleted_async:
 * @before_change_id: the last change of the page before; 0 for the first page
 * @since_unix_ms: who was deleted before that does not count
 * @limit: how many at most
 *
 * Reads the deletions of those who are not there now, newest first.
 *
 * roster_replica_deleted_finish: @n_total: (out): how many there are on all pages.
 * Returns: (transfer full) (element-type RosterChange) (nullable): the page
 */
void roster_replica_deleted_async (RosterReplica *self,
                                   gint64 before_change_id,
                                   gint64 since_unix_ms,
                                   guint limit,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *roster_replica_deleted_finish (RosterReplica *self,
                                          GAsyncResult *result,
                                          guint *n_total,
                                          GError **error);

G_END_DECLS
