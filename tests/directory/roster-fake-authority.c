/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server in memory, and its script. Main thread; calls wait in a queue and are taken up one by
 * one, each when the replica has been told of the one before. */

#include "config.h"

#include "roster-fake-authority.h"

#include "roster-error.h"
#include "roster-fake-call.h"

struct _RosterFakeAuthority
{
  GObject parent_instance;

  RosterReplica *replica;
  RosterFakeTruth *truth;
  GQueue calls;
  GError *next_error;
  char *edit_reason;
  gboolean held;
  gboolean busy;
};

enum
{
  PROP_CAN_EDIT = 1,
  PROP_EDIT_REASON,
};

static void roster_fake_authority_authority_init (RosterAuthorityInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterFakeAuthority,
                               roster_fake_authority,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROSTER_TYPE_AUTHORITY,
                                                      roster_fake_authority_authority_init))

static void take_up_next (RosterFakeAuthority *self);

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterFakeAuthority *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  roster_replica_apply_finish (ROSTER_REPLICA (source), result, &error);
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
  self->busy = FALSE;
  take_up_next (self);
}

/* Writes to a copy, which becomes the truth when all of it went well. */
static gboolean
run (RosterFakeAuthority *self, RosterFakeCall *call, GError **error)
{
  g_autoptr (RosterFakeTruth) truth = roster_fake_truth_copy (self->truth);

  if (!roster_fake_call_validate (call, error) || !call->run (truth, call, error))
    return FALSE;
  roster_fake_truth_free (self->truth);
  self->truth = g_steal_pointer (&truth);
  return TRUE;
}

static void
take_up (RosterFakeAuthority *self, GTask *task)
{
  RosterFakeCall *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->next_error)
    error = g_steal_pointer (&self->next_error);
  else if (self->edit_reason && !call->is_read)
    g_set_error_literal (&error, ROSTER_ERROR, ROSTER_ERROR_READ_ONLY, self->edit_reason);
  else if (run (self, call, &error))
    {
      self->busy = TRUE;
      roster_replica_apply_async (self->replica, call->batch, NULL, applied_cb,
                                  g_object_ref (task));
      return;
    }
  g_task_return_error (task, error);
}

static void
take_up_next (RosterFakeAuthority *self)
{
  while (!self->held && !self->busy && !g_queue_is_empty (&self->calls))
    {
      g_autoptr (GTask) task = g_queue_pop_head (&self->calls);

      take_up (self, task);
    }
}

static void
push (RosterFakeAuthority *self,
      RosterFakeCall *call,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify) roster_fake_call_free);
  g_queue_push_tail (&self->calls, task);
  take_up_next (self);
}

static void
roster_fake_authority_create_async (RosterAuthority *authority,
                                    GPtrArray *people,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_create, NULL, batch_id);

  g_ptr_array_unref (call->people);
  call->people = people;
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_update_async (RosterAuthority *authority,
                                    const RosterPerson *base,
                                    const RosterPerson *person,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_update, NULL, batch_id);

  call->base = roster_person_copy (base);
  g_ptr_array_add (call->people, roster_person_copy (person));
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_delete_async (RosterAuthority *authority,
                                    char **ids,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_delete, ids, batch_id);

  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_undo_async (RosterAuthority *authority,
                                  const char *batch_to_undo,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_undo, NULL, batch_id);

  call->key = g_strdup (batch_to_undo);
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_restore_async (RosterAuthority *authority,
                                     char **ids,
                                     const char *batch_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_restore, ids, batch_id);

  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_purge_async (RosterAuthority *authority,
                                   char **ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_purge, ids, NULL);

  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_history_async (RosterAuthority *authority,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_history, NULL, NULL);

  call->is_read = TRUE;
  call->key = g_strdup (id);
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_deleted_async (RosterAuthority *authority,
                                     gint64 before_change_id,
                                     guint limit,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterFakeCall *call = roster_fake_call_new (roster_fake_call_deleted, NULL, NULL);

  call->is_read = TRUE;
  call->change_id = before_change_id;
  call->n = limit;
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static GPtrArray *
finish_array (RosterAuthority *authority, GAsyncResult *result, GError **error)
{
  RosterFakeCall *call = g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error) ? g_ptr_array_ref (call->result) : NULL;
}

static GPtrArray *
finish_deleted (RosterAuthority *authority, GAsyncResult *result, guint *n_total, GError **error)
{
  RosterFakeCall *call = g_task_get_task_data (G_TASK (result));

  *n_total = call->n;
  return finish_array (authority, result, error);
}

static RosterReceipt *
finish_receipt (RosterAuthority *authority, GAsyncResult *result, GError **error)
{
  RosterFakeCall *call = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_steal_pointer (&call->result_receipt);
}

