/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Builds and owns what the program is made of. Main thread. The directory is opened before the
 * window is built, so that the first page of people is there for the first frame; it is closed,
 * with all writes done, before the program ends. */

#define G_LOG_DOMAIN "roster-application"
#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include "roster-application-private.h"

#include <gio/gsettingsbackend.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "roster-environment.h"
#include "roster-error.h"
#include "roster-local-authority.h"
#include "roster-person-dialog.h"
#include "roster-preferences-window.h"
#include "roster-stall-meter.h"
#include "roster-team-module.h"
#include "roster-window.h"

#define MAX_SAMPLES 10000000

G_DEFINE_FINAL_TYPE (RosterApplication, roster_application, ADW_TYPE_APPLICATION)

static void open_directory (RosterApplication *self);

gpointer
roster_application_find_window (RosterApplication *self, GType type)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
      return l->data;
  return NULL;
}

static void
told_cb (RosterApplication *self, const char *response, GtkWidget *dialog)
{
  if (g_str_equal (response, "undo"))
    roster_application_undo_copy (self, g_object_get_data (G_OBJECT (dialog), "previous"));
}

static void
tell_kept_aside (RosterApplication *self, RosterWindow *window)
{
  GFile *kept_aside = g_steal_pointer (&self->kept_aside);
  GtkWidget *dialog = roster_window_tell_kept_aside (window, kept_aside, self->undoable);

  g_object_set_data_full (G_OBJECT (dialog), "previous", kept_aside, g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
}

void
roster_application_update_window (RosterApplication *self)
{
  RosterWindow *window = roster_application_find_window (self, ROSTER_TYPE_WINDOW);

  if (window == NULL)
    return;

  if (self->open_error != NULL)
    roster_window_show_failure (window, self->open_error);
  else if (self->team)
    roster_window_show_team (window, NULL);
  else if (self->opened)
    roster_window_show_directory (window, self->directory);
  else if (self->directory != NULL || self->sample != NULL || self->taking_copy)
    roster_window_show_loading (window);
  else
    roster_window_show_welcome (window);

  if (self->opened && self->kept_aside != NULL)
    tell_kept_aside (self, window);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->opened = roster_directory_open_finish (ROSTER_DIRECTORY (source), result, &error) &&
                 ROSTER_DIRECTORY (source) == self->directory;
  if (error != NULL && ROSTER_DIRECTORY (source) == self->directory)
    self->open_error = g_steal_pointer (&error);
  roster_application_update_window (self);
}

static void
failed_cb (RosterApplication *self, const GError *error, RosterDirectory *directory)
{
  if (directory != self->directory)
    return;
  self->opened = FALSE;
  self->open_error = g_error_copy (error);
  roster_application_update_window (self);
}

void
roster_application_open_replica (RosterApplication *self, RosterReplica *replica)
{
  g_autoptr (RosterAuthority) authority = roster_local_authority_new (replica);

  g_set_object (&self->replica, replica);
  g_clear_object (&self->directory);
  self->directory = roster_directory_new (replica, authority);
  g_settings_bind (self->settings, "retention-days", authority, "retention-days",
                   G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "sort", roster_directory_get_people (self->directory), "sort",
                   G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->directory, "failed", G_CALLBACK (failed_cb), self,
                           G_CONNECT_SWAPPED);
  /* The window lets go once it has shown the first page. */
  roster_directory_hold (self->directory);
  roster_directory_open_async (self->directory, NULL, opened_cb, g_object_ref (self));
}

static void
sample_filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReplica) replica =
      roster_sample_folder_fill_finish (ROSTER_SAMPLE_FOLDER (source), result, &error);

  if (replica != NULL)
    {
      roster_application_open_replica (self, replica);
      return;
    }
  self->open_error = g_steal_pointer (&error);
  roster_application_update_window (self);
}

static void
open_directory (RosterApplication *self)
{
  g_clear_error (&self->open_error);
  self->opened = FALSE;

  if (self->n_samples > 0)
    {
      if (self->sample != NULL)
        roster_sample_folder_delete (self->sample);
      g_clear_object (&self->sample);
      self->sample = roster_sample_folder_new ();
      roster_sample_folder_fill_async (self->sample, self->n_samples, NULL, sample_filled_cb,
                                       g_object_ref (self));
      return;
    }

  g_autoptr (GFile) file =
      g_file_new_build_filename (g_get_user_data_dir (), DATA_FOLDER, "directory.db", NULL);
  g_autoptr (RosterReplica) replica = roster_replica_new (file);
  roster_application_open_replica (self, replica);
}

static void
open_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RosterApplication *self = user_data;

  if (self->team)
    roster_application_open_team (self);
  else
    open_directory (self);
  roster_application_update_window (self);
}

static void
use_this_computer_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RosterApplication *self = user_data;

  g_settings_set_string (self->settings, "directory", "local");
  open_activated (action, parameter, self);
}

