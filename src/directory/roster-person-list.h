/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "person-object.h"
#include "roster-order.h"
#include "roster-query.h"
#include "roster-slots.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_SORT (roster_sort_get_type ())
GType roster_sort_get_type (void) G_GNUC_CONST;

#define ROSTER_TYPE_PERSON_LIST (roster_person_list_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonList, roster_person_list, ROSTER, PERSON_LIST, GObject)

/**
 * RosterPersonList:
 *
 * A GListModel of PersonObject: everybody in order, or those who match the search. Objects are made
 * when asked for and kept only as long as somebody holds them; the same person is the same object
 * meanwhile, and a change reaches it as property notifications. Properties: "search" (string, read
 * and write, never %NULL); "sort" (RosterSort, read and write); "n-people" (uint, read-only:
 * everybody, searched for or not); "n-matches" (uint, read-only: the
 * number of items, or of matches found so far); "complete" (boolean, read-only: FALSE while the
 * rest and the exact count are being found). Main thread.
 *
 * Signal "removed" (GArray *slots, of guint): the people at these slots, in the list or not, are
 * about to leave the directory; what the list shows of them goes with the next items-changed, and
 * only after that can a slot be somebody else's. Signal "replaced" (RosterSlots *old_slots):
 * because many people changed, those who are in the list before and after were removed and added
 * like others; @old_slots is what the list was.
 */

const char *roster_person_list_get_search (RosterPersonList *self);

/**
 * roster_person_list_set_search:
 * @search: (nullable): as typed
 *
 * Puts the first page of matches into the model before it returns, where enough people match to
 * fill it quickly; the rest and the exact count follow ("complete").
 */
void roster_person_list_set_search (RosterPersonList *self, const char *search);

RosterSort roster_person_list_get_sort (RosterPersonList *self);
void roster_person_list_set_sort (RosterPersonList *self, RosterSort sort);

/** roster_person_list_get_query: Returns: (transfer none): what is searched for, for highlighting.
 */
RosterQuery *roster_person_list_get_query (RosterPersonList *self);

gboolean roster_person_list_get_complete (RosterPersonList *self);

/** roster_person_list_get_slot: @position: less than the number of items. Returns: the slot of who
 * is there: it stays theirs whatever the order and the search. */
guint roster_person_list_get_slot (RosterPersonList *self, guint position);

/** roster_person_list_get_slots: Returns: (transfer none) (nullable): the items' slots, as they are
 * once the change that is being told of, if any, is complete. */
RosterSlots *roster_person_list_get_slots (RosterPersonList *self);

/** roster_person_list_has: Returns: whether @person is in the directory, searched for or not. */
gboolean roster_person_list_has (RosterPersonList *self, PersonObject *person);

/**
 * roster_person_list_find:
 * @person: somebody
 * @position: (out) (optional): where
 *
 * Returns: whether @person is among the items
 */
gboolean roster_person_list_find (RosterPersonList *self, PersonObject *person, guint *position);

G_END_DECLS
