/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An open replica and what is asked of it again and again. */

#include "config.h"

#include "replica-fixture.h"

static void
changed_cb (RosterReplica *replica, const RosterBatch *batch, ReplicaFixture *fixture)
{
  g_assert_true (g_main_context_is_owner (NULL));
  for (guint i = 0; i < batch->removed->len; i++)
    g_string_append_printf (fixture->log, "-%u", ((RosterPerson *) batch->removed->pdata[i])->slot);
  for (guint i = 0; i < batch->people->len; i++)
    g_string_append_printf (fixture->log, "+%u", ((RosterPerson *) batch->people->pdata[i])->slot);
  g_string_append_c (fixture->log, ';');
}

void
replica_fixture_set_up (ReplicaFixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->replica, "changed", G_CALLBACK (changed_cb), fixture);
}

void
replica_fixture_tear_down (ReplicaFixture *fixture, gconstpointer data)
{
  if (fixture->replica)
    replica_test_free (fixture->replica);
  g_string_free (fixture->log, TRUE);
  roster_test_folder_delete (fixture->folder);
}

void
replica_fixture_assert_log (ReplicaFixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

RosterPerson *
replica_fixture_add (ReplicaFixture *fixture, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  RosterPerson *created = replica_test_create_one (fixture->replica, person, &error);

  g_assert_no_error (error);
  return created;
}

void
replica_fixture_add_only (ReplicaFixture *fixture, guint number)
{
  roster_person_free (replica_fixture_add (fixture, number));
}

void
replica_fixture_delete_number (ReplicaFixture *fixture, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  const char *ids[] = { person->id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) deleted = replica_test_delete (fixture->replica, ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (deleted->n_people, ==, 1);
  g_assert_cmpuint (deleted->person->slot, ==, ROSTER_NO_SLOT);
}

/* Asserts who is there by number and slot, in order of slots, and that they are counted. */
void
replica_fixture_assert_everybody (ReplicaFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = replica_test_load (fixture->replica, &error);
  g_autoptr (GPtrArray) first_page = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  guint n_people;

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    {
      RosterPerson *person = people->pdata[i];

      g_string_append_printf (found, "%s%s@%u", i > 0 ? " " : "",
                              person->id + strspn (person->id, "cperson0"), person->slot);
    }
  g_assert_cmpstr (found->str, ==, expected);
  first_page = replica_test_first_page (fixture->replica, "none", &n_people, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_people, ==, people->len);
}

void
replica_fixture_close_and_open (ReplicaFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  replica_test_close (fixture->replica, &error);
  g_assert_no_error (error);
  replica_test_open (fixture->replica, &error);
  g_assert_no_error (error);
}

RosterBatch *
replica_fixture_new_batch (const guint *people, const guint *removed)
{
  RosterBatch *batch = roster_batch_new ();

  for (; *people; people++)
    g_ptr_array_add (batch->people, replica_test_person (*people));
  for (; *removed; removed++)
    g_ptr_array_add (batch->removed, replica_test_person (*removed));
  return batch;
}

void
replica_fixture_apply (ReplicaFixture *fixture, const guint *people, const guint *removed)
{
  g_autoptr (RosterBatch) batch = replica_fixture_new_batch (people, removed);
  g_autoptr (GError) error = NULL;

  replica_test_apply (fixture->replica, batch, &error);
  g_assert_no_error (error);
}
