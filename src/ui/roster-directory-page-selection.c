/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done with those who are selected. However many they are, the main thread only passes
 * them on: as they are when the action begins, to a worker. Main thread. */

#include "config.h"

#include "roster-directory-page-private.h"

#include <glib/gi18n-lib.h>

#include "roster-export.h"

/* Somebody after the other, for a worker */

typedef struct
{
  RosterPeople *people;
  guint cursor;
} Walk;

static Walk *
walk_new (RosterPeople *people)
{
  Walk *walk = g_new (Walk, 1);

  *walk = (Walk){ roster_people_ref (people), 0 };
  return walk;
}

static void
walk_free (gpointer data)
{
  Walk *walk = data;

  roster_people_unref (walk->people);
  g_free (walk);
}

static gboolean
walk_next (gpointer data, RosterPerson *person)
{
  Walk *walk = data;
  RosterPersonView view;

  if (!roster_people_next (walk->people, &walk->cursor, &view))
    return FALSE;
  *person = (RosterPerson){
    .name = (char *) view.name,
    .email = (char *) view.email,
    .phone = (char *) view.phone,
  };
  return TRUE;
}

/* A task of the page with those who are selected as its data. */
static GTask *
begin (GtkWidget *widget)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, roster_selection_dup_people (self->selection),
                        (GDestroyNotify) roster_people_unref);
  return task;
}

/* Delete */

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      roster_directory_delete_finish (ROSTER_DIRECTORY (source), result, &error);

  if (receipt == NULL)
    roster_directory_page_tell_failure (self, error);
  else
    roster_selection_set_selecting (self->selection, FALSE);
}

static void
run_list_ids (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  RosterPeople *people = task_data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  RosterPersonView view;
  guint cursor = 0;

  while (roster_people_next (people, &cursor, &view))
    g_strv_builder_add (builder, view.id);
  g_task_return_pointer (task, g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);
}

static void
ids_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (source);
  g_auto (GStrv) ids = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->directory != NULL)
    roster_directory_delete_async (self->directory, g_steal_pointer (&ids), NULL, deleted_cb,
                                   g_object_ref (self));
}

static void
delete_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autoptr (GTask) task = g_task_new (self, NULL, ids_listed_cb, NULL);

  g_task_set_task_data (task, roster_selection_dup_people (self->selection),
                        (GDestroyNotify) roster_people_unref);
  g_task_run_in_thread (task, run_list_ids);
}

/* Copy */

/* As bytes: a string would be copied. Programs differ in the name that they know plain text by. */
static GdkContentProvider *
make_text_provider (GBytes *text)
{
  GdkContentProvider *providers[] = {
    gdk_content_provider_new_for_bytes ("text/plain;charset=utf-8", text),
    gdk_content_provider_new_for_bytes ("text/plain", text),
  };

  return gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectoryPage *self = g_task_get_source_object (task);
  guint n = roster_people_get_n (g_task_get_task_data (task));
  g_autoptr (GBytes) text = roster_export_text_finish (result, NULL);
  g_autoptr (GdkContentProvider) provider = make_text_provider (text);
  g_autofree char *told =
      g_strdup_printf (ngettext ("%'u person copied", "%'u people copied", n), n);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), provider);
  roster_directory_page_tell_copied (self, told);
}

static void
copy_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GTask *task = begin (widget);

  roster_export_text_async (walk_next, walk_new (g_task_get_task_data (task)), walk_free, NULL,
                            copied_cb, task);
}

/* Export */

/* The program does not end before the file is written. */
static void
hold_application (RosterDirectoryPage *self, GTask *task)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GApplication *application = G_APPLICATION (gtk_window_get_application (window));

  g_application_hold (application);
  g_object_set_data_full (G_OBJECT (task), "application", application,
                          (GDestroyNotify) g_application_release);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectoryPage *self = g_task_get_source_object (task);
  guint n = roster_people_get_n (g_task_get_task_data (task));
  g_autoptr (GError) error = NULL;

  if (roster_export_csv_finish (result, &error))
    {
      g_autofree char *told =
          g_strdup_printf (ngettext ("%'u person exported", "%'u people exported", n), n);

      roster_directory_page_tell (self, told);
    }
  else
    {
      roster_directory_page_tell_failure (self, error);
    }
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (file == NULL)
    return;

  hold_application (g_task_get_source_object (task), task);
  roster_export_csv_async (file, walk_next, walk_new (g_task_get_task_data (task)), walk_free, NULL,
                           exported_cb, g_object_ref (task));
}

static void
export_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Export People"), window, GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _ ("_Export"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  /* Translators: the name that is offered for a file. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("People.csv"));
  g_signal_connect (dialog, "response", G_CALLBACK (file_chosen_cb), begin (widget));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
roster_directory_page_install_selection_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "selection.delete", NULL, delete_activated);
  gtk_widget_class_install_action (class, "selection.copy", NULL, copy_activated);
  gtk_widget_class_install_action (class, "selection.export", NULL, export_activated);
}

void
roster_directory_page_update_selection_actions (RosterDirectoryPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_people = self->directory != NULL &&
                        !roster_directory_get_loading (self->directory) &&
                        roster_selection_get_n_selected (self->selection) > 0;

  gtk_widget_action_set_enabled (widget, "selection.delete",
                                 has_people && roster_directory_get_can_edit (self->directory));
  gtk_widget_action_set_enabled (widget, "selection.copy", has_people);
  gtk_widget_action_set_enabled (widget, "selection.export", has_people);
}
