/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kills a program that writes, again and again, at random moments: whatever it reported as done is
 * there, what it did not finish is there whole or not at all, and in order. What a power cut does
 * is in test-power-cut.c. */

#include "config.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kill-plan.h"
#include "replica-test.h"

#define QUICK_ROUNDS 20
#define SLOW_ROUNDS 500
#define MAX_REPORTS 60
#define MAX_DELAY_US 4000

/* Starts the writer, lets it report some writes, kills it a moment later. Returns: how many it
 * reported. */
static guint
run_and_kill (GFile *folder, guint n_writes)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "replica", "kill-writer", NULL);
  g_autofree char *number = g_strdup_printf ("%u", n_writes);
  char *argv[] = { program, (char *) g_file_peek_path (folder), number, NULL };
  guint n_wanted = (guint) g_test_rand_int_range (0, MAX_REPORTS);
  guint n_reports = 0;
  g_autoptr (GError) error = NULL;
  gssize n_read = 1;
  GPid pid;
  int output;
  char line;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &output, NULL, &error);
  g_assert_no_error (error);
  while (n_reports < n_wanted)
    {
      g_assert_cmpint (read (output, &line, 1), ==, 1);
      n_reports++;
    }
  g_usleep ((gulong) g_test_rand_int_range (0, MAX_DELAY_US));
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  while ((n_read = read (output, &line, 1)) == 1)
    n_reports++;
  g_assert_cmpint (n_read, ==, 0);
  close (output);
  return n_reports;
}

static void
assert_whole (GFile *folder)
{
  g_autoptr (GFile) file = g_file_get_child (folder, "people.roster");
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA integrity_check", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  sqlite3_close (handle);
}

static gboolean
is_as_planned (KillPlan *plan, GPtrArray *people)
{
  if (people->len != g_hash_table_size (plan->people))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      const RosterPerson *person = people->pdata[i];
      const RosterPerson *planned = g_hash_table_lookup (plan->people, person->id);

      if (!planned || !g_str_equal (planned->name, person->name) ||
          !g_str_equal (planned->email, person->email) ||
          !g_str_equal (planned->phone, person->phone))
        return FALSE;
    }
  return TRUE;
}

/* Opens the file and finds how many writes are in it: no fewer than were reported, and no more than
 * were begun. */
static guint
find_n_writes (GFile *folder, guint n_reported)
{
  g_autoptr (KillPlan) plan = kill_plan_new (n_reported);
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = replica_test_load (replica, &error);

  g_assert_no_error (error);
  while (!is_as_planned (plan, people))
    {
      kill_plan_skip (plan);
      g_assert_cmpuint (plan->n_writes, <=, n_reported + KILL_PLAN_DEPTH);
    }
  replica_test_free (replica);
  assert_whole (folder);
  return plan->n_writes;
}

/* Copies the file and its log as they were left. */
static GFile *
copy_as_left (GFile *folder)
{
  static const char *const NAMES[] = { "people.roster", "people.roster-wal",
                                       "people.roster-journal" };
  GFile *copy = roster_test_folder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autoptr (GFile) from = g_file_get_child (folder, NAMES[i]);
      g_autoptr (GFile) to = g_file_get_child (copy, NAMES[i]);
      g_autoptr (GError) error = NULL;

      if (!g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error))
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
    }
  return copy;
}

static void
test_kill (void)
{
  guint n_rounds = g_test_slow () ? SLOW_ROUNDS : QUICK_ROUNDS;
  GFile *folder = roster_test_folder_new ();
  guint n_writes = 0;

  for (guint round = 0; round < n_rounds; round++)
    {
      guint n_reported = n_writes + run_and_kill (folder, n_writes);

      if (round % 2 == 0)
        n_writes = find_n_writes (folder, n_reported);
      else
        {
          /* The next one has to do with what the last one left. */
          GFile *copy = copy_as_left (folder);

          n_writes = find_n_writes (copy, n_reported);
          roster_test_folder_delete (copy);
        }
    }
  g_test_message ("%u rounds, %u writes", n_rounds, n_writes);
  roster_test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/replica/kill", test_kill);

  return g_test_run ();
}
