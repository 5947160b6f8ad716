/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kills a program that writes, again and again, at random moments: whatever it reported as done is
 * there, what it did not finish is there whole or not at all, and in order. What a power cut does
 * is in test-power-cut.c. */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "roster-test.h"
#include "write-plan.h"

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
        n_writes = write_plan_find (folder, n_reported, n_reported);
      else
        {
          /* The next one has to do with what the last one left. */
          GFile *copy = copy_as_left (folder);

          n_writes = write_plan_find (copy, n_reported, n_reported);
          roster_test_folder_delete (copy);
        }
    }
  g_test_message ("%u rounds, %u writes", n_rounds, n_writes);
  roster_test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replica/kill", test_kill);

  return g_test_run ();
}
