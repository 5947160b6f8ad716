/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types before it is saved. Main thread; owns a copy of the person being edited. */

#include "config.h"

#include "roster-person-draft.h"

#include "roster-cuid.h"
#include "roster-person-validation.h"

typedef enum
{
  NAME,
  EMAIL,
  PHONE,
  N_FIELDS
} FieldName;

typedef struct
{
  char *text;
  char *kept;
  char *error;
} Field;

struct _RosterPersonDraft
{
  GObject parent_instance;

  char *id;
  RosterPerson *base;
  RosterKeptDraft *resumed;
  Field fields[N_FIELDS];
};

G_DEFINE_FINAL_TYPE (RosterPersonDraft, roster_person_draft, G_TYPE_OBJECT)

/* The properties of the fields stand in the order of the fields. */
enum
{
  PROP_NAME = 1,
  PROP_EMAIL,
  PROP_PHONE,
  PROP_NAME_ERROR,
  PROP_EMAIL_ERROR,
  PROP_PHONE_ERROR,
  PROP_VALID,
  PROP_CHANGED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static char *(*const validators[N_FIELDS]) (const char *text, GError **error) = {
  roster_validate_name,
  roster_validate_email,
  roster_validate_phone,
};

static char **
get_value (RosterPerson *person, FieldName name)
{
  char **values[N_FIELDS] = { &person->name, &person->email, &person->phone };

  return values[name];
}

static const char *
get_base_text (RosterPersonDraft *self, FieldName name)
{
  const char *text = self->base ? *get_value (self->base, name) : NULL;

  return text ? text : "";
}

static void
validate_field (RosterPersonDraft *self, FieldName name)
{
  Field *field = &self->fields[name];
  g_autoptr (GError) error = NULL;

  g_free (field->kept);
  g_free (field->error);
  field->kept = validators[name](field->text, &error);
  field->error = error ? g_strdup (error->message) : NULL;
}

static gboolean
differs (const Field *field, const char *base_text)
{
  g_autofree char *trimmed = NULL;

  /* What was not touched is not changed, even if it would be kept in another form today. */
  if (g_str_equal (field->text, base_text))
    return FALSE;
  if (field->kept)
    return !g_str_equal (field->kept, base_text);
  trimmed = g_strstrip (g_strdup (field->text));
  return !g_str_equal (trimmed, base_text);
}

static gboolean
is_field_changed (RosterPersonDraft *self, FieldName name)
{
  return differs (&self->fields[name], get_base_text (self, name));
}

static gboolean
is_changed (RosterPersonDraft *self)
{
  return is_field_changed (self, NAME) || is_field_changed (self, EMAIL) ||
         is_field_changed (self, PHONE);
}

static gboolean
is_valid (RosterPersonDraft *self)
{
  return !self->fields[NAME].error && !self->fields[EMAIL].error && !self->fields[PHONE].error;
}

static void
set_text (RosterPersonDraft *self, FieldName name, const char *text)
{
  GObject *object = G_OBJECT (self);
  Field *field = &self->fields[name];
  gboolean was_valid = is_valid (self);
  gboolean was_changed = is_changed (self);
  g_autofree char *old_error = NULL;

  if (!text)
    text = "";
  if (g_str_equal (field->text, text))
    return;

  old_error = g_strdup (field->error);
  g_free (field->text);
  field->text = g_strdup (text);
  validate_field (self, name);

  /* Handlers run at the end and find all properties in keeping with each other. */
  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, properties[PROP_NAME + name]);
  if (g_strcmp0 (field->error, old_error) != 0)
    g_object_notify_by_pspec (object, properties[PROP_NAME_ERROR + name]);
  if (is_valid (self) != was_valid)
    g_object_notify_by_pspec (object, properties[PROP_VALID]);
  if (is_changed (self) != was_changed)
    g_object_notify_by_pspec (object, properties[PROP_CHANGED]);
  g_object_thaw_notify (object);
}

