/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is signed in, as the UI binds to it. Main thread; RosterAccount keeps it true. */

#include "config.h"

#include "user-session.h"

struct _UserSession
{
  GObject parent_instance;

  char *name;
  char *email;
  char *picture;
  gint64 expires_unix_ms;
  UserSessionState state;
  char *reason;
};

G_DEFINE_FINAL_TYPE (UserSession, user_session, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_EMAIL,
  PROP_PICTURE,
  PROP_EXPIRES,
  PROP_STATE,
  PROP_REASON,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

GType
user_session_state_get_type (void)
{
  static const GEnumValue VALUES[] = {
    { USER_SESSION_SIGNED_OUT, "USER_SESSION_SIGNED_OUT", "signed-out" },
    { USER_SESSION_SIGNING_IN, "USER_SESSION_SIGNING_IN", "signing-in" },
    { USER_SESSION_SIGNED_IN, "USER_SESSION_SIGNED_IN", "signed-in" },
    { USER_SESSION_EXPIRED, "USER_SESSION_EXPIRED", "expired" },
    { USER_SESSION_REVOKED, "USER_SESSION_REVOKED", "revoked" },
    { USER_SESSION_LOCKED, "USER_SESSION_LOCKED", "locked" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("UserSessionState", VALUES));
  return type;
}

static void
set_string (UserSession *self, char **field, const char *value, guint property)
{
  g_autofree char *old = NULL;

  if (g_strcmp0 (*field, value) == 0)
    return;
  old = g_steal_pointer (field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
user_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  UserSession *self = USER_SESSION (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_EMAIL:
      g_value_set_string (value, self->email);
      break;
    case PROP_PICTURE:
      g_value_set_string (value, self->picture);
      break;
    case PROP_EXPIRES:
      g_value_set_int64 (value, self->expires_unix_ms);
      break;
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
user_session_finalize (GObject *object)
{
  UserSession *self = USER_SESSION (object);

  g_free (self->name);
  g_free (self->email);
  g_free (self->picture);
  g_free (self->reason);

  G_OBJECT_CLASS (user_session_parent_class)->finalize (object);
}

static void
user_session_class_init (UserSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = user_session_get_property;
  object_class->finalize = user_session_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, NULL, flags);
  properties[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, flags);
  properties[PROP_EXPIRES] = g_param_spec_int64 ("expires", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, USER_TYPE_SESSION_STATE,
                                              USER_SESSION_SIGNED_OUT, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
user_session_init (UserSession *self)
{
}

UserSession *
user_session_new (void)
{
  return g_object_new (USER_TYPE_SESSION, NULL);
}

void
user_session_set_user (UserSession *self, const char *name, const char *email, const char *picture)
{
  g_return_if_fail (USER_IS_SESSION (self));

  /* Handlers see all of them or none. */
  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->name, name, PROP_NAME);
  set_string (self, &self->email, email, PROP_EMAIL);
  set_string (self, &self->picture, picture, PROP_PICTURE);
  g_object_thaw_notify (G_OBJECT (self));
}

void
user_session_set_expires (UserSession *self, gint64 expires_unix_ms)
{
  g_return_if_fail (USER_IS_SESSION (self));

  if (self->expires_unix_ms == expires_unix_ms)
    return;
  self->expires_unix_ms = expires_unix_ms;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXPIRES]);
}

void
user_session_set_state (UserSession *self, UserSessionState state, const char *reason)
{
  g_return_if_fail (USER_IS_SESSION (self));

  g_object_freeze_notify (G_OBJECT (self));
  set_string (self, &self->reason, reason, PROP_REASON);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

const char *
user_session_get_name (UserSession *self)
{
  g_return_val_if_fail (USER_IS_SESSION (self), NULL);

  return self->name;
}

const char *
user_session_get_email (UserSession *self)
{
  g_return_val_if_fail (USER_IS_SESSION (self), NULL);

  return self->email;
}

const char *
user_session_get_picture (UserSession *self)
{
  g_return_val_if_fail (USER_IS_SESSION (self), NULL);

  return self->picture;
}

gint64
user_session_get_expires (UserSession *self)
{
  g_return_val_if_fail (USER_IS_SESSION (self), 0);

  return self->expires_unix_ms;
}

UserSessionState
user_session_get_state (UserSession *self)
{
  g_return_val_if_fail (USER_IS_SESSION (self), USER_SESSION_SIGNED_OUT);

  return self->state;
}

const char *
user_session_get_reason (UserSession *self)
{
  g_return_val_if_fail (USER_IS_SESSION (self), NULL);

  return self->reason;
}
