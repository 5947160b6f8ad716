/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The user's keyring, through libsecret: the Secret Service, or in a sandbox the file whose key the
 * portal has. Main thread; a call under way holds the store. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-token-store.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "roster-error.h"
#include "roster-secret-string.h"

struct _RosterTokenStore
{
  GObject parent_instance;

  char *directory;
  RosterSecrets *secrets;
  RosterTokenStoreState state;
  char *reason;

  gboolean is_writing;
  /* GTask: for the write under way, and for the one after it. */
  GPtrArray *waiting;
  GPtrArray *waiting_for_next;
};

enum
{
  PROP_STATE = 1,
  PROP_REASON,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterTokenStore, roster_token_store, G_TYPE_OBJECT)

typedef GList RetrievableList;

static void
retrievable_list_free (RetrievableList *list)
{
  g_list_free_full (list, g_object_unref);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RetrievableList, retrievable_list_free)

/* A keyring that was not unlocked since it was loaded does not find items by their schema's name.
 */
static const SecretSchema SCHEMA = {
  APPLICATION_ID ".Directory",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  { { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "directory", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

GType
roster_token_store_state_get_type (void)
{
  static const GEnumValue VALUES[] = {
    { ROSTER_TOKEN_STORE_UNKNOWN, "ROSTER_TOKEN_STORE_UNKNOWN", "unknown" },
    { ROSTER_TOKEN_STORE_LOCKED, "ROSTER_TOKEN_STORE_LOCKED", "locked" },
    { ROSTER_TOKEN_STORE_KEPT, "ROSTER_TOKEN_STORE_KEPT", "kept" },
    { ROSTER_TOKEN_STORE_IN_MEMORY, "ROSTER_TOKEN_STORE_IN_MEMORY", "in-memory" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RosterTokenStoreState", VALUES));
  return type;
}

static GHashTable *
make_attributes (RosterTokenStore *self)
{
  return secret_attributes_build (&SCHEMA, "application", APPLICATION_ID, "directory",
                                  self->directory, NULL);
}

/* What is told */

static void
set_state (RosterTokenStore *self, RosterTokenStoreState state, const char *reason)
{
  g_autofree char *old_reason = NULL;

  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (self->reason, reason) != 0)
    {
      old_reason = g_steal_pointer (&self->reason);
      self->reason = g_strdup (reason);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
    }
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_refused (RosterTokenStore *self)
{
  set_state (self, ROSTER_TOKEN_STORE_IN_MEMORY,
             _ ("The keyring was not unlocked, so your sign-in lasts only until Roster is closed. "
                "Unlock the keyring to stay signed in."));
}

static gboolean
is_no_service (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
set_failed (RosterTokenStore *self, const GError *error)
{
  g_info ("Keyring: %s %d", g_quark_to_string (error->domain), error->code);
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_refused (self);
  else if (is_no_service (error))
    set_state (self, ROSTER_TOKEN_STORE_IN_MEMORY,
               _ ("There is no keyring on this computer, so your sign-in lasts only until Roster "
                  "is closed. Set up a keyring to stay signed in."));
  else
    set_state (self, ROSTER_TOKEN_STORE_IN_MEMORY,
               _ ("The keyring did not work, so your sign-in lasts only until Roster is closed. "
                  "Check the keyring to stay signed in."));
}

/* Reading */

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (item);
}

static void
retrieved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterTokenStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) value =
      secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source), result, &error);
  const char *text = value ? secret_value_get_text (value) : NULL;
  RosterSecrets *secrets = text ? roster_secrets_decode (text) : NULL;

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_pointer (&secrets, roster_secrets_free);
      return;
    }
  if (error)
    set_failed (self, error);
  else
    {
      if (!secrets)
        g_info ("Keyring: what is there is not Roster's");
      roster_secrets_free (self->secrets);
      self->secrets = secrets ? secrets : roster_secrets_new ();
      set_state (self, ROSTER_TOKEN_STORE_KEPT, NULL);
    }
  g_task_return_boolean (task, TRUE);
}