static void
roster_person_draft_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  RosterPersonDraft *self = ROSTER_PERSON_DRAFT (object);

  switch (property_id)
    {
    case PROP_NAME:
    case PROP_EMAIL:
    case PROP_PHONE:
      g_value_set_string (value, self->fields[property_id - PROP_NAME].text);
      break;
    case PROP_NAME_ERROR:
    case PROP_EMAIL_ERROR:
    case PROP_PHONE_ERROR:
      g_value_set_string (value, self->fields[property_id - PROP_NAME_ERROR].error);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, is_valid (self));
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, is_changed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_person_draft_set_property (GObject *object,
                                  guint property_id,
                                  const GValue *value,
                                  GParamSpec *pspec)
{
  RosterPersonDraft *self = ROSTER_PERSON_DRAFT (object);

  switch (property_id)
    {
    case PROP_NAME:
    case PROP_EMAIL:
    case PROP_PHONE:
      set_text (self, property_id - PROP_NAME, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_person_draft_finalize (GObject *object)
{
  RosterPersonDraft *self = ROSTER_PERSON_DRAFT (object);

  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_free (self->fields[i].text);
      g_free (self->fields[i].kept);
      g_free (self->fields[i].error);
    }
  roster_person_free (self->base);
  g_clear_pointer (&self->resumed, roster_kept_draft_free);
  g_free (self->id);

  G_OBJECT_CLASS (roster_person_draft_parent_class)->finalize (object);
}

static void
roster_person_draft_class_init (RosterPersonDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = roster_person_draft_get_property;
  object_class->set_property = roster_person_draft_set_property;
  object_class->finalize = roster_person_draft_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", writable);
  properties[PROP_EMAIL] = g_param_spec_string ("email", NULL, NULL, "", writable);
  properties[PROP_PHONE] = g_param_spec_string ("phone", NULL, NULL, "", writable);
  properties[PROP_NAME_ERROR] = g_param_spec_string ("name-error", NULL, NULL, NULL, readable);
  properties[PROP_EMAIL_ERROR] = g_param_spec_string ("email-error", NULL, NULL, NULL, readable);
  properties[PROP_PHONE_ERROR] = g_param_spec_string ("phone-error", NULL, NULL, NULL, readable);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, readable);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
roster_person_draft_init (RosterPersonDraft *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    {
      self->fields[i].text = g_strdup ("");
      validate_field (self, i);
    }
}

static RosterPersonDraft *
draft_new (const char *id, const RosterPerson *base)
{
  RosterPersonDraft *self = g_object_new (ROSTER_TYPE_PERSON_DRAFT, NULL);

  self->id = id ? g_strdup (id) : roster_cuid_new ();
  if (!base)
    return self;

  self->base = roster_person_copy (base);
  for (guint i = 0; i < N_FIELDS; i++)
    set_text (self, i, get_base_text (self, i));
  return self;
}

RosterPersonDraft *
roster_person_draft_new (const RosterPerson *base)
{
  return draft_new (base ? base->id : NULL, base);
}

RosterPersonDraft *
roster_person_draft_resume (const RosterKeptDraft *kept)
{
  const RosterPerson *base = kept->base ? kept->base : kept->current;
  RosterPersonDraft *self = draft_new (kept->typed->id, kept->current ? base : NULL);

  for (guint i = 0; i < N_FIELDS; i++)
    set_text (self, i, *get_value (kept->typed, i));
  if (kept->current)
    roster_person_draft_rebase (self, kept->current, ROSTER_REBASE_ASK);
  self->resumed = roster_kept_draft_copy (kept);
  return self;
}

gint64
roster_person_draft_get_typed_at (RosterPersonDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), 0);

  return self->resumed ? self->resumed->typed->updated_at_unix_ms : 0;
}

gboolean
roster_person_draft_get_orphaned (RosterPersonDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), FALSE);

  return self->resumed && self->resumed->base && !self->resumed->current;
}

RosterPersonDraft *
roster_person_draft_start_over (RosterPersonDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), NULL);
  g_return_val_if_fail (self->resumed, NULL);

  return draft_new (self->id, self->resumed->current);
}

const char *
roster_person_draft_get_id (RosterPersonDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), NULL);

  return self->id;
}

const RosterPerson *
roster_person_draft_get_base (RosterPersonDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), NULL);

  return self->base;
}

void
roster_person_draft_rebase (RosterPersonDraft *self,
                            const RosterPerson *current,
                            RosterRebase rebase)
{
  g_autoptr (RosterPerson) base = NULL;
  gboolean was_changed;

  g_return_if_fail (ROSTER_IS_PERSON_DRAFT (self));
  g_return_if_fail (self->base);

  was_changed = is_changed (self);
  base = g_steal_pointer (&self->base);
  self->base = roster_person_copy (current);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < N_FIELDS; i++)
    {
      const char *old = *get_value (base, i);
      char **now = get_value (self->base, i);

      if (g_str_equal (old, *now))
        continue;
      /* Only the other side changed it, or both did and this one gives in. */
      if (!differs (&self->fields[i], old) || rebase == ROSTER_REBASE_THEIRS)
        set_text (self, i, *now);
      else if (rebase == ROSTER_REBASE_ASK && is_field_changed (self, i))
        {
          g_free (*now);
          *now = g_strdup (old);
        }
    }
  if (is_changed (self) != was_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
  g_object_thaw_notify (G_OBJECT (self));
}

RosterKeptDraft *
roster_person_draft_keep (RosterPersonDraft *self)
{
  g_autoptr (RosterPerson) typed = NULL;

  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), NULL);

  typed = roster_person_new (self->id, self->fields[NAME].text, self->fields[EMAIL].text,
                             self->fields[PHONE].text);
  typed->updated_at_unix_ms = g_get_real_time () / 1000;
  return roster_kept_draft_new (typed, self->base);
}

RosterPerson *
roster_person_draft_to_person (RosterPersonDraft *self)
{
  const char *texts[N_FIELDS];
  RosterPerson *person;

  g_return_val_if_fail (ROSTER_IS_PERSON_DRAFT (self), NULL);

  if (!is_valid (self))
    return NULL;

  for (guint i = 0; i < N_FIELDS; i++)
    texts[i] = is_field_changed (self, i) ? self->fields[i].kept : get_base_text (self, i);
  person = roster_person_new (self->id, texts[NAME], texts[EMAIL], texts[PHONE]);
  if (self->base)
    {
      person->created_at_unix_ms = self->base->created_at_unix_ms;
      person->updated_at_unix_ms = self->base->updated_at_unix_ms;
      person->slot = self->base->slot;
    }
  return person;
}
