/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person as the UI binds to it. Main thread; owns a copy of the plain values. */

#include "config.h"

#include "person-object.h"

struct _PersonObject
{
  GObject parent_instance;

  RosterPerson *person;
};

G_DEFINE_FINAL_TYPE (PersonObject, person_object, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_EMAIL,
  PROP_PHONE,
  PROP_CREATED_AT,
  PROP_UPDATED_AT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void
person_object_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  PersonObject *self = PERSON_OBJECT (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->person->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->person->name);
      break;
    case PROP_EMAIL:
      g_value_set_string (value, self->person->email);
      break;
    case PROP_PHONE:
      g_value_set_string (value, self->person->phone);
      break;
    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->person->created_at_unix_ms);
      break;
    case PROP_UPDATED_AT:
      g_value_set_int64 (value, self->person->updated_at_unix_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
person_object_finalize (GObject *object)
{
  PersonObject *self = PERSON_OBJECT (object);

  roster_person_free (self->person);

  G_OBJECT_CLASS (person_object_parent_class)->finalize (object);
}

static void
person_object_class_init (PersonObjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = person_object_get_property;
  object_class->finalize = person_object_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, "", flags);
  properties[PROP_PHONE] = g_param_spec_string ("phone", NULL, NULL, "", flags);
  properties[PROP_CREATED_AT] =
      g_param_spec_int64 ("created-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_UPDATED_AT] =
      g_param_spec_int64 ("updated-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
person_object_init (PersonObject *self)
{
  self->person = roster_person_new (NULL, "", "", "");
}

PersonObject *
person_object_new (const RosterPerson *person)
{
  PersonObject *self;

  g_return_val_if_fail (person, NULL);

  self = g_object_new (PERSON_TYPE_OBJECT, NULL);
  roster_person_free (self->person);
  self->person = roster_person_copy (person);
  return self;
}

void
person_object_update (PersonObject *self, const RosterPerson *person)
{
  GObject *object;
  g_autoptr (RosterPerson) old = NULL;

  g_return_if_fail (PERSON_IS_OBJECT (self));
  g_return_if_fail (person);

  object = G_OBJECT (self);
  old = g_steal_pointer (&self->person);
  self->person = roster_person_copy (person);

  /* Handlers run at the end, when the comparison no longer needs what they may replace. */
  g_object_freeze_notify (object);
  if (g_strcmp0 (old->id, self->person->id) != 0)
    g_object_notify_by_pspec (object, properties[PROP_ID]);
  if (g_strcmp0 (old->name, self->person->name) != 0)
    g_object_notify_by_pspec (object, properties[PROP_NAME]);
  if (g_strcmp0 (old->email, self->person->email) != 0)
    g_object_notify_by_pspec (object, properties[PROP_EMAIL]);
  if (g_strcmp0 (old->phone, self->person->phone) != 0)
    g_object_notify_by_pspec (object, properties[PROP_PHONE]);
  if (old->created_at_unix_ms != self->person->created_at_unix_ms)
    g_object_notify_by_pspec (object, properties[PROP_CREATED_AT]);
  if (old->updated_at_unix_ms != self->person->updated_at_unix_ms)
    g_object_notify_by_pspec (object, properties[PROP_UPDATED_AT]);
  g_object_thaw_notify (object);
}

const RosterPerson *
person_object_get_person (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), NULL);

  return self->person;
}

const char *
person_object_get_id (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), NULL);

  return self->person->id;
}

const char *
person_object_get_name (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), NULL);

  return self->person->name;
}

const char *
person_object_get_email (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), NULL);

  return self->person->email;
}

const char *
person_object_get_phone (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), NULL);

  return self->person->phone;
}

gint64
person_object_get_created_at (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), 0);

  return self->person->created_at_unix_ms;
}

gint64
person_object_get_updated_at (PersonObject *self)
{
  g_return_val_if_fail (PERSON_IS_OBJECT (self), 0);

  return self->person->updated_at_unix_ms;
}
