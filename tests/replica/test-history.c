/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history in the file: whatever it holds, and whoever else writes. What every authority
 * promises about it is in test-authority-history.c and test-authority-undo.c. */

#include "config.h"

#include "replica-test.h"
#include "roster-cuid.h"
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

static void
execute (Fixture *fixture, const char *sql)
{
  g_assert_true (replica_test_close (fixture->replica, NULL));
  replica_test_execute (fixture->folder, sql);
  g_assert_true (replica_test_open (fixture->replica, NULL));
}

static RosterPerson *
add (RosterReplica *replica, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  RosterPerson *added = replica_test_create_one (replica, person, &error);

  g_assert_no_error (error);
  return added;
}

static RosterPerson *
rename_to (RosterReplica *replica, const RosterPerson *person, const char *name)
{
  g_autoptr (RosterPerson) wanted = roster_person_copy (person);
  g_autoptr (GError) error = NULL;
  RosterPerson *renamed;

  g_free (wanted->name);
  wanted->name = g_strdup (name);
  renamed = replica_test_update (replica, person, wanted, NULL, &error);
  g_assert_no_error (error);
  return renamed;
}

static void
delete_one (RosterReplica *replica, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      replica_test_delete (replica, (const char *[]){ id, NULL }, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_people, ==, 1);
}

static const char *const DAMAGE[] = {
  "UPDATE people_history SET operation = 'merge';",
  "UPDATE people_history SET operation = '';",
  "UPDATE people_history SET operation = CAST (x'ff00ff' AS TEXT);",
  "UPDATE people_history SET operation = 'update';",
  "UPDATE people_history SET operation = 'create';",
  "UPDATE people_history SET operation = 'delete';",
  "UPDATE people_history SET name = NULL, email = NULL, phone = NULL, created_at = NULL,"
  " updated_at = NULL;",
  "UPDATE people_history SET name = CAST (x'41ff42' AS TEXT), email = CAST (x'410042' AS TEXT);",
  "UPDATE people_history SET at = 9223372036854775807, created_at = -9223372036854775807;",
  "UPDATE people_history SET person_id = 'somebody else';",
  "UPDATE people_history SET person_id = CAST (x'ff0041' AS TEXT);",
  "DELETE FROM people_history;",
  "DELETE FROM people_history WHERE id % 2;",
  "DELETE FROM people_deleted;",
  "UPDATE people_deleted SET at = -9223372036854775807;",
  "UPDATE people_deleted SET person_id = CAST (x'ff0041' AS TEXT);",
  "UPDATE people_deleted SET change_id = 1;",
  "UPDATE history_batch SET first_id = -9223372036854775807;",
  "UPDATE history_batch SET first_id = 9223372036854775807;",
  "UPDATE history_batch SET first_id = 1;",
  "UPDATE history_batch SET last_id = 9223372036854775807 WHERE last_id = 1;",
  "DELETE FROM history_batch;",
  "UPDATE people_history SET id = 9223372036854775807 WHERE id = 1;",
  "UPDATE meta SET seen_at = 9223372036854775807, sure_at = -9223372036854775807;",
  "DELETE FROM meta;",
  "PRAGMA writable_schema = ON;"
  "UPDATE sqlite_schema SET sql = replace (sql, ') STRICT', ')')"
  " WHERE name IN ('people_history', 'people_deleted');",
};

static char *
get_batch_id (Fixture *fixture, guint i)
{
  return g_strdup_printf ("batch%u", i);
}

