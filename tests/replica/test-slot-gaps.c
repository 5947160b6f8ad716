/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files whose slots another program has moved. */

#include "config.h"

#include "replica-test.h"
#include "roster-test.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
} Fixture;

/* A directory of @n people, changed by @sql and opened again. */
static void
open_changed (Fixture *fixture, guint n, const char *sql)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);
      g_autoptr (RosterPerson) created = replica_test_create_one (fixture->replica, person, NULL);

      g_assert_nonnull (created);
    }
  replica_test_free (fixture->replica);
  replica_test_execute (fixture->folder, sql);
  fixture->replica = replica_test_new_open (fixture->folder);
}

static void
fixture_clear (Fixture *fixture)
{
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
}

static void
test_far (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (RosterPerson) person = replica_test_person (2);
  g_autoptr (RosterPerson) created = NULL;
  g_autoptr (GError) error = NULL;

  open_changed (&fixture, 2, "UPDATE people SET slot = 134217727 WHERE slot = 2;");
  people = replica_test_load (fixture.replica, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 2);
  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (RosterPerson) expected = replica_test_person (i);
      const RosterPerson *loaded = g_ptr_array_index (people, i);

      g_assert_cmpuint (loaded->slot, ==, i + 1);
      g_assert_cmpstr (loaded->name, ==, expected->name);
    }

  created = replica_test_create_one (fixture.replica, person, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (created->slot, ==, 3);
  fixture_clear (&fixture);
}

/* Each in a chunk of the index of their own. */
static void
test_scattered (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) people = NULL;

  open_changed (&fixture, 50, "UPDATE people SET slot = 134217727 - slot * 10000;");
  people = replica_test_load (fixture.replica, NULL);
  g_assert_cmpuint (people->len, ==, 50);
  for (guint i = 0; i < people->len; i++)
    g_assert_cmpuint (((RosterPerson *) g_ptr_array_index (people, i))->slot, ==, i + 1);
  fixture_clear (&fixture);
}

/* What comes of deleting stays where it is. */
static void
test_near (void)
{
  Fixture fixture;
  g_autoptr (GPtrArray) people = NULL;

  open_changed (&fixture, 2, "UPDATE people SET slot = 60000 WHERE slot = 2;");
  people = replica_test_load (fixture.replica, NULL);
  g_assert_cmpuint (people->len, ==, 2);
  g_assert_cmpuint (((RosterPerson *) g_ptr_array_index (people, 1))->slot, ==, 60000);
  fixture_clear (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slot-gaps/far", test_far);
  g_test_add_func ("/slot-gaps/scattered", test_scattered);
  g_test_add_func ("/slot-gaps/near", test_near);
  return g_test_run ();
}
