/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening a copy in place of the directory, in an order in which nothing is lost whenever it ends:
 * the copy is checked and made into a file of its own beside the directory, the directory is kept
 * as another, and only then is it closed and its file replaced, at once. Main thread. */

#define G_LOG_DOMAIN "roster-application"

#include "config.h"

#include "roster-application-private.h"

#include <glib/gi18n-lib.h>

#include "roster-copy-chooser.h"
#include "roster-error.h"
#include "roster-format.h"
#include "roster-progress-dialog.h"
#include "roster-replica-copy.h"
#include "roster-window.h"

typedef struct
{
  RosterApplication *application;
  RosterReplica *replica;
  GFile *staged;
  GFile *previous;
  RosterProgressDialog *progress;
  char *name;
  guint n_people;
  gboolean ask;
} Taking;

static void
taking_free (Taking *taking)
{
  taking->application->taking_copy = FALSE;
  g_application_release (G_APPLICATION (taking->application));
  /* Unless it took the place of the directory and is no more. */
  if (taking->staged != NULL)
    g_file_delete (taking->staged, NULL, NULL);
  g_clear_object (&taking->staged);
  g_clear_object (&taking->previous);
  g_object_unref (taking->replica);
  g_object_unref (taking->application);
  g_free (taking->name);
  g_free (taking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static void
show_progress (Taking *taking, const char *heading, GCancellable *cancellable)
{
  GtkWindow *window = roster_application_find_window (taking->application, ROSTER_TYPE_WINDOW);

  taking->progress = roster_progress_dialog_new (window, heading, cancellable);
}

static void
end_progress (Taking *taking)
{
  roster_progress_dialog_end (g_steal_pointer (&taking->progress));
}

static void
tell_failure (RosterApplication *self, const GError *error)
{
  GtkWindow *window = roster_application_find_window (self, ROSTER_TYPE_WINDOW);
  GtkWidget *dialog;

  if (window == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = adw_message_dialog_new (window, _ ("The Copy Could Not Be Opened"), error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  RosterApplication *self = taking->application;
  g_autoptr (GError) error = NULL;

  if (roster_replica_replace_finish (taking->replica, result, &error))
    g_set_object (&self->kept_aside, taking->previous);
  self->taking_copy = FALSE;
  if (roster_application_find_window (self, ROSTER_TYPE_WINDOW) == NULL)
    return;
  roster_application_open_replica (self, taking->replica);
  roster_application_update_window (self);
  if (error != NULL)
    tell_failure (self, error);
}

static void
replace (Taking *taking)
{
  roster_replica_replace_async (taking->replica, taking->staged, NULL, replaced_cb, taking);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Taking *taking = user_data;
  g_autoptr (GError) error = NULL;

  if (!roster_directory_close_finish (ROSTER_DIRECTORY (source), result, &error))
    g_info ("Closing the directory failed: %s", error->message);
  replace (taking);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  RosterApplication *self = taking->application;
  g_autoptr (RosterDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;

  end_progress (taking);
  if (!roster_directory_save_copy_finish (ROSTER_DIRECTORY (source), result, &error))
    {
      tell_failure (self, error);
      return;
    }
  /* The window was closed meanwhile, and the directory with it. */
  if (self->directory != ROSTER_DIRECTORY (source))
    return;
  directory = g_steal_pointer (&self->directory);
  self->opened = FALSE;
  self->undoable = TRUE;
  roster_application_update_window (self);
  roster_directory_close_async (directory, NULL, closed_cb, g_steal_pointer (&taking));
}

static void
set_aside_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  RosterApplication *self = taking->application;
  g_autoptr (GError) error = NULL;

  taking->previous = roster_replica_set_aside_finish (taking->replica, result, &error);
  if (taking->previous == NULL)
    {
      tell_failure (self, error);
      return;
    }
  g_clear_error (&self->open_error);
  self->undoable = FALSE;
  replace (g_steal_pointer (&taking));
}

/* What is open is saved under another name; what is damaged is renamed as it is. */
static void
keep_previous (Taking *taking)
{
  RosterApplication *self = taking->application;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  if (!self->opened)
    {
      roster_replica_set_aside_async (taking->replica, NULL, set_aside_cb, taking);
      return;
    }
  taking->previous = roster_replica_dup_previous_file (taking->replica);
  show_progress (taking, _ ("Keeping What Is Open Now"), cancellable);
  roster_directory_save_copy_async (self->directory, taking->previous,
                                    roster_progress_dialog_progress_cb, taking->progress,
                                    cancellable, kept_cb, taking);
}

static gboolean
can_take (RosterApplication *self)
{
  return self->opened || g_error_matches (self->open_error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
}

static void
answered_cb (AdwMessageDialog *question, const char *response, gpointer user_data)
{
  g_autoptr (Taking) taking = g_object_steal_data (G_OBJECT (question), "taking");

  if (g_str_equal (response, "open") && can_take (taking->application))
    keep_previous (g_steal_pointer (&taking));
}

static void
ask (Taking *taking)
{
  GtkWindow *window = roster_application_find_window (taking->application, ROSTER_TYPE_WINDOW);
  GtkWidget *question = adw_message_dialog_new (window, NULL, NULL);
  g_autofree char *name = roster_format_in_sentence (taking->name);

  /* Translators: %s is the name of a file. */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (question), _ ("Open “%s”?"), name);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (question),
      ngettext ("It has %'u person, and takes the place of the directory. What the directory is "
                "now is kept beside it.",
                "It has %'u people, and takes the place of the directory. What the directory is "
                "now is kept beside it.",
                taking->n_people),
      taking->n_people);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _ ("_Cancel"), "open",
                                    _ ("_Open"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "open",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "open");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  /* The question may go without an answer, when Roster is quit. */
  g_object_set_data_full (G_OBJECT (question), "taking", taking, (GDestroyNotify) taking_free);
  g_signal_connect (question, "response", G_CALLBACK (answered_cb), NULL);
  gtk_window_present (GTK_WINDOW (question));
}

static void
staged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  RosterApplication *self = taking->application;
  g_autoptr (GError) error = NULL;

  end_progress (taking);
  taking->staged =
      roster_replica_stage_copy_finish (taking->replica, result, &taking->n_people, &error);
  if (taking->staged == NULL)
    tell_failure (self, error);
  else if (!can_take (self) || roster_application_find_window (self, ROSTER_TYPE_WINDOW) == NULL)
    return;
  else if (taking->ask)
    ask (g_steal_pointer (&taking));
  else
    keep_previous (g_steal_pointer (&taking));
}

static void
take (RosterApplication *self, GFile *copy, gboolean ask)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = g_file_get_parse_name (copy);
  Taking *taking;

  if (self->taking_copy || !can_take (self))
    return;
  self->taking_copy = TRUE;
  g_application_hold (G_APPLICATION (self));
  taking = g_new0 (Taking, 1);
  taking->application = g_object_ref (self);
  taking->replica = g_object_ref (self->replica);
  taking->name = g_path_get_basename (path);
  taking->ask = ask;
  show_progress (taking, _ ("Reading the Copy"), cancellable);
  roster_replica_stage_copy_async (taking->replica, copy, roster_progress_dialog_progress_cb,
                                   taking->progress, cancellable, staged_cb, taking);
}

static void
chosen_cb (GFile *file, gpointer user_data)
{
  take (user_data, file, TRUE);
}

void
roster_application_open_copy_activated (GSimpleAction *action,
                                        GVariant *parameter,
                                        gpointer user_data)
{
  RosterApplication *self = user_data;
  GtkWindow *window = roster_application_find_window (self, ROSTER_TYPE_WINDOW);

  if (window != NULL && !self->taking_copy && can_take (self))
    roster_copy_chooser_show (window, GTK_FILE_CHOOSER_ACTION_OPEN, chosen_cb, G_OBJECT (self));
}

void
roster_application_undo_copy (RosterApplication *self, GFile *previous)
{
  take (self, previous, FALSE);
}
