/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of people and its search. The chosen person outlives its row: the model may take the row
 * out and put it in again, or the search may hide it. Main thread. */

#include "config.h"

#include "roster-people-pane.h"

#include <glib/gi18n-lib.h>

#include "roster-directory.h"
#include "roster-format.h"
#include "roster-person-row.h"

typedef enum
{
  SCROLL_NOWHERE,
  SCROLL_TO_START,
  SCROLL_TO_PERSON,
} Scroll;

struct _RosterPeoplePane
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  RosterPersonList *people;
  PersonObject *person;
  gboolean folded;
  gboolean empty;
  Scroll scroll;
  gboolean scrolled_near;
  gboolean focus_after_scroll;
  guint scroll_id;
  GSignalGroup *directory_signals;
  GSignalGroup *people_signals;

  GtkWidget *add_button;
  GtkRevealer *search_revealer;
  GtkEditable *search_entry;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkWidget *list_view;
  GtkSingleSelection *selection;
  GtkWidget *empty_add_button;
  GtkWidget *empty_sample_button;
  GtkWidget *add_found_button;
  GtkLabel *add_found_label;
  GtkLabel *state_label;
  GtkPopover *row_menu;
};

enum
{
  PROP_DIRECTORY = 1,
  PROP_PERSON,
  PROP_FOLDED,
  PROP_EMPTY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterPeoplePane, roster_people_pane, ADW_TYPE_BIN)

static gboolean
is_alone (RosterPeoplePane *self, gboolean folded, gboolean empty)
{
  return folded || empty;
}

#define WIDTH_BESIDE_PERSON 360
#define WIDTH_OF_ANY_SCREEN 16384

/* Beside the person the list keeps its width, whatever is in it. */
static int
choose_width (RosterPeoplePane *self, gboolean folded, gboolean empty)
{
  return folded || empty ? WIDTH_OF_ANY_SCREEN : WIDTH_BESIDE_PERSON;
}

static gboolean
is_searching (RosterPeoplePane *self)
{
  return self->people != NULL && *roster_person_list_get_search (self->people) != '\0';
}

/* While a search is not complete, what is there stays. */
static const char *
choose_page (RosterPeoplePane *self)
{
  gboolean has_items = g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0;
  gboolean complete = roster_person_list_get_complete (self->people) &&
                      !roster_directory_get_loading (self->directory);

  if (self->empty)
    return "empty";
  if (has_items)
    return "list";
  if (is_searching (self))
    return complete ? "nobody" : gtk_stack_get_visible_child_name (self->stack);
  return complete ? "list" : "loading";
}

