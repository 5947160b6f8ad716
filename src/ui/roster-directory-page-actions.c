/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person can do on the directory page. Main thread. */

#include "config.h"

#include "roster-directory-page-private.h"

#include <glib/gi18n-lib.h>

#include "roster-deleted-page.h"
#include "roster-format.h"
#include "roster-person-dialog.h"
#include "roster-person-pane.h"
#include "roster-person-validation.h"
#include "roster-starter-people.h"
#include "roster-subpage.h"

/* A toast's title is markup, names are not. */
AdwToast *
roster_directory_page_make_toast (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  return adw_toast_new (markup);
}

void
roster_directory_page_tell (RosterDirectoryPage *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toast_overlay, roster_directory_page_make_toast (text));
}

void
roster_directory_page_tell_failure (RosterDirectoryPage *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    roster_directory_page_tell (self, error->message);
}

void
roster_directory_page_tell_copied (RosterDirectoryPage *self, const char *text)
{
  AdwToast *toast = roster_directory_page_make_toast (text);

  if (self->copied_toast != NULL)
    adw_toast_dismiss (self->copied_toast);
  g_set_weak_pointer (&self->copied_toast, toast);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
open_dialog (RosterDirectoryPage *self, RosterPersonDraft *draft)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *dialog = roster_person_dialog_new (self->directory, draft);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), window);
  gtk_window_set_application (GTK_WINDOW (dialog), gtk_window_get_application (window));
  g_signal_connect_object (dialog, "saved", G_CALLBACK (roster_directory_page_open_person), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "open-person", G_CALLBACK (roster_directory_page_open_person),
                           self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Something under way that is about a person. */
typedef struct
{
  RosterDirectoryPage *page;
  PersonObject *person; /* (nullable) */
} About;

static About *
about_new (RosterDirectoryPage *self, PersonObject *person)
{
  About *about = g_new0 (About, 1);

  g_set_object (&about->page, self);
  g_set_object (&about->person, person);
  return about;
}

static void
about_free (About *about)
{
  g_object_unref (about->page);
  g_clear_object (&about->person);
  g_free (about);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (About, about_free)

/* Without something to finish the dialog opens for the person, or for somebody new. */
static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (About) about = user_data;
  RosterDirectoryPage *self = about->page;
  g_autoptr (RosterPersonDraft) draft =
      roster_drafts_resume_finish (ROSTER_DRAFTS (source), result, NULL);

  self->resuming = FALSE;
  if (draft == NULL)
    draft = roster_person_draft_new (
        about->person != NULL ? person_object_get_person (about->person) : NULL);
  open_dialog (self, draft);
}

static void
resume (RosterDirectoryPage *self, const RosterKeptDraft *kept, PersonObject *person)
{
  if (self->resuming)
    return;
  self->resuming = TRUE;
  roster_drafts_resume_async (roster_directory_get_drafts (self->directory), kept->typed->id, NULL,
                              resumed_cb, about_new (self, person));
}

static void
edit (RosterDirectoryPage *self, PersonObject *person)
{
  const RosterKeptDraft *kept =
      roster_drafts_find (roster_directory_get_drafts (self->directory),
                          person != NULL ? person_object_get_id (person) : NULL);

  if (kept != NULL)
    {
      resume (self, kept, person);
      return;
    }

  g_autoptr (RosterPersonDraft) draft =
      roster_person_draft_new (person != NULL ? person_object_get_person (person) : NULL);
  open_dialog (self, draft);
}

static void
add_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (ROSTER_DIRECTORY_PAGE (widget), NULL);
}

static void
finish_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  const RosterKeptDraft *kept = roster_drafts_find (roster_directory_get_drafts (self->directory),
                                                    g_variant_get_string (parameter, NULL));

  if (kept != NULL)
    resume (self, kept, NULL);
}

static void
add_searched_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autofree char *text = g_strstrip (
      g_strdup (roster_person_list_get_search (roster_directory_get_people (self->directory))));
  g_autofree char *phone = roster_validate_phone (text, NULL);
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  const char *property = strchr (text, '@') != NULL ? "email" : phone != NULL ? "phone" : "name";

  g_object_set (draft, property, text, NULL);
  open_dialog (self, draft);
}

static void
samples_added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_directory_add_finish (ROSTER_DIRECTORY (source), result, &error))
    gtk_widget_grab_focus (GTK_WIDGET (self->people_pane));
  else
    roster_directory_page_tell_failure (self, error);
}

static void
add_samples_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autoptr (GPtrArray) people = roster_starter_people_new ();

  roster_directory_add_async (self->directory, g_steal_pointer (&people), NULL, samples_added_cb,
                              g_object_ref (self));
}

static void
search_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  roster_subpage_close (self->subpages);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->people_pane));
  roster_people_pane_search (self->people_pane);
}

static void
back_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_directory_page_go_back (ROSTER_DIRECTORY_PAGE (widget));
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->person_pane);
  if (!adw_leaflet_get_folded (self->leaflet))
    gtk_widget_grab_focus (self->person_pane);
}

static void
edit_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  edit (self, self->person);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (About) next = user_data;
  RosterDirectoryPage *self = next->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      roster_directory_delete_finish (ROSTER_DIRECTORY (source), result, &error);

  if (receipt == NULL)
    roster_directory_page_tell_failure (self, error);
  else if (self->person == NULL)
    roster_directory_page_set_person (self, next->person);
}

