/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is chosen or selected, by slot: an object is made for the one person who is chosen, never for
 * those who are selected. Every change goes through take(), which compares the state before with
 * that after. Main thread. */

#include "config.h"

#include "roster-selection.h"

typedef struct
{
  gboolean selecting;
  RosterSlotSet *selected; /* while selecting */
  PersonObject *person;
} State;

struct _RosterSelection
{
  GObject parent_instance;

  RosterPersonList *people;
  State state;
  RosterSlotSet *beside_range; /* (nullable) who is selected but for the last range */
  RosterQuery *all_wanted;     /* (nullable) all who match this are to be selected once found */
  guint position;              /* where the chosen person was last */
  guint n_selected;
  guint n_hidden;
};

enum
{
  PROP_MODEL = 1,
  PROP_PERSON,
  PROP_SELECTING,
  PROP_N_SELECTED,
  PROP_N_HIDDEN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterSelection,
                               roster_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          selection_model_iface_init))

static guint
get_n_items (RosterSelection *self)
{
  return self->people != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->people)) : 0;
}

static guint
get_slot (RosterSelection *self, guint position)
{
  return roster_person_list_get_slot (self->people, position);
}

/* Where @person was found last is where they are most of the time. */
static gboolean
find (RosterSelection *self, PersonObject *person, guint *position)
{
  if (person == NULL || self->people == NULL)
    return FALSE;
  if (self->position >= get_n_items (self) ||
      get_slot (self, self->position) != person_object_get_person (person)->slot)
    {
      /* While the list is halfway from one state to the next, it knows where they will be. */
      if (!roster_person_list_find (self->people, person, &self->position) ||
          self->position >= get_n_items (self) ||
          get_slot (self, self->position) != person_object_get_person (person)->slot)
        return FALSE;
    }
  *position = self->position;
  return TRUE;
}

/* State */

static void
state_clear (State *state)
{
  g_clear_pointer (&state->selected, roster_slot_set_free);
  g_clear_object (&state->person);
}

static gboolean
state_has (const State *state, guint slot)
{
  if (state->selecting)
    return roster_slot_set_contains (state->selected, slot);
  return state->person != NULL && person_object_get_person (state->person)->slot == slot;
}

static void
set_count (RosterSelection *self, guint *count, guint n, guint property)
{
  if (*count == n)
    return;
  *count = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_counts (RosterSelection *self)
{
  RosterSlots *slots = self->people != NULL ? roster_person_list_get_slots (self->people) : NULL;
  guint n = 0, n_selected = 0;

  if (self->state.selecting && slots != NULL)
    {
      n = roster_slot_set_get_n (self->state.selected);
      n_selected = roster_slots_count_in (slots, self->state.selected);
    }
  set_count (self, &self->n_selected, n_selected, PROP_N_SELECTED);
  set_count (self, &self->n_hidden, n - n_selected, PROP_N_HIDDEN);
}

/* Takes @after over and says what differs; only from @position on, and only @n_items, can. */
static void
take (RosterSelection *self, State *after, guint position, guint n_items)
{
  State before = self->state;
  guint first = position, end = position + n_items;

  self->state = *after;
  *after = (State){ 0 };
  while (first < end && state_has (&before, get_slot (self, first)) ==
                            state_has (&self->state, get_slot (self, first)))
    first++;
  while (first < end && state_has (&before, get_slot (self, end - 1)) ==
                            state_has (&self->state, get_slot (self, end - 1)))
    end--;

  if (first < end)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), first, end - first);
  update_counts (self);
  if (before.person != self->state.person)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
  if (before.selecting != self->state.selecting)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
  state_clear (&before);
}

/* What is to be changed and then taken. */
static State
copy_state (RosterSelection *self)
{
  State *state = &self->state;

  return (State){
    .selecting = state->selecting,
    .selected = state->selected != NULL ? roster_slot_set_copy (state->selected) : NULL,
    .person = state->person != NULL ? g_object_ref (state->person) : NULL,
  };
}

/* As copy_state(), and in selection mode: with the chosen person, if one sees them. */
static State
begin (RosterSelection *self)
{
  State state = copy_state (self);
  guint position;

  if (state.selecting)
    return state;
  state.selecting = TRUE;
  state.selected = roster_slot_set_new ();
  if (roster_selection_get_position (self, &position))
    roster_slot_set_add (state.selected, get_slot (self, position));
  return state;
}

static void
forget_intentions (RosterSelection *self)
{
  g_clear_pointer (&self->beside_range, roster_slot_set_free);
  g_clear_pointer (&self->all_wanted, roster_query_unref);
}

static void
set_range (RosterSlotSet *set, RosterSelection *self, guint position, guint n_items, gboolean in)
{
  for (guint i = position; i < position + n_items; i++)
    if (in)
      roster_slot_set_add (set, get_slot (self, i));
    else
      roster_slot_set_remove (set, get_slot (self, i));
}

/* GListModel */

static GType
get_item_type (GListModel *model)
{
  return PERSON_TYPE_OBJECT;
}

