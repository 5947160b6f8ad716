/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of people. The chosen person outlives the row: the model may take it out and put it in
 * again, or the search may hide it. What one does with rows is in roster-people-view-rows.c. Main
 * thread. */

#include "config.h"

#include "roster-people-view-private.h"

#include "roster-person-list-private.h"
#include "roster-slots.h"

enum
{
  PROP_PEOPLE = 1,
  PROP_PERSON,
  PROP_FOLDED,
  PROP_SELECTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterPeopleView, roster_people_view, ADW_TYPE_BIN)

/* Scrolling */

/* While the model is halfway from one state to the next, it may know a position before it is there.
 */
static gboolean
find_person (RosterPeopleView *self, guint *position)
{
  g_autoptr (PersonObject) person = NULL;

  if (self->person == NULL || self->people == NULL ||
      !roster_person_list_find (self->people, self->person, position))
    return FALSE;
  person = g_list_model_get_item (G_LIST_MODEL (self->people), *position);
  return person == self->person;
}

static gboolean
find_slot (RosterPeopleView *self, guint *position)
{
  guint n;
  const guint *slots = roster_slots_get (roster_person_list_get_slots (self->people), &n);

  for (*position = 0; *position < n; ++*position)
    if (slots[*position] == self->slot)
      return TRUE;
  return FALSE;
}

static gboolean
find_place (RosterPeopleView *self, guint *position)
{
  *position = 0;
  if (self->scroll == SCROLL_TO_PERSON)
    return find_person (self, position);
  return self->scroll != SCROLL_TO_SLOT || find_slot (self, position);
}

/* All rows are as high as each other. */
static double
get_row_height (GtkAdjustment *adjustment, guint n_rows)
{
  return gtk_adjustment_get_upper (adjustment) / MAX (1, n_rows);
}

static GtkAdjustment *
get_adjustment (RosterPeopleView *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));
}

static void
put_in_place (RosterPeopleView *self, guint position)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_adjustment_set_value (adjustment,
                            position * get_row_height (adjustment, n_rows) - self->slot_offset);
}

/* GTK makes rows where it scrolls to: once a frame is enough, however fast somebody types. It needs
 * a list that has its size, and the person in it; until then this is asked for again. */
static gboolean
scroll_cb (GtkWidget *list_view, GdkFrameClock *clock, gpointer user_data)
{
  RosterPeopleView *self = user_data;
  guint position = 0;

  if (gtk_widget_get_mapped (list_view) && gtk_widget_get_height (list_view) == 0)
    return G_SOURCE_CONTINUE;
  if (!gtk_widget_get_mapped (list_view) || !find_place (self, &position))
    {
      self->scroll_id = 0;
      return G_SOURCE_REMOVE;
    }

  if (self->scroll == SCROLL_TO_SLOT && self->scrolled_near)
    put_in_place (self, position);
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position);
  /* To GTK 4.18 and newer a row has no height before its first frame. */
  if (self->scroll > SCROLL_TO_START && !self->scrolled_near)
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
scroll (RosterPeopleView *self, Scroll where)
{
  self->scroll = where;
  self->scrolled_near = FALSE;
  if (where != SCROLL_NOWHERE && self->scroll_id == 0)
    self->scroll_id = gtk_widget_add_tick_callback (self->list_view, scroll_cb, self, NULL);
}

static void
list_mapped_cb (RosterPeopleView *self)
{
  scroll (self, self->scroll);
}

static gboolean
is_at_start (RosterPeopleView *self)
{
  return gtk_adjustment_get_value (get_adjustment (self)) <= 0;
}

/* To GTK the rows that one sees are gone: whoever of them is still there is put where they were.
 * Until its next layout it tells of the rows before. */
static void
replaced_cb (RosterPeopleView *self, RosterSlots *old_slots)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  RosterSlots *slots = roster_person_list_get_slots (self->people);
  double value = gtk_adjustment_get_value (adjustment);
  double row_height;
  guint n;
  const guint *before = roster_slots_get (old_slots, &n);

  if (is_at_start (self) || self->scroll != SCROLL_NOWHERE)
    return;
  row_height = get_row_height (adjustment, n);
  for (guint i = (guint) (value / row_height); i < n; i++)
    if (roster_slots_contain (slots, before[i]))
      {
        self->slot = before[i];
        self->slot_offset = i * row_height - value;
        scroll (self, SCROLL_TO_SLOT);
        return;
      }
}

static void
search_changed_cb (RosterPeopleView *self)
{
  const char *search = roster_person_list_get_search (self->people);

  /* Who remains when one types on is at the start already. */
  if (*search == '\0' && self->person != NULL)
    scroll (self, SCROLL_TO_PERSON);
  else if (!g_str_has_prefix (search, self->search) || !is_at_start (self))
    scroll (self, SCROLL_TO_START);

  g_free (self->search);
  self->search = g_strdup (search);
}

/* Choosing */