static void
set_aside_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  self->kept_aside = roster_replica_set_aside_finish (ROSTER_REPLICA (source), result, &error);
  self->undoable = FALSE;
  if (self->kept_aside != NULL)
    open_directory (self);
  else
    self->open_error = g_steal_pointer (&error);
  roster_application_update_window (self);
}

static void
set_aside_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RosterApplication *self = user_data;

  if (!g_error_matches (self->open_error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT))
    return;
  g_clear_error (&self->open_error);
  roster_application_update_window (self);
  roster_replica_set_aside_async (self->replica, NULL, set_aside_cb, g_object_ref (self));
}

static void
preferences_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RosterApplication *self = user_data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *preferences = roster_application_find_window (self, ROSTER_TYPE_PREFERENCES_WINDOW);

  if (preferences == NULL)
    {
      preferences = roster_preferences_window_new (self->settings);
      gtk_window_set_transient_for (GTK_WINDOW (preferences), window);
      gtk_window_set_application (GTK_WINDOW (preferences), GTK_APPLICATION (self));
    }
  gtk_window_present (GTK_WINDOW (preferences));
}

/* Not the "gtk/help-overlay.ui" that GTK would build with every window: the first frame need not
 * wait for it. */
static void
shortcuts_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RosterApplication *self = user_data;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/roster/ui/help-overlay.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "help_overlay"));

  gtk_window_set_transient_for (shortcuts,
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (shortcuts);
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RosterApplication *self = user_data;

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)),
                         "application-name", APPLICATION_NAME, "application-icon", APPLICATION_ID,
                         "version", PACKAGE_VERSION, "developer-name",
                         _ ("The Roster contributors"), "copyright",
                         _ ("© The Roster contributors"), "comments",
                         _ ("Keep people in one place, and find anyone while you type."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put your names here, one a line. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

/* Something under way, the pressed key too, may hold a window longer than its parent lives. */
static void
end (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      gtk_window_set_transient_for (window, NULL);
    }
  while (g_list_model_get_n_items (windows) > 0)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, 0);

      gtk_window_destroy (window);
    }
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterApplication) self = user_data;

  if (roster_person_dialog_keep_finish (ROSTER_PERSON_DIALOG (source), result, NULL) ||
      self->interrupted)
    end ();
  else
    gtk_window_close (GTK_WINDOW (source));
}

/* Whatever is being typed is offered again at the next start; only when it cannot be kept does its
 * dialog ask what should become of it. */
static void
leave (RosterApplication *self)
{
  RosterPersonDialog *dialog = roster_application_find_window (self, ROSTER_TYPE_PERSON_DIALOG);

  if (dialog != NULL)
    roster_person_dialog_keep_async (dialog, kept_cb, g_object_ref (self));
  else
    end ();
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  leave (user_data);
}

static gboolean
close_request_cb (RosterApplication *self)
{
  if (roster_application_find_window (self, ROSTER_TYPE_PERSON_DIALOG) == NULL)
    return GDK_EVENT_PROPAGATE;
  leave (self);
  return GDK_EVENT_STOP;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!roster_directory_close_finish (ROSTER_DIRECTORY (source), result, &error))
    g_info ("Closing the directory failed: %s", error->message);
  g_application_release (G_APPLICATION (self));
}

static void
roster_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  RosterApplication *self = ROSTER_APPLICATION (application);

  if (ROSTER_IS_WINDOW (window) && self->directory != NULL)
    {
      g_autoptr (RosterDirectory) directory = g_steal_pointer (&self->directory);

      self->opened = FALSE;
      g_clear_object (&self->replica);
      g_clear_error (&self->open_error);
      g_application_hold (G_APPLICATION (self));
      roster_directory_close_async (directory, NULL, closed_cb, g_object_ref (self));
    }
  GTK_APPLICATION_CLASS (roster_application_parent_class)->window_removed (application, window);
}