static void
update_count (RosterPeoplePane *self)
{
  gboolean searching = is_searching (self);

  if (searching && roster_person_list_get_complete (self->people) &&
      !roster_directory_get_loading (self->directory))
    {
      g_autofree char *count =
          roster_format_matches (g_list_model_get_n_items (G_LIST_MODEL (self->people)),
                                 roster_directory_get_n_people (self->directory));
      gtk_label_set_label (self->count_label, count);
    }
  else if (!searching)
    {
      gtk_label_set_label (self->count_label, "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), searching);
}

/* Another page of the stack can have hidden what had the focus, and with it every shortcut. */
static void
take_lost_focus (RosterPeoplePane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || !gtk_widget_get_mapped (focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
update (RosterPeoplePane *self)
{
  guint n_people = roster_directory_get_n_people (self->directory);
  gboolean empty = n_people == 0 && !roster_directory_get_loading (self->directory);
  g_autofree char *state = roster_format_people (n_people);

  if (self->empty != empty)
    {
      self->empty = empty;
      if (empty)
        roster_people_pane_end_search (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
    }
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  take_lost_focus (self);
  gtk_label_set_label (self->state_label, state);
  update_count (self);
}

/* A tooltip is the accessible description as well. */
static void
update_hints (RosterPeoplePane *self)
{
  g_autofree char *reason = roster_directory_dup_edit_reason (self->directory);

  gtk_widget_set_tooltip_text (self->add_button, reason != NULL ? reason : _ ("Add Person"));
  gtk_widget_set_tooltip_text (self->empty_add_button, reason);
  gtk_widget_set_tooltip_text (self->empty_sample_button, reason);
  gtk_widget_set_tooltip_text (self->add_found_button, reason);
}

/* While the model is halfway from one state to the next, it may know a position before it is there.
 */
static gboolean
find_person (RosterPeoplePane *self, guint *position)
{
  g_autoptr (PersonObject) person = NULL;

  if (self->person == NULL || self->people == NULL ||
      !roster_person_list_find (self->people, self->person, position))
    return FALSE;
  person = g_list_model_get_item (G_LIST_MODEL (self->people), *position);
  return person == self->person;
}

static void
select_person (RosterPeoplePane *self)
{
  guint position;

  if (!find_person (self, &position))
    position = GTK_INVALID_LIST_POSITION;
  gtk_single_selection_set_selected (self->selection, position);
}

/* GTK makes rows where it scrolls to: once a frame is enough, however fast somebody types. It needs
 * a list that has its size, and the person in it; until then this is asked for again. */
static gboolean
scroll_cb (GtkWidget *list_view, GdkFrameClock *clock, gpointer user_data)
{
  RosterPeoplePane *self = user_data;
  guint position = 0;

  if (gtk_widget_get_mapped (list_view) && gtk_widget_get_height (list_view) == 0)
    return G_SOURCE_CONTINUE;
  if (!gtk_widget_get_mapped (list_view) ||
      (self->scroll == SCROLL_TO_PERSON && !find_person (self, &position)))
    {
      self->scroll_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position);
  /* To GTK 4.18 and newer a row has no height before its first frame. */
  if (self->scroll == SCROLL_TO_PERSON && !self->scrolled_near)
    {
      self->scrolled_near = TRUE;
      return G_SOURCE_CONTINUE;
    }

  self->scroll_id = 0;
  self->scroll = SCROLL_NOWHERE;
  if (self->focus_after_scroll)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  self->focus_after_scroll = FALSE;
  return G_SOURCE_REMOVE;
}

static void
scroll (RosterPeoplePane *self, Scroll where)
{
  self->scroll = where;
  self->scrolled_near = FALSE;
  if (where != SCROLL_NOWHERE && self->scroll_id == 0)
    self->scroll_id = gtk_widget_add_tick_callback (self->list_view, scroll_cb, self, NULL);
}

static void
list_mapped_cb (RosterPeoplePane *self)
{
  scroll (self, self->scroll);
}

static void
set_person (RosterPeoplePane *self, PersonObject *person)
{
  if (!g_set_object (&self->person, person))
    return;

  if (gtk_single_selection_get_selected_item (self->selection) != (gpointer) person)
    select_person (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

static void
selected_item_changed_cb (RosterPeoplePane *self)
{
  PersonObject *person = gtk_single_selection_get_selected_item (self->selection);

  if (person != NULL)
    set_person (self, person);
}

static void
items_changed_cb (RosterPeoplePane *self)
{
  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    select_person (self);
  scroll (self, self->scroll);
  update (self);
}

static void
setup_row_cb (RosterPeoplePane *self, GtkListItem *item)
{
  GtkWidget *row = roster_person_row_new (self->people);

  gtk_list_item_set_child (item, row);
  g_object_bind_property (item, "item", row, "person", G_BINDING_SYNC_CREATE);
}

static gboolean
is_at_start (RosterPeoplePane *self)
{
  GtkScrollable *scrollable = GTK_SCROLLABLE (self->list_view);

  return gtk_adjustment_get_value (gtk_scrollable_get_vadjustment (scrollable)) <= 0;
}

static void
search_text_changed_cb (RosterPeoplePane *self)
{
  const char *search = gtk_editable_get_text (self->search_entry);
  /* Translators: %s is what was searched for. */
  g_autofree char *add = g_strdup_printf (_ ("Add “%s”"), search);

  if (self->people == NULL)
    return;
  gtk_label_set_label (self->add_found_label, add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_found_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, add, -1);

  /* Who remains when one types on is at the start already. */
  if (!g_str_has_prefix (search, roster_person_list_get_search (self->people)) ||
      !is_at_start (self))
    scroll (self, SCROLL_TO_START);
  roster_person_list_set_search (self->people, search);
  update (self);
}

static void
search_mode_changed_cb (RosterPeoplePane *self)
{
  if (gtk_revealer_get_reveal_child (self->search_revealer))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
      return;
    }
  gtk_editable_set_text (self->search_entry, "");
  if (self->person != NULL)
    scroll (self, SCROLL_TO_PERSON);
}

static void
stop_search_cb (RosterPeoplePane *self)
{
  roster_people_pane_end_search (self);
  self->focus_after_scroll = TRUE;
  scroll (self, self->person != NULL ? SCROLL_TO_PERSON : SCROLL_TO_START);
}

static void
row_menu_closed_cb (RosterPeoplePane *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
open_position (RosterPeoplePane *self, guint position)
{
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self), "person.open", NULL);
}

static void
search_activated_cb (RosterPeoplePane *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    open_position (self, 0);
}

static void
row_activated_cb (RosterPeoplePane *self, guint position)
{
  open_position (self, position);
}

static RosterPersonRow *
find_row (RosterPeoplePane *self, GtkWidget *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != self->list_view)
    widget = gtk_widget_get_parent (widget);
  return widget != NULL ? ROSTER_PERSON_ROW (gtk_widget_get_first_child (widget)) : NULL;
}

static RosterPersonRow *
find_row_at (RosterPeoplePane *self, double x, double y)
{
  return find_row (self, gtk_widget_pick (self->list_view, x, y, GTK_PICK_DEFAULT));
}

static gboolean
choose_row (RosterPeoplePane *self, RosterPersonRow *row)
{
  guint position;

  if (row == NULL ||
      !roster_person_list_find (self->people, roster_person_row_get_person (row), &position))
    return FALSE;
  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (row)));
  gtk_single_selection_set_selected (self->selection, position);
  return TRUE;
}

static void
open_row_menu (RosterPeoplePane *self, double x, double y)
{
  double menu_x, menu_y;

  gtk_widget_translate_coordinates (self->list_view, GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  gtk_popover_set_pointing_to (self->row_menu, &(GdkRectangle){ (int) menu_x, (int) menu_y, 1, 1 });
  gtk_popover_popup (self->row_menu);
}

static void
row_clicked_cb (RosterPeoplePane *self, int n_press, double x, double y)
{
  if (self->folded && n_press == 1 && choose_row (self, find_row_at (self, x, y)))
    gtk_widget_activate_action (GTK_WIDGET (self), "person.open", NULL);
}

static void
row_menu_clicked_cb (RosterPeoplePane *self, int n_press, double x, double y)
{
  if (choose_row (self, find_row_at (self, x, y)))
    open_row_menu (self, x, y);
}

static void
row_long_pressed_cb (RosterPeoplePane *self, double x, double y)
{
  row_menu_clicked_cb (self, 1, x, y);
}

/* A row can have the focus without being chosen, but keys mean the one with the focus. */
static RosterPersonRow *
choose_focused_row (RosterPeoplePane *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  RosterPersonRow *row = find_row (self, focus);

  return choose_row (self, row) ? row : NULL;
}

static void
edit_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (choose_focused_row (ROSTER_PEOPLE_PANE (widget)) != NULL)
    gtk_widget_activate_action (widget, "person.edit", NULL);
}

static void
delete_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (choose_focused_row (ROSTER_PEOPLE_PANE (widget)) != NULL)
    gtk_widget_activate_action (widget, "person.delete", NULL);
}

static void
menu_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);
  RosterPersonRow *row = choose_focused_row (self);
  graphene_rect_t bounds;

  if (choose_row (self, row) &&
      gtk_widget_compute_bounds (GTK_WIDGET (row), self->list_view, &bounds))
    open_row_menu (self, bounds.origin.x + bounds.size.width / 2,
                   bounds.origin.y + bounds.size.height / 2);
}