static guint
model_get_n_items (GListModel *model)
{
  return get_n_items (ROSTER_SELECTION (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  RosterSelection *self = ROSTER_SELECTION (model);

  return self->people != NULL ? g_list_model_get_item (G_LIST_MODEL (self->people), position)
                              : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = model_get_n_items;
  iface->get_item = get_item;
}

/* GtkSelectionModel */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  RosterSelection *self = ROSTER_SELECTION (model);

  return position < get_n_items (self) && state_has (&self->state, get_slot (self, position));
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *selection = gtk_bitset_new_empty ();

  for (guint i = position; i < position + n_items; i++)
    if (is_selected (model, i))
      gtk_bitset_add (selection, i);
  return selection;
}

static gboolean
clip (RosterSelection *self, guint position, guint *n_items)
{
  guint n = get_n_items (self);

  *n_items = position < n ? MIN (*n_items, n - position) : 0;
  return *n_items > 0;
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  RosterSelection *self = ROSTER_SELECTION (model);
  g_autoptr (RosterSlotSet) beside = NULL;
  State state;

  if (!clip (self, position, &n_items))
    return FALSE;
  state = begin (self);
  if (unselect_rest)
    {
      beside = g_steal_pointer (&self->beside_range);
      if (beside == NULL)
        beside =
            self->state.selecting ? roster_slot_set_copy (state.selected) : roster_slot_set_new ();
      roster_slot_set_free (state.selected);
      state.selected = roster_slot_set_copy (beside);
    }
  forget_intentions (self);
  self->beside_range = g_steal_pointer (&beside);
  set_range (state.selected, self, position, n_items, TRUE);
  take (self, &state, unselect_rest ? 0 : position, unselect_rest ? get_n_items (self) : n_items);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  RosterSelection *self = ROSTER_SELECTION (model);
  State state;

  if (!self->state.selecting || !clip (self, position, &n_items))
    return FALSE;
  forget_intentions (self);
  state = copy_state (self);
  set_range (state.selected, self, position, n_items, FALSE);
  take (self, &state, position, n_items);
  return TRUE;
}

static gboolean
choose (RosterSelection *self, guint position)
{
  g_autoptr (PersonObject) person = get_item (G_LIST_MODEL (self), position);

  if (person == NULL || self->state.selecting)
    {
      /* From here on another range begins. */
      forget_intentions (self);
      return FALSE;
    }
  roster_selection_set_person (self, person);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  if (unselect_rest)
    return choose (ROSTER_SELECTION (model), position);
  return select_range (model, position, 1, FALSE);
}

/* One asks for this, outside selection mode, at the chosen person: it is with them that selection
 * mode then begins. */
static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  RosterSelection *self = ROSTER_SELECTION (model);

  return self->state.selecting ? unselect_range (model, position, 1)
                               : select_range (model, position, 1, FALSE);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  RosterSelection *self = ROSTER_SELECTION (model);

  if (!select_range (model, 0, G_MAXUINT, FALSE))
    return FALSE;
  if (!roster_person_list_get_complete (self->people))
    self->all_wanted = roster_query_ref (roster_person_list_get_query (self->people));
  return TRUE;
}

/* Also who is hidden: they would be a surprise later. */
static gboolean
unselect_all (GtkSelectionModel *model)
{
  RosterSelection *self = ROSTER_SELECTION (model);
  State state;

  if (!self->state.selecting)
    return FALSE;
  forget_intentions (self);
  state = copy_state (self);
  roster_slot_set_free (state.selected);
  state.selected = roster_slot_set_new ();
  take (self, &state, 0, get_n_items (self));
  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
}

/* What happens to the list */

static void
items_changed_cb (RosterSelection *self, guint position, guint n_removed, guint n_added)
{
  g_clear_pointer (&self->beside_range, roster_slot_set_free);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  update_counts (self);
}

static void
complete_changed_cb (RosterSelection *self)
{
  g_autoptr (RosterQuery) query = NULL;

  if (!roster_person_list_get_complete (self->people))
    return;
  query = g_steal_pointer (&self->all_wanted);
  if (query == roster_person_list_get_query (self->people))
    select_all (GTK_SELECTION_MODEL (self));
}

/* The list removes their rows next, so that nothing but the set has to change here. */
static void
removed_cb (RosterSelection *self, GArray *slots)
{
  g_clear_pointer (&self->beside_range, roster_slot_set_free);
  for (guint i = 0; i < slots->len; i++)
    {
      guint slot = g_array_index (slots, guint, i);

      if (self->state.selecting)
        roster_slot_set_remove (self->state.selected, slot);
      if (self->state.person != NULL && person_object_get_person (self->state.person)->slot == slot)
        {
          g_clear_object (&self->state.person);
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
        }
    }
  update_counts (self);
}

