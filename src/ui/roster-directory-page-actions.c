/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person can do on the directory page. Main thread. */

#include "config.h"

#include "roster-directory-page-private.h"

#include <glib/gi18n-lib.h>

#include "roster-cuid.h"
#include "roster-error.h"
#include "roster-format.h"
#include "roster-person-dialog.h"
#include "roster-person-validation.h"
#include "roster-starter-people.h"

#define UNDO_TIMEOUT_S 10

/* A toast's title is markup, names are not. */
static AdwToast *
make_toast (const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  return adw_toast_new (markup);
}

void
roster_directory_page_tell (RosterDirectoryPage *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toast_overlay, make_toast (text));
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
  AdwToast *toast = make_toast (text);

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

/* Without something to finish the dialog opens for @person, or for somebody new. */
static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectoryPage *self = g_task_get_source_object (task);
  PersonObject *person = g_task_get_task_data (task);
  g_autoptr (RosterPersonDraft) draft =
      roster_drafts_resume_finish (ROSTER_DRAFTS (source), result, NULL);

  self->resuming = FALSE;
  if (draft == NULL)
    draft = roster_person_draft_new (person != NULL ? person_object_get_person (person) : NULL);
  open_dialog (self, draft);
}

static void
resume (RosterDirectoryPage *self, const RosterKeptDraft *kept, PersonObject *person)
{
  GTask *task;

  if (self->resuming)
    return;
  self->resuming = TRUE;
  task = g_task_new (self, NULL, NULL, NULL);
  if (person != NULL)
    g_task_set_task_data (task, g_object_ref (person), g_object_unref);
  roster_drafts_resume_async (roster_directory_get_drafts (self->directory), kept->typed->id, NULL,
                              resumed_cb, task);
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

  roster_directory_add_async (self->directory, (RosterPerson **) people->pdata, people->len, NULL,
                              samples_added_cb, g_object_ref (self));
}

static void
search_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

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
forget_deleted (RosterDirectoryPage *self)
{
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
  roster_directory_page_update_actions (self);
}

static void
undo_dismissed_cb (RosterDirectoryPage *self, AdwToast *toast)
{
  if (toast != self->undo_toast)
    return;
  g_clear_weak_pointer (&self->undo_toast);
  forget_deleted (self);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterUndoEntry) entry =
      roster_directory_undo_finish (ROSTER_DIRECTORY (source), result, &person, &error);

  if (entry == NULL)
    roster_directory_page_tell_failure (self, error);
  else if (person != NULL)
    roster_people_pane_show_person (self->people_pane, person);
}

static void
dismiss_undo (RosterDirectoryPage *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
}

/* What else the toast would have undone is what Control and Z undo next. */
static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  dismiss_undo (self);
  roster_directory_undo_async (self->directory, NULL, NULL, undone_cb, g_object_ref (self));
}

static void
undo_deleted_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autoptr (GPtrArray) batch_ids = g_steal_pointer (&self->deleted);

  dismiss_undo (self);
  for (guint i = batch_ids->len; i > 0; i--)
    roster_directory_undo_async (self->directory, g_ptr_array_index (batch_ids, i - 1), NULL,
                                 undone_cb, g_object_ref (self));
}

static char *
describe_deleted (guint n_people, const char *last_name)
{
  g_autofree char *name = roster_format_in_sentence (last_name);

  if (n_people > 1)
    return g_strdup_printf (ngettext ("%'u person deleted", "%'u people deleted", n_people),
                            n_people);
  /* Translators: %s is the name of a person. */
  return g_strdup_printf (_ ("%s deleted"), name);
}

/* One toast for all that was deleted while it is up, so that none of them loses its undo. */
void
roster_directory_page_done_cb (RosterDirectoryPage *self, const RosterUndoEntry *entry)
{
  g_autofree char *text = NULL;
  AdwToast *previous = self->undo_toast;
  AdwToast *toast;

  if (entry->kind != ROSTER_UNDO_DELETE)
    return;
  if (self->deleted == NULL)
    {
      self->deleted = g_ptr_array_new_with_free_func (g_free);
      self->n_deleted = 0;
    }
  g_ptr_array_add (self->deleted, g_strdup (entry->batch_id));
  self->n_deleted += entry->n_people;
  text = describe_deleted (self->n_deleted, entry->name);

  toast = make_toast (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "directory.undo-deleted");
  adw_toast_set_timeout (toast, UNDO_TIMEOUT_S);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->undo_toast, toast);
  if (previous != NULL)
    adw_toast_dismiss (previous);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  roster_directory_page_update_actions (self);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectoryPage *self = g_task_get_source_object (task);
  PersonObject *next = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      roster_directory_delete_finish (ROSTER_DIRECTORY (source), result, &error);

  if (receipt == NULL)
    roster_directory_page_tell_failure (self, error);
  else if (self->person == NULL)
    roster_directory_page_set_person (self, next);
}

static void
delete_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  const char *ids[] = { person_object_get_id (self->person), NULL };
  PersonObject *next = roster_people_pane_dup_neighbour (self->people_pane);
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  if (next != NULL)
    g_task_set_task_data (task, next, g_object_unref);
  roster_directory_delete_async (self->directory, ids, NULL, deleted_cb, task);
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
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectoryPage *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    roster_directory_page_tell (self, g_task_get_task_data (task));
}

static void
launch (RosterDirectoryPage *self, const char *uri, const char *failure)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (self));
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (display);
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, g_strdup (failure), g_free);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, launched_cb,
                                           task);
}

static void
write_email_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autofree char *uri = roster_format_email_uri (person_object_get_email (self->person));

  launch (self, uri, _ ("No app for e-mail is set up. Copy the address instead."));
}

static void
call_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autofree char *uri = roster_format_phone_uri (person_object_get_phone (self->person));

  launch (self, uri, _ ("No app for calls is set up. Copy the number instead."));
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
  gtk_widget_class_install_action (class, "directory.undo", NULL, undo_activated);
  gtk_widget_class_install_action (class, "directory.undo-deleted", NULL, undo_deleted_activated);
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
  gboolean has_person = self->person != NULL;

  gtk_widget_action_set_enabled (widget, "directory.add", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.finish", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.add-searched", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.add-samples", can_edit);
  gtk_widget_action_set_enabled (widget, "directory.search", self->directory != NULL);
  gtk_widget_action_set_enabled (widget, "directory.save-copy",
                                 self->directory != NULL && !self->saving_copy);
  gtk_widget_action_set_enabled (widget, "directory.undo",
                                 self->directory != NULL &&
                                     roster_directory_get_can_undo (self->directory));
  gtk_widget_action_set_enabled (widget, "directory.undo-deleted",
                                 can_edit && self->deleted != NULL);
  gtk_widget_action_set_enabled (widget, "person.open", has_person);
  gtk_widget_action_set_enabled (widget, "person.edit", can_edit && has_person);
  gtk_widget_action_set_enabled (widget, "person.delete", can_edit && has_person);
  gtk_widget_action_set_enabled (widget, "person.copy-name", has_person);
  gtk_widget_action_set_enabled (widget, "person.copy-email", has_person);
  gtk_widget_action_set_enabled (widget, "person.copy-phone", has_person);
  gtk_widget_action_set_enabled (widget, "person.write-email", has_person);
  gtk_widget_action_set_enabled (widget, "person.call", has_person);
  roster_directory_page_update_selection_actions (self);
}
