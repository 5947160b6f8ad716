/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-index-private.h"
#include "search-people.h"

static void
test_new (void)
{
  g_autoptr (RosterIndex) index = roster_index_new_empty ();
  g_autoptr (RosterIndex) reference = roster_index_ref (index);
  RosterPersonView view;

  g_assert_true (reference == index);
  g_assert_cmpuint (roster_index_get_n_people (index), ==, 0);
  g_assert_cmpuint (roster_index_get_n_slots (index), ==, 0);
  g_assert_false (roster_index_get (index, 0, &view));
  g_assert_false (roster_index_get (index, G_MAXUINT, &view));
}

static void
test_builder (void)
{
  static const guint n_slots[] = { 1, 63, 64, 4095, 4096, 4097, 10000 };
  RosterPersonView view = { "id", "Name", "e@mail.example", "030", 1, 2 };
  RosterIndexBuilder *given_up = roster_index_builder_new ();

  roster_index_builder_add (given_up, 0, &view);
  roster_index_builder_add (given_up, 5000, &view);
  roster_index_builder_free (given_up);

  for (gsize i = 0; i < G_N_ELEMENTS (n_slots); i++)
    {
      g_autoptr (SearchPeople) people = search_people_new (n_slots[i]);
      g_autoptr (RosterIndex) index = search_people_index (people);

      search_people_assert_index (people, index);
    }
}

/* A hole of several chunks, and the first and the last slot of one. */
static void
test_sparse (void)
{
  static const guint slots[] = { 0, 4095, 4096, 50000, 1000000 };
  RosterPersonView view = { "id", "Name", "e@mail.example", "030", 1, 2 };
  RosterIndexBuilder *builder = roster_index_builder_new ();
  g_autoptr (RosterIndex) index = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    roster_index_builder_add (builder, slots[i], &view);
  index = roster_index_builder_end (builder);

  g_assert_cmpuint (roster_index_get_n_people (index), ==, 5);
  g_assert_cmpuint (roster_index_get_n_slots (index), ==, 1000001);
  for (gsize i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_assert_true (roster_index_get (index, slots[i], &view));
      g_assert_cmpint (roster_index_get (index, slots[i] + 1, &view), ==, slots[i] == 4095);
    }
  g_assert_false (roster_index_get (index, 20000, &view));

  for (gsize i = G_N_ELEMENTS (slots); i > 0; i--)
    {
      RosterIndex *next = roster_index_apply (index, NULL, 0, &slots[i - 1], 1);

      g_assert_cmpuint (roster_index_get_n_slots (next), ==, i > 1 ? slots[i - 2] + 1 : 0);
      roster_index_unref (index);
      index = next;
    }
  g_assert_cmpuint (roster_index_get_n_people (index), ==, 0);
}

static void
test_apply (void)
{
  g_autoptr (SearchPeople) people = search_people_new (9000);
  g_autoptr (RosterIndex) index = search_people_index (people);
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < 60; i++)
    {
      guint n_changes = i % 10 == 0 ? 5000 : (guint) g_test_rand_int_range (0, 20);
      RosterIndex *next = search_people_change (people, index, n_changes, slots);
      g_autoptr (RosterIndex) fresh = search_people_index (people);

      search_people_assert_index (people, next);
      g_assert_cmpuint (roster_index_get_size_bytes (next), ==,
                        roster_index_get_size_bytes (fresh));
      for (guint chunk = 0; chunk < 3; chunk++)
        {
          RosterFoldedChunk one;
          RosterFoldedChunk other;

          g_assert_true (roster_index_get_folded (next, chunk, &one));
          g_assert_true (roster_index_get_folded (fresh, chunk, &other));
          for (guint part = 0; part < ROSTER_N_NEEDLE_PARTS; part++)
            g_assert_cmpmem (one.parts[part].text, one.parts[part].starts[ROSTER_INDEX_CHUNK_SLOTS],
                             other.parts[part].text,
                             other.parts[part].starts[ROSTER_INDEX_CHUNK_SLOTS]);
          g_assert_cmpmem (one.letters, ROSTER_N_LETTERS * sizeof *one.letters, other.letters,
                           ROSTER_N_LETTERS * sizeof *other.letters);
        }
      roster_index_unref (index);
      index = next;
    }
}

static void
test_snapshots (void)
{
  g_autoptr (RosterIndex) empty = roster_index_new_empty ();
  g_autoptr (RosterPerson) one = roster_person_new ("1", "One", "1@mail.example", "1");
  g_autoptr (RosterPerson) other = roster_person_new (NULL, "Other", "2@mail.example", "2");
  g_autoptr (RosterPerson) nowhere = roster_person_new ("3", "Nowhere", "3@mail.example", "3");
  RosterPerson *both[] = { one, other, nowhere };
  g_autoptr (RosterIndex) first = NULL;
  g_autoptr (RosterIndex) second = NULL;
  g_autoptr (RosterIndex) same = NULL;
  guint removed[] = { 5, 5, 77777 };
  RosterPersonView view;

  one->slot = 5;
  other->slot = 5;
  first = roster_index_apply (empty, both, 1, NULL, 0);
  /* Removed and put, and put twice: the last person stands. */
  second = roster_index_apply (first, both, 3, removed, 3);
  same = roster_index_apply (second, NULL, 0, NULL, 0);

  g_assert_cmpuint (roster_index_get_n_people (empty), ==, 0);
  g_assert_true (roster_index_get (first, 5, &view));
  g_assert_cmpstr (view.name, ==, "One");
  g_assert_cmpuint (roster_index_get_n_people (second), ==, 1);
  g_assert_true (roster_index_get (second, 5, &view));
  g_assert_cmpstr (view.name, ==, "Other");
  g_assert_cmpstr (view.id, ==, "");
  g_assert_cmpuint (roster_index_get_n_people (same), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/index/new", test_new);
  g_test_add_func ("/search/index/builder", test_builder);
  g_test_add_func ("/search/index/sparse", test_sparse);
  g_test_add_func ("/search/index/apply", test_apply);
  g_test_add_func ("/search/index/snapshots", test_snapshots);
  return g_test_run ();
}
