/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The replica's front: main thread, but for run_cb() and what it calls. Each call is a GTask with a
 * Job as its data; a pool of one thread runs them in order, and the main context is told of the
 * outcome in the same order. A task holds the replica, so that nothing is left in the queue when
 * the replica goes. */

#define G_LOG_DOMAIN "roster-replica"

#include "config.h"

#include "roster-replica.h"

#include <glib/gi18n-lib.h>

#include "roster-database.h"
#include "roster-error.h"
#include "roster-people-table.h"
#include "roster-replica-file.h"

#define CHECKPOINT_DELAY_S 1

struct _RosterReplica
{
  GObject parent_instance;

  GFile *file;

  /* Main thread. */
  GThreadPool *pool;
  gboolean read_only;
  guint64 seen_generation;
  guint checkpoint_id;

  /* The pool's thread. The generation counts the writes that changed anybody. */
  RosterDatabase *database;
  guint64 generation;

  /* Any thread, atomic. */
  int is_open;
};

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

typedef struct _Job Job;

/* Runs on the pool's thread; the database is open unless it is one of those that open and close. */
typedef gboolean (*JobFunc) (RosterReplica *self,
                             Job *job,
                             GCancellable *cancellable,
                             GError **error);

/* What a call is given, and what came of it; the thread that has it now owns it. */
struct _Job
{
  JobFunc run;
  gboolean needs_open;

  GPtrArray *people;
  RosterPerson *base;
  RosterPerson *person;
  char **ids;
  RosterBatch *batch;
  char *key;
  GArray *slots;
  guint64 generation;

  GPtrArray *result_people;
  RosterPerson *result_person;
  GFile *result_file;
  guint result_n_people;
  gboolean result_read_only;
  RosterBatch *changed;
  GError *error;
};

static void
job_free (Job *job)
{
  g_clear_pointer (&job->people, g_ptr_array_unref);
  g_clear_pointer (&job->base, roster_person_free);
  g_clear_pointer (&job->person, roster_person_free);
  g_clear_pointer (&job->ids, g_strfreev);
  g_clear_pointer (&job->batch, roster_batch_free);
  g_clear_pointer (&job->key, g_free);
  g_clear_pointer (&job->slots, g_array_unref);
  g_clear_pointer (&job->result_people, g_ptr_array_unref);
  g_clear_pointer (&job->result_person, roster_person_free);
  g_clear_object (&job->result_file);
  g_clear_pointer (&job->changed, roster_batch_free);
  g_clear_error (&job->error);
  g_free (job);
}

static Job *
job_new (JobFunc run)
{
  Job *job = g_new0 (Job, 1);

  job->run = run;
  job->needs_open = TRUE;
  return job;
}

static void schedule_checkpoint (RosterReplica *self);

/* Main thread: tells what happened, then that it is done. */
static gboolean
deliver_cb (gpointer user_data)
{
  GTask *task = user_data;
  RosterReplica *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);

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
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = g_idle_source_new ();

  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    {
    }
  else if (job->needs_open && !self->database)
    g_set_error_literal (&job->error, ROSTER_ERROR, ROSTER_ERROR_CLOSED,
                         _ ("The directory is closed. Open it and try again."));
  else
    job->run (self, job, cancellable, &job->error);

  if (job->changed && !roster_batch_is_empty (job->changed))
    job->generation = ++self->generation;
  job->result_read_only = self->database && roster_database_get_read_only (self->database);
  g_atomic_int_set (&self->is_open, self->database != NULL);

  /* A write that was committed is reported as such, cancelled or not. */
  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, deliver_cb, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
push (RosterReplica *self,
      gpointer source_tag,
      Job *job,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_thread_pool_push (self->pool, task, NULL);
}

/* Returns: (transfer none) (nullable): the job, when it went well. */
static Job *
finish (RosterReplica *self, gpointer source_tag, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_task_get_task_data (G_TASK (result));
}

static gboolean
run_checkpoint (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  roster_database_checkpoint (self->database);
  return TRUE;
}

