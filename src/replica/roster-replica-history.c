/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls on the history, as jobs for the replica's thread: the run functions are called there,
 * the others on the main thread. */

#include "config.h"

#include "roster-replica-history.h"

#include "roster-history.h"
#include "roster-purge.h"
#include "roster-replica-private.h"
#include "roster-undo.h"

static gboolean
run_undo (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_undo_batch (self->database, job->key, job->batch_id, cancellable, &job->changed,
                            &job->result_receipt, error);
}

void
roster_replica_undo_async (RosterReplica *self,
                           const char *batch_to_undo,
                           const char *batch_id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_undo);

  job->key = g_strdup (batch_to_undo);
  job->batch_id = g_strdup (batch_id);
  roster_replica_push (self, roster_replica_undo_async, job, cancellable, callback, user_data);
}

RosterReceipt *
roster_replica_undo_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_undo_async, result, error);

  return job ? g_steal_pointer (&job->result_receipt) : NULL;
}

static gboolean
run_restore (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_undo_deletions (self->database, (const char *const *) job->ids, job->batch_id,
                                cancellable, &job->changed, &job->result_receipt, error);
}

void
roster_replica_restore_async (RosterReplica *self,
                              char **ids,
                              const char *batch_id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_restore);

  job->ids = ids;
  job->batch_id = g_strdup (batch_id);
  roster_replica_push (self, roster_replica_restore_async, job, cancellable, callback, user_data);
}

RosterReceipt *
roster_replica_restore_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_restore_async, result, error);

  return job ? g_steal_pointer (&job->result_receipt) : NULL;
}

static gboolean
run_purge (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_purge_people (self->database, (const char *const *) job->ids, cancellable, error);
}

void
roster_replica_purge_async (RosterReplica *self,
                            char **ids,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_purge);

  job->ids = ids;
  roster_replica_push (self, roster_replica_purge_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_purge_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_purge_async, result, error) != NULL;
}

static gboolean
run_expire (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_purge_expired (self->database, job->time_ms, job->limit, &job->result_more, error);
}

void
roster_replica_expire_async (RosterReplica *self,
                             gint64 retention_ms,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_expire);

  job->time_ms = retention_ms;
  job->limit = limit;
  roster_replica_push (self, roster_replica_expire_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_expire_finish (RosterReplica *self,
                              GAsyncResult *result,
                              gboolean *more,
                              GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_expire_async, result, error);

  if (!job)
    return FALSE;
  *more = job->result_more;
  return TRUE;
}

static gboolean
run_history (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  job->result_changes = roster_history_read_person (self->database, job->key, error);
  return job->result_changes != NULL;
}

void
roster_replica_history_async (RosterReplica *self,
                              const char *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_history);

  job->key = g_strdup (id);
  roster_replica_push (self, roster_replica_history_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_history_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_history_async, result, error);

  return job ? g_steal_pointer (&job->result_changes) : NULL;
}

static gboolean
run_deleted (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  job->result_changes = roster_history_read_deleted (self->database, job->change_id, job->time_ms,
                                                     job->limit, &job->result_n, error);
  return job->result_changes != NULL;
}

void
roster_replica_deleted_async (RosterReplica *self,
                              gint64 before_change_id,
                              gint64 since_unix_ms,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_deleted);

  job->change_id = before_change_id;
  job->time_ms = since_unix_ms;
  job->limit = limit;
  roster_replica_push (self, roster_replica_deleted_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_deleted_finish (RosterReplica *self,
                               GAsyncResult *result,
                               guint *n_total,
                               GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_deleted_async, result, error);

  if (!job)
    return NULL;
  *n_total = job->result_n;
  return g_steal_pointer (&job->result_changes);
}
