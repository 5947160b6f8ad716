/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The interface: its properties, and calls that go straight to whoever implements it. */

#include "config.h"

#include "roster-authority.h"

G_DEFINE_INTERFACE (RosterAuthority, roster_authority, G_TYPE_OBJECT)

static void
roster_authority_default_init (RosterAuthorityInterface *iface)
{
  g_object_interface_install_property (iface, g_param_spec_boolean ("can-edit", NULL, NULL, FALSE,
                                                                    G_PARAM_READABLE |
                                                                        G_PARAM_STATIC_STRINGS |
                                                                        G_PARAM_EXPLICIT_NOTIFY));
  g_object_interface_install_property (iface, g_param_spec_string ("edit-reason", NULL, NULL, NULL,
                                                                   G_PARAM_READABLE |
                                                                       G_PARAM_STATIC_STRINGS |
                                                                       G_PARAM_EXPLICIT_NOTIFY));
}

gboolean
roster_authority_get_can_edit (RosterAuthority *self)
{
  gboolean can_edit;

  g_object_get (self, "can-edit", &can_edit, NULL);
  return can_edit;
}

char *
roster_authority_dup_edit_reason (RosterAuthority *self)
{
  char *edit_reason;

  g_object_get (self, "edit-reason", &edit_reason, NULL);
  return edit_reason;
}

void
roster_authority_create_async (RosterAuthority *self,
                               GPtrArray *people,
                               const char *batch_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->create_async (self, people, batch_id, cancellable, callback,
                                                   user_data);
}

GPtrArray *
roster_authority_create_finish (RosterAuthority *self, GAsyncResult *result, GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->create_finish (self, result, error);
}

void
roster_authority_update_async (RosterAuthority *self,
                               const RosterPerson *base,
                               const RosterPerson *person,
                               const char *batch_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->update_async (self, base, person, batch_id, cancellable,
                                                   callback, user_data);
}

RosterPerson *
roster_authority_update_finish (RosterAuthority *self,
                                GAsyncResult *result,
                                RosterPerson **current,
                                GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->update_finish (self, result, current, error);
}

void
roster_authority_delete_async (RosterAuthority *self,
                               char **ids,
                               const char *batch_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->delete_async (self, ids, batch_id, cancellable, callback,
                                                   user_data);
}

RosterReceipt *
roster_authority_delete_finish (RosterAuthority *self, GAsyncResult *result, GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->delete_finish (self, result, error);
}

void
roster_authority_undo_async (RosterAuthority *self,
                             const char *batch_to_undo,
                             const char *batch_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->undo_async (self, batch_to_undo, batch_id, cancellable,
                                                 callback, user_data);
}

RosterReceipt *
roster_authority_undo_finish (RosterAuthority *self, GAsyncResult *result, GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->undo_finish (self, result, error);
}

void
roster_authority_restore_async (RosterAuthority *self,
                                char **ids,
                                const char *batch_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->restore_async (self, ids, batch_id, cancellable, callback,
                                                    user_data);
}

RosterReceipt *
roster_authority_restore_finish (RosterAuthority *self, GAsyncResult *result, GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->restore_finish (self, result, error);
}

void
roster_authority_purge_async (RosterAuthority *self,
                              char **ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->purge_async (self, ids, cancellable, callback, user_data);
}

gboolean
roster_authority_purge_finish (RosterAuthority *self, GAsyncResult *result, GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->purge_finish (self, result, error);
}

void
roster_authority_history_async (RosterAuthority *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->history_async (self, id, cancellable, callback, user_data);
}

GPtrArray *
roster_authority_history_finish (RosterAuthority *self, GAsyncResult *result, GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->history_finish (self, result, error);
}

void
roster_authority_deleted_async (RosterAuthority *self,
                                gint64 before_change_id,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  ROSTER_AUTHORITY_GET_IFACE (self)->deleted_async (self, before_change_id, limit, cancellable,
                                                    callback, user_data);
}

GPtrArray *
roster_authority_deleted_finish (RosterAuthority *self,
                                 GAsyncResult *result,
                                 guint *n_total,
                                 GError **error)
{
  return ROSTER_AUTHORITY_GET_IFACE (self)->deleted_finish (self, result, n_total, error);
}

void
roster_authority_tidy (RosterAuthority *self)
{
  if (ROSTER_AUTHORITY_GET_IFACE (self)->tidy)
    ROSTER_AUTHORITY_GET_IFACE (self)->tidy (self);
}
