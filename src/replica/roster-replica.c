/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The replica's front: main thread, but for run_cb() and what it calls. Each call is a GTask with a
 * job as its data; a pool of one thread runs them in order, and the main context is told of the
 * outcome in the same order. A task holds the replica, so that nothing is left in the queue when
 * the replica goes. */

#define G_LOG_DOMAIN "roster-replica"

#include "config.h"

#include "roster-replica.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-people-table.h"
#include "roster-replica-file.h"
#include "roster-replica-private.h"
#include "roster-slot-gaps.h"
#include "roster-write.h"

#define CHECKPOINT_DELAY_S 1

enum
{
  PROP_READ_ONLY = 1,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RosterReplica, roster_replica, G_TYPE_OBJECT)

static void
free_rows (RosterReplicaJob *job)
{
  if (job->rows.free)
    job->rows.free (job->rows.data);
  job->rows = (RosterSyncRows){ 0 };
}

static void
job_free (RosterReplicaJob *job)
{
  g_clear_pointer (&job->people, g_ptr_array_unref);
  g_clear_pointer (&job->base, roster_person_free);
  g_clear_pointer (&job->person, roster_person_free);
  g_clear_pointer (&job->ids, g_strfreev);
  g_clear_pointer (&job->batch, roster_batch_free);
  g_clear_pointer (&job->draft, roster_kept_draft_free);
  g_clear_pointer (&job->from, roster_sync_point_free);
  g_clear_pointer (&job->to, roster_sync_point_free);
  g_clear_pointer (&job->key, g_free);
  g_clear_pointer (&job->batch_id, g_free);
  g_clear_pointer (&job->slots, g_array_unref);
  g_clear_pointer (&job->result_people, g_ptr_array_unref);
  g_clear_pointer (&job->result_changes, g_ptr_array_unref);
  g_clear_pointer (&job->result_drafts, g_ptr_array_unref);
  g_clear_pointer (&job->result_person, roster_person_free);
  g_clear_pointer (&job->result_receipt, roster_receipt_free);
  g_clear_pointer (&job->result_point, roster_sync_point_free);
  g_clear_object (&job->result_file);
  g_clear_pointer (&job->changed, roster_batch_free);
  g_clear_error (&job->error);
  free_rows (job);
  g_free (job);
}

RosterReplicaJob *
roster_replica_job_new (RosterReplicaJobFunc run)
{
  RosterReplicaJob *job = g_new0 (RosterReplicaJob, 1);

  job->run = run;
  job->needs_open = TRUE;
  return job;
}

void
roster_replica_set_closed_error (GError **error)
{
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED,
                       _ ("The directory is closed. Open it and try again."));
}

static void schedule_checkpoint (RosterReplica *self);

/* Main thread: tells what happened, then that it is done. */
static gboolean
deliver_cb (gpointer user_data)
{
  GTask *task = user_data;
  RosterReplica *self = g_task_get_source_object (task);
  RosterReplicaJob *job = g_task_get_task_data (task);

  if (self->read_only != job->result_read_only)
    {
      self->read_only = job->result_read_only;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READ_ONLY]);
    }
  if (job->changed && !roster_batch_is_empty (job->changed))
    {
      self->seen_generation = job->generation;
      schedule_checkpoint (self);
      g_signal_emit (self, signals[CHANGED], 0, job->changed);
    }
  if (job->wrote_other)
    schedule_checkpoint (self);
  if (job->error)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* The pool's thread. */