static void
take_found (GTask *task, RetrievableList *items)
{
  RosterTokenStore *self = g_task_get_source_object (task);

  if (!items)
    {
      g_clear_pointer (&self->secrets, roster_secrets_free);
      self->secrets = roster_secrets_new ();
      set_state (self, ROSTER_TOKEN_STORE_KEPT, NULL);
      g_task_return_boolean (task, TRUE);
    }
  else if (is_locked (items->data))
    {
      set_refused (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    secret_retrievable_retrieve_secret (items->data, g_task_get_cancellable (task), retrieved_cb,
                                        g_object_ref (task));
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterTokenStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetrievableList) items = secret_password_search_finish (result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error)
    {
      set_failed (self, error);
      g_task_return_boolean (task, TRUE);
      return;
    }
  take_found (task, items);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterTokenStore *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RetrievableList) items = secret_password_search_finish (result, &error);
  g_autoptr (GHashTable) attributes = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (error)
    {
      set_failed (self, error);
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!items || !is_locked (items->data))
    {
      take_found (task, items);
      return;
    }
  set_state (self, ROSTER_TOKEN_STORE_LOCKED,
             _ ("The keyring is locked. Unlock it to stay signed in."));
  attributes = make_attributes (self);
  secret_password_searchv (&SCHEMA, attributes, SECRET_SEARCH_UNLOCK, g_task_get_cancellable (task),
                           unlocked_cb, g_object_ref (task));
}

/* Writing */

static void begin_write (RosterTokenStore *self);

static void
end_write (RosterTokenStore *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->is_writing = FALSE;
  if (error)
    set_failed (self, error);
  else
    set_state (self, ROSTER_TOKEN_STORE_KEPT, NULL);
  if (self->waiting_for_next->len > 0)
    begin_write (self);
  for (guint i = 0; i < waiting->len; i++)
    if (error)
      g_task_return_new_error (waiting->pdata[i], ROSTER_ERROR, ROSTER_ERROR_FAILED, "%s",
                               self->reason);
    else
      g_task_return_boolean (waiting->pdata[i], TRUE);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTokenStore) self = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_store_finish (result, &error);
  end_write (self, error);
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTokenStore) self = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  end_write (self, error);
}

static void
begin_write (RosterTokenStore *self)
{
  g_autoptr (GHashTable) attributes = make_attributes (self);
  GPtrArray *waiting = self->waiting;

  self->waiting = self->waiting_for_next;
  self->waiting_for_next = waiting;
  self->is_writing = TRUE;
  if (roster_secrets_is_empty (self->secrets))
    secret_password_clearv (&SCHEMA, attributes, NULL, cleared_cb, g_object_ref (self));
  else
    {
      g_auto (RosterSecretString) text = roster_secrets_encode (self->secrets);

      secret_password_storev (&SCHEMA, attributes, SECRET_COLLECTION_DEFAULT,
                              /* Translators: what the keyring shows of it. */
                              _ ("Roster: access to your team's directory"), text, NULL, stored_cb,
                              g_object_ref (self));
    }
}

/* GObject */

static void
roster_token_store_finalize (GObject *object)
{
  RosterTokenStore *self = ROSTER_TOKEN_STORE (object);

  g_free (self->directory);
  g_free (self->reason);
  roster_secrets_free (self->secrets);
  g_ptr_array_unref (self->waiting);
  g_ptr_array_unref (self->waiting_for_next);

  G_OBJECT_CLASS (roster_token_store_parent_class)->finalize (object);
}

static void
roster_token_store_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  RosterTokenStore *self = ROSTER_TOKEN_STORE (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_token_store_class_init (RosterTokenStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = roster_token_store_finalize;
  object_class->get_property = roster_token_store_get_property;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, ROSTER_TYPE_TOKEN_STORE_STATE,
                                         ROSTER_TOKEN_STORE_UNKNOWN, flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
roster_token_store_init (RosterTokenStore *self)
{
  self->secrets = roster_secrets_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting_for_next = g_ptr_array_new_with_free_func (g_object_unref);
}

RosterTokenStore *
roster_token_store_new (const char *directory)
{
  RosterTokenStore *self = g_object_new (ROSTER_TYPE_TOKEN_STORE, NULL);

  self->directory = g_strdup (directory);
  return self;
}

void
roster_token_store_load_async (RosterTokenStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GHashTable) attributes = make_attributes (self);

  g_task_set_source_tag (task, roster_token_store_load_async);
  secret_password_searchv (&SCHEMA, attributes, SECRET_SEARCH_NONE, cancellable, found_cb,
                           g_steal_pointer (&task));
}

gboolean
roster_token_store_load_finish (RosterTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

const RosterSecrets *
roster_token_store_get (RosterTokenStore *self)
{
  return self->secrets;
}

void
roster_token_store_save_async (RosterTokenStore *self,
                               RosterSecrets *secrets,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_token_store_save_async);
  roster_secrets_free (self->secrets);
  self->secrets = secrets;
  g_ptr_array_add (self->waiting_for_next, task);
  if (!self->is_writing)
    begin_write (self);
}

gboolean
roster_token_store_save_finish (RosterTokenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

RosterTokenStoreState
roster_token_store_get_state (RosterTokenStore *self)
{
  return self->state;
}

const char *
roster_token_store_get_reason (RosterTokenStore *self)
{
  return self->reason;
}
