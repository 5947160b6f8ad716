/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program that test-draft kills: `draft-writer FOLDER` types one letter more each time, and
 * prints a line for each that was reported as kept, until it dies. */

#include "config.h"

#include <unistd.h>

#include "replica-test.h"
#include "roster-replica-drafts.h"

static void write_next (RosterReplica *replica);

static guint n_letters;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (roster_replica_save_draft_finish (ROSTER_REPLICA (source), result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (write (STDOUT_FILENO, "\n", 1), ==, 1);
  write_next (ROSTER_REPLICA (source));
}

static void
write_next (RosterReplica *replica)
{
  g_autofree char *name = g_strnfill (++n_letters, 'a');
  g_autoptr (RosterPerson) typed = roster_person_new ("cnew", name, "", "");
  g_autoptr (RosterKeptDraft) draft = roster_kept_draft_new (typed, NULL);

  roster_replica_save_draft_async (replica, draft, NULL, saved_cb, NULL);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GFile) folder = g_file_new_for_path (argv[1]);
  g_autoptr (RosterReplica) replica = replica_test_new_open (folder);

  write_next (replica);
  g_main_loop_run (loop);
  return 0;
}
