/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which person is chosen, and which pane is in view. What can be done is in
 * roster-directory-page-actions.c. Main thread. */

#include "config.h"

#include "roster-directory-page-private.h"

#include "roster-focus.h"
#include "roster-person-pane.h"
#include "roster-subpage.h"

enum
{
  PROP_DIRECTORY = 1,
  PROP_PERSON,
  PROP_RETENTION_DAYS,
  PROP_STATUS,
  PROP_STATUS_DETAILS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterDirectoryPage, roster_directory_page, ADW_TYPE_BIN)

static GtkWidget *
get_pane_in_view (RosterDirectoryPage *self)
{
  return adw_leaflet_get_visible_child (self->leaflet);
}

/* The pane with the focus is the one to stay in view when the window becomes narrow. */
static void
people_pane_focused_cb (RosterDirectoryPage *self)
{
  if (!adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->people_pane));
}

static void
person_pane_focused_cb (RosterDirectoryPage *self)
{
  if (!adw_leaflet_get_folded (self->leaflet) && self->person != NULL)
    adw_leaflet_set_visible_child (self->leaflet, self->person_pane);
}

static void
leaflet_changed_cb (RosterDirectoryPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->leaflet)) ||
      !adw_leaflet_get_folded (self->leaflet))
    return;

  gtk_widget_grab_focus (get_pane_in_view (self));
}

/* Somebody who was deleted elsewhere is not shown any longer. */
static void
n_people_changed_cb (RosterDirectoryPage *self)
{
  if (self->person != NULL &&
      !roster_person_list_has (roster_directory_get_people (self->directory), self->person))
    roster_directory_page_set_person (self, NULL);
}

/* In selection mode nobody is shown, so that it is clear whom an action means. */
static void
selecting_changed_cb (RosterDirectoryPage *self)
{
  g_autoptr (PersonObject) before = g_steal_pointer (&self->person_before);

  if (roster_selection_get_selecting (self->selection))
    {
      g_set_object (&self->person_before, self->person);
      roster_directory_page_set_person (self, NULL);
    }
  else if (before != NULL && self->directory != NULL &&
           roster_person_list_has (roster_directory_get_people (self->directory), before))
    {
      roster_directory_page_set_person (self, before);
    }
  roster_directory_page_update_selection_actions (self);
}

/* Comes last, so what is typed into an entry never arrives here. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                RosterDirectoryPage *self)
{
  gboolean is_dead = keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->leaflet)) || self->directory == NULL ||
      roster_directory_get_n_people (self->directory) == 0 ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0 ||
      (!is_dead && !g_unichar_isgraph (gdk_keyval_to_unicode (keyval))))
    return GDK_EVENT_PROPAGATE;

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->people_pane));
  return roster_people_pane_type (self->people_pane, controller);
}

/* Before a toast takes it. */
static gboolean
escape_pressed_cb (GtkEventControllerKey *controller,
                   guint keyval,
                   guint keycode,
                   GdkModifierType state,
                   RosterDirectoryPage *self)
{
  return keyval == GDK_KEY_Escape && roster_directory_page_go_back (self);
}

static void
set_directory (RosterDirectoryPage *self, RosterDirectory *directory)
{
  if (!g_set_object (&self->directory, directory))
    return;

  roster_subpage_close (self->subpages);
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  roster_directory_page_set_person (self, NULL);
  g_signal_group_set_target (self->directory_signals, directory);
  roster_directory_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRECTORY]);
}

static void
roster_directory_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_RETENTION_DAYS:
      g_value_set_uint (value, self->retention_days);
      break;
    case PROP_STATUS:
    case PROP_STATUS_DETAILS:
      g_object_get_property (G_OBJECT (self->people_pane), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_directory_page_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      set_directory (self, g_value_get_object (value));
      break;
    case PROP_PERSON:
      roster_directory_page_set_person (self, g_value_get_object (value));
      break;
    case PROP_RETENTION_DAYS:
      if (self->retention_days == g_value_get_uint (value))
        return;
      self->retention_days = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_STATUS:
    case PROP_STATUS_DETAILS:
      g_object_set_property (G_OBJECT (self->people_pane), pspec->name, value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_directory_page_root (GtkWidget *widget)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  GTK_WIDGET_CLASS (roster_directory_page_parent_class)->root (widget);
  self->typing = gtk_event_controller_key_new ();
  g_signal_connect (self->typing, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->typing);
}

static void
roster_directory_page_unroot (GtkWidget *widget)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->typing);
  self->typing = NULL;
  GTK_WIDGET_CLASS (roster_directory_page_parent_class)->unroot (widget);
}

