/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened, who did it, when, and what became of each value. Main thread. */

#include "config.h"

#include "roster-change-row.h"

#include <glib/gi18n-lib.h>

#include "person-object.h"
#include "roster-change-field.h"
#include "roster-format.h"

struct _RosterChangeRow
{
  GtkBox parent_instance;

  RosterChangeObject *change;
  PersonObject *person;
  char *edit_reason;

  GtkLabel *title;
  GtkLabel *author;
  GtkWidget *bring_back_button;
  RosterChangeField *name;
  RosterChangeField *email;
  RosterChangeField *phone;
};

enum
{
  PROP_CHANGE = 1,
  PROP_PERSON,
  PROP_EDIT_REASON,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterChangeRow, roster_change_row, GTK_TYPE_BOX)

static const RosterMoment moments[] = {
  [ROSTER_CHANGE_ADDED] = ROSTER_MOMENT_ADDED,
  [ROSTER_CHANGE_EDITED] = ROSTER_MOMENT_EDITED,
  [ROSTER_CHANGE_DELETED] = ROSTER_MOMENT_DELETED,
  [ROSTER_CHANGE_RESTORED] = ROSTER_MOMENT_RESTORED,
};

static char *
describe_author (const char *author)
{
  if (author == NULL)
    return g_strdup (_ ("By you"));

  g_autofree char *name = roster_format_in_sentence (author);
  /* Translators: %s is the name of who added, edited, deleted or restored somebody. */
  return g_strdup_printf (_ ("By %s"), name);
}

static void
show_values (RosterChangeRow *self, const RosterPerson *before, const RosterPerson *after)
{
  roster_change_field_set_values (self->name, before != NULL ? before->name : NULL,
                                  after != NULL ? after->name : NULL);
  roster_change_field_set_values (self->email, before != NULL ? before->email : NULL,
                                  after != NULL ? after->email : NULL);
  roster_change_field_set_values (self->phone, before != NULL ? before->phone : NULL,
                                  after != NULL ? after->phone : NULL);
}

/* The row in one sentence, where a screen reader looks for it. */
static void
describe (RosterChangeRow *self)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  RosterChangeField *fields[] = { self->name, self->email, self->phone };
  g_autoptr (GString) text = g_string_new (gtk_label_get_label (self->title));

  g_string_append_printf (text, ", %s", gtk_label_get_label (self->author));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *field = roster_change_field_describe (fields[i]);

      if (field != NULL)
        g_string_append_printf (text, ", %s", field);
    }
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, text->str,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_widget_get_tooltip_text (GTK_WIDGET (self->title)), -1);
}

static void
update (RosterChangeRow *self)
{
  const RosterChange *change = roster_change_object_get_change (self->change);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *title = roster_format_moment (moments[change->kind], change->at_unix_ms, now);
  g_autofree char *time = roster_format_time (change->at_unix_ms, g_date_time_get_timezone (now));
  g_autofree char *author = describe_author (change->author);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), time);
  gtk_label_set_label (self->author, author);
  /* Who was deleted was as the change before says. */
  if (change->kind == ROSTER_CHANGE_DELETED)
    show_values (self, NULL, NULL);
  else
    show_values (self, change->before, change->after);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->bring_back_button), "x", change->id);
  describe (self);
}

/* Whether the change made somebody other than who they are now. */
static gboolean
is_other (RosterChangeRow *self,
          RosterChangeObject *object,
          const char *name,
          const char *email,
          const char *phone)
{
  const RosterPerson *after =
      object != NULL ? roster_change_object_get_change (object)->after : NULL;

  return after != NULL &&
         (g_strcmp0 (after->name, name) != 0 || g_strcmp0 (after->email, email) != 0 ||
          g_strcmp0 (after->phone, phone) != 0);
}

static void
roster_change_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterChangeRow *self = ROSTER_CHANGE_ROW (object);

  switch (id)
    {
    case PROP_CHANGE:
      g_value_set_object (value, self->change);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_EDIT_REASON:
      g_value_set_string (value, self->edit_reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_change_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterChangeRow *self = ROSTER_CHANGE_ROW (object);

  switch (id)
    {
    case PROP_CHANGE:
      if (!g_set_object (&self->change, g_value_get_object (value)))
        return;
      if (self->change != NULL)
        update (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PERSON:
      if (g_set_object (&self->person, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_EDIT_REASON:
      if (g_strcmp0 (self->edit_reason, g_value_get_string (value)) == 0)
        return;
      g_free (self->edit_reason);
      self->edit_reason = g_value_dup_string (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_change_row_dispose (GObject *object)
{
  RosterChangeRow *self = ROSTER_CHANGE_ROW (object);

  g_clear_object (&self->change);
  g_clear_object (&self->person);
  g_clear_pointer (&self->edit_reason, g_free);
  G_OBJECT_CLASS (roster_change_row_parent_class)->dispose (object);
}

static void
roster_change_row_class_init (RosterChangeRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_change_row_get_property;
  object_class->set_property = roster_change_row_set_property;
  object_class->dispose = roster_change_row_dispose;

  properties[PROP_CHANGE] =
      g_param_spec_object ("change", NULL, NULL, ROSTER_TYPE_CHANGE_OBJECT, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_EDIT_REASON] = g_param_spec_string ("edit-reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROSTER_TYPE_CHANGE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-change-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterChangeRow, title);
  gtk_widget_class_bind_template_child (widget_class, RosterChangeRow, author);
  gtk_widget_class_bind_template_child (widget_class, RosterChangeRow, bring_back_button);
  gtk_widget_class_bind_template_child (widget_class, RosterChangeRow, name);
  gtk_widget_class_bind_template_child (widget_class, RosterChangeRow, email);
  gtk_widget_class_bind_template_child (widget_class, RosterChangeRow, phone);
  gtk_widget_class_bind_template_callback (widget_class, is_other);
}

static void
roster_change_row_init (RosterChangeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_change_row_new (void)
{
  return g_object_new (ROSTER_TYPE_CHANGE_ROW, NULL);
}
