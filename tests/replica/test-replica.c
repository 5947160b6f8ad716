/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a replica does with people; what it does with its file is in test-replica-file.c, and what
 * every authority promises in test-authority-contract.c. */

#include "config.h"

#include "replica-fixture.h"
#include "roster-error.h"

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
test_create (ReplicaFixture *fixture, gconstpointer data)
{
  gint64 before_unix_ms = g_get_real_time () / 1000;
  g_autoptr (RosterPerson) person = replica_fixture_add (fixture, 1);
  g_autoptr (RosterPerson) expected = replica_test_person (1);
  g_autoptr (GPtrArray) people = NULL;

  g_assert_cmpint (person->created_at_unix_ms, >=, before_unix_ms);
  g_assert_cmpint (person->created_at_unix_ms, <=, g_get_real_time () / 1000);
  g_assert_cmpuint (person->slot, ==, 1);
  expected->created_at_unix_ms = expected->updated_at_unix_ms = person->created_at_unix_ms;
  g_assert_true (roster_person_equal (person, expected));
  replica_fixture_assert_log (fixture, "+1;");

  replica_fixture_close_and_open (fixture);
  people = replica_test_load (fixture->replica, NULL);
  g_assert_cmpuint (people->len, ==, 1);
  g_assert_true (roster_person_equal (people->pdata[0], expected));
  replica_fixture_assert_everybody (fixture, "1@1");
}

static void
test_create_same_time (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now_unix_ms;

  for (guint i = 0; i < 1000; i++)
    g_ptr_array_add (people, replica_test_person (i));
  created = replica_test_create (fixture->replica, (RosterPerson *const *) people->pdata,
                                 people->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (created->len, ==, 1000);
  now_unix_ms = ((RosterPerson *) created->pdata[0])->created_at_unix_ms;
  g_assert_cmpint (now_unix_ms, >, 0);
  for (guint i = 0; i < 1000; i++)
    {
      RosterPerson *person = created->pdata[i];

      g_assert_cmpuint (person->slot, ==, i + 1);
      g_assert_cmpint (person->created_at_unix_ms, ==, now_unix_ms);
      g_assert_cmpint (person->updated_at_unix_ms, ==, now_unix_ms);
    }
}

static void
test_create_keeps_times (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) created = NULL;
  g_autoptr (GError) error = NULL;

  person->created_at_unix_ms = 1000;
  person->updated_at_unix_ms = 2000;
  created = replica_test_create_one (fixture->replica, person, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (created, person));
}

static void
test_create_same_id_twice (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = replica_test_person (1);
  g_autoptr (RosterPerson) second = replica_test_person (2);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GError) error = NULL;

  g_free (second->id);
  second->id = g_strdup (first->id);
  created = replica_test_create (fixture->replica, (RosterPerson *[]){ first, second }, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (created->len, ==, 2);
  g_assert_true (roster_person_equal (created->pdata[0], created->pdata[1]));
  g_assert_cmpstr (((RosterPerson *) created->pdata[1])->email, ==, first->email);
  replica_fixture_assert_log (fixture, "+1;");
  replica_fixture_assert_everybody (fixture, "1@1");
}

static void
test_slots (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) second = NULL;
  g_autoptr (RosterPerson) wanted = NULL;
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (GError) error = NULL;

  replica_fixture_add_only (fixture, 1);
  second = replica_fixture_add (fixture, 2);
  replica_fixture_add_only (fixture, 3);
  wanted = roster_person_copy (second);
  g_free (wanted->name);
  wanted->name = g_strdup ("Grace Lee");
  updated = replica_test_update (fixture->replica, second, wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (updated->slot, ==, 2);
  replica_fixture_delete_number (fixture, 1);
  replica_fixture_assert_log (fixture, "+1;+2;+3;+2;-1;");
  replica_fixture_close_and_open (fixture);
  replica_fixture_assert_everybody (fixture, "2@2 3@3");
  replica_fixture_add_only (fixture, 4);
  replica_fixture_assert_everybody (fixture, "2@2 3@3 4@4");
}

