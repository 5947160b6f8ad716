/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way from one sequence of slots to another. No state but the struct's. */

#include "config.h"

#include "roster-slot-diff.h"

/* About 205 rows of a GtkListView are live; more steps than that save no row from being bound
 * again. */
#define MAX_STEPS 256

static const guint *
get_slots (RosterSlots *slots, guint *n)
{
  *n = 0;
  return slots ? roster_slots_get (slots, n) : NULL;
}

static gboolean
has_changed (RosterSlotDiff *self, guint slot)
{
  gsize low = 0, high = self->n_changed;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->changed[middle] == slot)
        return TRUE;
      if (self->changed[middle] < slot)
        low = middle + 1;
      else
        high = middle;
    }
  return FALSE;
}

static gboolean
stays (RosterSlotDiff *self, guint slot, RosterSlots *in)
{
  return in && roster_slots_contain (in, slot) && !has_changed (self, slot);
}

/* Both go on with the same slot, which so stays even if it has changed. */
static gboolean
meet (RosterSlotDiff *self, const guint *from, const guint *to)
{
  return self->n_old_done < self->n_old_end && self->n_new_done < self->n_new_end &&
         from[self->n_old_done] == to[self->n_new_done];
}

void
roster_slot_diff_init (RosterSlotDiff *self,
                       RosterSlots *old_slots,
                       RosterSlots *new_slots,
                       const guint *changed,
                       gsize n_changed)
{
  guint n_old, n_new;
  const guint *from = get_slots (old_slots, &n_old);
  const guint *to = get_slots (new_slots, &n_new);

  *self = (RosterSlotDiff){
    .old_slots = old_slots,
    .new_slots = new_slots,
    .changed = changed,
    .n_changed = n_changed,
    .n_old_end = n_old,
    .n_new_end = n_new,
  };
  while (self->n_old_end > 0 && self->n_new_end > 0 &&
         from[self->n_old_end - 1] == to[self->n_new_end - 1])
    {
      self->n_old_end--;
      self->n_new_end--;
    }
}

/* What is left as one removal and one addition. */
static void
next_coarse (RosterSlotDiff *self, guint *n_removed, guint *n_added)
{
  *n_removed = self->n_old_end - self->n_old_done;
  self->n_old_done = self->n_old_end;
  *n_added = 0;
  if (*n_removed > 0)
    return;
  *n_added = self->n_new_end - self->n_new_done;
  self->n_new_done = self->n_new_end;
}

gboolean
roster_slot_diff_next (RosterSlotDiff *self, guint *position, guint *n_removed, guint *n_added)
{
  guint n;
  const guint *from = get_slots (self->old_slots, &n);
  const guint *to = get_slots (self->new_slots, &n);

  while (meet (self, from, to))
    {
      self->n_old_done++;
      self->n_new_done++;
    }

  *position = self->n_new_done;
  *n_removed = *n_added = 0;
  if (self->n_old_done == self->n_old_end && self->n_new_done == self->n_new_end)
    {
      /* The common end is the same in both: from here on the new sequence is all there is. */
      get_slots (self->new_slots, &self->n_new_done);
      self->n_new_end = self->n_new_done;
      self->n_old_done = self->n_old_end = 0;
      self->old_slots = NULL;
      return FALSE;
    }

  if (!self->coarse && ++self->n_steps < MAX_STEPS)
    {
      while (self->n_old_done < self->n_old_end && !meet (self, from, to) &&
             !stays (self, from[self->n_old_done], self->new_slots))
        {
          self->n_old_done++;
          ++*n_removed;
        }
      if (*n_removed > 0)
        return TRUE;
      while (self->n_new_done < self->n_new_end && !meet (self, from, to) &&
             !stays (self, to[self->n_new_done], self->old_slots))
        {
          self->n_new_done++;
          ++*n_added;
        }
      if (*n_added > 0)
        return TRUE;
    }

  self->coarse = TRUE;
  next_coarse (self, n_removed, n_added);
  return TRUE;
}

guint
roster_slot_diff_get_n (RosterSlotDiff *self)
{
  guint n_old;

  get_slots (self->old_slots, &n_old);
  return self->n_new_done + n_old - self->n_old_done;
}

guint
roster_slot_diff_get (RosterSlotDiff *self, guint position)
{
  guint n;

  if (position < self->n_new_done)
    return get_slots (self->new_slots, &n)[position];
  return get_slots (self->old_slots, &n)[self->n_old_done + position - self->n_new_done];
}
