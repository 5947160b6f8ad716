/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-slots.h"

G_BEGIN_DECLS

/** ROSTER_SLOT_DIFF_REPLACE_MAX: the most slots that one step both removes and adds. */
#define ROSTER_SLOT_DIFF_REPLACE_MAX 256

/**
 * RosterSlotDiff:
 *
 * The way from one sequence of slots to another in a few steps, each of which is a
 * GListModel::items-changed. It is walked from the end to the beginning: in between, the list
 * consists of the first @n_old_left slots of the old sequence and those of the new one from
 * @n_new_from to @n_new_end, so that nothing need be copied. Initialise with
 * roster_slot_diff_init(). One thread.
 *
 * The steps suit GtkListView, which keeps the row of an item that one step removes and adds again,
 * and binds the other rows of that step anew instead of making new ones, but asks for every item
 * that such a step adds: few steps; what is at the beginning, where a new search begins to be
 * looked at, replaced in one bounded step; long runs either removed or added.
 */
typedef struct
{
  RosterSlots *old_slots;
  RosterSlots *new_slots;
  guint n_old_left;
  guint n_new_from;
  guint n_new_end;

  /*< private >*/
  const guint *changed;
  gsize n_changed;
  guint n_same; /* at the beginning */
  gboolean coarse;
} RosterSlotDiff;

/**
 * roster_slot_diff_init:
 * @old_slots: (nullable) (transfer none): what the list shows; %NULL for nothing
 * @new_slots: (nullable) (transfer none): what it is to show
 * @changed: (array length=n_changed): slots that may stand elsewhere in the order than before;
 * ascending. Everybody else who is in both should have kept the relative order; where not, more is
 * replaced
 *
 * The sequences and @changed have to stay until the last step.
 */
void roster_slot_diff_init (RosterSlotDiff *self,
                            RosterSlots *old_slots,
                            RosterSlots *new_slots,
                            const guint *changed,
                            gsize n_changed);

/**
 * roster_slot_diff_next:
 * @position: (out): of the step
 * @n_removed: (out): how many slots go at @position
 * @n_added: (out): how many come there
 *
 * Takes the next step: the list is as after it when this returns.
 *
 * Returns: whether there was a step; after the last the old sequence is not needed any more
 */
gboolean roster_slot_diff_next (RosterSlotDiff *self,
                                guint *position,
                                guint *n_removed,
                                guint *n_added);

/** roster_slot_diff_get_n: Returns: how many slots the list has after the steps so far. */
guint roster_slot_diff_get_n (RosterSlotDiff *self);

/** roster_slot_diff_get: @position: less than roster_slot_diff_get_n(). Returns: the slot there. */
guint roster_slot_diff_get (RosterSlotDiff *self, guint position);

G_END_DECLS
