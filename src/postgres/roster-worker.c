/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The front of the thread that has the connections. What the thread tells goes through a mailbox,
 * which outlives both, to the main context that made the worker: so the last reference of the
 * worker is never dropped on the thread that it would wait for. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-worker.h"

#include "roster-job.h"
#include "roster-server-error.h"
#include "roster-worker-thread.h"

typedef struct
{
  GWeakRef worker;
  GMainContext *context;
  /* Atomic: whether a letter about people lies in it. Anybody may have any number of them sent. */
  int people_changed;
} Mailbox;

struct _RosterWorker
{
  GObject parent_instance;

  RosterWorkerThread *thread;
  Mailbox *mailbox;
  RosterWorkerState state;
  char *reason;
  gint64 since_unix_ms;
};

enum
{
  PROP_STATE = 1,
  PROP_REASON,
  PROP_SINCE,
  N_PROPS,
};

enum
{
  PEOPLE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RosterWorker, roster_worker, G_TYPE_OBJECT)

GType
roster_worker_state_get_type (void)
{
  static const GEnumValue VALUES[] = {
    { ROSTER_WORKER_ASLEEP, "ROSTER_WORKER_ASLEEP", "asleep" },
    { ROSTER_WORKER_CONNECTING, "ROSTER_WORKER_CONNECTING", "connecting" },
    { ROSTER_WORKER_WAKING, "ROSTER_WORKER_WAKING", "waking" },
    { ROSTER_WORKER_READY, "ROSTER_WORKER_READY", "ready" },
    { ROSTER_WORKER_OFFLINE, "ROSTER_WORKER_OFFLINE", "offline" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RosterWorkerState", VALUES));
  return type;
}

static void
mailbox_clear (gpointer data)
{
  Mailbox *mailbox = data;

  g_weak_ref_clear (&mailbox->worker);
  g_main_context_unref (mailbox->context);
}

static void
mailbox_unref (gpointer mailbox)
{
  g_atomic_rc_box_release_full (mailbox, mailbox_clear);
}

/* A letter of the thread's; the mailbox it lies in. */
typedef struct
{
  Mailbox *mailbox;
  gboolean people_changed;
  RosterWorkerState state;
  char *reason;
} Letter;

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  mailbox_unref (letter->mailbox);
  g_free (letter->reason);
  g_free (letter);
}

static void
set_state (RosterWorker *self, RosterWorkerState state, const char *reason)
{
  gboolean is_other_state = self->state != state;
  gboolean is_other_reason = g_strcmp0 (self->reason, reason) != 0;
  char *before = self->reason;

  if (is_other_reason)
    {
      self->reason = g_strdup (reason);
      g_free (before);
    }
  if (is_other_state)
    {
      self->state = state;
      self->since_unix_ms = g_get_real_time () / 1000;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SINCE]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  if (is_other_reason)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
}

static gboolean
read_letter_cb (gpointer user_data)
{
  Letter *letter = user_data;
  g_autoptr (RosterWorker) self = g_weak_ref_get (&letter->mailbox->worker);

  if (letter->people_changed)
    g_atomic_int_set (&letter->mailbox->people_changed, FALSE);
  if (!self || !self->thread)
    return G_SOURCE_REMOVE;
  if (letter->people_changed)
    g_signal_emit (self, signals[PEOPLE_CHANGED], 0);
  else
    set_state (self, letter->state, letter->reason);
  return G_SOURCE_REMOVE;
}

static void
post (Mailbox *mailbox, Letter letter)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  letter.mailbox = g_atomic_rc_box_acquire (mailbox);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, read_letter_cb, g_memdup2 (&letter, sizeof letter), letter_free);
  g_source_attach (source, mailbox->context);
}

static void
state_changed_cb (RosterWorkerState state, const char *reason, gpointer user_data)
{
  post (user_data, (Letter){ .state = state, .reason = g_strdup (reason) });
}

static void
people_changed_cb (gpointer user_data)
{
  post (user_data, (Letter){ .people_changed = TRUE });
}

static void
roster_worker_dispose (GObject *object)
{
  RosterWorker *self = ROSTER_WORKER (object);

  roster_worker_close (self);

  G_OBJECT_CLASS (roster_worker_parent_class)->dispose (object);
}

static void
roster_worker_finalize (GObject *object)
{
  RosterWorker *self = ROSTER_WORKER (object);

  g_clear_pointer (&self->mailbox, mailbox_unref);
  g_free (self->reason);

  G_OBJECT_CLASS (roster_worker_parent_class)->finalize (object);
}

static void
roster_worker_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RosterWorker *self = ROSTER_WORKER (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, self->since_unix_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_worker_class_init (RosterWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = roster_worker_dispose;
  object_class->finalize = roster_worker_finalize;
  object_class->get_property = roster_worker_get_property;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, ROSTER_TYPE_WORKER_STATE,
                                         ROSTER_WORKER_ASLEEP, flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  props[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[PEOPLE_CHANGED] = g_signal_new ("people-changed", ROSTER_TYPE_WORKER, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_worker_init (RosterWorker *self)
{
  self->since_unix_ms = g_get_real_time () / 1000;
  self->mailbox = g_atomic_rc_box_new0 (Mailbox);
  self->mailbox->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->mailbox->worker, self);
}

RosterWorker *
roster_worker_new (RosterConnectionUrl *pooled, RosterConnectionUrl *direct)
{
  static const RosterWorkerThreadEvents EVENTS = { state_changed_cb, people_changed_cb };
  RosterWorker *self = g_object_new (ROSTER_TYPE_WORKER, NULL);

  /* Until it is freed, the worker holds the mailbox for its thread. */
  self->thread = roster_worker_thread_new (pooled, direct, &EVENTS, self->mailbox);
  return self;
}

void
roster_worker_run_async (RosterWorker *self,
                         GPtrArray *calls,
                         RosterUrgency urgency,
                         guint timeout_ms,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GTask *job;

  g_return_if_fail (calls->len > 0);

  job = roster_job_new (self, calls, timeout_ms, cancellable, callback, user_data);
  g_task_set_source_tag (job, roster_worker_run_async);
  if (self->thread)
    {
      roster_worker_thread_push (self->thread, job, urgency);
      return;
    }
  roster_server_error_set (&error, ROSTER_ERROR_CLOSED);
  roster_job_return_error (job, error);
}

GPtrArray *
roster_worker_run_finish (RosterWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_worker_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
roster_worker_network_changed (RosterWorker *self)
{
  if (self->thread)
    roster_worker_thread_network_changed (self->thread);
}

void
roster_worker_close (RosterWorker *self)
{
  g_clear_pointer (&self->thread, roster_worker_thread_free);
}

RosterWorkerState
roster_worker_get_state (RosterWorker *self)
{
  return self->state;
}

const char *
roster_worker_get_reason (RosterWorker *self)
{
  return self->reason;
}

gint64
roster_worker_get_since (RosterWorker *self)
{
  return self->since_unix_ms;
}
