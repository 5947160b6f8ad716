/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-index.h"
#include "roster-order.h"
#include "roster-query.h"
#include "roster-slots.h"

G_BEGIN_DECLS

/**
 * RosterListChange:
 * @people: (element-type RosterPerson) (nullable): who is new, changed or gone; nobody writes to
 *   them any more; let go of once it is applied
 * @removed: whether they are gone
 * @slots: (element-type guint): theirs, ascending
 * @index: (nullable): everybody before the change; after it once it is applied
 * @order: (nullable): everybody of @index in order
 * @query: (nullable): what @shown was looked for
 * @shown: (nullable): who is to be shown after the change
 *
 * The way from one snapshot of everybody to the next, where it may be too long for the main thread.
 * One thread at a time.
 */
typedef struct
{
  GPtrArray *people;
  gboolean removed;
  GArray *slots;
  RosterIndex *index;
  RosterOrder *order;
  RosterQuery *query;
  RosterSlots *shown;
} RosterListChange;

/** roster_list_change_new: @people: shared. Returns: (transfer full): a change of them. */
RosterListChange *roster_list_change_new (GPtrArray *people, gboolean removed);
void roster_list_change_free (RosterListChange *self);

/** roster_list_change_is_small: Returns: whether it is applied to @index in a few milliseconds. */
gboolean roster_list_change_is_small (const RosterListChange *self, RosterIndex *index);

/** roster_list_change_apply: makes the snapshot after the change of those before it. */
void roster_list_change_apply (RosterListChange *self, RosterIndex *index, RosterOrder *order);

/**
 * roster_list_change_apply_async:
 * @self: stays where it is until the call completes
 * @index: (nullable): everybody before the change; %NULL when it is applied and only @query is new
 * @order: (nullable): everybody of @index in order
 * @query: what to look for after the change
 *
 * Applies a change and finds who is to be shown, on a thread of its own. Called from, and
 * completing on, the main thread; cannot fail.
 */
void roster_list_change_apply_async (RosterListChange *self,
                                     RosterIndex *index,
                                     RosterOrder *order,
                                     RosterQuery *query,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterListChange, roster_list_change_free)

G_END_DECLS
