/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that make and take copies. Main thread, but for the run functions. The tasks of a
 * thread have no source object: the thread may be the last to let go of one. */

#include "config.h"

#include "roster-replica-copy.h"

#include <glib/gi18n-lib.h>

#include "roster-copy.h"
#include "roster-error.h"
#include "roster-replica-file.h"
#include "roster-replica-private.h"

typedef struct
{
  char *path;
  GFile *other;
  guint n_people;
  GFileProgressCallback progress;
  gpointer progress_data;
} CopyJob;

static void
copy_job_free (CopyJob *job)
{
  g_free (job->path);
  g_object_unref (job->other);
  g_free (job);
}

typedef struct
{
  GTask *task;
  goffset n_bytes;
  goffset n_bytes_in_all;
} Progress;

static void
progress_free (Progress *progress)
{
  g_object_unref (progress->task);
  g_free (progress);
}

static gboolean
tell_cb (gpointer user_data)
{
  Progress *progress = user_data;
  CopyJob *job = g_task_get_task_data (progress->task);

  if (!g_task_get_completed (progress->task))
    job->progress (progress->n_bytes, progress->n_bytes_in_all, job->progress_data);
  return G_SOURCE_REMOVE;
}

/* On the thread of the task. */
static void
progress_cb (goffset n_bytes, goffset n_bytes_in_all, gpointer user_data)
{
  GTask *task = user_data;
  CopyJob *job = g_task_get_task_data (task);
  Progress *progress;

  if (!job->progress)
    return;
  progress = g_new (Progress, 1);
  *progress = (Progress){ g_object_ref (task), n_bytes, n_bytes_in_all };
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, tell_cb, progress,
                              (GDestroyNotify) progress_free);
}

static GTask *
make_task (RosterReplica *self,
           gpointer source_tag,
           GFile *other,
           GFileProgressCallback progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  CopyJob *job = g_new0 (CopyJob, 1);

  job->path = g_strdup (g_file_peek_path (self->file));
  job->other = g_object_ref (other);
  job->progress = progress;
  job->progress_data = progress_data;
  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, (GDestroyNotify) copy_job_free);
  return task;
}

static void
run_save_copy (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CopyJob *job = task_data;
  GError *error = NULL;

  if (roster_copy_save (job->path, g_file_peek_path (job->other), progress_cb, task, cancellable,
                        &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
roster_replica_save_copy_async (RosterReplica *self,
                                GFile *to,
                                GFileProgressCallback progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, roster_replica_save_copy_async, to, progress,
                                      progress_data, cancellable, callback, user_data);

  g_return_if_fail (g_file_peek_path (to));

  if (g_atomic_int_get (&self->is_open))
    g_task_run_in_thread (task, run_save_copy);
  else
    g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_CLOSED, "%s",
                             _ ("The directory is closed. Open it and try again."));
}

gboolean
roster_replica_save_copy_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
run_stage_copy (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  CopyJob *job = task_data;
  GError *error = NULL;
  g_autofree char *staged =
      roster_copy_stage (g_file_peek_path (job->other), job->path, &job->n_people, progress_cb,
                         task, cancellable, &error);

  if (staged)
    g_task_return_pointer (task, g_file_new_for_path (staged), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
roster_replica_stage_copy_async (RosterReplica *self,
                                 GFile *copy,
                                 GFileProgressCallback progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, roster_replica_stage_copy_async, copy, progress,
                                      progress_data, cancellable, callback, user_data);

  g_return_if_fail (g_file_peek_path (copy));

  g_task_run_in_thread (task, run_stage_copy);
}

GFile *
roster_replica_stage_copy_finish (RosterReplica *self,
                                  GAsyncResult *result,
                                  guint *n_people,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  *n_people = ((CopyJob *) g_task_get_task_data (G_TASK (result)))->n_people;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
run_replace (RosterReplica *self, RosterReplicaJob *job, GCancellable *cancellable, GError **error)
{
  if (self->database)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("The directory is in use. Close it and try again."));
      return FALSE;
    }
  return roster_copy_replace (job->key, g_file_peek_path (self->file), error);
}

void
roster_replica_replace_async (RosterReplica *self,
                              GFile *staged,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RosterReplicaJob *job = roster_replica_job_new (run_replace);

  job->needs_open = FALSE;
  job->key = g_strdup (g_file_peek_path (staged));
  roster_replica_push (self, roster_replica_replace_async, job, cancellable, callback, user_data);
}

gboolean
roster_replica_replace_finish (RosterReplica *self, GAsyncResult *result, GError **error)
{
  return roster_replica_finish (self, roster_replica_replace_async, result, error) != NULL;
}

GFile *
roster_replica_dup_previous_file (RosterReplica *self)
{
  g_autofree char *path =
      roster_replica_file_make_unused_path (g_file_peek_path (self->file), "previous");

  return g_file_new_for_path (path);
}
