/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is shown, in order. Immutable, so that no thread has to wait for another. */

#include "config.h"

#include "roster-slots.h"

struct _RosterSlots
{
  gatomicrefcount ref_count;
  const guint *slots;
  guint n;

  /* Everybody: the slots belong to the order, the index tells who is among them. */
  RosterOrder *order;
  RosterIndex *index;

  /* Some: both belong to this. */
  guint *some;
  guint64 *bitmap;
  guint n_bits;
};

static RosterSlots *
slots_new (void)
{
  RosterSlots *self = g_new0 (RosterSlots, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RosterSlots *
roster_slots_new_all (RosterOrder *order, RosterIndex *index)
{
  RosterSlots *self = slots_new ();

  self->order = roster_order_ref (order);
  self->index = roster_index_ref (index);
  self->slots = roster_order_get_slots (order, &self->n);
  return self;
}

RosterSlots *
roster_slots_new_some (guint *slots, guint n, guint64 *bitmap, guint n_bits)
{
  RosterSlots *self = slots_new ();

  self->slots = self->some = slots;
  self->n = n;
  self->bitmap = bitmap;
  self->n_bits = n_bits;
  return self;
}

RosterSlots *
roster_slots_new_list (const guint *slots, guint n)
{
  guint n_bits = 0;
  guint64 *bitmap;

  for (guint i = 0; i < n; i++)
    n_bits = MAX (n_bits, slots[i] + 1);
  bitmap = g_new0 (guint64, n_bits / 64 + 1);
  for (guint i = 0; i < n; i++)
    bitmap[slots[i] / 64] |= roster_slots_bit (slots[i]);
  return roster_slots_new_some (g_memdup2 (slots, n * sizeof *slots), n, bitmap, n_bits);
}

RosterSlots *
roster_slots_ref (RosterSlots *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_slots_unref (RosterSlots *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->order, roster_order_unref);
  g_clear_pointer (&self->index, roster_index_unref);
  g_free (self->some);
  g_free (self->bitmap);
  g_free (self);
}

const guint *
roster_slots_get (RosterSlots *self, guint *n)
{
  *n = self->n;
  return self->slots;
}

gboolean
roster_slots_contain (RosterSlots *self, guint slot)
{
  RosterPersonView view;

  if (self->index)
    return roster_index_get (self->index, slot, &view);
  return slot < self->n_bits && ((self->bitmap[slot / 64] & roster_slots_bit (slot)) != 0);
}

gboolean
roster_slots_are_all (RosterSlots *self)
{
  return self->order != NULL;
}

guint64 *
roster_slots_dup_bitmap (RosterSlots *self, guint n_bits)
{
  guint64 *bitmap = g_new0 (guint64, n_bits / 64 + 1);

  for (guint i = 0; i < self->n; i++)
    if (self->slots[i] < n_bits)
      bitmap[self->slots[i] / 64] |= roster_slots_bit (self->slots[i]);
  return bitmap;
}

guint
roster_slots_count_in (RosterSlots *self, const RosterSlotSet *set)
{
  if (roster_slots_are_all (self))
    return roster_slot_set_get_n (set);
  return roster_slot_set_count_common (set, self->bitmap, self->n_bits / 64 + 1);
}