static void
set_people (RosterSelection *self, RosterPersonList *people)
{
  guint n_before = get_n_items (self);

  if (self->people == people)
    return;
  if (self->people != NULL)
    g_signal_handlers_disconnect_by_data (self->people, self);
  roster_selection_set_selecting (self, FALSE);
  roster_selection_set_person (self, NULL);
  /* Nobody is in between; two signals, because for one GTK would ask for every item. */
  g_clear_object (&self->people);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
  g_set_object (&self->people, people);
  if (people != NULL)
    {
      g_signal_connect_object (people, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (people, "items-changed", G_CALLBACK (items_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (people, "notify::complete", G_CALLBACK (complete_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  if (get_n_items (self) > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, get_n_items (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/* GObject */

static void
roster_selection_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterSelection *self = ROSTER_SELECTION (object);

  switch (id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->people);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->state.person);
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, self->state.selecting);
      break;
    case PROP_N_SELECTED:
      g_value_set_uint (value, self->n_selected);
      break;
    case PROP_N_HIDDEN:
      g_value_set_uint (value, self->n_hidden);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_selection_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterSelection *self = ROSTER_SELECTION (object);

  switch (id)
    {
    case PROP_MODEL:
      set_people (self, g_value_get_object (value));
      break;
    case PROP_PERSON:
      roster_selection_set_person (self, g_value_get_object (value));
      break;
    case PROP_SELECTING:
      roster_selection_set_selecting (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_selection_dispose (GObject *object)
{
  RosterSelection *self = ROSTER_SELECTION (object);

  if (self->people != NULL)
    g_signal_handlers_disconnect_by_data (self->people, self);
  g_clear_object (&self->people);
  forget_intentions (self);
  state_clear (&self->state);
  self->state.selecting = FALSE;
  G_OBJECT_CLASS (roster_selection_parent_class)->dispose (object);
}

static void
roster_selection_class_init (RosterSelectionClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_selection_get_property;
  object_class->set_property = roster_selection_set_property;
  object_class->dispose = roster_selection_dispose;

  properties[PROP_MODEL] =
      g_param_spec_object ("model", NULL, NULL, ROSTER_TYPE_PERSON_LIST, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags);
  properties[PROP_N_SELECTED] = g_param_spec_uint ("n-selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_selection_init (RosterSelection *self)
{
}

RosterSelection *
roster_selection_new (RosterPersonList *people)
{
  return g_object_new (ROSTER_TYPE_SELECTION, "model", people, NULL);
}

PersonObject *
roster_selection_get_person (RosterSelection *self)
{
  g_return_val_if_fail (ROSTER_IS_SELECTION (self), NULL);

  return self->state.person;
}

void
roster_selection_set_person (RosterSelection *self, PersonObject *person)
{
  State state;
  guint n_items, before, after;

  g_return_if_fail (ROSTER_IS_SELECTION (self));

  /* The slot of somebody who is gone can be another's. */
  if (person != NULL && (self->people == NULL || !roster_person_list_has (self->people, person)))
    person = NULL;
  if (self->state.person == person)
    return;
  n_items = get_n_items (self);
  if (!roster_selection_get_position (self, &before))
    before = n_items;
  state = copy_state (self);
  g_set_object (&state.person, person);
  if (!find (self, person, &after))
    after = n_items;
  take (self, &state, MIN (before, after), n_items - MIN (before, after));
}

gboolean
roster_selection_get_position (RosterSelection *self, guint *position)
{
  g_return_val_if_fail (ROSTER_IS_SELECTION (self), FALSE);

  return find (self, self->state.person, position);
}

gboolean
roster_selection_get_selecting (RosterSelection *self)
{
  g_return_val_if_fail (ROSTER_IS_SELECTION (self), FALSE);

  return self->state.selecting;
}

void
roster_selection_set_selecting (RosterSelection *self, gboolean selecting)
{
  State state;

  g_return_if_fail (ROSTER_IS_SELECTION (self));

  if (self->state.selecting == selecting)
    return;
  forget_intentions (self);
  state = copy_state (self);
  state.selecting = selecting;
  g_clear_pointer (&state.selected, roster_slot_set_free);
  if (selecting)
    state.selected = roster_slot_set_new ();
  take (self, &state, 0, get_n_items (self));
}

void
roster_selection_toggle (RosterSelection *self, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self);

  g_return_if_fail (ROSTER_IS_SELECTION (self));

  if (self->state.selecting && is_selected (model, position))
    unselect_range (model, position, 1);
  else
    select_range (model, position, 1, FALSE);
}

guint
roster_selection_get_n_selected (RosterSelection *self)
{
  g_return_val_if_fail (ROSTER_IS_SELECTION (self), 0);

  return self->n_selected;
}

guint
roster_selection_get_n_hidden (RosterSelection *self)
{
  g_return_val_if_fail (ROSTER_IS_SELECTION (self), 0);

  return self->n_hidden;
}

RosterPeople *
roster_selection_dup_people (RosterSelection *self)
{
  g_autoptr (RosterSlotSet) nobody = NULL;

  g_return_val_if_fail (ROSTER_IS_SELECTION (self), NULL);

  if (self->people == NULL)
    return NULL;
  if (!self->state.selecting)
    nobody = roster_slot_set_new ();
  return roster_people_new (self->people, nobody != NULL ? nobody : self->state.selected);
}
