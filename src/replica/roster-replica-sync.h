/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-replica.h"
#include "roster-sync-point.h"

G_BEGIN_DECLS

/* The replica as a copy of what an authority elsewhere keeps. Main thread, in order with the other
 * calls, unless said otherwise; common errors of RosterReplica. */

/**
 * RosterSyncRows:
 * @n: how many there are
 * @get: fills in row @i: the strings belong to @data; a name of %NULL says that they are gone. Any
 *   thread
 * @data: (transfer full): the rows, freed by @free
 *
 * Rows on their way into a replica, as whoever read them has them.
 */
typedef struct
{
  gsize n;
  void (*get) (gconstpointer data, gsize i, RosterPerson *person);
  gpointer data;
  GDestroyNotify free;
} RosterSyncRows;

/** roster_replica_sync_point_finish: Returns: (transfer full) (nullable): where the sync is. */
void roster_replica_sync_point_async (RosterReplica *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
RosterSyncPoint *roster_replica_sync_point_finish (RosterReplica *self,
                                                   GAsyncResult *result,
                                                   GError **error);

/**
 * roster_replica_sync_async:
 * @from: where the sync is
 * @to: where it is afterwards
 * @rows: (nullable): whom this step brings; in any order, those who are there already too
 *
 * Takes one step of a sync: rows and point in one transaction. When everybody begins to be read
 * (@to->next_block is 0) all who are there stay; who was not seen until @to->is_partial ends is
 * gone then, in the same transaction. Errors besides: ROSTER_ERROR_CONFLICT: the sync is not at
 * @from any more; nothing was changed.
 *
 * roster_replica_sync_finish: @changed: (out) (optional): whether anybody is another now
 */
void roster_replica_sync_async (RosterReplica *self,
                                const RosterSyncPoint *from,
                                const RosterSyncPoint *to,
                                const RosterSyncRows *rows,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean roster_replica_sync_finish (RosterReplica *self,
                                     GAsyncResult *result,
                                     gboolean *changed,
                                     GError **error);

/**
 * roster_replica_digest:
 *
 * Reads everybody, from one snapshot, over a handle of its own. Blocks: any thread but the main
 * one, while the replica is open.
 *
 * Returns: (transfer full) (nullable): the digest as roster.people_digest() of sql/roster/ makes it
 */
char *roster_replica_digest (RosterReplica *self, GCancellable *cancellable, GError **error);

G_END_DECLS
