/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that make the replica a copy of a directory elsewhere, as jobs for the replica's
 * thread: the run functions are called there, the others on the main thread. */

#include "config.h"

#include "roster-replica-sync.h"

#include "roster-digest.h"
#include "roster-replica-private.h"
#include "roster-sync-table.h"
#include "roster-sync-write.h"

static gboolean
run_sync_point (RosterReplica *self,
                RosterReplicaJob *job,
                GCancellable *cancellable,
                GError **error)
{
  job->result_point = roster_sync_table_read (self->database, error);
  return job->result_point != NULL;
}

void
roster_replica_sync_point_async (RosterReplica *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  roster_replica_push (self, roster_replica_sync_point_async,
                       roster_replica_job_new (run_sync_point), cancellable, callback, user_data);
}

RosterSyncPoint *
roster_replica_sync_point_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job =
      roster_replica_finish (self, roster_replica_sync_point_async, result, error);

  return job ? g_steal_pointer (&job->result_point) : NULL;
}

static gboolean
run_sync (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  if (!roster_sync_write_step (self->database, job->from, job->to, &job->rows, cancellable,
                               &job->changed, error))
    return FALSE;
  job->changed_any = !roster_batch_is_empty (job->changed);
  job->wrote_other = TRUE;
  return TRUE;
}

void
roster_replica_sync_async (RosterReplica *self,
                           const RosterSyncPoint *from,
                           const RosterSyncPoint *to,
                           const RosterSyncRows *rows,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_sync);

  job->from = roster_sync_point_copy (from);
  job->to = roster_sync_point_copy (to);
  if (rows)
    job->rows = *rows;
  roster_replica_push (self, roster_replica_sync_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_sync_finish (RosterReplica *self,
                            GAsyncResult *result,
                            gboolean *changed,
                            GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_sync_async, result, error);

  if (job && changed)
    *changed = job->changed_any;
  return job != NULL;
}

char *
roster_replica_digest (RosterReplica *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (RosterDatabase) reader = NULL;

  if (!g_atomic_int_get (&self->is_open))
    {
      roster_replica_set_closed_error (error);
      return NULL;
    }
  reader = roster_database_open_reader (g_file_peek_path (self->file), error);
  return reader ? roster_digest_read (reader, cancellable, error) : NULL;
}
