/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One job and the two things that can end it early. It is owned by one thread at a time. */

#include "config.h"

#include "roster-job.h"

#include "roster-call.h"
#include "roster-server-error.h"

/* What whoever cancels, on any thread, has in their hands. GCancellable has a source for that,
 * which GLib 2.74 leaks when it is destroyed while another thread cancels. */
typedef struct
{
  GMutex mutex;
  /* NULL once it is returned. */
  GTask *job;
  GMainContext *context;
} Bell;

typedef struct
{
  GPtrArray *calls;
  gint64 begun_at_us;
  gint64 deadline_us;

  GSource *deadline;
  Bell *bell;
  gulong cancelled_id;
  RosterJobFunc given_up;
  gpointer user_data;

  GPtrArray *answers;
  GError *error;
} RosterJob;

static void
job_free (RosterJob *self)
{
  g_ptr_array_unref (self->calls);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

GTask *
roster_job_new (gpointer source_object,
                GPtrArray *calls,
                guint timeout_ms,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  GTask *task = g_task_new (source_object, cancellable, callback, user_data);
  RosterJob *self = g_new0 (RosterJob, 1);

  self->calls = calls;
  self->begun_at_us = g_get_monotonic_time ();
  self->deadline_us = self->begun_at_us + (gint64) timeout_ms * 1000;
  g_task_set_task_data (task, self, (GDestroyNotify) job_free);
  /* What was done is reported as done, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static gboolean
deadline_cb (gpointer user_data)
{
  GTask *job = user_data;
  RosterJob *self = g_task_get_task_data (job);
  g_autoptr (GError) error = NULL;

  roster_server_error_set (&error, ROSTER_ERROR_UNREACHABLE);
  self->given_up (job, error, self->user_data);
  return G_SOURCE_REMOVE;
}

static void
bell_clear (gpointer data)
{
  Bell *bell = data;

  g_mutex_clear (&bell->mutex);
}

static void
bell_unref (gpointer bell)
{
  g_atomic_rc_box_release_full (bell, bell_clear);
}

static gboolean
rung_cb (gpointer user_data)
{
  Bell *bell = user_data;
  RosterJob *self = bell->job ? g_task_get_task_data (bell->job) : NULL;
  g_autoptr (GError) error = NULL;

  if (!self)
    return G_SOURCE_REMOVE;
  g_cancellable_set_error_if_cancelled (g_task_get_cancellable (bell->job), &error);
  self->given_up (bell->job, error, self->user_data);
  return G_SOURCE_REMOVE;
}

/* Any thread. */
static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Bell *bell = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, rung_cb, g_atomic_rc_box_acquire (bell), bell_unref);
  g_mutex_lock (&bell->mutex);
  if (bell->job)
    g_source_attach (source, bell->context);
  g_mutex_unlock (&bell->mutex);
}

static void
watch_cancellable (RosterJob *self, GTask *job, GMainContext *context)
{
  GCancellable *cancellable = g_task_get_cancellable (job);

  self->bell = g_atomic_rc_box_new0 (Bell);
  g_mutex_init (&self->bell->mutex);
  self->bell->job = job;
  self->bell->context = context;
  self->cancelled_id =
      g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb),
                             g_atomic_rc_box_acquire (self->bell),
                             (GClosureNotify) (GCallback) bell_unref, G_CONNECT_DEFAULT);
  if (g_cancellable_is_cancelled (cancellable))
    cancelled_cb (cancellable, self->bell);
}

/* Does not wait for whoever cancels just now, who may be waiting for this thread. */
static void
unwatch_cancellable (RosterJob *self, GTask *job)
{
  g_mutex_lock (&self->bell->mutex);
  self->bell->job = NULL;
  g_mutex_unlock (&self->bell->mutex);
  g_signal_handler_disconnect (g_task_get_cancellable (job), self->cancelled_id);
  g_clear_pointer (&self->bell, bell_unref);
}

void
roster_job_watch (GTask *job, GMainContext *context, RosterJobFunc given_up, gpointer user_data)
{
  RosterJob *self = g_task_get_task_data (job);

  self->given_up = given_up;
  self->user_data = user_data;
  self->deadline = g_timeout_source_new (0);
  g_source_set_ready_time (self->deadline, self->deadline_us);
  g_source_set_callback (self->deadline, deadline_cb, job, NULL);
  g_source_attach (self->deadline, context);
  if (g_task_get_cancellable (job))
    watch_cancellable (self, job, context);
}

GPtrArray *
roster_job_get_calls (GTask *job)
{
  RosterJob *self = g_task_get_task_data (job);

  return self->calls;
}

gint64
roster_job_get_age_ms (GTask *job)
{
  RosterJob *self = g_task_get_task_data (job);

  return (g_get_monotonic_time () - self->begun_at_us) / 1000;
}

static gboolean
deliver_cb (gpointer user_data)
{
  GTask *job = user_data;
  RosterJob *self = g_task_get_task_data (job);

  if (self->error)
    g_task_return_error (job, g_steal_pointer (&self->error));
  else
    g_task_return_pointer (job, g_steal_pointer (&self->answers),
                           (GDestroyNotify) g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

/* The last reference is dropped where the job was made: with it may go whoever made it. */
static void
deliver (GTask *job)
{
  RosterJob *self = g_task_get_task_data (job);
  g_autoptr (GSource) source = g_idle_source_new ();

  if (self->deadline)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  if (self->bell)
    unwatch_cancellable (self, job);
  g_source_set_priority (source, g_task_get_priority (job));
  g_source_set_callback (source, deliver_cb, job, g_object_unref);
  g_source_attach (source, g_task_get_context (job));
}

void
roster_job_return_answers (GTask *job, GPtrArray *answers)
{
  RosterJob *self = g_task_get_task_data (job);

  self->answers = g_ptr_array_ref (answers);
  deliver (job);
}

void
roster_job_return_error (GTask *job, const GError *error)
{
  RosterJob *self = g_task_get_task_data (job);

  self->error = g_error_copy (error);
  deliver (job);
}
