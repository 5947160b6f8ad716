/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was deleted, when, and for how long they are kept still. Main thread. */

#include "config.h"

#include "roster-deleted-row.h"

#include <glib/gi18n-lib.h>

#include "roster-format.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

struct _RosterDeletedRow
{
  GtkBox parent_instance;

  gboolean selected;

  GtkLabel *name;
  GtkLabel *email;
  GtkLabel *time;
  GtkWidget *restore_button;
  GtkWidget *purge_button;
};

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterDeletedRow, roster_deleted_row, GTK_TYPE_BOX)

static char *
describe_rest (gint64 deleted_at_unix_ms, guint retention_days)
{
  gint64 now_unix_ms = g_get_real_time () / 1000;
  gint64 rest_ms = deleted_at_unix_ms + retention_days * DAY_MS - now_unix_ms;
  guint n_days = (guint) CLAMP ((rest_ms + DAY_MS / 2) / DAY_MS, 1, retention_days);

  if (rest_ms < DAY_MS)
    return g_strdup (_ ("kept for less than a day"));
  return g_strdup_printf (ngettext ("kept for %'u more day", "kept for %'u more days", n_days),
                          n_days);
}

static void
roster_deleted_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterDeletedRow *self = ROSTER_DELETED_ROW (object);

  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_deleted_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterDeletedRow *self = ROSTER_DELETED_ROW (object);

  switch (id)
    {
    case PROP_SELECTED:
      if (self->selected == g_value_get_boolean (value))
        return;
      self->selected = !self->selected;
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_deleted_row_class_init (RosterDeletedRowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_deleted_row_get_property;
  object_class->set_property = roster_deleted_row_set_property;

  properties[PROP_SELECTED] =
      g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-deleted-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedRow, name);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedRow, email);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedRow, time);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedRow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeletedRow, purge_button);
}

static void
roster_deleted_row_init (RosterDeletedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_deleted_row_new (void)
{
  return g_object_new (ROSTER_TYPE_DELETED_ROW, NULL);
}

gboolean
roster_deleted_row_get_selected (RosterDeletedRow *self)
{
  g_return_val_if_fail (ROSTER_IS_DELETED_ROW (self), FALSE);

  return self->selected;
}

void
roster_deleted_row_show (RosterDeletedRow *self,
                         RosterChangeObject *object,
                         guint retention_days,
                         const char *edit_reason)
{
  const RosterChange *change = roster_change_object_get_change (object);
  const RosterPerson *person = change->before;
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *deleted = roster_format_moment (ROSTER_MOMENT_DELETED, change->at_unix_ms, now);
  g_autofree char *rest = describe_rest (change->at_unix_ms, retention_days);
  /* Translators: when somebody was deleted, and for how long they are kept still. */
  g_autofree char *time = g_strdup_printf (_ ("%s, %s"), deleted, rest);
  g_autofree char *exact = roster_format_time (change->at_unix_ms, g_date_time_get_timezone (now));
  /* Translators: name and e-mail of a person, and when they were deleted, as a screen reader says
   * them. */
  g_autofree char *label = g_strdup_printf (_ ("%s, %s, %s"), person->name, person->email, time);

  g_return_if_fail (ROSTER_IS_DELETED_ROW (self));

  gtk_label_set_label (self->name, person->name);
  gtk_label_set_label (self->email, person->email);
  gtk_label_set_label (self->time, time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), exact);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->restore_button), "s", person->id);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->purge_button), "s", person->id);
  gtk_widget_set_tooltip_text (self->restore_button,
                               edit_reason != NULL ? edit_reason : _ ("Restore"));
  gtk_widget_set_tooltip_text (self->purge_button,
                               edit_reason != NULL ? edit_reason : _ ("Remove for Good…"));
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    -1);
}
