/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server in memory, and its script. Main thread; calls wait in a queue and are taken up one by
 * one, each when the replica has been told of the one before. */

#include "config.h"

#include "roster-fake-authority.h"

#include "roster-error.h"
#include "roster-person-validation.h"

struct _RosterFakeAuthority
{
  GObject parent_instance;

  RosterReplica *replica;
  GHashTable *truth;
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

typedef struct _Call Call;

/* Changes the truth and says how in call->batch, or changes nothing and sets the error. */
typedef gboolean (*CallFunc) (RosterFakeAuthority *self, Call *call, GError **error);

struct _Call
{
  CallFunc run;
  GPtrArray *people;
  RosterPerson *base;
  char **ids;
  RosterBatch *batch;
  GPtrArray *result_people;
  RosterPerson *result_person;
};

static GPtrArray *
new_people (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
}

static void
call_free (Call *call)
{
  g_ptr_array_unref (call->people);
  g_clear_pointer (&call->base, roster_person_free);
  g_strfreev (call->ids);
  roster_batch_free (call->batch);
  g_ptr_array_unref (call->result_people);
  g_clear_pointer (&call->result_person, roster_person_free);
  g_free (call);
}

static Call *
call_new (CallFunc run)
{
  Call *call = g_new0 (Call, 1);

  call->run = run;
  call->people = new_people ();
  call->batch = roster_batch_new ();
  call->result_people = new_people ();
  return call;
}

static void
put (RosterFakeAuthority *self, RosterBatch *batch, const RosterPerson *person)
{
  RosterPerson *copy = roster_person_copy (person);

  g_hash_table_replace (self->truth, copy->id, copy);
  g_ptr_array_add (batch->people, roster_person_copy (copy));
}

static gboolean
is_email_free (RosterFakeAuthority *self, const RosterPerson *person, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->truth);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const RosterPerson *other = value;

      if (g_strcmp0 (other->id, person->id) != 0 &&
          g_ascii_strcasecmp (other->email, person->email) == 0)
        {
          g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL, "Duplicate.");
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
validate (Call *call, GError **error)
{
  for (guint i = 0; i < call->people->len; i++)
    {
      RosterPerson *valid = roster_person_validate (call->people->pdata[i], error);

      if (!valid)
        return FALSE;
      roster_person_free (call->people->pdata[i]);
      call->people->pdata[i] = valid;
    }
  return TRUE;
}

static void
forget_created (RosterFakeAuthority *self, Call *call)
{
  for (guint i = 0; i < call->batch->people->len; i++)
    g_hash_table_remove (self->truth, ((RosterPerson *) call->batch->people->pdata[i])->id);
}

static gboolean
run_create (RosterFakeAuthority *self, Call *call, GError **error)
{
  gint64 now_unix_ms = g_get_real_time () / 1000;

  for (guint i = 0; i < call->people->len; i++)
    {
      RosterPerson *person = call->people->pdata[i];
      const RosterPerson *there = g_hash_table_lookup (self->truth, person->id);

      if (there)
        {
          g_ptr_array_add (call->result_people, roster_person_copy (there));
          continue;
        }
      if (!is_email_free (self, person, error))
        {
          forget_created (self, call);
          return FALSE;
        }
      if (person->created_at_unix_ms == 0)
        person->created_at_unix_ms = now_unix_ms;
      if (person->updated_at_unix_ms == 0)
        person->updated_at_unix_ms = now_unix_ms;
      put (self, call->batch, person);
      g_ptr_array_add (call->result_people, roster_person_copy (person));
    }
  return TRUE;
}

static gboolean
merge_field (const char *base, const char *wanted, char **now)
{
  if (g_str_equal (base, wanted) || g_str_equal (*now, wanted))
    return TRUE;
  if (!g_str_equal (*now, base))
    return FALSE;
  g_free (*now);
  *now = g_strdup (wanted);
  return TRUE;
}

static gboolean
run_update (RosterFakeAuthority *self, Call *call, GError **error)
{
  const RosterPerson *base = call->base;
  const RosterPerson *wanted = call->people->pdata[0];
  const RosterPerson *there = g_hash_table_lookup (self->truth, base->id);
  g_autoptr (RosterPerson) now = NULL;

  if (!there)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "Gone.");
      return FALSE;
    }
  now = roster_person_copy (there);
  if (!merge_field (base->name, wanted->name, &now->name) ||
      !merge_field (base->email, wanted->email, &now->email) ||
      !merge_field (base->phone, wanted->phone, &now->phone))
    {
      call->result_person = roster_person_copy (there);
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT, "Changed meanwhile.");
      return FALSE;
    }
  if (!is_email_free (self, now, error))
    return FALSE;
  if (!roster_person_equal (now, there))
    {
      now->updated_at_unix_ms = MAX (g_get_real_time () / 1000, now->updated_at_unix_ms + 1);
      put (self, call->batch, now);
    }
  call->result_person = g_steal_pointer (&now);
  return TRUE;
}

