/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-person-list.h"

G_BEGIN_DECLS

/* What RosterDirectory, which fills the list, may do with it. Main thread. */

/** roster_person_list_new: Returns: (transfer full): a list of nobody, not yet searchable. */
RosterPersonList *roster_person_list_new (void);

/**
 * roster_person_list_set_preview:
 * @people: (element-type RosterPerson): the first page, in order, with slots
 *
 * Shows these until there is a snapshot.
 */
void roster_person_list_set_preview (RosterPersonList *self, GPtrArray *people);

/**
 * roster_person_list_set_snapshot:
 * @index: everybody
 * @order: everybody of @index in the order of "sort"
 */
void roster_person_list_set_snapshot (RosterPersonList *self,
                                      RosterIndex *index,
                                      RosterOrder *order);

/**
 * roster_person_list_apply:
 * @batch: what changed, with slots
 *
 * Takes over a change; there has to be a snapshot. A few people are shown at once; many are put in
 * their places on a thread, and the list shows the state before, whole, until that is done
 * (roster_person_list_is_behind()). @batch is not to be changed any more.
 */
void roster_person_list_apply (RosterPersonList *self, const RosterBatch *batch);

/** roster_person_list_is_behind: Returns: whether a change that was applied is not shown yet. */
gboolean roster_person_list_is_behind (RosterPersonList *self);

/** roster_person_list_get_index: Returns: (transfer none) (nullable): the snapshot. */
RosterIndex *roster_person_list_get_index (RosterPersonList *self);

/** roster_person_list_get_order: Returns: (transfer none) (nullable): everybody in order. */
RosterOrder *roster_person_list_get_order (RosterPersonList *self);

/**
 * roster_person_list_dup_object:
 * @person: somebody with a slot
 *
 * Returns: (transfer full): the object that stands for @person, in the list or not
 */
PersonObject *roster_person_list_dup_object (RosterPersonList *self, const RosterPerson *person);

/** roster_person_list_dup_object_at: Returns: (transfer full) (nullable): who is at @slot. */
PersonObject *roster_person_list_dup_object_at (RosterPersonList *self, guint slot);

G_END_DECLS
