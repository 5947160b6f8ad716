/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bitmap that grows. No state but its own. */

#include "config.h"

#include "roster-slot-set.h"

#include "roster-slots.h"

struct _RosterSlotSet
{
  guint64 *words;
  gsize n_words;
  guint n;
};

RosterSlotSet *
roster_slot_set_new (void)
{
  return g_new0 (RosterSlotSet, 1);
}

RosterSlotSet *
roster_slot_set_copy (const RosterSlotSet *self)
{
  RosterSlotSet *copy = g_memdup2 (self, sizeof *self);

  copy->words = g_memdup2 (self->words, self->n_words * sizeof *self->words);
  return copy;
}

void
roster_slot_set_free (RosterSlotSet *self)
{
  g_free (self->words);
  g_free (self);
}

gboolean
roster_slot_set_contains (const RosterSlotSet *self, guint slot)
{
  return slot / 64 < self->n_words && (self->words[slot / 64] & roster_slots_bit (slot)) != 0;
}

void
roster_slot_set_add (RosterSlotSet *self, guint slot)
{
  if (roster_slot_set_contains (self, slot))
    return;
  if (slot / 64 >= self->n_words)
    {
      gsize n_words = MAX (slot / 64 + 1, 2 * self->n_words);

      self->words = g_renew (guint64, self->words, n_words);
      memset (self->words + self->n_words, 0, (n_words - self->n_words) * sizeof *self->words);
      self->n_words = n_words;
    }
  self->words[slot / 64] |= roster_slots_bit (slot);
  self->n++;
}

void
roster_slot_set_remove (RosterSlotSet *self, guint slot)
{
  if (!roster_slot_set_contains (self, slot))
    return;
  self->words[slot / 64] &= ~roster_slots_bit (slot);
  self->n--;
}

guint
roster_slot_set_get_n (const RosterSlotSet *self)
{
  return self->n;
}

guint
roster_slot_set_count_common (const RosterSlotSet *self, const guint64 *words, gsize n_words)
{
  guint n = 0;

  for (gsize i = 0; i < MIN (self->n_words, n_words); i++)
    n += (guint) __builtin_popcountll (self->words[i] & words[i]);
  return n;
}
