/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that has to do with a connection happens on this thread, which is busy or asleep in
 * poll(), never in a call. What others want of it comes as a source of its main context. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-worker-thread.h"

#include "roster-lane.h"
#include "roster-listener.h"

/* A server that is awake has answered by then. */
#define AWAKE_MS 1500
/* Between two pages of a sync the connection is kept; a pooler has few. */
#define BACKGROUND_LINGER_MS 10000
#define N_LANES (ROSTER_URGENCY_BACKGROUND + 1)

struct _RosterWorkerThread
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  RosterConnectionUrl *pooled;
  RosterConnectionUrl *direct;
  const RosterWorkerThreadEvents *events;
  gpointer user_data;

  /* The thread's own. */
  RosterLane *lanes[N_LANES];
  RosterListener *listener;
  RosterWorkerState state;
  char *reason;
  GSource *waking;
};

static void
clear_waking (RosterWorkerThread *self)
{
  if (self->waking)
    g_source_destroy (self->waking);
  g_clear_pointer (&self->waking, g_source_unref);
}

static void
set_state (RosterWorkerThread *self, RosterWorkerState state, const char *reason)
{
  if (self->state == state && g_strcmp0 (self->reason, reason) == 0)
    return;
  self->state = state;
  g_free (self->reason);
  self->reason = g_strdup (reason);
  self->events->state_changed (state, reason, self->user_data);
}

static gboolean
waking_cb (gpointer user_data)
{
  RosterWorkerThread *self = user_data;

  clear_waking (self);
  set_state (self, ROSTER_WORKER_WAKING, NULL);
  return G_SOURCE_REMOVE;
}

/* As long as nobody could be reached it is offline, also while that is tried again. */
static RosterWorkerState
derive_state (RosterWorkerThread *self, const char **reason)
{
  RosterWorkerState state = ROSTER_WORKER_ASLEEP;

  for (guint i = 0; i < N_LANES; i++)
    {
      const GError *error = roster_lane_get_error (self->lanes[i]);

      if (roster_lane_is_open (self->lanes[i]))
        {
          *reason = NULL;
          return ROSTER_WORKER_READY;
        }
      if (error)
        {
          *reason = error->message;
          state = ROSTER_WORKER_OFFLINE;
        }
      else if (roster_lane_is_connecting (self->lanes[i]) && state == ROSTER_WORKER_ASLEEP)
        state = ROSTER_WORKER_CONNECTING;
    }
  return state;
}

static void
lane_changed_cb (RosterLane *lane, gpointer user_data)
{
  RosterWorkerThread *self = user_data;
  const char *reason = NULL;
  RosterWorkerState state = derive_state (self, &reason);

  if (state != ROSTER_WORKER_CONNECTING)
    clear_waking (self);
  else if (self->state == ROSTER_WORKER_WAKING)
    state = ROSTER_WORKER_WAKING;
  else if (!self->waking)
    {
      self->waking = g_timeout_source_new (AWAKE_MS);
      g_source_set_callback (self->waking, waking_cb, self, NULL);
      g_source_attach (self->waking, self->context);
    }
  set_state (self, state, reason);
  /* Now the server is awake anyway. */
  if (self->listener && roster_lane_is_open (self->lanes[ROSTER_URGENCY_PERSON]))
    roster_listener_begin (self->listener);
}

static void
people_changed_cb (gpointer user_data)
{
  RosterWorkerThread *self = user_data;

  self->events->people_changed (self->user_data);
}

/* The server goes to sleep, and what a pooler keeps open then leads nowhere. */
static void
listener_ended_cb (gpointer user_data)
{
  RosterWorkerThread *self = user_data;

  for (guint i = 0; i < N_LANES; i++)
    roster_lane_rest (self->lanes[i]);
}

static gpointer
run_thread (gpointer data)
{
  RosterWorkerThread *self = data;

  g_main_context_push_thread_default (self->context);
  for (guint i = 0; i < N_LANES; i++)
    self->lanes[i] =
        roster_lane_new (self->pooled, i == ROSTER_URGENCY_BACKGROUND ? BACKGROUND_LINGER_MS : 0,
                         self->context, lane_changed_cb, self);
  if (self->direct)
    self->listener = roster_listener_new (self->direct, self->context, people_changed_cb,
                                          listener_ended_cb, self);

  g_main_loop_run (self->loop);

  for (guint i = 0; i < N_LANES; i++)
    roster_lane_free (self->lanes[i]);
  g_clear_pointer (&self->listener, roster_listener_free);
  clear_waking (self);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

/* They are run in the order in which they are posted. */
static void
post (RosterWorkerThread *self, GSourceFunc func, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, free_data);
  g_source_attach (source, self->context);
}

typedef struct
{
  RosterWorkerThread *thread;
  GTask *job;
  RosterUrgency urgency;
} Order;

static gboolean
push_cb (gpointer user_data)
{
  Order *order = user_data;

  roster_lane_push (order->thread->lanes[order->urgency], order->job);
  return G_SOURCE_REMOVE;
}

void
roster_worker_thread_push (RosterWorkerThread *self, GTask *job, RosterUrgency urgency)
{
  Order order = { self, job, urgency };

  post (self, push_cb, g_memdup2 (&order, sizeof order), g_free);
}

static gboolean
network_changed_cb (gpointer user_data)
{
  RosterWorkerThread *self = user_data;

  if (self->listener)
    roster_listener_end (self->listener);
  for (guint i = 0; i < N_LANES; i++)
    roster_lane_renew (self->lanes[i]);
  return G_SOURCE_REMOVE;
}

void
roster_worker_thread_network_changed (RosterWorkerThread *self)
{
  post (self, network_changed_cb, self, NULL);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

RosterWorkerThread *
roster_worker_thread_new (RosterConnectionUrl *pooled,
                          RosterConnectionUrl *direct,
                          const RosterWorkerThreadEvents *events,
                          gpointer user_data)
{
  RosterWorkerThread *self = g_new0 (RosterWorkerThread, 1);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->pooled = pooled;
  self->direct = direct;
  self->events = events;
  self->user_data = user_data;
  self->thread = g_thread_new ("postgres", run_thread, self);
  return self;
}

void
roster_worker_thread_free (RosterWorkerThread *self)
{
  post (self, quit_cb, self->loop, NULL);
  g_thread_join (self->thread);
  roster_connection_url_free (self->pooled);
  g_clear_pointer (&self->direct, roster_connection_url_free);
  g_free (self->reason);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self);
}
