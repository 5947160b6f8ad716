/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "search-people.h"

#include "roster-sample-people.h"

static void
person_free (gpointer person)
{
  if (person != NULL)
    roster_person_free (person);
}

static RosterPerson *
make_person (SearchPeople *people, guint slot)
{
  static const char *const names[] = { "", "\xff\xfe", "Zo\u0308e", "zoe", "Zoë", "'", "Müller" };
  RosterPerson *person = roster_sample_person_new (people->next_number++);

  person->slot = slot;
  if (people->next_number % 5 == 0)
    {
      g_free (person->name);
      person->name = g_strdup (names[people->next_number / 5 % G_N_ELEMENTS (names)]);
    }
  /* Many at the same time, some before 1970. */
  person->created_at_unix_ms = (gint64) (people->next_number % 7) - 3;
  person->updated_at_unix_ms = (gint64) (people->next_number % 11) * 1000;
  return person;
}

SearchPeople *
search_people_new (guint n_slots)
{
  SearchPeople *people = g_new0 (SearchPeople, 1);

  people->by_slot = g_ptr_array_new_with_free_func (person_free);
  g_ptr_array_set_size (people->by_slot, (int) n_slots);
  for (guint slot = 0; slot < n_slots; slot++)
    {
      if (g_test_rand_int_range (0, 4) > 0)
        people->by_slot->pdata[slot] = make_person (people, slot);
    }
  return people;
}

void
search_people_free (SearchPeople *people)
{
  g_ptr_array_unref (people->by_slot);
  g_free (people);
}

RosterIndex *
search_people_index (SearchPeople *people)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();

  for (guint slot = 0; slot < people->by_slot->len; slot++)
    {
      const RosterPerson *person = g_ptr_array_index (people->by_slot, slot);

      if (person != NULL)
        {
          RosterPersonView view = { person->id,
                                    person->name,
                                    person->email,
                                    person->phone,
                                    person->created_at_unix_ms,
                                    person->updated_at_unix_ms };

          roster_index_builder_add (builder, slot, &view);
        }
    }
  return roster_index_builder_end (builder);
}

RosterIndex *
search_people_change (SearchPeople *people, RosterIndex *index, guint n_changes, GArray *slots)
{
  g_autoptr (GPtrArray) put = g_ptr_array_new ();
  g_autoptr (GArray) removed = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_changes; i++)
    {
      guint slot = (guint) g_test_rand_int_range (0, (gint32) people->by_slot->len);
      RosterPerson *person = NULL;

      if (!g_hash_table_add (seen, GUINT_TO_POINTER (slot)))
        continue;
      g_array_append_val (slots, slot);
      if (g_test_rand_int_range (0, 3) > 0)
        person = make_person (people, slot);
      person_free (g_ptr_array_index (people->by_slot, slot));
      people->by_slot->pdata[slot] = person;
      if (person != NULL)
        g_ptr_array_add (put, person);
      else
        g_array_append_val (removed, slot);
    }
  return roster_index_apply (index, (RosterPerson *const *) put->pdata, put->len,
                             &g_array_index (removed, guint, 0), removed->len);
}

void
search_people_assert_index (SearchPeople *people, RosterIndex *index)
{
  guint n_people = 0;
  guint n_slots = 0;

  for (guint slot = 0; slot < people->by_slot->len; slot++)
    {
      const RosterPerson *person = g_ptr_array_index (people->by_slot, slot);
      RosterPersonView view;

      g_assert_cmpint (roster_index_get (index, slot, &view), ==, person != NULL);
      if (person == NULL)
        continue;
      n_people++;
      n_slots = slot + 1;
      g_assert_cmpstr (view.id, ==, person->id);
      g_assert_cmpstr (view.name, ==, person->name);
      g_assert_cmpstr (view.email, ==, person->email);
      g_assert_cmpstr (view.phone, ==, person->phone);
      g_assert_cmpint (view.created_at_unix_ms, ==, person->created_at_unix_ms);
      g_assert_cmpint (view.updated_at_unix_ms, ==, person->updated_at_unix_ms);
    }
  g_assert_cmpuint (roster_index_get_n_people (index), ==, n_people);
  g_assert_cmpuint (roster_index_get_n_slots (index), ==, n_slots);
}
