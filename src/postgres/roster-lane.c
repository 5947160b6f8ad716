/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs in order over a connection that comes and goes; none waits for the answer to the one before.
 * A job is in the queue, or it is sent, or it is on its way back to whoever asked; it leaves the
 * lane once. All on one thread. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-lane.h"

#include "roster-call.h"
#include "roster-connection.h"
#include "roster-job.h"
#include "roster-server-error.h"

/* How long an answer that nobody waits for may take before the connection is given up. */
#define GRACE_MS 500
#define MAX_SENT 16
/* A server that restarts is gone for a moment; where nobody is, nobody comes. */
#define PATIENCE_MS 6000
#define FIRST_PAUSE_MS 200
#define LONGEST_PAUSE_MS 5000

struct _RosterLane
{
  GMainContext *context;
  RosterConnection *connection;
  RosterLaneFunc changed;
  gpointer user_data;
  guint linger_ms;

  GQueue jobs;
  /* What is being answered, in order; NULL where nobody waits for the answer any longer. */
  GQueue sent;

  gboolean is_connecting;
  guint n_failures;
  GError *error;
  /* Until it connects again, gives up on an answer, or closes what is not used. */
  GSource *timer;
};

static void
clear_timer (RosterLane *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
set_timer (RosterLane *self, guint delay_ms, GSourceFunc callback)
{
  clear_timer (self);
  self->timer = g_timeout_source_new (delay_ms);
  g_source_set_callback (self->timer, callback, self, NULL);
  g_source_attach (self->timer, self->context);
}

static void
fail_all (RosterLane *self, const GError *error)
{
  GTask *job;

  while ((job = g_queue_pop_head (&self->jobs)))
    roster_job_return_error (job, error);
}

static void
connect_now (RosterLane *self)
{
  clear_timer (self);
  self->is_connecting = TRUE;
  roster_connection_open (self->connection);
}

static gboolean
connect_cb (gpointer user_data)
{
  connect_now (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
linger_cb (gpointer user_data)
{
  RosterLane *self = user_data;

  clear_timer (self);
  roster_lane_rest (self);
  return G_SOURCE_REMOVE;
}

static void
advance (RosterLane *self)
{
  while (roster_connection_is_open (self->connection) && !g_queue_is_empty (&self->jobs) &&
         self->sent.length < MAX_SENT)
    {
      GTask *job = g_queue_pop_head (&self->jobs);

      /* What is set now is that nothing was to be done. */
      if (g_queue_is_empty (&self->sent))
        clear_timer (self);
      g_queue_push_tail (&self->sent, job);
      roster_connection_send (self->connection, roster_job_get_calls (job));
    }
  if (roster_connection_is_open (self->connection))
    {
      if (self->linger_ms > 0 && g_queue_is_empty (&self->sent))
        set_timer (self, self->linger_ms, linger_cb);
    }
  else if (!self->is_connecting && !g_queue_is_empty (&self->jobs))
    {
      connect_now (self);
      self->changed (self, self->user_data);
    }
}

static void
opened_cb (gpointer user_data)
{
  RosterLane *self = user_data;

  self->is_connecting = FALSE;
  g_clear_error (&self->error);
  advance (self);
  self->changed (self, self->user_data);
}

static void
answered_cb (GPtrArray *answers, gpointer user_data)
{
  RosterLane *self = user_data;
  GTask *job = g_queue_pop_head (&self->sent);

  self->n_failures = 0;
  g_clear_error (&self->error);
  if (job)
    roster_job_return_answers (job, answers);
  else if (!g_queue_find (&self->sent, NULL))
    clear_timer (self);
  advance (self);
  self->changed (self, self->user_data);
}

/* Anywhere up to a limit that doubles: not all who lost the same server come back at once. */
static void
pause_before_connecting (RosterLane *self)
{
  guint doublings = MIN (self->n_failures - 1, 10);
  guint limit_ms = MIN (FIRST_PAUSE_MS << doublings, LONGEST_PAUSE_MS);

  set_timer (self, (guint) g_random_int_range (1, (gint32) limit_ms + 1), connect_cb);
}

static void
fail_who_waited (RosterLane *self, const GError *error)
{
  for (GList *link = self->jobs.head; link;)
    {
      GTask *job = link->data;
      GList *next = link->next;

      if (roster_job_get_age_ms (job) >= PATIENCE_MS)
        {
          g_queue_delete_link (&self->jobs, link);
          roster_job_return_error (job, error);
        }
      link = next;
    }
}

static void
set_lane_error (RosterLane *self, const GError *error)
{
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
}

static void
take_back_sent (RosterLane *self)
{
  while (!g_queue_is_empty (&self->sent))
    {
      GTask *job = g_queue_pop_tail (&self->sent);

      if (job)
        g_queue_push_head (&self->jobs, job);
    }
}

static void
lost_cb (RosterLoss loss, const GError *error, gpointer user_data)
{
  RosterLane *self = user_data;

  clear_timer (self);
  self->is_connecting = FALSE;
  take_back_sent (self);
  if (loss == ROSTER_LOSS_UNREACHABLE || loss == ROSTER_LOSS_REFUSED)
    set_lane_error (self, error);
  if (loss == ROSTER_LOSS_REFUSED)
    fail_all (self, error);
  else if (loss == ROSTER_LOSS_UNREACHABLE)
    fail_who_waited (self, error);

  self->n_failures++;
  if (!g_queue_is_empty (&self->jobs))
    {
      self->is_connecting = TRUE;
      /* A connection that was left alone may have been dead for long. */
      if (loss == ROSTER_LOSS_DROPPED && self->n_failures == 1)
        connect_now (self);
      else
        pause_before_connecting (self);
    }
  self->changed (self, self->user_data);
}

static gboolean
grace_cb (gpointer user_data)
{
  roster_lane_renew (user_data);
  return G_SOURCE_REMOVE;
}

/* Nobody waits for it any longer: it was cancelled, or it is too late. */
static void
given_up_cb (GTask *job, const GError *error, gpointer user_data)
{
  RosterLane *self = user_data;
  GList *sent = g_queue_find (&self->sent, job);

  if (error->domain == ROSTER_ERROR)
    set_lane_error (self, error);
  if (sent)
    {
      if (!g_queue_find (&self->sent, NULL))
        set_timer (self, GRACE_MS, grace_cb);
      sent->data = NULL;
    }
  else
    g_queue_remove (&self->jobs, job);
  if (g_queue_is_empty (&self->jobs) && self->is_connecting)
    {
      clear_timer (self);
      roster_connection_close (self->connection);
      self->is_connecting = FALSE;
      self->changed (self, self->user_data);
    }
  roster_job_return_error (job, error);
}

void
roster_lane_push (RosterLane *self, GTask *job)
{
  g_queue_push_tail (&self->jobs, job);
  roster_job_watch (job, self->context, given_up_cb, self);
  advance (self);
}

void
roster_lane_rest (RosterLane *self)
{
  if (!g_queue_is_empty (&self->sent) || !roster_connection_is_open (self->connection))
    return;
  clear_timer (self);
  roster_connection_close (self->connection);
  self->changed (self, self->user_data);
}

void
roster_lane_renew (RosterLane *self)
{
  roster_connection_close (self->connection);
  self->n_failures = 0;
  lost_cb (ROSTER_LOSS_DROPPED, NULL, self);
}

gboolean
roster_lane_is_open (RosterLane *self)
{
  return roster_connection_is_open (self->connection);
}

gboolean
roster_lane_is_connecting (RosterLane *self)
{
  return self->is_connecting;
}

const GError *
roster_lane_get_error (RosterLane *self)
{
  return self->error;
}

static void
notified_cb (gpointer user_data)
{
}

RosterLane *
roster_lane_new (const RosterConnectionUrl *url,
                 guint linger_ms,
                 GMainContext *context,
                 RosterLaneFunc changed,
                 gpointer user_data)
{
  static const RosterConnectionEvents EVENTS = { opened_cb, answered_cb, notified_cb, lost_cb };
  RosterLane *self = g_new0 (RosterLane, 1);

  self->context = context;
  self->changed = changed;
  self->user_data = user_data;
  self->linger_ms = linger_ms;
  self->connection = roster_connection_new (url, context, &EVENTS, self);
  return self;
}

void
roster_lane_free (RosterLane *self)
{
  g_autoptr (GError) error = NULL;

  roster_server_error_set (&error, ROSTER_ERROR_CLOSED);
  take_back_sent (self);
  clear_timer (self);
  roster_connection_free (self->connection);
  fail_all (self, error);
  g_clear_error (&self->error);
  g_free (self);
}
