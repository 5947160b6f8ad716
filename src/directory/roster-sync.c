/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who waits for a pull, and what is told of it; what it does is in roster-sync-steps.c. Main
 * thread; a call under way holds the sync. */

#include "config.h"

#include "roster-sync-private.h"

#include "roster-secret-string.h"
#include "roster-server-error.h"

enum
{
  PROP_STATE = 1,
  PROP_SINCE,
  PROP_ERROR,
  PROP_AS_OF,
  PROP_PROGRESS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterSync, roster_sync, G_TYPE_OBJECT)

GType
roster_sync_state_get_type (void)
{
  static const GEnumValue VALUES[] = {
    { ROSTER_SYNC_IDLE, "ROSTER_SYNC_IDLE", "idle" },
    { ROSTER_SYNC_PULLING, "ROSTER_SYNC_PULLING", "pulling" },
    { ROSTER_SYNC_READING, "ROSTER_SYNC_READING", "reading" },
    { ROSTER_SYNC_FAILED, "ROSTER_SYNC_FAILED", "failed" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RosterSyncState", VALUES));
  return type;
}

/* What is told */

static void
set_state (RosterSync *self, RosterSyncState state)
{
  if (self->state == state)
    return;
  self->state = state;
  self->since_unix_ms = g_get_real_time () / 1000;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SINCE]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_error (RosterSync *self, const GError *error)
{
  if (!error && !self->error)
    return;
  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
set_as_of (RosterSync *self, gint64 as_of_unix_ms)
{
  if (self->as_of_unix_ms == as_of_unix_ms)
    return;
  self->as_of_unix_ms = as_of_unix_ms;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AS_OF]);
}

static void
set_progress (RosterSync *self, double progress)
{
  if (self->progress >= progress && self->progress <= progress)
    return;
  self->progress = progress;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
}

/* Where the replica is now. */
void
roster_sync_tell_point (RosterSync *self, const RosterSyncPoint *point)
{
  set_as_of (self, point->as_of_unix_ms);
  if (point->is_partial)
    set_progress (self,
                  point->n_blocks > 0 ? (double) point->next_block / (double) point->n_blocks : 1);
  else
    set_progress (self, *point->cursor ? 1 : 0);
  if (point->is_partial || !*point->cursor)
    set_state (self, ROSTER_SYNC_READING);
  else if (self->state != ROSTER_SYNC_READING)
    set_state (self, ROSTER_SYNC_PULLING);
}

/* Who waits */

static void
complete (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = tasks->pdata[i];
      GSource *cancelled = g_task_get_task_data (task);

      if (cancelled)
        g_source_destroy (cancelled);
      if (error)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  RosterSync *self = g_task_get_source_object (task);

  g_ptr_array_remove (self->waiting, task);
  g_ptr_array_remove (self->waiting_for_next, task);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
add_waiting (RosterSync *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable)
    {
      GSource *cancelled = g_cancellable_source_new (cancellable);

      g_task_set_task_data (task, cancelled, (GDestroyNotify) g_source_unref);
      g_task_attach_source (task, cancelled, (GSourceFunc) (void (*) (void)) cancelled_cb);
    }
  g_ptr_array_add (self->waiting_for_next, g_object_ref (task));
}

/* The pull */

static void begin_pull (RosterSync *self);

void
roster_sync_end_pull (RosterSync *self)
{
  g_autoptr (GError) failure = g_steal_pointer (&self->failure);
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked, roster_sync_point_free);
  set_error (self, failure);
  set_state (self, failure ? ROSTER_SYNC_FAILED : ROSTER_SYNC_IDLE);
  complete (waiting, failure);
  if (self->waiting_for_next->len > 0 && !self->cancellable)
    begin_pull (self);
}

/* The first reason counts; what else is under way is of no use any more. */
void
roster_sync_fail (RosterSync *self, GError *failure)
{
  if (self->failure)
    g_error_free (failure);
  else
    self->failure = failure;
  g_cancellable_cancel (self->cancellable);
}

