/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a replica does when all is well. */

#include "config.h"

#include "replica-test.h"
#include "roster-error.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
}

static RosterPerson *
add (Fixture *fixture, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  RosterPerson *created = replica_test_create_one (fixture->replica, person, &error);

  g_assert_no_error (error);
  return created;
}

static void
assert_people (RosterReplica *replica, RosterPerson *const *people, guint n_people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) loaded = replica_test_load (replica, &error);
  g_autoptr (GPtrArray) first_page = NULL;
  guint n;

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, n_people);
  for (guint i = 0; i < n_people; i++)
    {
      g_assert_true (roster_person_equal (loaded->pdata[i], people[i]));
      g_assert_cmpuint (((RosterPerson *) loaded->pdata[i])->slot, ==, people[i]->slot);
    }
  first_page = replica_test_first_page (replica, "none", &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first_page->len, ==, 0);
  g_assert_cmpuint (n, ==, n_people);
}

static void
test_new (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/people.roster");
  RosterReplica *replica = roster_replica_new (file);

  g_assert_true (roster_replica_get_file (replica) == file);
  g_assert_false (roster_replica_get_read_only (replica));
  g_assert_finalize_object (replica);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  gint64 before_unix_ms = g_get_real_time () / 1000;
  g_autoptr (RosterPerson) person = add (fixture, 1);
  g_autoptr (RosterPerson) expected = replica_test_person (1);

  g_assert_cmpint (person->created_at_unix_ms, >=, before_unix_ms);
  g_assert_cmpint (person->created_at_unix_ms, <=, g_get_real_time () / 1000);
  expected->created_at_unix_ms = person->created_at_unix_ms;
  expected->updated_at_unix_ms = person->created_at_unix_ms;
  expected->slot = 1;
  g_assert_true (roster_person_equal (person, expected));
  assert_people (fixture->replica, &expected, 1);

  g_assert_true (replica_test_close (fixture->replica, NULL));
  g_assert_true (replica_test_open (fixture->replica, NULL));
  assert_people (fixture->replica, &expected, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/replica/new", test_new);
  g_test_add ("/replica/create", Fixture, NULL, set_up, test_create, tear_down);

  return g_test_run ();
}