static void
delete_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  const char *ids[] = { person_object_get_id (self->person), NULL };
  g_autoptr (PersonObject) next = roster_people_pane_dup_neighbour (self->people_pane);

  roster_directory_delete_async (self->directory, g_strdupv ((GStrv) ids), NULL, deleted_cb,
                                 about_new (self, next));
}

static void
copy (RosterDirectoryPage *self, const char *value, const char *told)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), value);
  roster_directory_page_tell_copied (self, told);
}

static void
copy_name_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  copy (self, person_object_get_name (self->person), _ ("Name copied"));
}

static void
copy_email_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  copy (self, person_object_get_email (self->person), _ ("E-mail copied"));
}

static void
copy_phone_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  copy (self, person_object_get_phone (self->person), _ ("Phone copied"));
}

static void
launch (RosterDirectoryPage *self, const char *uri, GAsyncReadyCallback callback)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, callback,
                                           g_object_ref (self));
}

static void
email_launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    roster_directory_page_tell (self, _ ("No app for e-mail is set up. Copy the address instead."));
}

static void
write_email_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autofree char *uri = roster_format_email_uri (person_object_get_email (self->person));

  launch (self, uri, email_launched_cb);
}

static void
call_launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;

  if (!g_app_info_launch_default_for_uri_finish (result, NULL))
    roster_directory_page_tell (self, _ ("No app for calls is set up. Copy the number instead."));
}

static void
call_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autofree char *uri = roster_format_phone_uri (person_object_get_phone (self->person));

  launch (self, uri, call_launched_cb);
}

static void
history_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  adw_leaflet_set_visible_child (self->leaflet, self->person_pane);
  roster_person_pane_show_history (ROSTER_PERSON_PANE (self->person_pane));
}

static void
show_deleted_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  GtkWidget *page;

  if (roster_subpage_get (self->subpages) != NULL)
    return;
  page = roster_deleted_page_new (self->directory);
  g_object_bind_property (self, "retention-days", page, "retention-days", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (page, "restored", G_CALLBACK (roster_directory_page_set_restored), self,
                           G_CONNECT_SWAPPED);
  roster_subpage_open (self->subpages, page);
}

static void
tell_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_directory_page_tell (ROSTER_DIRECTORY_PAGE (widget),
                              g_variant_get_string (parameter, NULL));
}

void
roster_directory_page_install_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "directory.add", NULL, add_activated);
  gtk_widget_class_install_action (class, "directory.finish", "s", finish_activated);
  gtk_widget_class_install_action (class, "directory.add-searched", NULL, add_searched_activated);
  gtk_widget_class_install_action (class, "directory.add-samples", NULL, add_samples_activated);
  gtk_widget_class_install_action (class, "directory.search", NULL, search_activated);
  gtk_widget_class_install_action (class, "directory.back", NULL, back_activated);
  gtk_widget_class_install_action (class, "directory.show-deleted", NULL, show_deleted_activated);
  gtk_widget_class_install_action (class, "directory.tell", "s", tell_activated);
  gtk_widget_class_install_action (class, "person.history", NULL, history_activated);
  gtk_widget_class_install_action (class, "person.open", NULL, open_activated);
  gtk_widget_class_install_action (class, "person.edit", NULL, edit_activated);
  gtk_widget_class_install_action (class, "person.delete", NULL, delete_activated);
  gtk_widget_class_install_action (class, "person.copy-name", NULL, copy_name_activated);
  gtk_widget_class_install_action (class, "person.copy-email", NULL, copy_email_activated);
  gtk_widget_class_install_action (class, "person.copy-phone", NULL, copy_phone_activated);
  gtk_widget_class_install_action (class, "person.write-email", NULL, write_email_activated);
  gtk_widget_class_install_action (class, "person.call", NULL, call_activated);
}

void
roster_directory_page_update_actions (RosterDirectoryPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean can_edit = self->directory != NULL && roster_directory_get_can_edit (self->directory);
  gboolean has_person = self->person != NULL && roster_subpage_get (self->subpages) == NULL;

  gtk_widget_action_set_enabled (widget, "directory.add", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.finish", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.add-searched", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.add-samples", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.search", self->directory != NULL);
  gtk_widget_action_set_enabled (widget, "directory.save-copy",
                                 self->directory != NULL && !self->saving_copy);
  gtk_widget_action_set_enabled (widget, "directory.show-deleted", self->directory != NULL);
  gtk_widget_action_set_enabled (widget, "person.history", has_person);
  gtk_widget_action_set_enabled (widget, "person.open", has_person);
  gtk_widget_action_set_enabled (widget, "person.edit", can_edit && has_person);
  gtk_widget_action_set_enabled (widget, "person.delete", can_edit && has_person);
  gtk_widget_action_set_enabled (widget, "person.copy-name", has_person);
  gtk_widget_action_set_enabled (widget, "person.copy-email", has_person);
  gtk_widget_action_set_enabled (widget, "person.copy-phone", has_person);
  gtk_widget_action_set_enabled (widget, "person.write-email", has_person);
  gtk_widget_action_set_enabled (widget, "person.call", has_person);
  roster_directory_page_update_selection_actions (self);
  roster_directory_page_update_undo_actions (self);
}
