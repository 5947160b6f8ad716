/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies made with cp of a directory that is in use. */

#include "config.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "replica-test.h"
#include "write-plan.h"

#define N_COPIES 30
#define N_PEOPLE 20

/* Copies everything in @folder, or only the file itself. */
static GFile *
copy (GFile *folder, gboolean only_file)
{
  GFile *to = roster_test_folder_new ();
  g_autofree char *from_path =
      g_build_filename (g_file_peek_path (folder), only_file ? "people.roster" : ".", NULL);
  const char *argv[] = { "cp", "-r", from_path, g_file_peek_path (to), NULL };
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  return to;
}

/* How many writes were reported until now. */
static guint
count_reports (int output)
{
  int n_bytes;

  g_assert_cmpint (ioctl (output, FIONREAD, &n_bytes), ==, 0);
  return (guint) n_bytes;
}

static void
test_while_writing (void)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "replica", "kill-writer", NULL);
  GFile *folder = roster_test_folder_new ();
  const char *argv[] = { program, g_file_peek_path (folder), "0", NULL };
  g_autoptr (GError) error = NULL;
  guint n_read;
  GPid pid;
  int output;
  char line;

  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid,
                            NULL, &output, NULL, &error);
  g_assert_no_error (error);
  for (n_read = 0; n_read < N_COPIES; n_read++)
    {
      GFile *made;
      guint n_least, n_most;

      g_assert_cmpint (read (output, &line, 1), ==, 1);
      n_least = n_read + 1 + count_reports (output);
      made = copy (folder, FALSE);
      n_most = n_read + 1 + count_reports (output);
      write_plan_find (made, n_least, n_most);
      roster_test_folder_delete (made);
    }
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  close (output);
  roster_test_folder_delete (folder);
}

typedef struct
{
  GFile *folder;
  guint n_people;
} Look;

/* Whether somebody who has a copy of the file, and not of the log, sees everybody. */
static gboolean
is_in_file (gpointer user_data)
{
  Look *look = user_data;
  GFile *made = copy (look->folder, TRUE);
  RosterReplica *replica = replica_test_new_open (made);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = replica_test_load (replica, &error);

  g_assert_no_error (error);
  replica_test_free (replica);
  roster_test_folder_delete (made);
  return people->len == look->n_people;
}

/* A copy of the file alone opens at any time, and has everybody once nobody has written for a
 * moment. */
static void
test_without_log (void)
{
  GFile *folder = roster_test_folder_new ();
  RosterReplica *replica = replica_test_new_open (folder);
  Look look = { folder, N_PEOPLE };

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (RosterPerson) created = replica_test_create_one (replica, person, &error);

      g_assert_no_error (error);
      g_assert_nonnull (created);
    }
  roster_test_wait (is_in_file, &look);
  replica_test_free (replica);
  roster_test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/replica/copy/while-writing", test_while_writing);
  g_test_add_func ("/replica/copy/without-log", test_without_log);

  return g_test_run ();
}
