/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done on the directory page, or on a page that it opened, and how it is undone: by a
 * toast, and by the keyboard while the window is open. Main thread. */

#include "config.h"

#include "roster-directory-page-private.h"

#include <glib/gi18n-lib.h>

#include "roster-format.h"

#define UNDO_TIMEOUT_S 10

static char *
describe_many (RosterUndoKind kind, guint n)
{
  switch (kind)
    {
    case ROSTER_UNDO_ADD:
      return g_strdup_printf (ngettext ("%'u person added", "%'u people added", n), n);
    case ROSTER_UNDO_EDIT:
      return g_strdup_printf (ngettext ("%'u person changed", "%'u people changed", n), n);
    case ROSTER_UNDO_DELETE:
      return g_strdup_printf (ngettext ("%'u person deleted", "%'u people deleted", n), n);
    case ROSTER_UNDO_RESTORE:
    default:
      return g_strdup_printf (ngettext ("%'u person restored", "%'u people restored", n), n);
    }
}

static char *
describe (RosterUndoKind kind, guint n_people, const char *last_name)
{
  if (n_people != 1 || last_name == NULL)
    return describe_many (kind, n_people);

  g_autofree char *name = roster_format_in_sentence (last_name);
  switch (kind)
    {
    case ROSTER_UNDO_ADD:
      /* Translators: %s is the name of a person. */
      return g_strdup_printf (_ ("%s added"), name);
    case ROSTER_UNDO_EDIT:
      /* Translators: %s is the name of a person. */
      return g_strdup_printf (_ ("%s changed"), name);
    case ROSTER_UNDO_DELETE:
      /* Translators: %s is the name of a person. */
      return g_strdup_printf (_ ("%s deleted"), name);
    case ROSTER_UNDO_RESTORE:
    default:
      /* Translators: %s is the name of a person. */
      return g_strdup_printf (_ ("%s restored"), name);
    }
}

/* Offering */

static void
undo_dismissed_cb (RosterDirectoryPage *self, AdwToast *toast)
{
  if (toast != self->undo_toast)
    return;
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  roster_directory_page_set_restored (self, NULL);
}

static void
dismiss_undo (RosterDirectoryPage *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
}

/* A toast has one button of its own. */
static GtkWidget *
make_title_with_show (const char *text)
{
  GtkWidget *title = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Show"));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "directory.show-restored");
  gtk_box_append (GTK_BOX (title), label);
  gtk_box_append (GTK_BOX (title), button);
  return title;
}

/* One toast for all that was deleted while it is up. What else a toast would have undone is what
 * Control and Z undo next. */
void
roster_directory_page_done_cb (RosterDirectoryPage *self, const RosterUndoEntry *entry)
{
  AdwToast *previous = self->undo_toast;
  g_autofree char *text = NULL;
  AdwToast *toast;

  if (self->offered == NULL || entry->kind != ROSTER_UNDO_DELETE ||
      self->offered_kind != ROSTER_UNDO_DELETE)
    {
      g_clear_pointer (&self->offered, g_ptr_array_unref);
      self->offered = g_ptr_array_new_with_free_func (g_free);
      self->offered_kind = entry->kind;
      self->n_offered = 0;
    }
  g_ptr_array_add (self->offered, g_strdup (entry->batch_id));
  self->n_offered += entry->n_people;
  text = describe (entry->kind, self->n_offered, entry->name);

  toast = roster_directory_page_make_toast (text);
  if (entry->kind == ROSTER_UNDO_RESTORE)
    adw_toast_set_custom_title (toast, make_title_with_show (text));
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "directory.undo-offered");
  adw_toast_set_timeout (toast, UNDO_TIMEOUT_S);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->undo_toast, toast);
  if (previous != NULL)
    adw_toast_dismiss (previous);
  if (self->undone_toast != NULL)
    adw_toast_dismiss (self->undone_toast);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
  roster_directory_page_set_restored (self, NULL);
}

void
roster_directory_page_set_restored (RosterDirectoryPage *self, PersonObject *person)
{
  g_set_object (&self->restored, person);
  roster_directory_page_update_undo_actions (self);
}

static void
show_restored_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autoptr (PersonObject) person = g_object_ref (self->restored);

  dismiss_undo (self);
  roster_directory_page_open_person (self, person);
}

/* Undoing */

static void
show_outcome (RosterDirectoryPage *self,
              const RosterUndoEntry *entry,
              PersonObject *person,
              const GError *error)
{
  if (entry == NULL)
    roster_directory_page_tell_failure (self, error);
  else if (person != NULL)
    roster_people_pane_show_person (self->people_pane, person);
}

/* The button of a toast says what it undoes, and what came back is to be seen. */
static void
offered_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterUndoEntry) entry =
      roster_directory_undo_finish (ROSTER_DIRECTORY (source), result, &person, &error);

  show_outcome (self, entry, person, error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterUndoEntry) entry =
      roster_directory_undo_finish (ROSTER_DIRECTORY (source), result, &person, &error);

  show_outcome (self, entry, person, error);
  if (entry == NULL)
    return;

  g_autofree char *what = describe (entry->kind, entry->n_people, entry->name);
  /* Translators: %s is what was undone, such as "Grace Lee deleted". */
  g_autofree char *text = g_strdup_printf (_ ("Undone: %s"), what);
  AdwToast *toast = roster_directory_page_make_toast (text);

  if (self->undone_toast != NULL)
    adw_toast_dismiss (self->undone_toast);
  g_set_weak_pointer (&self->undone_toast, toast);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

static void
undo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  dismiss_undo (self);
  roster_directory_undo_async (self->directory, NULL, NULL, undone_cb, g_object_ref (self));
}

static void
undo_offered_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  g_autoptr (GPtrArray) batch_ids = g_steal_pointer (&self->offered);

  dismiss_undo (self);
  for (guint i = batch_ids->len; i > 0; i--)
    roster_directory_undo_async (self->directory, g_ptr_array_index (batch_ids, i - 1), NULL,
                                 offered_undone_cb, g_object_ref (self));
}

static void
redone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectoryPage) self = user_data;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterUndoEntry) entry =
      roster_directory_redo_finish (ROSTER_DIRECTORY (source), result, &person, &error);

  show_outcome (self, entry, person, error);
  if (entry != NULL && entry->kind == ROSTER_UNDO_RESTORE)
    roster_directory_page_set_restored (self, person);
}

static void
redo_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  roster_directory_redo_async (self->directory, NULL, redone_cb, g_object_ref (self));
}

void
roster_directory_page_install_undo_actions (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "directory.undo", NULL, undo_activated);
  gtk_widget_class_install_action (class, "directory.redo", NULL, redo_activated);
  gtk_widget_class_install_action (class, "directory.undo-offered", NULL, undo_offered_activated);
  gtk_widget_class_install_action (class, "directory.show-restored", NULL, show_restored_activated);
}

void
roster_directory_page_update_undo_actions (RosterDirectoryPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  RosterDirectory *directory = self->directory;

  gtk_widget_action_set_enabled (widget, "directory.undo",
                                 directory != NULL && roster_directory_get_can_undo (directory));
  gtk_widget_action_set_enabled (widget, "directory.redo",
                                 directory != NULL && roster_directory_get_can_redo (directory));
  gtk_widget_action_set_enabled (widget, "directory.undo-offered",
                                 directory != NULL && roster_directory_get_can_edit (directory) &&
                                     self->offered != NULL);
  gtk_widget_action_set_enabled (widget, "directory.show-restored", self->restored != NULL);
}