static gboolean
roster_directory_page_grab_focus (GtkWidget *widget)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (widget);
  GtkWidget *subpage = roster_subpage_get (self->subpages);

  return gtk_widget_grab_focus (subpage != NULL ? subpage : get_pane_in_view (self));
}

static void
roster_directory_page_dispose (GObject *object)
{
  RosterDirectoryPage *self = ROSTER_DIRECTORY_PAGE (object);

  g_clear_object (&self->directory_signals);
  g_clear_object (&self->directory);
  g_clear_object (&self->person);
  g_clear_object (&self->person_before);
  g_clear_object (&self->selection);
  g_clear_object (&self->restored);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_weak_pointer (&self->undone_toast);
  g_clear_weak_pointer (&self->copied_toast);
  G_OBJECT_CLASS (roster_directory_page_parent_class)->dispose (object);
}

static void
roster_directory_page_class_init (RosterDirectoryPageClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_directory_page_get_property;
  object_class->set_property = roster_directory_page_set_property;
  object_class->dispose = roster_directory_page_dispose;
  widget_class->root = roster_directory_page_root;
  widget_class->unroot = roster_directory_page_unroot;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_directory_page_grab_focus;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_RETENTION_DAYS] =
      g_param_spec_uint ("retention-days", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_STATUS_DETAILS] = g_param_spec_string ("status-details", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  roster_directory_page_install_actions (widget_class);
  roster_directory_page_install_copy_actions (widget_class);
  roster_directory_page_install_selection_actions (widget_class);
  roster_directory_page_install_undo_actions (widget_class);

  g_type_ensure (ROSTER_TYPE_PEOPLE_PANE);
  g_type_ensure (ROSTER_TYPE_PERSON_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-directory-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterDirectoryPage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, RosterDirectoryPage, subpages);
  gtk_widget_class_bind_template_child (widget_class, RosterDirectoryPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, RosterDirectoryPage, people_pane);
  gtk_widget_class_bind_template_child (widget_class, RosterDirectoryPage, person_pane);
  gtk_widget_class_bind_template_callback (widget_class, people_pane_focused_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_pane_focused_cb);
  gtk_widget_class_bind_template_callback (widget_class, leaflet_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, escape_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, roster_directory_page_update_actions);
}

static void
roster_directory_page_init (RosterDirectoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::n-people",
                                  G_CALLBACK (n_people_changed_cb), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::can-edit",
                                  G_CALLBACK (roster_directory_page_update_actions), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::can-undo",
                                  G_CALLBACK (roster_directory_page_update_undo_actions), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::can-redo",
                                  G_CALLBACK (roster_directory_page_update_undo_actions), self);
  g_signal_group_connect_swapped (self->directory_signals, "done",
                                  G_CALLBACK (roster_directory_page_done_cb), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::loading",
                                  G_CALLBACK (roster_directory_page_update_selection_actions),
                                  self);
  g_object_get (self->people_pane, "selection", &self->selection, NULL);
  g_signal_connect_object (self->selection, "notify::selecting", G_CALLBACK (selecting_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::n-selected",
                           G_CALLBACK (roster_directory_page_update_selection_actions), self,
                           G_CONNECT_SWAPPED);
  roster_directory_page_update_actions (self);
}

void
roster_directory_page_set_person (RosterDirectoryPage *self, PersonObject *person)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY_PAGE (self));

  if (person != NULL && roster_selection_get_selecting (self->selection))
    {
      g_clear_object (&self->person_before);
      roster_selection_set_selecting (self->selection, FALSE);
    }
  if (!g_set_object (&self->person, person))
    return;

  if (person == NULL)
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->people_pane));
  roster_directory_page_update_actions (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

void
roster_directory_page_open_person (RosterDirectoryPage *self, PersonObject *person)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY_PAGE (self));

  roster_subpage_close (self->subpages);
  roster_people_pane_show_person (self->people_pane, person);
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, self->person_pane);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->people_pane));
}

gboolean
roster_directory_page_go_back (RosterDirectoryPage *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY_PAGE (self), FALSE);

  if (roster_subpage_close (self->subpages))
    return TRUE;
  if (roster_selection_get_selecting (self->selection))
    {
      roster_selection_set_selecting (self->selection, FALSE);
      return TRUE;
    }
  if (get_pane_in_view (self) != self->person_pane)
    return roster_people_pane_end_search (self->people_pane);
  if (roster_person_pane_go_back (ROSTER_PERSON_PANE (self->person_pane)))
    return TRUE;
  if (adw_leaflet_get_folded (self->leaflet))
    return adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  return gtk_widget_grab_focus (GTK_WIDGET (self->people_pane));
}