static gboolean
finish_boolean (RosterAuthority *authority, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static RosterPerson *
roster_fake_authority_update_finish (RosterAuthority *authority,
                                     GAsyncResult *result,
                                     RosterPerson **current,
                                     GError **error)
{
  RosterFakeCall *call = g_task_get_task_data (G_TASK (result));
  g_autoptr (RosterPerson) person = g_steal_pointer (&call->result_person);
  gboolean fine = g_task_propagate_boolean (G_TASK (result), error);

  if (current)
    *current = fine ? NULL : g_steal_pointer (&person);
  return fine ? g_steal_pointer (&person) : NULL;
}

static void
roster_fake_authority_dispose (GObject *object)
{
  RosterFakeAuthority *self = ROSTER_FAKE_AUTHORITY (object);

  g_clear_object (&self->replica);
  g_clear_pointer (&self->truth, roster_fake_truth_free);
  g_clear_pointer (&self->edit_reason, g_free);
  g_clear_error (&self->next_error);

  G_OBJECT_CLASS (roster_fake_authority_parent_class)->dispose (object);
}

static void
roster_fake_authority_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  RosterFakeAuthority *self = ROSTER_FAKE_AUTHORITY (object);

  switch (property_id)
    {
    case PROP_CAN_EDIT:
      g_value_set_boolean (value, self->edit_reason == NULL);
      break;
    case PROP_EDIT_REASON:
      g_value_set_string (value, self->edit_reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_fake_authority_authority_init (RosterAuthorityInterface *iface)
{
  iface->create_async = roster_fake_authority_create_async;
  iface->create_finish = finish_array;
  iface->update_async = roster_fake_authority_update_async;
  iface->update_finish = roster_fake_authority_update_finish;
  iface->delete_async = roster_fake_authority_delete_async;
  iface->delete_finish = finish_receipt;
  iface->undo_async = roster_fake_authority_undo_async;
  iface->undo_finish = finish_receipt;
  iface->restore_async = roster_fake_authority_restore_async;
  iface->restore_finish = finish_receipt;
  iface->purge_async = roster_fake_authority_purge_async;
  iface->purge_finish = finish_boolean;
  iface->history_async = roster_fake_authority_history_async;
  iface->history_finish = finish_array;
  iface->deleted_async = roster_fake_authority_deleted_async;
  iface->deleted_finish = finish_deleted;
}

static void
roster_fake_authority_class_init (RosterFakeAuthorityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_fake_authority_dispose;
  object_class->get_property = roster_fake_authority_get_property;

  g_object_class_override_property (object_class, PROP_CAN_EDIT, "can-edit");
  g_object_class_override_property (object_class, PROP_EDIT_REASON, "edit-reason");
}

static void
roster_fake_authority_init (RosterFakeAuthority *self)
{
  self->truth = roster_fake_truth_new ();
  g_queue_init (&self->calls);
}

RosterAuthority *
roster_fake_authority_new (RosterReplica *replica)
{
  RosterFakeAuthority *self = g_object_new (ROSTER_TYPE_FAKE_AUTHORITY, NULL);

  self->replica = g_object_ref (replica);
  return ROSTER_AUTHORITY (self);
}

void
roster_fake_authority_fail_next (RosterFakeAuthority *self, GError *error)
{
  g_assert_null (self->next_error);
  self->next_error = error;
}

void
roster_fake_authority_set_edit_reason (RosterFakeAuthority *self, const char *edit_reason)
{
  gboolean could_edit = self->edit_reason == NULL;

  if (g_strcmp0 (self->edit_reason, edit_reason) == 0)
    return;
  g_free (self->edit_reason);
  self->edit_reason = g_strdup (edit_reason);
  g_object_notify (G_OBJECT (self), "edit-reason");
  if (could_edit != (self->edit_reason == NULL))
    g_object_notify (G_OBJECT (self), "can-edit");
}

void
roster_fake_authority_hold (RosterFakeAuthority *self)
{
  self->held = TRUE;
}

void
roster_fake_authority_release (RosterFakeAuthority *self)
{
  self->held = FALSE;
  take_up_next (self);
}

void
roster_fake_authority_put (RosterFakeAuthority *self, const RosterPerson *person)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  g_autoptr (GError) error = NULL;

  roster_fake_truth_put (self->truth, person, NULL, batch, &error);
  g_assert_no_error (error);
  roster_replica_apply_async (self->replica, batch, NULL, NULL, NULL);
}

void
roster_fake_authority_remove (RosterFakeAuthority *self, const char *id)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  roster_fake_truth_remove (self->truth, id, NULL, batch);
  roster_replica_apply_async (self->replica, batch, NULL, NULL, NULL);
}
