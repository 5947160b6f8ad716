/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What GtkListView asks a selection for. Main thread. */

#include "config.h"

#include "roster-selection-private.h"

/* As roster_selection_copy_state(), and in selection mode: with the chosen person, if one sees
 * them. */
static RosterSelectionState
begin (RosterSelection *self)
{
  RosterSelectionState state = roster_selection_copy_state (self);
  guint position;

  if (state.selecting)
    return state;
  state.selecting = TRUE;
  state.selected = roster_slot_set_new ();
  if (roster_selection_get_position (self, &position))
    roster_slot_set_add (state.selected, roster_selection_get_slot (self, position));
  return state;
}

static void
set_range (RosterSlotSet *set, RosterSelection *self, guint position, guint n_items, gboolean in)
{
  for (guint i = position; i < position + n_items; i++)
    if (in)
      roster_slot_set_add (set, roster_selection_get_slot (self, i));
    else
      roster_slot_set_remove (set, roster_selection_get_slot (self, i));
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  RosterSelection *self = ROSTER_SELECTION (model);

  return position < roster_selection_count (self) &&
         roster_selection_state_has (&self->state, roster_selection_get_slot (self, position));
}

static gboolean
clip (RosterSelection *self, guint position, guint *n_items)
{
  guint n = roster_selection_count (self);

  *n_items = position < n ? MIN (*n_items, n - position) : 0;
  return *n_items > 0;
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GtkBitset *selection = gtk_bitset_new_empty ();

  clip (ROSTER_SELECTION (model), position, &n_items);
  for (guint i = position; i < position + n_items; i++)
    if (is_selected (model, i))
      gtk_bitset_add (selection, i);
  return selection;
}

/* Who stays selected when a range takes the place of the last one. Widens @first and @end to the
 * rows that may lose their selection. Returns: (transfer full) */
static RosterSlotSet *
take_beside_range (RosterSelection *self, guint *first, guint *end)
{
  guint position;

  if (self->beside_range != NULL)
    {
      *first = MIN (*first, self->range_first);
      *end = MAX (*end, self->range_end);
      return g_steal_pointer (&self->beside_range);
    }
  if (self->state.selecting)
    return roster_slot_set_copy (self->state.selected);

  if (roster_selection_get_position (self, &position))
    {
      *first = MIN (*first, position);
      *end = MAX (*end, position + 1);
    }
  return roster_slot_set_new ();
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  RosterSelection *self = ROSTER_SELECTION (model);
  g_autoptr (RosterSlotSet) beside = NULL;
  RosterSelectionState state;
  guint first = position, end;

  if (!clip (self, position, &n_items))
    return FALSE;
  end = position + n_items;
  state = begin (self);
  if (unselect_rest)
    {
      beside = take_beside_range (self, &first, &end);
      roster_slot_set_free (state.selected);
      state.selected = roster_slot_set_copy (beside);
    }
  roster_selection_forget_intentions (self);
  set_range (state.selected, self, position, n_items, TRUE);
  self->beside_range = g_steal_pointer (&beside);
  self->range_first = position;
  self->range_end = position + n_items;
  roster_selection_take (self, &state, first, end);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  RosterSelection *self = ROSTER_SELECTION (model);
  RosterSelectionState state;

  if (!self->state.selecting || !clip (self, position, &n_items))
    return FALSE;
  roster_selection_forget_intentions (self);
  state = roster_selection_copy_state (self);
  set_range (state.selected, self, position, n_items, FALSE);
  roster_selection_take (self, &state, position, position + n_items);
  return TRUE;
}

static gboolean
choose (RosterSelection *self, guint position)
{
  g_autoptr (PersonObject) person = g_list_model_get_item (G_LIST_MODEL (self), position);

  if (person == NULL || self->state.selecting)
    {
      /* From here on another range begins. */
      roster_selection_forget_intentions (self);
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
  RosterSelectionState state;

  if (!self->state.selecting)
    return FALSE;
  roster_selection_forget_intentions (self);
  state = roster_selection_copy_state (self);
  roster_slot_set_free (state.selected);
  state.selected = roster_slot_set_new ();
  roster_selection_take (self, &state, 0, roster_selection_count (self));
  return TRUE;
}

void
roster_selection_model_iface_init (GtkSelectionModelInterface *iface)
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
