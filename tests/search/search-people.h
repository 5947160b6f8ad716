/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-index.h"

G_BEGIN_DECLS

/** SearchPeople: people by slot, as a directory that changes at random; what an index is compared
 * with. NULL where nobody is. */
typedef struct
{
  GPtrArray *by_slot;
  guint64 next_number;
} SearchPeople;

SearchPeople *search_people_new (guint n_slots);
void search_people_free (SearchPeople *people);

/** search_people_index: Returns: (transfer full): an index made from nothing. */
RosterIndex *search_people_index (SearchPeople *people);

/**
 * search_people_change:
 * @n_changes: how many slots to fill, change or empty, at random
 * @slots: (inout) (element-type guint): the slots are added here
 *
 * Returns: (transfer full): @index with the same changes applied
 */
RosterIndex *search_people_change (SearchPeople *people,
                                   RosterIndex *index,
                                   guint n_changes,
                                   GArray *slots);

/** search_people_assert_index: fails unless @index holds these very people. */
void search_people_assert_index (SearchPeople *people, RosterIndex *index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SearchPeople, search_people_free)

G_END_DECLS
