/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list with people in it, without a directory around it. */

#include "config.h"

#include "list-people.h"

#include "roster-sample-people.h"

void
list_people_fill (RosterPersonList *list, guint n)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();
  g_autoptr (RosterIndex) index = NULL;
  g_autoptr (RosterOrder) order = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      roster_index_builder_add (builder, i + 1,
                                &(RosterPersonView){ person->id, person->name, person->email,
                                                     person->phone, person->created_at_unix_ms,
                                                     person->updated_at_unix_ms });
    }
  index = roster_index_builder_end (builder);
  order = roster_order_new (index, roster_person_list_get_sort (list), NULL);
  roster_person_list_set_snapshot (list, index, order);
}

void
list_people_apply (RosterPersonList *list, RosterPerson *person, gboolean removed)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  g_ptr_array_add (removed ? batch->removed : batch->people, person);
  roster_person_list_apply (list, batch);
}
