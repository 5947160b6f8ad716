/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Some people at one moment. It shares the list's own immutable snapshots, so taking a million
 * costs a copy of a bitmap. */

#include "config.h"

#include "roster-people.h"

#include "roster-person-list-private.h"

struct _RosterPeople
{
  gatomicrefcount ref_count;
  RosterIndex *index;
  RosterSlots *slots;
  RosterSlotSet *set;
};

RosterPeople *
roster_people_new (RosterPersonList *list, const RosterSlotSet *set)
{
  RosterPeople *self;

  if (!roster_person_list_get_index (list))
    return NULL;
  self = g_new (RosterPeople, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->index = roster_index_ref (roster_person_list_get_index (list));
  self->slots = roster_slots_ref (roster_person_list_get_slots (list));
  self->set = roster_slot_set_copy (set);
  return self;
}

RosterPeople *
roster_people_ref (RosterPeople *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_people_unref (RosterPeople *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  roster_index_unref (self->index);
  roster_slots_unref (self->slots);
  roster_slot_set_free (self->set);
  g_free (self);
}

guint
roster_people_get_n (RosterPeople *self)
{
  return roster_slots_count_in (self->slots, self->set);
}

gboolean
roster_people_next (RosterPeople *self, guint *cursor, RosterPersonView *view)
{
  guint n;
  const guint *slots = roster_slots_get (self->slots, &n);

  while (*cursor < n)
    {
      guint slot = slots[(*cursor)++];

      if (roster_slot_set_contains (self->set, slot) && roster_index_get (self->index, slot, view))
        return TRUE;
    }
  return FALSE;
}
