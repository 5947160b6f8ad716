/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-change-field.h"

#include <glib/gi18n-lib.h>

#include "roster-format.h"

struct _RosterChangeField
{
  GtkBox parent_instance;

  char *title;
  gboolean left_to_right;

  GtkLabel *before;
  GtkLabel *after;
};

enum
{
  PROP_TITLE = 1,
  PROP_LEFT_TO_RIGHT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterChangeField, roster_change_field, GTK_TYPE_BOX)

static void
set_left_to_right (RosterChangeField *self, gboolean left_to_right)
{
  GtkTextDirection direction = left_to_right ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE;

  if (self->left_to_right == left_to_right)
    return;
  self->left_to_right = left_to_right;
  gtk_widget_set_direction (GTK_WIDGET (self->before), direction);
  gtk_widget_set_direction (GTK_WIDGET (self->after), direction);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEFT_TO_RIGHT]);
}

static void
roster_change_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterChangeField *self = ROSTER_CHANGE_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_LEFT_TO_RIGHT:
      g_value_set_boolean (value, self->left_to_right);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_change_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterChangeField *self = ROSTER_CHANGE_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      break;
    case PROP_LEFT_TO_RIGHT:
      set_left_to_right (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_change_field_finalize (GObject *object)
{
  RosterChangeField *self = ROSTER_CHANGE_FIELD (object);

  g_free (self->title);
  G_OBJECT_CLASS (roster_change_field_parent_class)->finalize (object);
}

static void
roster_change_field_class_init (RosterChangeFieldClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_change_field_get_property;
  object_class->set_property = roster_change_field_set_property;
  object_class->finalize = roster_change_field_finalize;

  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LEFT_TO_RIGHT] =
      g_param_spec_boolean ("left-to-right", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-change-field.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterChangeField, before);
  gtk_widget_class_bind_template_child (widget_class, RosterChangeField, after);
}

static void
roster_change_field_init (RosterChangeField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_value (GtkLabel *label, const char *value)
{
  gtk_label_set_label (label, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (label), value != NULL);
}

void
roster_change_field_set_values (RosterChangeField *self, const char *before, const char *after)
{
  g_return_if_fail (ROSTER_IS_CHANGE_FIELD (self));

  set_value (self->before, before);
  set_value (self->after, after);
  gtk_widget_set_visible (GTK_WIDGET (self), g_strcmp0 (before, after) != 0);
}

char *
roster_change_field_describe (RosterChangeField *self)
{
  g_return_val_if_fail (ROSTER_IS_CHANGE_FIELD (self), NULL);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return NULL;

  g_autofree char *before = roster_format_in_sentence (gtk_label_get_label (self->before));
  g_autofree char *after = roster_format_in_sentence (gtk_label_get_label (self->after));

  if (*before == '\0' || *after == '\0')
    return g_strdup_printf ("%s %s", self->title, *after != '\0' ? after : before);
  /* Translators: a screen reader says this: first what a value is called, such as "Phone", then the
   * old value and the new one. */
  return g_strdup_printf (_ ("%s from %s to %s"), self->title, before, after);
}
