/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person-list.h"

G_BEGIN_DECLS

/**
 * RosterPeople:
 *
 * Some of those in the list, in its order, as they are at one moment: what an action takes with it,
 * however many there are. Immutable, any thread; reference counts are atomic.
 */
typedef struct _RosterPeople RosterPeople;

/**
 * roster_people_new:
 * @list: main thread
 * @set: the slots of those who count; copied
 *
 * Returns: (transfer full) (nullable): those who are in @list and in @set; %NULL while @list is
 *   still being loaded
 */
RosterPeople *roster_people_new (RosterPersonList *list, const RosterSlotSet *set);
RosterPeople *roster_people_ref (RosterPeople *self);
void roster_people_unref (RosterPeople *self);

/** roster_people_get_n: Returns: how many. */
guint roster_people_get_n (RosterPeople *self);

/**
 * roster_people_next:
 * @cursor: (inout): 0 to begin
 * @view: (out caller-allocates): who is next; valid as long as @self
 *
 * Returns: whether there was somebody left
 */
gboolean roster_people_next (RosterPeople *self, guint *cursor, RosterPersonView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterPeople, roster_people_unref)

G_END_DECLS
