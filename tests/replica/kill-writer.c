/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program that test-kill kills: `kill-writer FOLDER N` makes the writes of the plan from number
 * N on and prints a line for each that was reported as done, until it dies. */

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "replica-test.h"
#include "write-plan.h"

static void
print_line (gpointer user_data)
{
  g_assert_cmpint (write (STDOUT_FILENO, "\n", 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GFile) folder = g_file_new_for_path (argv[1]);
  g_autoptr (WritePlan) plan = write_plan_new ((guint) atoi (argv[2]));
  g_autoptr (RosterReplica) replica = replica_test_new_open (folder);

  write_plan_start (plan, replica, print_line, NULL);
  g_main_loop_run (loop);
  return 0;
}