static void
focus_list_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);

  gtk_widget_grab_focus (widget);
  choose_focused_row (self);
}

static void
set_directory (RosterPeoplePane *self, RosterDirectory *directory)
{
  if (!g_set_object (&self->directory, directory))
    return;

  g_clear_object (&self->people);
  if (directory != NULL)
    self->people = g_object_ref (roster_directory_get_people (directory));
  g_signal_group_set_target (self->directory_signals, directory);
  g_signal_group_set_target (self->people_signals, self->people);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));
  if (directory != NULL)
    {
      update (self);
      update_hints (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRECTORY]);
}

static void
roster_people_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_people_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      set_directory (self, g_value_get_object (value));
      break;
    case PROP_PERSON:
      set_person (self, g_value_get_object (value));
      break;
    case PROP_FOLDED:
      if (self->folded == g_value_get_boolean (value))
        return;
      self->folded = !self->folded;
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
roster_people_pane_grab_focus (GtkWidget *widget)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);

  if (self->empty)
    return gtk_widget_grab_focus (self->empty_add_button);
  if (!gtk_widget_get_mapped (self->list_view) || gtk_widget_get_height (self->list_view) == 0)
    {
      self->focus_after_scroll = TRUE;
      scroll (self, self->person != NULL ? SCROLL_TO_PERSON : SCROLL_TO_START);
      return TRUE;
    }
  for (GtkWidget *item = gtk_widget_get_first_child (self->list_view); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    if ((gtk_widget_get_state_flags (item) & GTK_STATE_FLAG_SELECTED) != 0)
      return gtk_widget_grab_focus (item);
  return gtk_widget_grab_focus (self->list_view);
}

