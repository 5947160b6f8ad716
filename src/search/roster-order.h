/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-index.h"

G_BEGIN_DECLS

/**
 * RosterSort:
 * @ROSTER_SORT_NAME: by name in the locale's collation (UTS #10 with CLDR's tailoring)
 * @ROSTER_SORT_ADDED: recently added first
 * @ROSTER_SORT_CHANGED: recently changed first
 *
 * Equal ones are ordered by name, then by slot.
 */
typedef enum
{
  ROSTER_SORT_NAME,
  ROSTER_SORT_ADDED,
  ROSTER_SORT_CHANGED,
} RosterSort;

/**
 * RosterOrder:
 *
 * Everybody of one index in order: an immutable array of slots. Any thread; reference counts are
 * atomic.
 */
typedef struct _RosterOrder RosterOrder;

/**
 * roster_order_new:
 * @locale: (nullable): a POSIX or BCP 47 locale name; %NULL for the one of LC_COLLATE
 *
 * Sorts everybody: long work, not for the main thread.
 *
 * Returns: (transfer full): the order of @index
 */
RosterOrder *roster_order_new (RosterIndex *index, RosterSort sort, const char *locale);
RosterOrder *roster_order_ref (RosterOrder *self);
void roster_order_unref (RosterOrder *self);

/** roster_order_get_sort: Returns: what it is ordered by. */
RosterSort roster_order_get_sort (RosterOrder *self);

/** roster_order_get_slots: @n_slots: (out): how many. Returns: (transfer none): the slots in order.
 */
const guint *roster_order_get_slots (RosterOrder *self, guint *n_slots);

/**
 * roster_order_apply:
 * @index: the snapshot after a change
 * @changed: (array length=n_changed): slots whose person is new, changed or gone in @index
 *
 * Returns: (transfer full): the order of @index, given that @self is the order of the snapshot
 * before
 */
RosterOrder *roster_order_apply (RosterOrder *self,
                                 RosterIndex *index,
                                 const guint *changed,
                                 gsize n_changed);

/**
 * roster_order_filter:
 * @bitmap: as roster_query_scan() makes it
 * @n_matches: (out): how many slots are returned
 *
 * Returns: (transfer full) (array length=n_matches): the slots whose bit is set, in order
 */
guint *roster_order_filter (RosterOrder *self, const guint64 *bitmap, guint *n_matches);

/**
 * roster_order_filter_range:
 * @first: position in the order where to begin
 * @end: where to stop, one past the last
 * @slots: (array): room for @end - @first slots
 *
 * Does a part of roster_order_filter(). Returns: how many there are in @slots, in order
 */
guint roster_order_filter_range (RosterOrder *self,
                                 const guint64 *bitmap,
                                 guint first,
                                 guint end,
                                 guint *slots);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterOrder, roster_order_unref)

G_END_DECLS