/* Everything that reads or writes the history, on a file that another program has edited: it may
 * say no, but it goes on. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  const char *damage = data;
  g_autoptr (RosterPerson) added = add (fixture->replica, 1);
  g_autoptr (RosterPerson) gone = add (fixture->replica, 2);
  const char *ids[] = { gone->id, added->id, NULL };
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GPtrArray) page = NULL;
  guint n_total;

  roster_person_free (rename_to (fixture->replica, added, "Grace Lee"));
  delete_one (fixture->replica, gone->id);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  replica_test_execute (fixture->folder, "UPDATE history_batch SET id = 'batch' || (last_id - 1);");
  replica_test_execute (fixture->folder, damage);
  if (g_str_has_prefix (damage, "PRAGMA"))
    replica_test_execute (fixture->folder,
                          "UPDATE people_history SET at = 'then', name = x'ff', created_at = 1.5,"
                          " operation = x'00', email = 7;"
                          "UPDATE people_deleted SET at = 'now', person_id = x'ff00';");
  if (!replica_test_open (fixture->replica, NULL))
    {
      g_assert_cmpstr (damage, ==, "DELETE FROM meta;");
      return;
    }
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *batch_to_undo = get_batch_id (fixture, 3 - i);
      g_autofree char *batch_id = roster_cuid_new ();
      g_autoptr (RosterReceipt) undone = NULL;

      g_ptr_array_unref (replica_test_history (fixture->replica, ids[i % 2]));
      undone = replica_test_undo (fixture->replica, batch_to_undo, batch_id, NULL);
    }
  page = replica_test_deleted (fixture->replica, 0, G_MININT64, 10, &n_total, NULL);
  g_assert_nonnull (page);
  receipt = replica_test_restore (fixture->replica, ids, NULL);
  for (guint i = 0; i < 10; i++)
    if (!replica_test_expire (fixture->replica, 1, 1, NULL))
      break;
  replica_test_purge (fixture->replica, ids, NULL);
  replica_test_purge (fixture->replica, NULL, NULL);
  g_ptr_array_unref (replica_test_load (fixture->replica, NULL));
}

/* What a row says is read as far as it makes sense; what does not is passed over. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) added = add (fixture->replica, 1);
  g_autoptr (RosterPerson) renamed = rename_to (fixture->replica, added, "Grace Lee");
  g_autoptr (RosterPerson) again = rename_to (fixture->replica, renamed, "Henry Moore");
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (RosterReceipt) undone = NULL;
  g_autoptr (GError) error = NULL;
  const RosterChange *change;

  execute (fixture, "UPDATE people_history SET operation = 'merge' WHERE id = 2;"
                    "UPDATE people_history SET name = CAST (x'41ff' AS TEXT), phone = NULL"
                    " WHERE id = 3;"
                    "UPDATE history_batch SET id = 'merge' WHERE last_id = 2;");
  changes = replica_test_history (fixture->replica, added->id);
  g_assert_cmpuint (changes->len, ==, 2);
  change = changes->pdata[0];
  g_assert_true (roster_person_equal (change->after, again));
  g_assert_cmpstr (change->before->name, ==, "A\xef\xbf\xbd");
  g_assert_cmpstr (change->before->phone, ==, "");
  undone = replica_test_undo (fixture->replica, "merge", "undo", &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
}

typedef struct
{
  guint n_under_way;
} Writers;

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) created =
      roster_replica_create_finish (ROSTER_REPLICA (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (created->len, ==, 1);
  ((Writers *) user_data)->n_under_way--;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Writers *) user_data)->n_under_way == 0;
}

/* Two programs with the same file at the same time: each change of each is kept, and either can
 * undo what the other did. */
static void
test_two_at_once (Fixture *fixture, gconstpointer data)
{
  RosterReplica *replicas[] = { fixture->replica, replica_test_new_open (fixture->folder) };
  g_autoptr (RosterReceipt) undone = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  Writers writers = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);
      g_autofree char *batch_id = get_batch_id (fixture, i);

      writers.n_under_way++;
      roster_replica_create_async (replicas[i % 2], roster_person_copy_all (&person, 1), batch_id,
                                   NULL, created_cb, &writers);
    }
  roster_test_wait (is_done, &writers);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);
      g_autoptr (GPtrArray) changes = replica_test_history (replicas[i % 2], person->id);

      g_assert_cmpuint (changes->len, ==, 1);
    }
  undone = replica_test_undo (replicas[0], "batch1", "undo", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->n_people, ==, 1);
  people = replica_test_load (replicas[1], NULL);
  g_assert_cmpuint (people->len, ==, 99);
  replica_test_free (replicas[1]);
  execute (fixture, "CREATE TABLE contiguous (fits INTEGER CHECK (fits));"
                    "INSERT INTO contiguous SELECT count (*) = 101 AND max (last_id) = 101"
                    " AND min (first_id = last_id) FROM history_batch;"
                    "DROP TABLE contiguous;");
}

/* An id that was purged is not given to another change, which its batch would then speak of. */
static void
test_ids_are_not_given_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) added = add (fixture->replica, 1);
  g_autoptr (RosterPerson) other = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  delete_one (fixture->replica, added->id);
  g_assert_true (replica_test_purge (fixture->replica, NULL, NULL));
  other = add (fixture->replica, 2);
  changes = replica_test_history (fixture->replica, other->id);
  g_assert_cmpint (((RosterChange *) changes->pdata[0])->id, ==, 3);
}

/* What an authority elsewhere accepted has its history there. */
static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (RosterPerson) person = replica_test_person (1);

  g_ptr_array_add (batch->people, roster_person_copy (person));
  g_assert_true (replica_test_apply (fixture->replica, batch, NULL));
  changes = replica_test_history (fixture->replica, person->id);
  g_assert_cmpuint (changes->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (DAMAGE); i++)
    {
      g_autofree char *path = g_strdup_printf ("/history/damaged/%u", i);

      g_test_add (path, Fixture, DAMAGE[i], set_up, test_damaged, tear_down);
    }
  g_test_add ("/history/unknown", Fixture, NULL, set_up, test_unknown, tear_down);
  g_test_add ("/history/two-at-once", Fixture, NULL, set_up, test_two_at_once, tear_down);
  g_test_add ("/history/ids", Fixture, NULL, set_up, test_ids_are_not_given_again, tear_down);
  g_test_add ("/history/apply", Fixture, NULL, set_up, test_apply, tear_down);

  return g_test_run ();
}