static void
begin_pull (RosterSync *self)
{
  GPtrArray *waiting = self->waiting;

  self->waiting = self->waiting_for_next;
  self->waiting_for_next = waiting;
  self->urgency = self->next_urgency;
  self->next_urgency = ROSTER_URGENCY_BACKGROUND;
  self->cancellable = g_cancellable_new ();
  self->n_attempts = 0;
  self->is_whole = FALSE;
  self->is_void = FALSE;
  if (!self->token)
    roster_sync_fail (self, roster_server_error_new (ROSTER_ERROR_NOT_SIGNED_IN));
  roster_sync_go_on (self);
}

/* GObject */

static void
people_changed_cb (RosterSync *self)
{
  roster_sync_pull_async (self, ROSTER_URGENCY_BACKGROUND, NULL, NULL, NULL);
}

static void
changed_cb (RosterSync *self)
{
  self->generation++;
}

static void
roster_sync_dispose (GObject *object)
{
  RosterSync *self = ROSTER_SYNC (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (roster_sync_parent_class)->dispose (object);
}

static void
roster_sync_finalize (GObject *object)
{
  RosterSync *self = ROSTER_SYNC (object);

  roster_secret_string_free (self->token);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->waiting_for_next);

  G_OBJECT_CLASS (roster_sync_parent_class)->finalize (object);
}

static void
roster_sync_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RosterSync *self = ROSTER_SYNC (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, self->since_unix_ms);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, self->as_of_unix_ms);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_sync_class_init (RosterSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = roster_sync_dispose;
  object_class->finalize = roster_sync_finalize;
  object_class->get_property = roster_sync_get_property;

  props[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, ROSTER_TYPE_SYNC_STATE, ROSTER_SYNC_IDLE, flags);
  props[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  props[PROP_AS_OF] = g_param_spec_int64 ("as-of", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
roster_sync_init (RosterSync *self)
{
  self->since_unix_ms = g_get_real_time () / 1000;
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting_for_next = g_ptr_array_new_with_free_func (g_object_unref);
  self->next_urgency = ROSTER_URGENCY_BACKGROUND;
}

RosterSync *
roster_sync_new (RosterWorker *worker, RosterReplica *replica)
{
  RosterSync *self = g_object_new (ROSTER_TYPE_SYNC, NULL);

  self->worker = g_object_ref (worker);
  self->replica = g_object_ref (replica);
  g_signal_connect_object (worker, "people-changed", G_CALLBACK (people_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (replica, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
roster_sync_set_token (RosterSync *self, const char *token)
{
  roster_secret_string_free (self->token);
  self->token = g_strdup (token);
}

void
roster_sync_pull_async (RosterSync *self,
                        RosterUrgency urgency,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_sync_pull_async);
  if (self->is_closed)
    {
      g_task_return_error (task, roster_server_error_new (ROSTER_ERROR_CLOSED));
      return;
    }
  add_waiting (self, task);
  self->next_urgency = MIN (self->next_urgency, urgency);
  if (!self->cancellable)
    begin_pull (self);
}

gboolean
roster_sync_pull_finish (RosterSync *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_sync_pull_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_sync_close (RosterSync *self)
{
  g_autoptr (GError) closed = roster_server_error_new (ROSTER_ERROR_CLOSED);

  self->is_closed = TRUE;
  complete (self->waiting_for_next, closed);
  g_ptr_array_set_size (self->waiting_for_next, 0);
  if (self->cancellable)
    roster_sync_fail (self, g_steal_pointer (&closed));
}

RosterSyncState
roster_sync_get_state (RosterSync *self)
{
  return self->state;
}

gint64
roster_sync_get_since (RosterSync *self)
{
  return self->since_unix_ms;
}

const GError *
roster_sync_get_error (RosterSync *self)
{
  return self->error;
}

gint64
roster_sync_get_as_of (RosterSync *self)
{
  return self->as_of_unix_ms;
}

double
roster_sync_get_progress (RosterSync *self)
{
  return self->progress;
}
