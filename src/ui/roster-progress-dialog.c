/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "roster-progress-dialog.h"

#include <glib/gi18n-lib.h>

#define PATIENCE_MS 300

struct _RosterProgressDialog
{
  AdwMessageDialog parent_instance;

  GCancellable *cancellable;
  GtkProgressBar *bar;
  guint show_id;
};

G_DEFINE_FINAL_TYPE (RosterProgressDialog, roster_progress_dialog, ADW_TYPE_MESSAGE_DIALOG)

static gboolean
show_cb (gpointer user_data)
{
  RosterProgressDialog *self = user_data;

  self->show_id = 0;
  gtk_window_present (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
roster_progress_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  g_cancellable_cancel (ROSTER_PROGRESS_DIALOG (dialog)->cancellable);
}

static void
roster_progress_dialog_dispose (GObject *object)
{
  RosterProgressDialog *self = ROSTER_PROGRESS_DIALOG (object);

  g_clear_handle_id (&self->show_id, g_source_remove);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (roster_progress_dialog_parent_class)->dispose (object);
}

static void
roster_progress_dialog_class_init (RosterProgressDialogClass *class)
{
  G_OBJECT_CLASS (class)->dispose = roster_progress_dialog_dispose;
  ADW_MESSAGE_DIALOG_CLASS (class)->response = roster_progress_dialog_response;
}

static void
roster_progress_dialog_init (RosterProgressDialog *self)
{
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self), GTK_WIDGET (self->bar));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (self), "cancel");
}

RosterProgressDialog *
roster_progress_dialog_new (GtkWindow *parent, const char *heading, GCancellable *cancellable)
{
  RosterProgressDialog *self =
      g_object_new (ROSTER_TYPE_PROGRESS_DIALOG, "heading", heading, "transient-for", parent, NULL);

  self->cancellable = g_object_ref (cancellable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading, -1);
  self->show_id = g_timeout_add (PATIENCE_MS, show_cb, self);
  return g_object_ref (self);
}

void
roster_progress_dialog_progress_cb (goffset n_bytes, goffset n_bytes_in_all, gpointer dialog)
{
  RosterProgressDialog *self = dialog;

  if (n_bytes_in_all > 0)
    gtk_progress_bar_set_fraction (self->bar, (double) n_bytes / (double) n_bytes_in_all);
}

void
roster_progress_dialog_end (RosterProgressDialog *self)
{
  g_clear_handle_id (&self->show_id, g_source_remove);
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}