static void
run_cb (gpointer data, gpointer user_data)
{
  GTask *task = data;
  RosterReplica *self = user_data;
  RosterReplicaJob *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = g_idle_source_new ();

  if (job->needs_open && !self->database)
    roster_replica_set_closed_error (&job->error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    job->run (self, job, cancellable, &job->error);

  /* A million ids are freed in 30 ms. */
  g_clear_pointer (&job->ids, g_strfreev);
  g_clear_pointer (&job->batch, roster_batch_free);
  free_rows (job);
  if (job->error)
    g_clear_pointer (&job->people, g_ptr_array_unref);
  if (job->changed && !roster_batch_is_empty (job->changed))
    job->generation = ++self->generation;
  job->result_read_only = self->database && roster_database_get_read_only (self->database);
  g_atomic_int_set (&self->is_open, self->database != NULL);

  /* A write that was committed is reported as such, cancelled or not. */
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, deliver_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

void
roster_replica_push (RosterReplica *self,
                     gpointer source_tag,
                     RosterReplicaJob *job,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  if (self->pool)
    g_thread_pool_push (self->pool, task, NULL);
  else
    {
      roster_replica_set_closed_error (&job->error);
      deliver_cb (task);
      g_object_unref (task);
    }
}

RosterReplicaJob *
roster_replica_finish (RosterReplica *self,
                       gpointer source_tag,
                       GAsyncResult *result,
                       GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

static gboolean
run_checkpoint (RosterReplica *self,
                RosterReplicaJob *job,
                GCancellable *cancellable,
                GError **error)
{
  roster_database_checkpoint (self->database);
  return TRUE;
}

static gboolean
checkpoint_cb (gpointer user_data)
{
  RosterReplica *self = user_data;

  self->checkpoint_id = 0;
  roster_replica_push (self, checkpoint_cb, roster_replica_job_new (run_checkpoint), NULL, NULL,
                       NULL);
  return G_SOURCE_REMOVE;
}

/* The log is written back into the file once writing has paused: until then it only grows, and a
 * copy made with cp in the meantime is whole; afterwards the file alone has everything. */
static void
schedule_checkpoint (RosterReplica *self)
{
  g_clear_handle_id (&self->checkpoint_id, g_source_remove);
  if (self->pool)
    self->checkpoint_id = g_timeout_add_seconds (CHECKPOINT_DELAY_S, checkpoint_cb, self);
}

static void
roster_replica_dispose (GObject *object)
{
  RosterReplica *self = ROSTER_REPLICA (object);

  g_clear_handle_id (&self->checkpoint_id, g_source_remove);
  if (self->pool)
    g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
  /* The thread has ended: what was its is nobody else's. */
  g_atomic_int_set (&self->is_open, FALSE);
  g_clear_pointer (&self->database, roster_database_close);

  G_OBJECT_CLASS (roster_replica_parent_class)->dispose (object);
}

static void
roster_replica_finalize (GObject *object)
{
  RosterReplica *self = ROSTER_REPLICA (object);

  g_clear_object (&self->file);

  G_OBJECT_CLASS (roster_replica_parent_class)->finalize (object);
}

static void
roster_replica_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RosterReplica *self = ROSTER_REPLICA (object);

  switch (property_id)
    {
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_replica_class_init (RosterReplicaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_replica_dispose;
  object_class->finalize = roster_replica_finalize;
  object_class->get_property = roster_replica_get_property;

  props[PROP_READ_ONLY] =
      g_param_spec_boolean ("read-only", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, ROSTER_TYPE_BATCH | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
roster_replica_init (RosterReplica *self)
{
  self->pool = g_thread_pool_new (run_cb, self, 1, TRUE, NULL);
}

RosterReplica *
roster_replica_new (GFile *file)
{
  RosterReplica *self;

  g_return_val_if_fail (g_file_peek_path (file), NULL);

  self = g_object_new (ROSTER_TYPE_REPLICA, NULL);
  self->file = g_object_ref (file);
  return self;
}

static gboolean
run_open (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (self->database)
    return TRUE;
  self->database = roster_database_open (g_file_peek_path (self->file), error);
  if (!self->database)
    return FALSE;

  /* What cannot be done now is done another time: it only takes more memory. */
  if (!roster_database_get_read_only (self->database) &&
      !roster_slot_gaps_close (self->database, &reason))
    g_info ("Gaps between the slots stay: %s", reason ? reason->message : "unfit");
  return TRUE;
}

void
roster_replica_open_async (RosterReplica *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_open);

  job->needs_open = FALSE;
  roster_replica_push (self, roster_replica_open_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_open_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_open_async, result, error) != NULL;
}

static gboolean
run_set_aside (RosterReplica *self,
               RosterReplicaJob *job,
               GCancellable *cancellable,
               GError **error)
{
  g_autofree char *path = NULL;

  if (self->database)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("The directory is in use. Close it and try again."));
      return FALSE;
    }
  path = roster_replica_file_set_aside (g_file_peek_path (self->file), error);
  if (!path)
    return FALSE;
  job->result_file = g_file_new_for_path (path);
  return TRUE;
}

void
roster_replica_set_aside_async (RosterReplica *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_set_aside);

  job->needs_open = FALSE;
  roster_replica_push (self, roster_replica_set_aside_async, job, cancellable, callback, user_data);
}

GFile *
roster_replica_set_aside_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  RosterReplicaJob *job =
      roster_replica_finish (self, roster_replica_set_aside_async, result, error);

  return job ? g_steal_pointer (&job->result_file) : NULL;
}

static gboolean
run_close (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  if (self->database && g_atomic_int_compare_and_exchange (&self->is_miscounted, TRUE, FALSE))
    roster_write_recount (self->database, NULL);
  g_clear_pointer (&self->database, roster_database_close);
  return TRUE;
}

void
roster_replica_close_async (RosterReplica *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_close);

  job->needs_open = FALSE;
  roster_replica_push (self, roster_replica_close_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_close_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_close_async, result, error) != NULL;
}

GFile *
roster_replica_get_file (RosterReplica *self)
{
  return self->file;
}

gboolean
roster_replica_get_read_only (RosterReplica *self)
{
  return self->read_only;
}

gboolean
roster_replica_load (RosterReplica *self,
                     RosterReplicaRowFunc func,
                     gpointer user_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (RosterDatabase) reader = NULL;
  gboolean miscounted;

  if (!g_atomic_int_get (&self->is_open))
    {
      roster_replica_set_closed_error (error);
      return FALSE;
    }
  reader = roster_database_open_reader (g_file_peek_path (self->file), error);
  if (!reader ||
      !roster_people_table_load (reader, func, user_data, &miscounted, cancellable, error))
    return FALSE;
  if (miscounted)
    g_atomic_int_set (&self->is_miscounted, TRUE);
  return TRUE;
}