/* GTK would take Tab through every row there is. The arrow keys do that; Tab leaves the list. */
static gboolean
roster_people_pane_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);
  gboolean is_in_list = gtk_widget_get_focus_child (self->list_view) != NULL;

  if (is_in_list && direction == GTK_DIR_TAB_FORWARD)
    return FALSE;
  if (is_in_list && direction == GTK_DIR_TAB_BACKWARD)
    {
      GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (self->stack));

      while (before != NULL && !gtk_widget_child_focus (before, direction))
        before = gtk_widget_get_prev_sibling (before);
      return before != NULL;
    }
  return GTK_WIDGET_CLASS (roster_people_pane_parent_class)->focus (widget, direction);
}

static void
roster_people_pane_dispose (GObject *object)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (object);

  if (self->row_menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->row_menu));
  self->row_menu = NULL;
  g_clear_object (&self->directory_signals);
  g_clear_object (&self->people_signals);
  g_clear_object (&self->directory);
  g_clear_object (&self->people);
  g_clear_object (&self->person);
  G_OBJECT_CLASS (roster_people_pane_parent_class)->dispose (object);
}

static void
roster_people_pane_class_init (RosterPeoplePaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_people_pane_get_property;
  object_class->set_property = roster_people_pane_set_property;
  object_class->dispose = roster_people_pane_dispose;
  widget_class->focus = roster_people_pane_focus;
  widget_class->grab_focus = roster_people_pane_grab_focus;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_EMPTY] =
      g_param_spec_boolean ("empty", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "people.focus-list", NULL, focus_list_activated);
  gtk_widget_class_install_action (widget_class, "people.edit", NULL, edit_activated);
  gtk_widget_class_install_action (widget_class, "people.delete", NULL, delete_activated);
  gtk_widget_class_install_action (widget_class, "people.menu", NULL, menu_activated);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-people-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, add_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, count_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, list_view);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, selection);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, empty_add_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, empty_sample_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, add_found_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, add_found_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, state_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, choose_width);
  gtk_widget_class_bind_template_callback (widget_class, is_alone);
  gtk_widget_class_bind_template_callback (widget_class, items_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_long_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_menu_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_menu_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selected_item_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_row_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
roster_people_pane_init (RosterPeoplePane *self)
{
  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::n-people", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::loading", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::edit-reason",
                                  G_CALLBACK (update_hints), self);
  self->people_signals = g_signal_group_new (ROSTER_TYPE_PERSON_LIST);
  g_signal_group_connect_swapped (self->people_signals, "notify::complete", G_CALLBACK (update),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->row_menu), GTK_WIDGET (self));
}

void
roster_people_pane_search (RosterPeoplePane *self)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_PANE (self));

  gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (self->search_entry, 0, -1);
}

gboolean
roster_people_pane_end_search (RosterPeoplePane *self)
{
  g_return_val_if_fail (ROSTER_IS_PEOPLE_PANE (self), FALSE);

  if (!gtk_revealer_get_reveal_child (self->search_revealer))
    return FALSE;
  gtk_revealer_set_reveal_child (self->search_revealer, FALSE);
  return TRUE;
}

gboolean
roster_people_pane_type (RosterPeoplePane *self, GtkEventControllerKey *controller)
{
  g_return_val_if_fail (ROSTER_IS_PEOPLE_PANE (self), FALSE);

  gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_set_position (self->search_entry, -1);
  return gtk_event_controller_key_forward (
      controller, GTK_WIDGET (gtk_editable_get_delegate (self->search_entry)));
}

void
roster_people_pane_show_person (RosterPeoplePane *self, PersonObject *person)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_PANE (self));

  if (!roster_person_list_find (self->people, person, NULL))
    roster_people_pane_end_search (self);
  set_person (self, person);
  select_person (self);
  scroll (self, SCROLL_TO_PERSON);
}

PersonObject *
roster_people_pane_dup_neighbour (RosterPeoplePane *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n_items = g_list_model_get_n_items (model);

  g_return_val_if_fail (ROSTER_IS_PEOPLE_PANE (self), NULL);

  if (position == GTK_INVALID_LIST_POSITION || n_items < 2)
    return NULL;
  return g_list_model_get_item (model, position + 1 < n_items ? position + 1 : position - 1);
}
