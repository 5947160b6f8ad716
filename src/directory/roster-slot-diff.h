/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-slots.h"

G_BEGIN_DECLS

/**
 * RosterSlotDiff:
 *
 * The way from one sequence of slots to another as few small steps, each of which is a
 * GListModel::items-changed. In between, the list consists of the first @n_new_done slots of the
 * new sequence and those of the old one from @n_old_done on, so that nothing need be copied.
 * Initialise with roster_slot_diff_init(). One thread.
 */
typedef struct
{
  RosterSlots *old_slots;
  RosterSlots *new_slots;
  guint n_old_done;
  guint n_new_done;

  /*< private >*/
  const guint *changed;
  gsize n_changed;
  guint n_old_end;
  guint n_new_end;
  guint n_steps;
  gboolean coarse;
} RosterSlotDiff;

/**
 * roster_slot_diff_init:
 * @old_slots: (nullable) (transfer none): what the list shows; %NULL for nothing
 * @new_slots: (nullable) (transfer none): what it is to show
 * @changed: (array length=n_changed): slots that may stand elsewhere in the order than before;
 * ascending. Everybody else who is in both should have kept the relative order; where not, the rest
 * is replaced whole
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
 * Takes the next step: the list is as after it when this returns. A step that removes many does
 * not add as well: GTK asks for every added item of a step that does both.
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