static void
test_apply (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  RosterPerson *changed = replica_test_person (2);

  replica_fixture_apply (fixture, (guint[]){ 1, 2, 3, 0 }, (guint[]){ 0 });
  replica_fixture_assert_log (fixture, "+1+2+3;");
  replica_fixture_assert_everybody (fixture, "1@1 2@2 3@3");

  /* What is the same, or gone, is no change. */
  replica_fixture_apply (fixture, (guint[]){ 1, 2, 3, 0 }, (guint[]){ 7, 0 });
  replica_fixture_assert_log (fixture, "");

  /* A slot that is freed is not given out by the same batch, and an e-mail that is, is. */
  g_ptr_array_add (batch->removed, replica_test_person (3));
  g_ptr_array_add (batch->people, replica_test_person (4));
  g_free (((RosterPerson *) batch->people->pdata[0])->email);
  ((RosterPerson *) batch->people->pdata[0])->email = g_strdup ("person3@example.org");
  g_free (changed->name);
  changed->name = g_strdup ("Grace Lee");
  changed->created_at_unix_ms = 5;
  changed->updated_at_unix_ms = 6;
  g_ptr_array_add (batch->people, changed);
  replica_test_apply (fixture->replica, batch, &error);
  g_assert_no_error (error);
  replica_fixture_assert_log (fixture, "-3+4+2;");
  replica_fixture_assert_everybody (fixture, "1@1 2@2 4@4");
  people = replica_test_load (fixture->replica, &error);
  g_assert_true (roster_person_equal (people->pdata[1], changed));

  replica_fixture_apply (fixture, (guint[]){ 0 }, (guint[]){ 1, 2, 4, 0 });
  replica_fixture_assert_log (fixture, "-1-2-4;");
  replica_fixture_assert_everybody (fixture, "");
}

static void
test_apply_all_or_nothing (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterBatch) batch = replica_fixture_new_batch ((guint[]){ 1, 2, 0 }, (guint[]){ 0 });
  RosterPerson *second = batch->people->pdata[1];
  g_autoptr (GError) error = NULL;

  g_free (second->email);
  second->email = g_strdup ("person1@example.org");
  g_assert_false (replica_test_apply (fixture->replica, batch, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  replica_fixture_assert_log (fixture, "");
  replica_fixture_assert_everybody (fixture, "");
}

static void
assert_first_page (ReplicaFixture *fixture, const char *key, const char *expected, guint n_expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  guint n_people;
  g_autoptr (GPtrArray) people = replica_test_first_page (fixture->replica, key, &n_people, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (found, "%u ", ((RosterPerson *) people->pdata[i])->slot);
  g_assert_cmpstr (found->str, ==, expected);
  g_assert_cmpuint (n_people, ==, n_expected);
}

static void
save_first_page (ReplicaFixture *fixture, const char *key, const guint *slots, guint n_slots)
{
  g_autoptr (GError) error = NULL;

  replica_test_save_first_page (fixture->replica, key, slots, n_slots, &error);
  g_assert_no_error (error);
}

static void
test_first_page (ReplicaFixture *fixture, gconstpointer data)
{
  assert_first_page (fixture, "name/C", "", 0);
  replica_fixture_apply (fixture, (guint[]){ 1, 2, 3, 4, 0 }, (guint[]){ 0 });
  assert_first_page (fixture, "name/C", "", 4);

  save_first_page (fixture, "name/C", (guint[]){ 3, 1, 2 }, 3);
  save_first_page (fixture, "added/C", (guint[]){ 4, 3 }, 2);
  assert_first_page (fixture, "name/C", "3 1 2 ", 4);
  save_first_page (fixture, "name/C", (guint[]){ 4, 9, 2 }, 3);
  replica_fixture_close_and_open (fixture);
  assert_first_page (fixture, "name/C", "4 2 ", 4);
  assert_first_page (fixture, "added/C", "4 3 ", 4);
  assert_first_page (fixture, "name/de_DE", "", 4);

  /* What changes nobody leaves it alone. */
  replica_fixture_apply (fixture, (guint[]){ 1, 0 }, (guint[]){ 9, 0 });
  assert_first_page (fixture, "added/C", "4 3 ", 4);
  replica_fixture_delete_number (fixture, 2);
  assert_first_page (fixture, "name/C", "", 3);
  assert_first_page (fixture, "added/C", "", 3);
}

/* Whoever saves a page has to have heard of every change before. */
static void
test_first_page_stale (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) second = replica_test_person (2);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  replica_fixture_add_only (fixture, 1);
  roster_replica_create_async (fixture->replica, roster_person_copy_all (&second, 1), "batch", NULL,
                               NULL, NULL);
  roster_replica_save_first_page_async (fixture->replica, "name/C", (guint[]){ 1 }, 1, NULL,
                                        roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_replica_save_first_page_finish (fixture->replica, result, NULL));
  replica_fixture_assert_log (fixture, "+1;+2;");
  assert_first_page (fixture, "name/C", "", 2);
  save_first_page (fixture, "name/C", (guint[]){ 1, 2 }, 2);
  assert_first_page (fixture, "name/C", "1 2 ", 2);
}

/* A file may hold any bytes: written by another program, or by a fault. */
static void
test_load_strange_text (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) first_page = NULL;
  g_autoptr (GError) error = NULL;
  RosterPerson *person;
  guint n_people;

  replica_fixture_add_only (fixture, 1);
  save_first_page (fixture, "name/C", (guint[]){ 1 }, 1);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  replica_test_execute (fixture->folder, "UPDATE people SET name = CAST (x'41ff42' AS TEXT),"
                                         " email = CAST (x'410042' AS TEXT), phone = '';");
  g_assert_true (replica_test_open (fixture->replica, NULL));
  people = replica_test_load (fixture->replica, &error);
  g_assert_no_error (error);
  person = people->pdata[0];
  g_assert_cmpstr (person->name, ==,
                   "A\xef\xbf\xbd"
                   "B");
  g_assert_cmpstr (person->email, ==,
                   "A\xef\xbf\xbd"
                   "B");
  g_assert_cmpstr (person->phone, ==, "");
  first_page = replica_test_first_page (fixture->replica, "name/C", &n_people, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (first_page->pdata[0], person));
  replica_fixture_delete_number (fixture, 1);
}

