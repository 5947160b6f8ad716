/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that read and write people, as jobs for the replica's thread: the run functions are
 * called there, the others on the main thread. */

#include "config.h"

#include "roster-error.h"
#include "roster-first-page.h"
#include "roster-people-table.h"
#include "roster-replica-private.h"
#include "roster-write.h"

static gboolean
run_first_page (RosterReplica *self,
                RosterReplicaJob *job,
                GCancellable *cancellable,
                GError **error)
{
  job->result_people = roster_first_page_read (self->database, job->key, &job->result_n, error);
  return job->result_people != NULL;
}

void
roster_replica_first_page_async (RosterReplica *self,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_first_page);

  job->key = g_strdup (key);
  roster_replica_push (self, roster_replica_first_page_async, job, cancellable, callback,
                       user_data);
}

GPtrArray *
roster_replica_first_page_finish (RosterReplica *self,
                                  GAsyncResult *result,
                                  guint *n_people,
                                  GError **error)
{
  RosterReplicaJob *job =
      roster_replica_finish (self, roster_replica_first_page_async, result, error);

  if (!job)
    return NULL;
  *n_people = job->result_n;
  return g_steal_pointer (&job->result_people);
}

static gboolean
run_save_first_page (RosterReplica *self,
                     RosterReplicaJob *job,
                     GCancellable *cancellable,
                     GError **error)
{
  /* Whoever asked had not heard of the last change yet. */
  if (job->generation != self->generation)
    return TRUE;
  return roster_first_page_save (self->database, job->key, &g_array_index (job->slots, guint, 0),
                                 job->slots->len, error);
}

void
roster_replica_save_first_page_async (RosterReplica *self,
                                      const char *key,
                                      const guint *slots,
                                      guint n_slots,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_save_first_page);

  job->key = g_strdup (key);
  job->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (job->slots, slots, n_slots);
  job->generation = self->seen_generation;
  roster_replica_push (self, roster_replica_save_first_page_async, job, cancellable, callback,
                       user_data);
}

gboolean
roster_replica_save_first_page_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_save_first_page_async, result, error) != NULL;
}

static gboolean
run_find (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  job->result_people = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  for (gsize i = 0; job->ids[i]; i++)
    {
      RosterPerson *person = NULL;

      if (!roster_people_table_find (self->database, job->ids[i], &person, error))
        return FALSE;
      if (person)
        g_ptr_array_add (job->result_people, person);
    }
  return TRUE;
}

void
roster_replica_find_async (RosterReplica *self,
                           char **ids,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_find);

  job->ids = ids;
  roster_replica_push (self, roster_replica_find_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_find_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_find_async, result, error);

  return job ? g_steal_pointer (&job->result_people) : NULL;
}

static gboolean
run_create (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_write_create (self->database, job->people, job->batch_id, cancellable,
                              &job->changed, error);
}

void
roster_replica_create_async (RosterReplica *self,
                             GPtrArray *people,
                             const char *batch_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_create);

  job->batch_id = g_strdup (batch_id);
  job->people = people;
  roster_replica_push (self, roster_replica_create_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_create_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_create_async, result, error);

  return job ? g_steal_pointer (&job->people) : NULL;
}

static gboolean
run_update (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_write_update (self->database, job->base, job->person, job->batch_id,
                              &job->result_person, &job->changed, error);
}

void
roster_replica_update_async (RosterReplica *self,
                             const RosterPerson *base,
                             const RosterPerson *person,
                             const char *batch_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_update);

  job->base = roster_person_copy (base);
  job->person = roster_person_copy (person);
  job->batch_id = g_strdup (batch_id);
  roster_replica_push (self, roster_replica_update_async, job, cancellable, callback, user_data);
}

RosterPerson *
roster_replica_update_finish (RosterReplica *self,
                              GAsyncResult *result,
                              RosterPerson **current,
                              GError **error)
{
  g_autoptr (GError) reason = NULL;
  RosterReplicaJob *job =
      roster_replica_finish (self, roster_replica_update_async, result, &reason);

  if (current)
    *current = NULL;
  if (job)
    return g_steal_pointer (&job->result_person);
  if (current && g_error_matches (reason, ROSTER_ERROR, ROSTER_ERROR_CONFLICT))
    {
      job = g_task_get_task_data (G_TASK (result));
      *current = g_steal_pointer (&job->result_person);
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static gboolean
run_delete (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_write_delete (self->database, (const char *const *) job->ids, job->batch_id,
                              cancellable, &job->changed, &job->result_receipt, error);
}

void
roster_replica_delete_async (RosterReplica *self,
                             char **ids,
                             const char *batch_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_delete);

  job->ids = ids;
  job->batch_id = g_strdup (batch_id);
  roster_replica_push (self, roster_replica_delete_async, job, cancellable, callback, user_data);
}

RosterReceipt *
roster_replica_delete_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job = roster_replica_finish (self, roster_replica_delete_async, result, error);

  return job ? g_steal_pointer (&job->result_receipt) : NULL;
}

static gboolean
run_apply (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  return roster_write_apply (self->database, job->batch, cancellable, &job->changed, error);
}

void
roster_replica_apply_async (RosterReplica *self,
                            const RosterBatch *batch,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_apply);

  job->batch = roster_batch_copy (batch);
  roster_replica_push (self, roster_replica_apply_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_apply_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_apply_async, result, error) != NULL;
}