static void
set_person (RosterPeopleView *self, PersonObject *person)
{
  if (!g_set_object (&self->person, person))
    return;

  roster_selection_set_person (self->selection, person);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

static void
person_changed_cb (RosterPeopleView *self)
{
  PersonObject *person = roster_selection_get_person (self->selection);

  if (person != NULL)
    set_person (self, person);
}

static void
selecting_changed_cb (RosterPeopleView *self)
{
  if (roster_selection_get_selecting (self->selection))
    gtk_widget_add_css_class (self->list_view, "selecting");
  else
    gtk_widget_remove_css_class (self->list_view, "selecting");
}

static void
items_changed_cb (RosterPeopleView *self)
{
  scroll (self, self->scroll);
}

static void
open_position (RosterPeopleView *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "person.open", NULL);
}

static void
row_activated_cb (RosterPeopleView *self, guint position)
{
  if (roster_selection_get_selecting (self->selection))
    roster_selection_toggle (self->selection, position);
  else
    open_position (self, position);
}

static gboolean
roster_people_view_grab_focus (GtkWidget *widget)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (widget);

  if (!gtk_widget_get_mapped (self->list_view) || gtk_widget_get_height (self->list_view) == 0)
    {
      roster_people_view_take_focus_back (self);
      return TRUE;
    }
  for (GtkWidget *item = gtk_widget_get_first_child (self->list_view);
       item != NULL && !roster_selection_get_selecting (self->selection);
       item = gtk_widget_get_next_sibling (item))
    if ((gtk_widget_get_state_flags (item) & GTK_STATE_FLAG_SELECTED) != 0)
      return gtk_widget_grab_focus (item);
  return gtk_widget_grab_focus (self->list_view);
}

/* GTK would take Tab through every row there is. The arrow keys do that; Tab leaves the list. */
static gboolean
roster_people_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (widget);

  if (gtk_widget_get_focus_child (self->list_view) != NULL &&
      (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD))
    return FALSE;
  return GTK_WIDGET_CLASS (roster_people_view_parent_class)->focus (widget, direction);
}

static void
set_people (RosterPeopleView *self, RosterPersonList *people)
{
  if (!g_set_object (&self->people, people))
    return;

  g_signal_group_set_target (self->people_signals, people);
  g_object_set (self->selection, "model", people, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEOPLE]);
}

static void
roster_people_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (object);

  switch (id)
    {
    case PROP_PEOPLE:
      g_value_set_object (value, self->people);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_people_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (object);

  switch (id)
    {
    case PROP_PEOPLE:
      set_people (self, g_value_get_object (value));
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

static void
roster_people_view_dispose (GObject *object)
{
  RosterPeopleView *self = ROSTER_PEOPLE_VIEW (object);

  g_clear_pointer (&self->row_menu, gtk_widget_unparent);
  g_clear_object (&self->people_signals);
  g_clear_object (&self->people);
  g_clear_object (&self->person);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (roster_people_view_parent_class)->dispose (object);
}

static void
roster_people_view_class_init (RosterPeopleViewClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_people_view_get_property;
  object_class->set_property = roster_people_view_set_property;
  object_class->dispose = roster_people_view_dispose;
  widget_class->focus = roster_people_view_focus;
  widget_class->grab_focus = roster_people_view_grab_focus;

  properties[PROP_PEOPLE] =
      g_param_spec_object ("people", NULL, NULL, ROSTER_TYPE_PERSON_LIST, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, ROSTER_TYPE_SELECTION,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROSTER_TYPE_SELECTION);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-people-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPeopleView, list_view);
  gtk_widget_class_bind_template_child (widget_class, RosterPeopleView, selection);
  gtk_widget_class_bind_template_child (widget_class, RosterPeopleView, person_menu);
  gtk_widget_class_bind_template_callback (widget_class, items_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, list_mapped_cb);
  gtk_widget_class_bind_template_callback (widget_class, person_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selecting_changed_cb);
  roster_people_view_install_rows (widget_class);
}

static void
roster_people_view_init (RosterPeopleView *self)
{
  self->search = g_strdup ("");
  self->people_signals = g_signal_group_new (ROSTER_TYPE_PERSON_LIST);
  g_signal_group_connect_swapped (self->people_signals, "notify::search",
                                  G_CALLBACK (search_changed_cb), self);
  g_signal_group_connect_swapped (self->people_signals, "replaced", G_CALLBACK (replaced_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_people_view_show_person (RosterPeopleView *self, PersonObject *person)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_VIEW (self));

  set_person (self, person);
  scroll (self, SCROLL_TO_PERSON);
}

void
roster_people_view_open_first (RosterPeopleView *self)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_VIEW (self));

  if (roster_selection_get_selecting (self->selection))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    open_position (self, 0);
}

void
roster_people_view_choose_focused (RosterPeopleView *self)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_VIEW (self));

  roster_people_view_choose_focused_row (self);
}

void
roster_people_view_take_focus_back (RosterPeopleView *self)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_VIEW (self));

  self->focus_after_scroll = TRUE;
  scroll (self, self->person != NULL ? SCROLL_TO_PERSON : SCROLL_TO_START);
}

PersonObject *
roster_people_view_dup_neighbour (RosterPeopleView *self)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n_items = g_list_model_get_n_items (model);
  guint position;

  g_return_val_if_fail (ROSTER_IS_PEOPLE_VIEW (self), NULL);

  if (n_items < 2 || !roster_selection_get_position (self->selection, &position))
    return NULL;
  return g_list_model_get_item (model, position + 1 < n_items ? position + 1 : position - 1);
}
