/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving a copy of the directory. Main thread. */

#include "config.h"

#include "roster-directory-page-private.h"

#include <glib/gi18n-lib.h>

#include "roster-copy-chooser.h"
#include "roster-format.h"
#include "roster-progress-dialog.h"

typedef struct
{
  RosterDirectoryPage *page;
  GApplication *application; /* does not end before the copy is whole */
  RosterProgressDialog *progress;
  GFile *file;
} Saving;

static void
set_saving (RosterDirectoryPage *self, gboolean saving)
{
  self->saving_copy = saving;
  roster_directory_page_update_actions (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Saving *saving = user_data;
  g_autoptr (RosterDirectoryPage) self = saving->page;
  g_autoptr (GFile) file = saving->file;
  g_autoptr (GError) error = NULL;

  roster_progress_dialog_end (saving->progress);
  set_saving (self, FALSE);
  if (roster_directory_save_copy_finish (ROSTER_DIRECTORY (source), result, &error))
    {
      g_autofree char *path = g_file_get_parse_name (file);
      g_autofree char *name = g_path_get_basename (path);
      g_autofree char *isolated = roster_format_in_sentence (name);
      /* Translators: %s is the name of a file. */
      g_autofree char *text = g_strdup_printf (_ ("Copy saved as “%s”"), isolated);

      roster_directory_page_tell (self, text);
    }
  else
    {
      roster_directory_page_tell_failure (self, error);
    }
  g_application_release (saving->application);
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  RosterDirectoryPage *self = user_data;
  GtkRoot *window = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Saving *saving;

  if (window == NULL || self->directory == NULL)
    return;
  saving = g_new (Saving, 1);
  saving->page = g_object_ref (self);
  saving->application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
  saving->progress =
      roster_progress_dialog_new (GTK_WINDOW (window), _ ("Saving a Copy"), cancellable);
  saving->file = g_object_ref (file);
  g_application_hold (saving->application);
  set_saving (self, TRUE);
  roster_directory_save_copy_async (self->directory, file, roster_progress_dialog_progress_cb,
                                    saving->progress, cancellable, saved_cb, saving);
}

static void
save_copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_copy_chooser_show (GTK_WINDOW (gtk_widget_get_root (widget)), GTK_FILE_CHOOSER_ACTION_SAVE,
                            chosen_cb, G_OBJECT (widget));
}

void
roster_directory_page_install_copy_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "directory.save-copy", NULL, save_copy_activated);
}
