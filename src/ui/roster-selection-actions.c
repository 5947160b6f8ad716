/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Buttons, and the reasons why they cannot be pressed. Main thread. */

#include "config.h"

#include "roster-selection-actions.h"

#include <glib/gi18n-lib.h>

struct _RosterSelectionActions
{
  AdwBin parent_instance;

  RosterSelection *selection;
  GSignalGroup *directory_signals;

  GtkWidget *delete_button;
  GtkWidget *copy_button;
  GtkWidget *export_button;
};

G_DEFINE_FINAL_TYPE (RosterSelectionActions, roster_selection_actions, ADW_TYPE_BIN)

/* A tooltip is the accessible description as well. */
static void
update (RosterSelectionActions *self)
{
  g_autoptr (RosterDirectory) directory =
      ROSTER_DIRECTORY (g_signal_group_dup_target (self->directory_signals));
  g_autofree char *edit_reason =
      directory != NULL ? roster_directory_dup_edit_reason (directory) : NULL;
  const char *reason = NULL;

  if (roster_selection_get_n_selected (self->selection) == 0)
    reason = _ ("Select somebody first.");
  else if (directory != NULL && roster_directory_get_loading (directory))
    reason = _ ("Wait until everybody has been loaded.");
  gtk_widget_set_tooltip_text (self->copy_button, reason);
  gtk_widget_set_tooltip_text (self->export_button, reason);
  gtk_widget_set_tooltip_text (self->delete_button, edit_reason != NULL ? edit_reason : reason);
}

static void
roster_selection_actions_dispose (GObject *object)
{
  RosterSelectionActions *self = ROSTER_SELECTION_ACTIONS (object);

  g_clear_object (&self->directory_signals);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (roster_selection_actions_parent_class)->dispose (object);
}

static void
roster_selection_actions_class_init (RosterSelectionActionsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = roster_selection_actions_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/roster/ui/roster-selection-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterSelectionActions, delete_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSelectionActions, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSelectionActions, export_button);
}

static void
roster_selection_actions_init (RosterSelectionActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::loading", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::edit-reason",
                                  G_CALLBACK (update), self);
}

GtkWidget *
roster_selection_actions_new (RosterSelection *selection)
{
  RosterSelectionActions *self = g_object_new (ROSTER_TYPE_SELECTION_ACTIONS, NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "notify::n-selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
roster_selection_actions_set_directory (RosterSelectionActions *self, RosterDirectory *directory)
{
  g_return_if_fail (ROSTER_IS_SELECTION_ACTIONS (self));

  g_signal_group_set_target (self->directory_signals, directory);
  update (self);
}
