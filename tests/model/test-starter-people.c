/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-cuid.h"
#include "roster-person-validation.h"
#include "roster-starter-people.h"

static void
test_ten_valid_people (void)
{
  g_autoptr (GPtrArray) people = roster_starter_people_new ();
  g_autoptr (GHashTable) emails = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (people->len, ==, 10);
  for (guint i = 0; i < people->len; i++)
    {
      const RosterPerson *person = g_ptr_array_index (people, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (RosterPerson) kept = roster_person_validate (person, &error);

      g_assert_no_error (error);
      g_assert_true (roster_person_equal (kept, person));
      g_assert_true (roster_cuid_is_valid (person->id));
      g_assert_cmpint (person->created_at_unix_ms, ==, 0);
      g_assert_cmpint (person->updated_at_unix_ms, ==, 0);
      g_assert_true (g_hash_table_add (emails, person->email));
    }
}

static void
test_new_ids_each_time (void)
{
  g_autoptr (GPtrArray) a = roster_starter_people_new ();
  g_autoptr (GPtrArray) b = roster_starter_people_new ();

  for (guint i = 0; i < a->len; i++)
    {
      const RosterPerson *one = g_ptr_array_index (a, i);
      const RosterPerson *other = g_ptr_array_index (b, i);

      g_assert_cmpstr (one->name, ==, other->name);
      g_assert_cmpstr (one->id, !=, other->id);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/starter-people/ten-valid-people", test_ten_valid_people);
  g_test_add_func ("/starter-people/new-ids-each-time", test_new_ids_each_time);
  return g_test_run ();
}
