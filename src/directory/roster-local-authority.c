/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authority of a directory on this computer: checks the values and lets the replica's file
 * decide the rest. Main thread; holds the replica. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-local-authority.h"

#include <glib/gi18n-lib.h>

#include "roster-person-validation.h"
#include "roster-replica-history.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define DEFAULT_RETENTION_DAYS 30
#define MAX_RETENTION_DAYS 3650
#define EXPIRE_AT_ONCE 1000

struct _RosterLocalAuthority
{
  GObject parent_instance;

  RosterReplica *replica;
  guint retention_days;
};

enum
{
  PROP_CAN_EDIT = 1,
  PROP_EDIT_REASON,
  PROP_RETENTION_DAYS,
};

static void roster_local_authority_authority_init (RosterAuthorityInterface *iface);
static void roster_local_authority_tidy (RosterAuthority *authority);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterLocalAuthority,
                               roster_local_authority,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROSTER_TYPE_AUTHORITY,
                                                      roster_local_authority_authority_init))

/* The task of a call gives on the result of the replica's. */
static GTask *
new_task (RosterLocalAuthority *self,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, g_object_ref (result), g_object_unref);
}

/* Returns: (nullable): the replica's result */
static GAsyncResult *
finish (RosterAuthority *authority, gpointer source_tag, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authority), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
roster_local_authority_create_async (RosterAuthority *authority,
                                     GPtrArray *people,
                                     const char *batch_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_create_async, cancellable, callback, user_data);

  roster_replica_create_async (self->replica, people, batch_id, cancellable, done_cb, task);
}

static void
roster_local_authority_update_async (RosterAuthority *authority,
                                     const RosterPerson *base,
                                     const RosterPerson *person,
                                     const char *batch_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GTask) task =
      new_task (self, roster_local_authority_update_async, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) valid = roster_person_validate (person, &error);

  if (!valid)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  roster_replica_update_async (self->replica, base, valid, batch_id, cancellable, done_cb,
                               g_steal_pointer (&task));
}

static void
roster_local_authority_delete_async (RosterAuthority *authority,
                                     char **ids,
                                     const char *batch_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_delete_async, cancellable, callback, user_data);

  roster_replica_delete_async (self->replica, ids, batch_id, cancellable, done_cb, task);
}

static void
roster_local_authority_undo_async (RosterAuthority *authority,
                                   const char *batch_to_undo,
                                   const char *batch_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_undo_async, cancellable, callback, user_data);

  roster_replica_undo_async (self->replica, batch_to_undo, batch_id, cancellable, done_cb, task);
}

static void
roster_local_authority_restore_async (RosterAuthority *authority,
                                      char **ids,
                                      const char *batch_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_restore_async, cancellable, callback, user_data);

  roster_replica_restore_async (self->replica, ids, batch_id, cancellable, done_cb, task);
}

static void
roster_local_authority_purge_async (RosterAuthority *authority,
                                    char **ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_purge_async, cancellable, callback, user_data);

  roster_replica_purge_async (self->replica, ids, cancellable, done_cb, task);
}

static void
roster_local_authority_history_async (RosterAuthority *authority,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_history_async, cancellable, callback, user_data);

  roster_replica_history_async (self->replica, id, cancellable, done_cb, task);
}

static gint64
get_retention_ms (RosterLocalAuthority *self)
{
  return self->retention_days * DAY_MS;
}

static void
roster_local_authority_deleted_async (RosterAuthority *authority,
                                      gint64 before_change_id,
                                      guint limit,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  GTask *task =
      new_task (self, roster_local_authority_deleted_async, cancellable, callback, user_data);

  roster_replica_deleted_async (self->replica, before_change_id,
                                g_get_real_time () / 1000 - get_retention_ms (self), limit,
                                cancellable, done_cb, task);
}

static GPtrArray *
roster_local_authority_create_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_create_async, result, error);

  return inner ? roster_replica_create_finish (self->replica, inner, error) : NULL;
}

static RosterPerson *
roster_local_authority_update_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      RosterPerson **current,
                                      GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_update_async, result, error);

  if (current)
    *current = NULL;
  return inner ? roster_replica_update_finish (self->replica, inner, current, error) : NULL;
}

static RosterReceipt *
roster_local_authority_delete_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_delete_async, result, error);

  return inner ? roster_replica_delete_finish (self->replica, inner, error) : NULL;
}

