/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterSlotSet:
 *
 * A set of slots: one bit each, as slots are small and dense, so that a million people are copied,
 * counted or compared in microseconds. One thread, or any number that only read it.
 */
typedef struct _RosterSlotSet RosterSlotSet;

/** roster_slot_set_new: Returns: (transfer full): an empty set. */
RosterSlotSet *roster_slot_set_new (void);

RosterSlotSet *roster_slot_set_copy (const RosterSlotSet *self);
void roster_slot_set_free (RosterSlotSet *self);

gboolean roster_slot_set_contains (const RosterSlotSet *self, guint slot);
void roster_slot_set_add (RosterSlotSet *self, guint slot);
void roster_slot_set_remove (RosterSlotSet *self, guint slot);

/** roster_slot_set_get_n: Returns: how many slots are in it. */
guint roster_slot_set_get_n (const RosterSlotSet *self);

/** roster_slot_set_count_common: Returns: how many of its slots have their bit in @words. */
guint roster_slot_set_count_common (const RosterSlotSet *self, const guint64 *words, gsize n_words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSlotSet, roster_slot_set_free)

G_END_DECLS