static gboolean
run_delete (RosterFakeAuthority *self, Call *call, GError **error)
{
  for (guint i = 0; call->ids[i]; i++)
    {
      RosterPerson *person = g_hash_table_lookup (self->truth, call->ids[i]);

      if (!person)
        continue;
      g_ptr_array_add (call->batch->removed, roster_person_copy (person));
      g_hash_table_remove (self->truth, call->ids[i]);
    }
  return TRUE;
}

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

static void
take_up (RosterFakeAuthority *self, GTask *task)
{
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->next_error)
    error = g_steal_pointer (&self->next_error);
  else if (self->edit_reason)
    g_set_error_literal (&error, ROSTER_ERROR, ROSTER_ERROR_READ_ONLY, self->edit_reason);
  else if (validate (call, &error) && call->run (self, call, &error))
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
      Call *call,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  g_queue_push_tail (&self->calls, task);
  take_up_next (self);
}

static void
roster_fake_authority_create_async (RosterAuthority *authority,
                                    RosterPerson *const *people,
                                    gsize n_people,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Call *call = call_new (run_create);

  for (gsize i = 0; i < n_people; i++)
    g_ptr_array_add (call->people, roster_person_copy (people[i]));
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
  Call *call = call_new (run_update);

  call->base = roster_person_copy (base);
  g_ptr_array_add (call->people, roster_person_copy (person));
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static void
roster_fake_authority_delete_async (RosterAuthority *authority,
                                    const char *const *ids,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  Call *call = call_new (run_delete);

  call->ids = g_strdupv ((char **) ids);
  push (ROSTER_FAKE_AUTHORITY (authority), call, cancellable, callback, user_data);
}

static GPtrArray *
finish_people (RosterAuthority *authority, GAsyncResult *result, GError **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return g_ptr_array_ref (call->result_people);
}

static RosterReceipt *
finish_receipt (RosterAuthority *authority, GAsyncResult *result, GError **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));
  GPtrArray *removed = call->batch->removed;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return roster_receipt_new (removed->len,
                             removed->len > 0 ? removed->pdata[removed->len - 1] : NULL);
}

static RosterPerson *
roster_fake_authority_update_finish (RosterAuthority *authority,
                                     GAsyncResult *result,
                                     RosterPerson **current,
                                     GError **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));
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
  g_clear_pointer (&self->truth, g_hash_table_unref);
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
  iface->create_finish = finish_people;
  iface->update_async = roster_fake_authority_update_async;
  iface->update_finish = roster_fake_authority_update_finish;
  iface->delete_async = roster_fake_authority_delete_async;
  iface->delete_finish = finish_receipt;
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
  self->truth =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) roster_person_free);
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

  put (self, batch, person);
  roster_replica_apply_async (self->replica, batch, NULL, NULL, NULL);
}

void
roster_fake_authority_remove (RosterFakeAuthority *self, const char *id)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  RosterPerson *person = g_hash_table_lookup (self->truth, id);

  if (!person)
    return;
  g_ptr_array_add (batch->removed, roster_person_copy (person));
  g_hash_table_remove (self->truth, id);
  roster_replica_apply_async (self->replica, batch, NULL, NULL, NULL);
}