/* Somebody added by another program counts from the next start on. */
static void
test_load_miscounted (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  replica_fixture_add_only (fixture, 1);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  replica_test_execute (fixture->folder, "INSERT INTO people SELECT 7, 'cperson2', 'B', 'b@c.d', "
                                         "'12', 1, 1;");
  g_assert_true (replica_test_open (fixture->replica, NULL));
  people = replica_test_load (fixture->replica, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 2);
  replica_fixture_close_and_open (fixture);
  replica_fixture_assert_everybody (fixture, "1@1 2@7");
}

typedef struct
{
  GCancellable *cancellable;
  guint n_rows;
} CancelAfter;

static void
cancel_cb (const RosterPerson *person, gpointer user_data)
{
  CancelAfter *after = user_data;

  if (++after->n_rows == 2)
    g_cancellable_cancel (after->cancellable);
}

static void
test_load_cancelled (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CancelAfter after = { cancellable, 0 };
  g_autoptr (GError) error = NULL;

  replica_fixture_apply (fixture, (guint[]){ 1, 2, 3, 4, 0 }, (guint[]){ 0 });
  g_assert_false (roster_replica_load (fixture->replica, cancel_cb, &after, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (after.n_rows, ==, 2);
}

static gpointer
load_many_times (gpointer data)
{
  ReplicaFixture *fixture = data;
  guint last = 0;

  while (last < 200)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) people = replica_test_load (fixture->replica, &error);

      /* One snapshot: everybody up to some commit. */
      g_assert_no_error (error);
      g_assert_cmpuint (people->len, >=, last);
      for (guint i = 0; i < people->len; i++)
        g_assert_cmpuint (((RosterPerson *) people->pdata[i])->slot, ==, i + 1);
      last = people->len;
    }
  return NULL;
}

static void
test_load_while_writing (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GThread) thread = g_thread_new ("load", load_many_times, fixture);

  for (guint i = 1; i <= 200; i++)
    replica_fixture_add_only (fixture, i);
  g_thread_join (g_steal_pointer (&thread));
}

static const struct
{
  const char *path;
  void (*run) (ReplicaFixture *fixture, gconstpointer data);
} CASES[] = {
  { "/replica/create", test_create },
  { "/replica/create/same-time", test_create_same_time },
  { "/replica/create/keeps-times", test_create_keeps_times },
  { "/replica/create/same-id-twice", test_create_same_id_twice },
  { "/replica/slots", test_slots },
  { "/replica/apply", test_apply },
  { "/replica/apply/all-or-nothing", test_apply_all_or_nothing },
  { "/replica/first-page", test_first_page },
  { "/replica/first-page/stale", test_first_page_stale },
  { "/replica/load/strange-text", test_load_strange_text },
  { "/replica/load/miscounted", test_load_miscounted },
  { "/replica/load/cancelled", test_load_cancelled },
  { "/replica/load/while-writing", test_load_while_writing },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replica/new", test_new);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_test_add (CASES[i].path, ReplicaFixture, NULL, replica_fixture_set_up, CASES[i].run,
                replica_fixture_tear_down);

  return g_test_run ();
}
