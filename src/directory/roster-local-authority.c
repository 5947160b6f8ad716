/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authority of a directory on this computer: checks the values and lets the replica's file
 * decide the rest. Main thread; holds the replica. */

#include "config.h"

#include "roster-local-authority.h"

#include <glib/gi18n-lib.h>

#include "roster-person-validation.h"

struct _RosterLocalAuthority
{
  GObject parent_instance;

  RosterReplica *replica;
};

enum
{
  PROP_CAN_EDIT = 1,
  PROP_EDIT_REASON,
};

static void roster_local_authority_authority_init (RosterAuthorityInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterLocalAuthority,
                               roster_local_authority,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROSTER_TYPE_AUTHORITY,
                                                      roster_local_authority_authority_init))

static void
create_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *people = roster_replica_create_finish (ROSTER_REPLICA (source), result, &error);

  if (people)
    g_task_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
roster_local_authority_create_async (RosterAuthority *authority,
                                     RosterPerson *const *people,
                                     gsize n_people,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GPtrArray) valid =
      g_ptr_array_new_full ((guint) n_people, (GDestroyNotify) roster_person_free);

  g_task_set_source_tag (task, roster_local_authority_create_async);
  g_task_set_check_cancellable (task, FALSE);
  for (gsize i = 0; i < n_people; i++)
    {
      g_autoptr (GError) error = NULL;
      RosterPerson *person = roster_person_validate (people[i], &error);

      if (!person)
        {
          g_task_return_error (task, g_steal_pointer (&error));
          return;
        }
      g_ptr_array_add (valid, person);
    }
  roster_replica_create_async (self->replica, (RosterPerson *const *) valid->pdata, valid->len,
                               cancellable, create_cb, g_steal_pointer (&task));
}

static GPtrArray *
roster_local_authority_create_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authority), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
update_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RosterPerson *current = NULL;
  RosterPerson *person =
      roster_replica_update_finish (ROSTER_REPLICA (source), result, &current, &error);

  if (current)
    g_task_set_task_data (task, current, (GDestroyNotify) roster_person_free);
  if (person)
    g_task_return_pointer (task, person, (GDestroyNotify) roster_person_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
roster_local_authority_update_async (RosterAuthority *authority,
                                     const RosterPerson *base,
                                     const RosterPerson *person,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) valid = roster_person_validate (person, &error);

  g_task_set_source_tag (task, roster_local_authority_update_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!valid)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  roster_replica_update_async (self->replica, base, valid, cancellable, update_cb,
                               g_steal_pointer (&task));
}

static RosterPerson *
roster_local_authority_update_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      RosterPerson **current,
                                      GError **error)
{
  RosterPerson *kept;

  g_return_val_if_fail (g_task_is_valid (result, authority), NULL);

  kept = g_task_get_task_data (G_TASK (result));
  if (current)
    *current = kept ? roster_person_copy (kept) : NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
delete_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *people = roster_replica_delete_finish (ROSTER_REPLICA (source), result, &error);

  if (people)
    g_task_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
roster_local_authority_delete_async (RosterAuthority *authority,
                                     const char *const *ids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_local_authority_delete_async);
  g_task_set_check_cancellable (task, FALSE);
  roster_replica_delete_async (self->replica, ids, cancellable, delete_cb, task);
}

static GPtrArray *
roster_local_authority_delete_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authority), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_only_cb (RosterLocalAuthority *self)
{
  g_object_notify (G_OBJECT (self), "can-edit");
  g_object_notify (G_OBJECT (self), "edit-reason");
}

static void
roster_local_authority_dispose (GObject *object)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (object);

  g_clear_object (&self->replica);

  G_OBJECT_CLASS (roster_local_authority_parent_class)->dispose (object);
}

static void
roster_local_authority_get_property (GObject *object,
                                     guint property_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (object);
  gboolean read_only = roster_replica_get_read_only (self->replica);

  switch (property_id)
    {
    case PROP_CAN_EDIT:
      g_value_set_boolean (value, !read_only);
      break;
    case PROP_EDIT_REASON:
      if (read_only)
        g_value_set_static_string (
            value, _ ("The directory file can only be read. Change its permissions to edit it."));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_local_authority_authority_init (RosterAuthorityInterface *iface)
{
  iface->create_async = roster_local_authority_create_async;
  iface->create_finish = roster_local_authority_create_finish;
  iface->update_async = roster_local_authority_update_async;
  iface->update_finish = roster_local_authority_update_finish;
  iface->delete_async = roster_local_authority_delete_async;
  iface->delete_finish = roster_local_authority_delete_finish;
}

static void
roster_local_authority_class_init (RosterLocalAuthorityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_local_authority_dispose;
  object_class->get_property = roster_local_authority_get_property;

  g_object_class_override_property (object_class, PROP_CAN_EDIT, "can-edit");
  g_object_class_override_property (object_class, PROP_EDIT_REASON, "edit-reason");
}

static void
roster_local_authority_init (RosterLocalAuthority *self)
{
}

RosterAuthority *
roster_local_authority_new (RosterReplica *replica)
{
  RosterLocalAuthority *self = g_object_new (ROSTER_TYPE_LOCAL_AUTHORITY, NULL);

  self->replica = g_object_ref (replica);
  g_signal_connect_object (replica, "notify::read-only", G_CALLBACK (read_only_cb), self,
                           G_CONNECT_SWAPPED);
  return ROSTER_AUTHORITY (self);
}
