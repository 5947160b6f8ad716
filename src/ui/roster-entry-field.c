/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One field of a form. Main thread. */

#include "config.h"

#include "roster-entry-field.h"

#include <adwaita.h>

#include "roster-focus.h"

#define PAUSE_MS 600

struct _RosterEntryField
{
  GtkBox parent_instance;

  char *title;
  char *text;
  char *error;
  char *problem;
  GtkInputPurpose input_purpose;
  guint pause_id;

  AdwEntryRow *row;
  GtkRevealer *revealer;
  GtkLabel *problem_label;
};

enum
{
  PROP_TITLE = 1,
  PROP_TEXT,
  PROP_INPUT_PURPOSE,
  PROP_ERROR,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint settled_signal;

G_DEFINE_FINAL_TYPE (RosterEntryField, roster_entry_field, GTK_TYPE_BOX)

static void
set_problem (RosterEntryField *self, const char *problem)
{
  GtkEditable *editable = gtk_editable_get_delegate (GTK_EDITABLE (self->row));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);

  if (problem != NULL)
    {
      gtk_label_set_label (self->problem_label, problem);
      gtk_widget_add_css_class (GTK_WIDGET (self->row), "error");
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->row), "error");
    }
  gtk_revealer_set_reveal_child (self->revealer, problem != NULL);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
paused_cb (gpointer user_data)
{
  RosterEntryField *self = user_data;

  self->pause_id = 0;
  roster_entry_field_settle (self);
  return G_SOURCE_REMOVE;
}

static void
left_cb (RosterEntryField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* Going to another window to copy something is not leaving. */
  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) &&
      !gtk_widget_in_destruction (GTK_WIDGET (root)))
    roster_entry_field_settle (self);
}

static void
set_text (RosterEntryField *self, const char *text)
{
  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
typed_cb (RosterEntryField *self)
{
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, paused_cb, self);
}

static void
roster_entry_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterEntryField *self = ROSTER_ENTRY_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_INPUT_PURPOSE:
      g_value_set_enum (value, self->input_purpose);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_entry_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterEntryField *self = ROSTER_ENTRY_FIELD (object);

  switch (id)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      roster_focus_tell (GTK_EDITABLE (self->row), self->title);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_TEXT:
      set_text (self, g_value_get_string (value));
      break;
    case PROP_INPUT_PURPOSE:
      self->input_purpose = g_value_get_enum (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_ERROR:
      roster_entry_field_set_error (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
roster_entry_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROSTER_ENTRY_FIELD (widget)->row));
}

static void
roster_entry_field_dispose (GObject *object)
{
  RosterEntryField *self = ROSTER_ENTRY_FIELD (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  G_OBJECT_CLASS (roster_entry_field_parent_class)->dispose (object);
}

static void
roster_entry_field_finalize (GObject *object)
{
  RosterEntryField *self = ROSTER_ENTRY_FIELD (object);

  g_free (self->title);
  g_free (self->text);
  g_free (self->error);
  g_free (self->problem);
  G_OBJECT_CLASS (roster_entry_field_parent_class)->finalize (object);
}

static void
roster_entry_field_class_init (RosterEntryFieldClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_entry_field_get_property;
  object_class->set_property = roster_entry_field_set_property;
  object_class->dispose = roster_entry_field_dispose;
  object_class->finalize = roster_entry_field_finalize;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_entry_field_grab_focus;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  properties[PROP_INPUT_PURPOSE] =
      g_param_spec_enum ("input-purpose", NULL, NULL, GTK_TYPE_INPUT_PURPOSE,
                         GTK_INPUT_PURPOSE_FREE_FORM, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] =
      g_param_spec_string ("problem", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  settled_signal = g_signal_new ("settled", ROSTER_TYPE_ENTRY_FIELD, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-entry-field.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterEntryField, row);
  gtk_widget_class_bind_template_child (widget_class, RosterEntryField, revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterEntryField, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
}

static void
roster_entry_field_init (RosterEntryField *self)
{
  self->text = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_entry_field_settle (RosterEntryField *self)
{
  g_return_if_fail (ROSTER_IS_ENTRY_FIELD (self));

  g_clear_handle_id (&self->pause_id, g_source_remove);
  set_problem (self, self->error);
  g_signal_emit (self, settled_signal, 0);
}

const char *
roster_entry_field_get_text (RosterEntryField *self)
{
  g_return_val_if_fail (ROSTER_IS_ENTRY_FIELD (self), NULL);

  return self->text;
}

const char *
roster_entry_field_get_problem (RosterEntryField *self)
{
  g_return_val_if_fail (ROSTER_IS_ENTRY_FIELD (self), NULL);

  return self->problem;
}

void
roster_entry_field_set_error (RosterEntryField *self, const char *error)
{
  g_return_if_fail (ROSTER_IS_ENTRY_FIELD (self));

  if (g_strcmp0 (self->error, error) == 0)
    return;

  g_free (self->error);
  self->error = g_strdup (error);
  if (error == NULL)
    set_problem (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
roster_entry_field_set_left_to_right (RosterEntryField *self)
{
  GtkEditable *editable = gtk_editable_get_delegate (GTK_EDITABLE (self->row));

  g_return_if_fail (ROSTER_IS_ENTRY_FIELD (self));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    gtk_editable_set_alignment (editable, 1);
  gtk_widget_set_direction (GTK_WIDGET (editable), GTK_TEXT_DIR_LTR);
}
