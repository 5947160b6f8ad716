/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is chosen or selected, by slot: an object is made for the one person who is chosen, never for
 * those who are selected. Every change goes through roster_selection_take(), which compares the
 * state before with that after. What GTK asks for is in roster-selection-model.c. Main thread. */

#include "config.h"

#include "roster-selection-private.h"

enum
{
  PROP_MODEL = 1,
  PROP_PERSON,
  PROP_SELECTING,
  PROP_N_SELECTED,
  PROP_N_HIDDEN,
  N_PROPS,
};

#define NO_POSITION GTK_INVALID_LIST_POSITION

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterSelection,
                               roster_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          roster_selection_model_iface_init))

guint
roster_selection_count (RosterSelection *self)
{
  return self->people != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->people)) : 0;
}

guint
roster_selection_get_slot (RosterSelection *self, guint position)
{
  return roster_person_list_get_slot (self->people, position);
}

/* Where @person was found last is where they are most of the time. */
static gboolean
find (RosterSelection *self, PersonObject *person, guint *position)
{
  if (person == NULL || self->people == NULL)
    return FALSE;
  if (self->position >= roster_selection_count (self) ||
      roster_selection_get_slot (self, self->position) != person_object_get_person (person)->slot)
    {
      /* While the list is halfway from one state to the next, it knows where they will be. */
      if (!roster_person_list_find (self->people, person, &self->position) ||
          self->position >= roster_selection_count (self) ||
          roster_selection_get_slot (self, self->position) !=
              person_object_get_person (person)->slot)
        return FALSE;
    }
  *position = self->position;
  return TRUE;
}

/* State */

static void
state_clear (RosterSelectionState *state)
{
  g_clear_pointer (&state->selected, roster_slot_set_free);
  g_clear_object (&state->person);
}

gboolean
roster_selection_state_has (const RosterSelectionState *state, guint slot)
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

static gboolean
is_same (RosterSelection *self, const RosterSelectionState *before, guint position)
{
  guint slot = roster_selection_get_slot (self, position);

  return roster_selection_state_has (before, slot) ==
         roster_selection_state_has (&self->state, slot);
}

void
roster_selection_take (RosterSelection *self, RosterSelectionState *after, guint first, guint end)
{
  RosterSelectionState before = self->state;

  self->state = *after;
  *after = (RosterSelectionState){ 0 };
  while (first < end && is_same (self, &before, first))
    first++;
  while (first < end && is_same (self, &before, end - 1))
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

RosterSelectionState
roster_selection_copy_state (RosterSelection *self)
{
  RosterSelectionState *state = &self->state;

  return (RosterSelectionState){
    .selecting = state->selecting,
    .selected = state->selected != NULL ? roster_slot_set_copy (state->selected) : NULL,
    .person = state->person != NULL ? g_object_ref (state->person) : NULL,
  };
}

void
roster_selection_forget_intentions (RosterSelection *self)
{
  g_clear_pointer (&self->beside_range, roster_slot_set_free);
  g_clear_pointer (&self->all_wanted, roster_query_unref);
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
  return roster_selection_count (ROSTER_SELECTION (model));
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
    gtk_selection_model_select_all (GTK_SELECTION_MODEL (self));
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
  guint n_before = roster_selection_count (self);

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
  if (roster_selection_count (self) > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, roster_selection_count (self));
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
  roster_selection_forget_intentions (self);
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
  RosterSelectionState state;
  gboolean had_row;
  guint before = NO_POSITION, after;

  g_return_if_fail (ROSTER_IS_SELECTION (self));

  /* The slot of somebody who is gone can be another's. */
  if (person != NULL && (self->people == NULL || !roster_person_list_has (self->people, person)))
    person = NULL;
  if (self->state.person == person)
    return;
  had_row = roster_selection_get_position (self, &before);
  state = roster_selection_copy_state (self);
  g_set_object (&state.person, person);
  if (!find (self, person, &after))
    after = before;
  if (!had_row)
    before = after;
  roster_selection_take (self, &state, MIN (before, after), MAX (before, after) + 1);
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
  RosterSelectionState state;
  guint first = 0, end = roster_selection_count (self);

  g_return_if_fail (ROSTER_IS_SELECTION (self));

  if (self->state.selecting == selecting)
    return;
  roster_selection_forget_intentions (self);
  state = roster_selection_copy_state (self);
  state.selecting = selecting;
  g_clear_pointer (&state.selected, roster_slot_set_free);
  if (selecting)
    {
      /* There is nobody else who was shown as selected. */
      state.selected = roster_slot_set_new ();
      if (roster_selection_get_position (self, &first))
        end = first + 1;
      else
        end = first;
    }
  roster_selection_take (self, &state, first, end);
}

void
roster_selection_toggle (RosterSelection *self, guint position)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self);

  g_return_if_fail (ROSTER_IS_SELECTION (self));

  if (self->state.selecting && gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
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