static gboolean
checkpoint_cb (gpointer user_data)
{
  RosterReplica *self = user_data;

  self->checkpoint_id = 0;
  push (self, checkpoint_cb, job_new (run_checkpoint), NULL, NULL, NULL);
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
run_open (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  if (!self->database)
    self->database = roster_database_open (g_file_peek_path (self->file), error);
  return self->database != NULL;
}

void
roster_replica_open_async (RosterReplica *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Job *job = job_new (run_open);

  job->needs_open = FALSE;
  push (self, roster_replica_open_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_open_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return finish (self, roster_replica_open_async, result, error) != NULL;
}

static gboolean
run_set_aside (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
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
  Job *job = job_new (run_set_aside);

  job->needs_open = FALSE;
  push (self, roster_replica_set_aside_async, job, cancellable, callback, user_data);
}

GFile *
roster_replica_set_aside_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  Job *job = finish (self, roster_replica_set_aside_async, result, error);

  return job ? g_steal_pointer (&job->result_file) : NULL;
}

static gboolean
run_close (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  g_clear_pointer (&self->database, roster_database_close);
  return TRUE;
}

void
roster_replica_close_async (RosterReplica *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Job *job = job_new (run_close);

  job->needs_open = FALSE;
  push (self, roster_replica_close_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_close_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return finish (self, roster_replica_close_async, result, error) != NULL;
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

  if (!g_atomic_int_get (&self->is_open))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED,
                           _ ("The directory is closed. Open it and try again."));
      return FALSE;
    }
  reader = roster_database_open_reader (g_file_peek_path (self->file), error);
  return reader && roster_people_table_load (reader, func, user_data, cancellable, error);
}

static gboolean
run_first_page (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  job->result_people =
      roster_people_table_first_page (self->database, job->key, &job->result_n_people, error);
  return job->result_people != NULL;
}

void
roster_replica_first_page_async (RosterReplica *self,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Job *job = job_new (run_first_page);

  job->key = g_strdup (key);
  push (self, roster_replica_first_page_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_first_page_finish (RosterReplica *self,
                                  GAsyncResult *result,
                                  guint *n_people,
                                  GError **error)
{
  Job *job = finish (self, roster_replica_first_page_async, result, error);

  if (!job)
    return NULL;
  *n_people = job->result_n_people;
  return g_steal_pointer (&job->result_people);
}

static gboolean
run_save_first_page (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  /* Whoever asked had not heard of the last change yet. */
  if (job->generation != self->generation)
    return TRUE;
  return roster_people_table_save_first_page (
      self->database, job->key, &g_array_index (job->slots, guint, 0), job->slots->len, error);
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
  Job *job = job_new (run_save_first_page);

  job->key = g_strdup (key);
  job->slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (job->slots, slots, n_slots);
  job->generation = self->seen_generation;
  push (self, roster_replica_save_first_page_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_save_first_page_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return finish (self, roster_replica_save_first_page_async, result, error) != NULL;
}

static gboolean
run_create (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  job->result_people =
      roster_people_table_create (self->database, job->people, cancellable, &job->changed, error);
  return job->result_people != NULL;
}

void
roster_replica_create_async (RosterReplica *self,
                             RosterPerson *const *people,
                             gsize n_people,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Job *job = job_new (run_create);

  job->people = g_ptr_array_new_full ((guint) n_people, (GDestroyNotify) roster_person_free);
  for (gsize i = 0; i < n_people; i++)
    g_ptr_array_add (job->people, roster_person_copy (people[i]));
  push (self, roster_replica_create_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_create_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  Job *job = finish (self, roster_replica_create_async, result, error);

  return job ? g_steal_pointer (&job->result_people) : NULL;
}

static gboolean
run_update (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  return roster_people_table_update (self->database, job->base, job->person, &job->result_person,
                                     &job->changed, error);
}

void
roster_replica_update_async (RosterReplica *self,
                             const RosterPerson *base,
                             const RosterPerson *person,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Job *job = job_new (run_update);

  job->base = roster_person_copy (base);
  job->person = roster_person_copy (person);
  push (self, roster_replica_update_async, job, cancellable, callback, user_data);
}

RosterPerson *
roster_replica_update_finish (RosterReplica *self,
                              GAsyncResult *result,
                              RosterPerson **current,
                              GError **error)
{
  g_autoptr (GError) reason = NULL;
  Job *job = finish (self, roster_replica_update_async, result, &reason);

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
run_delete (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  job->result_people = roster_people_table_delete (self->database, (const char *const *) job->ids,
                                                   cancellable, &job->changed, error);
  return job->result_people != NULL;
}

void
roster_replica_delete_async (RosterReplica *self,
                             const char *const *ids,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Job *job = job_new (run_delete);

  job->ids = g_strdupv ((char **) ids);
  push (self, roster_replica_delete_async, job, cancellable, callback, user_data);
}

GPtrArray *
roster_replica_delete_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  Job *job = finish (self, roster_replica_delete_async, result, error);

  return job ? g_steal_pointer (&job->result_people) : NULL;
}

static gboolean
run_apply (RosterReplica *self, Job *job, GCancellable *cancellable, GError **error)
{
  return roster_people_table_apply (self->database, job->batch, cancellable, &job->changed, error);
}

void
roster_replica_apply_async (RosterReplica *self,
                            const RosterBatch *batch,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Job *job = job_new (run_apply);

  job->batch = roster_batch_copy (batch);
  push (self, roster_replica_apply_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_apply_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return finish (self, roster_replica_apply_async, result, error) != NULL;
}