static RosterReceipt *
roster_local_authority_undo_finish (RosterAuthority *authority,
                                    GAsyncResult *result,
                                    GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_undo_async, result, error);

  return inner ? roster_replica_undo_finish (self->replica, inner, error) : NULL;
}

static RosterReceipt *
roster_local_authority_restore_finish (RosterAuthority *authority,
                                       GAsyncResult *result,
                                       GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_restore_async, result, error);

  return inner ? roster_replica_restore_finish (self->replica, inner, error) : NULL;
}

static gboolean
roster_local_authority_purge_finish (RosterAuthority *authority,
                                     GAsyncResult *result,
                                     GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_purge_async, result, error);

  return inner && roster_replica_purge_finish (self->replica, inner, error);
}

static GPtrArray *
roster_local_authority_history_finish (RosterAuthority *authority,
                                       GAsyncResult *result,
                                       GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_history_async, result, error);

  return inner ? roster_replica_history_finish (self->replica, inner, error) : NULL;
}

static GPtrArray *
roster_local_authority_deleted_finish (RosterAuthority *authority,
                                       GAsyncResult *result,
                                       guint *n_total,
                                       GError **error)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);
  g_autoptr (GAsyncResult) inner =
      finish (authority, roster_local_authority_deleted_async, result, error);

  return inner ? roster_replica_deleted_finish (self->replica, inner, n_total, error) : NULL;
}

static void
expired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterLocalAuthority) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more;

  /* What could not be done now is done when the file is opened the next time. */
  if (!roster_replica_expire_finish (ROSTER_REPLICA (source), result, &more, &error))
    g_info ("The deleted were kept for longer: %s", error->message);
  else if (more)
    roster_local_authority_tidy (ROSTER_AUTHORITY (self));
}

/* Some at a time, so that a write which somebody waits for gets in between. */
static void
roster_local_authority_tidy (RosterAuthority *authority)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (authority);

  if (roster_authority_get_can_edit (authority))
    roster_replica_expire_async (self->replica, get_retention_ms (self), EXPIRE_AT_ONCE, NULL,
                                 expired_cb, g_object_ref (self));
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
    case PROP_RETENTION_DAYS:
      g_value_set_uint (value, self->retention_days);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
set_retention_days (RosterLocalAuthority *self, guint retention_days)
{
  if (self->retention_days == retention_days)
    return;
  self->retention_days = retention_days;
  g_object_notify (G_OBJECT (self), "retention-days");
}

static void
roster_local_authority_set_property (GObject *object,
                                     guint property_id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  RosterLocalAuthority *self = ROSTER_LOCAL_AUTHORITY (object);

  switch (property_id)
    {
    case PROP_RETENTION_DAYS:
      set_retention_days (self, g_value_get_uint (value));
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
  iface->undo_async = roster_local_authority_undo_async;
  iface->undo_finish = roster_local_authority_undo_finish;
  iface->restore_async = roster_local_authority_restore_async;
  iface->restore_finish = roster_local_authority_restore_finish;
  iface->purge_async = roster_local_authority_purge_async;
  iface->purge_finish = roster_local_authority_purge_finish;
  iface->history_async = roster_local_authority_history_async;
  iface->history_finish = roster_local_authority_history_finish;
  iface->deleted_async = roster_local_authority_deleted_async;
  iface->deleted_finish = roster_local_authority_deleted_finish;
  iface->tidy = roster_local_authority_tidy;
}

static void
roster_local_authority_class_init (RosterLocalAuthorityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_local_authority_dispose;
  object_class->get_property = roster_local_authority_get_property;
  object_class->set_property = roster_local_authority_set_property;

  g_object_class_override_property (object_class, PROP_CAN_EDIT, "can-edit");
  g_object_class_override_property (object_class, PROP_EDIT_REASON, "edit-reason");
  g_object_class_install_property (object_class, PROP_RETENTION_DAYS,
                                   g_param_spec_uint ("retention-days", NULL, NULL, 1,
                                                      MAX_RETENTION_DAYS, DEFAULT_RETENTION_DAYS,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                          G_PARAM_EXPLICIT_NOTIFY));
}

static void
roster_local_authority_init (RosterLocalAuthority *self)
{
  self->retention_days = DEFAULT_RETENTION_DAYS;
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
