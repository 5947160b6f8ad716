/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of the list: what a click, a key and the menu do with one. Main thread. */

#include "config.h"

#include "roster-people-view-private.h"

static void
setup_row_cb (RosterPeopleView *self, GtkListItem *item)
{
  GtkWidget *row = roster_person_row_new (self->people);

  gtk_list_item_set_child (item, row);
  g_object_bind_property (item, "item", row, "person", G_BINDING_SYNC_CREATE);
}

static RosterPersonRow *
find_row (RosterPeopleView *self, GtkWidget *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != self->list_view)
    widget = gtk_widget_get_parent (widget);
  return widget != NULL ? ROSTER_PERSON_ROW (gtk_widget_get_first_child (widget)) : NULL;
}

static RosterPersonRow *
find_row_at (RosterPeopleView *self, double x, double y)
{
  return find_row (self, gtk_widget_pick (self->list_view, x, y, GTK_PICK_DEFAULT));
}

static gboolean
find_position (RosterPeopleView *self, RosterPersonRow *row, guint *position)
{
  return row != NULL &&
         roster_person_list_find (self->people, roster_person_row_get_person (row), position);
}

static gboolean
choose_row (RosterPeopleView *self, RosterPersonRow *row)
{
  guint position;

  if (roster_selection_get_selecting (self->selection) || !find_position (self, row, &position))
    return FALSE;
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  return gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

/* A row can have the focus without being chosen, but keys mean the one with the focus. */
RosterPersonRow *
roster_people_view_choose_focused_row (RosterPeopleView *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  RosterPersonRow *row = find_row (self, focus);

  return choose_row (self, row) ? row : NULL;
}

static void
row_menu_closed_cb (RosterPeopleView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
make_row_menu (RosterPeopleView *self)
{
  self->row_menu = gtk_popover_menu_new_from_model (self->person_menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->row_menu), FALSE);
  gtk_widget_set_halign (self->row_menu, GTK_ALIGN_START);
  g_signal_connect_swapped (self->row_menu, "closed", G_CALLBACK (row_menu_closed_cb), self);
  gtk_widget_set_parent (self->row_menu, GTK_WIDGET (self));
}

static void
open_row_menu (RosterPeopleView *self, double x, double y)
{
  double menu_x, menu_y;

  if (self->row_menu == NULL)
    make_row_menu (self);
  gtk_widget_translate_coordinates (self->list_view, GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->row_menu),
                               &(GdkRectangle){ (int) menu_x, (int) menu_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->row_menu));
}

/* GtkListView does what Shift and Control are for. The second of two clicks, when it activates the
 * row, does not arrive here. */
static void
row_clicked_cb (RosterPeopleView *self,
                int n_press,
                double x,
                double y,
                GtkEventController *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (controller);
  RosterPersonRow *row = find_row_at (self, x, y);
  guint position;

  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0)
    return;
  if (roster_selection_get_selecting (self->selection))
    {
      if (find_position (self, row, &position))
        roster_selection_toggle (self->selection, position);
    }
  else if (self->folded && n_press == 1 && choose_row (self, row))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "person.open", NULL);
    }
}

static void
row_menu_clicked_cb (RosterPeopleView *self, int n_press, double x, double y)
{
  if (choose_row (self, find_row_at (self, x, y)))
    open_row_menu (self, x, y);
}

static void
row_long_pressed_cb (RosterPeopleView *self, double x, double y)
{
  row_menu_clicked_cb (self, 1, x, y);
}

static void
edit_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (roster_people_view_choose_focused_row (ROSTER_PEOPLE_VIEW (widget)) != NULL)
    gtk_widget_activate_action (widget, "person.edit", NULL);
}

static void
delete_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (widget);

  if (roster_selection_get_selecting (self->selection))
    gtk_widget_activate_action (widget, "selection.delete", NULL);
  else if (roster_people_view_choose_focused_row (self) != NULL)
    gtk_widget_activate_action (widget, "person.delete", NULL);
}

static void
select_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (widget);
  guint position;

  if (roster_selection_get_position (self->selection, &position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, FALSE);
}

static void
menu_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (widget);
  RosterPersonRow *row = roster_people_view_choose_focused_row (self);
  graphene_rect_t bounds;

  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), self->list_view, &bounds))
    open_row_menu (self, bounds.origin.x + bounds.size.width / 2,
                   bounds.origin.y + bounds.size.height / 2);
}

void
roster_people_view_install_rows (GtkWidgetClass *class)
{
  gtk_widget_class_install_action (class, "people.edit", NULL, edit_activated);
  gtk_widget_class_install_action (class, "people.delete", NULL, delete_activated);
  gtk_widget_class_install_action (class, "people.menu", NULL, menu_activated);
  gtk_widget_class_install_action (class, "people.select-this", NULL, select_activated);

  gtk_widget_class_bind_template_callback (class, row_clicked_cb);
  gtk_widget_class_bind_template_callback (class, row_long_pressed_cb);
  gtk_widget_class_bind_template_callback (class, row_menu_clicked_cb);
  gtk_widget_class_bind_template_callback (class, setup_row_cb);
}
