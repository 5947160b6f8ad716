/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that keep what was typed, as jobs for the replica's thread: the run functions are
 * called there, the others on the main thread. */

#include "config.h"

#include "roster-replica-drafts.h"

#include "roster-draft-table.h"
#include "roster-replica-private.h"

static gboolean
run_save_draft (RosterReplica *self,
                RosterReplicaJob *job,
                GCancellable *cancellable,
                GError **error)
{
  job->wrote_other = roster_draft_table_save (self->database, job->draft, error);
  return job->wrote_other;
}

void
roster_replica_save_draft_async (RosterReplica *self,
                                 const RosterKeptDraft *draft,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_save_draft);

  job->draft = roster_kept_draft_new (draft->typed, draft->base);
  roster_replica_push (self, roster_replica_save_draft_async, job, cancellable, callback,
                       user_data);
}

gboolean
roster_replica_save_draft_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_save_draft_async, result, error) != NULL;
}

static gboolean
run_drop_draft (RosterReplica *self,
                RosterReplicaJob *job,
                GCancellable *cancellable,
                GError **error)
{
  job->wrote_other = roster_draft_table_drop (self->database, job->key, error);
  return job->wrote_other;
}

void
roster_replica_drop_draft_async (RosterReplica *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_drop_draft);

  job->key = g_strdup (id);
  roster_replica_push (self, roster_replica_drop_draft_async, job, cancellable, callback,
                       user_data);
}

gboolean
roster_replica_drop_draft_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_drop_draft_async, result, error) != NULL;
}

static gboolean
run_load_drafts (RosterReplica *self,
                 RosterReplicaJob *job,
                 GCancellable *cancellable,
                 GError **error)
{
  job->result_drafts = roster_draft_table_load (self->database, error);
  return job->result_drafts != NULL;
}

void
roster_replica_load_drafts_async (RosterReplica *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_load_drafts);

  roster_replica_push (self, roster_replica_load_drafts_async, job, cancellable, callback,
                       user_data);
}

GPtrArray *
roster_replica_load_drafts_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job =
      roster_replica_finish (self, roster_replica_load_drafts_async, result, error);

  return job ? g_steal_pointer (&job->result_drafts) : NULL;
}
