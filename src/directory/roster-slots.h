/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-index.h"
#include "roster-order.h"
#include "roster-slot-set.h"

G_BEGIN_DECLS

/**
 * RosterSlots:
 *
 * Who is shown, in order: an immutable sequence of slots, no slot twice, that can tell quickly
 * whether it has a slot. Any thread; reference counts are atomic.
 */
typedef struct _RosterSlots RosterSlots;

/** roster_slots_bit: Returns: the bit of @slot within its word, number @slot / 64, of a bitmap. */
static inline guint64
roster_slots_bit (guint slot)
{
  return G_GUINT64_CONSTANT (1) << (slot % 64);
}

/**
 * roster_slots_new_all:
 * @order: everybody of @index in order
 *
 * Returns: (transfer full): everybody
 */
RosterSlots *roster_slots_new_all (RosterOrder *order, RosterIndex *index);

/**
 * roster_slots_new_some:
 * @slots: (array length=n) (transfer full): some people in order
 * @bitmap: (transfer full): their bits, as roster_query_scan() sets them
 * @n_bits: how many bits @bitmap has
 *
 * Returns: (transfer full): these people
 */
RosterSlots *roster_slots_new_some (guint *slots, guint n, guint64 *bitmap, guint n_bits);

/** roster_slots_new_list: @slots: (array length=n): copied. Returns: (transfer full): these people.
 */
RosterSlots *roster_slots_new_list (const guint *slots, guint n);

RosterSlots *roster_slots_ref (RosterSlots *self);
void roster_slots_unref (RosterSlots *self);

/** roster_slots_get: @n: (out): how many. Returns: (transfer none) (array length=n): the slots. */
const guint *roster_slots_get (RosterSlots *self, guint *n);

/** roster_slots_contain: Returns: whether @slot is among them. */
gboolean roster_slots_contain (RosterSlots *self, guint slot);

/** roster_slots_are_all: Returns: whether they were made by roster_slots_new_all(). */
gboolean roster_slots_are_all (RosterSlots *self);

/** roster_slots_dup_bitmap: @n_bits: how many are wanted. Returns: (transfer full): one bit a slot.
 */
guint64 *roster_slots_dup_bitmap (RosterSlots *self, guint n_bits);

/** roster_slots_count_in: @set: of nobody but people who are in the directory. Returns: how many of
 * these people are in @set. */
guint roster_slots_count_in (RosterSlots *self, const RosterSlotSet *set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSlots, roster_slots_unref)

G_END_DECLS
