/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way from one sequence of slots to another. No state but the struct's. */

#include "config.h"

#include "roster-slot-diff.h"

/* A step costs GTK more than binding a few rows anew; see the benchmark "frame". */
#define MAX_STEPS 8
/* Who of more may have moved is not worth looking up slot by slot: 100 ms for a million. */
#define MAX_CHANGED 1024
/* So many more on one side are a run that is not worth looking through slot by slot: 9 ms for a
 * million. */
#define LONG_RUN 65536

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

static gboolean
has_old (RosterSlotDiff *self)
{
  return self->n_old_left > self->n_same;
}

static gboolean
has_new (RosterSlotDiff *self)
{
  return self->n_new_from > self->n_same;
}

/* Both go on with the same slot, which so stays even if it has changed. */
static gboolean
meet (RosterSlotDiff *self, const guint *from, const guint *to)
{
  return has_old (self) && has_new (self) && from[self->n_old_left - 1] == to[self->n_new_from - 1];
}

static void
skip_same (RosterSlotDiff *self, const guint *from, const guint *to)
{
  while (meet (self, from, to))
    {
      self->n_old_left--;
      self->n_new_from--;
    }
}

/* Leaves @n_old and @n_new slots beyond the common beginning for later. */
static gboolean
leave (RosterSlotDiff *self, guint n_old, guint n_new, guint *n_removed, guint *n_added)
{
  *n_removed = self->n_old_left - (self->n_same + n_old);
  *n_added = self->n_new_from - (self->n_same + n_new);
  self->n_old_left -= *n_removed;
  self->n_new_from -= *n_added;
  return *n_removed + *n_added > 0;
}

/* One run of slots that go or come. Returns: whether there was one */
static gboolean
next_fine (RosterSlotDiff *self, guint *n_removed, guint *n_added)
{
  guint n;
  const guint *from = get_slots (self->old_slots, &n);
  const guint *to = get_slots (self->new_slots, &n);

  *n_removed = *n_added = 0;
  skip_same (self, from, to);
  while (has_old (self) && !meet (self, from, to) &&
         !stays (self, from[self->n_old_left - 1], self->new_slots))
    {
      self->n_old_left--;
      ++*n_removed;
    }
  while (*n_removed == 0 && has_new (self) && !meet (self, from, to) &&
         !stays (self, to[self->n_new_from - 1], self->old_slots))
    {
      self->n_new_from--;
      ++*n_added;
    }
  return *n_removed + *n_added > 0;
}

static gboolean
next_coarse (RosterSlotDiff *self, guint *n_removed, guint *n_added)
{
  guint n_old = self->n_old_left - self->n_same;
  guint n_new = self->n_new_from - self->n_same;

  return leave (self, MIN (n_old, ROSTER_SLOT_DIFF_REPLACE_MAX), n_new, n_removed, n_added) ||
         leave (self, n_old, MIN (n_new, ROSTER_SLOT_DIFF_REPLACE_MAX), n_removed, n_added) ||
         leave (self, 0, 0, n_removed, n_added);
}

/* Where little is replaced by more than one step may add, the rest comes last: before that, GTK
 * would make rows for it that the step then pushes out of sight. */
static void
put_off_end (RosterSlotDiff *self, guint n_old, guint n_new)
{
  if (n_old - self->n_same > ROSTER_SLOT_DIFF_REPLACE_MAX ||
      n_new - self->n_same <= ROSTER_SLOT_DIFF_REPLACE_MAX)
    return;
  self->n_old_left = n_old;
  self->n_new_end = self->n_new_from = self->n_same + ROSTER_SLOT_DIFF_REPLACE_MAX;
}

static gboolean
next_end (RosterSlotDiff *self, guint *position, guint *n_added)
{
  guint n_new;

  get_slots (self->new_slots, &n_new);
  *position = roster_slot_diff_get_n (self);
  *n_added = n_new - self->n_new_end;
  self->n_new_end = n_new;
  return *n_added > 0;
}

static gboolean
is_short (const RosterSlotDiff *self)
{
  RosterSlotDiff trial = *self;
  guint n_removed, n_added;

  if (MAX (trial.n_old_left, trial.n_new_from) - MIN (trial.n_old_left, trial.n_new_from) >
      LONG_RUN)
    return FALSE;
  for (guint i = 0; i < MAX_STEPS; i++)
    if (!next_fine (&trial, &n_removed, &n_added))
      break;
  return !has_old (&trial) && !has_new (&trial);
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
    .n_old_left = n_old,
    .n_new_from = n_new,
    .n_new_end = n_new,
  };
  skip_same (self, from, to);
  while (has_old (self) && has_new (self) && from[self->n_same] == to[self->n_same])
    self->n_same++;
  self->coarse = n_changed > MAX_CHANGED || !is_short (self);
  if (self->coarse)
    put_off_end (self, n_old, n_new);
}

gboolean
roster_slot_diff_next (RosterSlotDiff *self, guint *position, guint *n_removed, guint *n_added)
{
  gboolean found =
      self->coarse ? next_coarse (self, n_removed, n_added) : next_fine (self, n_removed, n_added);

  *position = self->n_old_left;
  if (found || next_end (self, position, n_added))
    return TRUE;

  /* The common beginning is the same in both: from here on the new sequence is all there is. */
  self->n_old_left = self->n_new_from = self->n_same = 0;
  self->old_slots = NULL;
  return FALSE;
}

guint
roster_slot_diff_get_n (RosterSlotDiff *self)
{
  return self->n_old_left + self->n_new_end - self->n_new_from;
}

guint
roster_slot_diff_get (RosterSlotDiff *self, guint position)
{
  guint n;

  if (position < self->n_old_left)
    return get_slots (self->old_slots, &n)[position];
  return get_slots (self->new_slots, &n)[self->n_new_from + position - self->n_old_left];
}