/* What is being typed is kept, and what was made for this run only is not left behind. */
static gboolean
interrupted_cb (gpointer user_data)
{
  RosterApplication *self = user_data;

  if (self->interrupted || gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    g_application_quit (G_APPLICATION (self));
  self->interrupted = TRUE;
  leave (self);
  return G_SOURCE_CONTINUE;
}

static void
make_settings (RosterApplication *self)
{
  g_autoptr (GSettingsBackend) backend = NULL;

  if (self->n_samples > 0)
    backend = g_memory_settings_backend_new ();
  self->settings = backend != NULL ? g_settings_new_with_backend (APPLICATION_ID, backend)
                                   : g_settings_new (APPLICATION_ID);
}

static gboolean
is_directory_chosen (RosterApplication *self)
{
  g_autofree char *directory = g_settings_get_string (self->settings, "directory");

  return self->n_samples > 0 || g_str_equal (directory, "local");
}

/* GTK begins to read the icon theme on a thread when it is first asked for, and forgets what it has
 * read when the program's and libadwaita's own icons are added: the program would wait for the one
 * reading and then do the other itself, together as long as a third of an empty window's start. So
 * the styles are loaded during the first, and the second is begun on the thread as well. */
static void
start_toolkit (GApplication *application)
{
  gtk_init ();
  gtk_icon_theme_get_for_display (gdk_display_get_default ());
  adw_style_manager_get_default ();
  G_APPLICATION_CLASS (roster_application_parent_class)->startup (application);
  g_object_notify (G_OBJECT (gtk_settings_get_default ()), "gtk-icon-theme-name");
}

static void
roster_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "open", open_activated },
    { "use-this-computer", use_this_computer_activated },
    { "set-aside", set_aside_activated },
    { "preferences", preferences_activated },
    { "shortcuts", shortcuts_activated },
    { "about", about_activated },
    { "quit", quit_activated },
    { "open-copy", roster_application_open_copy_activated },
    { "connect-team", roster_application_connect_team_activated },
    { "leave-team", roster_application_leave_team_activated },
  };
  RosterApplication *self = ROSTER_APPLICATION (application);

  make_settings (self);
  if (is_directory_chosen (self) && !roster_application_wants_team (self))
    open_directory (self);
  start_toolkit (application);
  roster_stall_meter_start ();
  g_unix_signal_add (SIGINT, interrupted_cb, self);
  g_unix_signal_add (SIGTERM, interrupted_cb, self);

  g_settings_bind (self->settings, "color-scheme", adw_style_manager_get_default (), "color-scheme",
                   G_SETTINGS_BIND_GET);

  g_autoptr (GAction) sort = g_settings_create_action (self->settings, "sort");
  g_action_map_add_action (G_ACTION_MAP (self), sort);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "connect-team")),
      roster_team_module_is_here ());

  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.preferences",
                                         (const char *[]){ "<Control>comma", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.shortcuts",
                                         (const char *[]){ "<Control>question", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (self), "window.close",
                                         (const char *[]){ "<Control>w", NULL });
}

static void
roster_application_activate (GApplication *application)
{
  RosterApplication *self = ROSTER_APPLICATION (application);
  GtkWidget *window = roster_application_find_window (self, ROSTER_TYPE_WINDOW);

  if (window == NULL)
    {
      window = roster_window_new (GTK_APPLICATION (self), self->settings);
      g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self,
                               G_CONNECT_SWAPPED);
      if (self->team || roster_application_wants_team (self))
        roster_application_open_team (self);
      else if (self->directory == NULL && self->sample == NULL && !self->taking_copy &&
               is_directory_chosen (self))
        open_directory (self);
      roster_application_update_window (self);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
roster_application_shutdown (GApplication *application)
{
  RosterApplication *self = ROSTER_APPLICATION (application);

  if (self->sample != NULL)
    roster_sample_folder_delete (self->sample);
  G_APPLICATION_CLASS (roster_application_parent_class)->shutdown (application);
}

static int
roster_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  RosterApplication *self = ROSTER_APPLICATION (application);
  const char *sample;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("%s %s\n", APPLICATION_NAME, PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "sample", "&s", &sample))
    {
      g_autoptr (GError) error = NULL;
      guint64 n_samples = 0;

      if (!g_ascii_string_to_unsigned (sample, 10, 1, MAX_SAMPLES, &n_samples, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      self->n_samples = (guint) n_samples;
      g_application_set_flags (application,
                               g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
    }
  return -1;
}

static void
roster_application_finalize (GObject *object)
{
  RosterApplication *self = ROSTER_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->environment, g_hash_table_unref);
  g_clear_object (&self->sample);
  g_clear_object (&self->directory);
  g_clear_object (&self->replica);
  g_clear_object (&self->kept_aside);
  g_clear_error (&self->open_error);
  G_OBJECT_CLASS (roster_application_parent_class)->finalize (object);
}

static void
roster_application_class_init (RosterApplicationClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GApplicationClass *application_class = G_APPLICATION_CLASS (class);
  GtkApplicationClass *gtk_application_class = GTK_APPLICATION_CLASS (class);

  object_class->finalize = roster_application_finalize;
  application_class->startup = roster_application_startup;
  application_class->activate = roster_application_activate;
  application_class->shutdown = roster_application_shutdown;
  application_class->handle_local_options = roster_application_handle_local_options;
  gtk_application_class->window_removed = roster_application_window_removed;
}

static void
roster_application_init (RosterApplication *self)
{
  self->environment = roster_environment_take ();
  g_application_add_main_option (G_APPLICATION (self), "version", 0, 0, G_OPTION_ARG_NONE,
                                 _ ("Print the version and exit"), NULL);
  g_application_add_main_option (G_APPLICATION (self), "sample", 0, 0, G_OPTION_ARG_STRING,
                                 _ ("Open a throwaway directory of made-up people"),
                                 /* Translators: how many people, in the output of --help. */
                                 _ ("NUMBER"));
}

RosterApplication *
roster_application_new (void)
{
  return g_object_new (ROSTER_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "resource-base-path", "/roster", NULL);
}
