/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts the power at random moments while people are written: whatever was reported as done is there
 * afterwards, because it was synced before. */

#include "config.h"

#include "power-cut.h"
#include "replica-test.h"
#include "write-plan.h"

#define N_CUTS 50
#define MAX_WRITES_BETWEEN 20

static void
count (gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
check_cut (GFile *folder, guint n_reported)
{
  GFile *left = power_cut_make (folder);

  write_plan_find (left, n_reported, n_reported);
  roster_test_folder_delete (left);
}

static void
test_while_writing (void)
{
  GFile *folder = roster_test_folder_new ();
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (WritePlan) plan = write_plan_new (0);
  guint n_reported = 0;

  for (guint i = 0; i < N_CUTS; i++)
    {
      guint n_wanted = n_reported + (guint) g_test_rand_int_range (0, MAX_WRITES_BETWEEN);

      write_plan_start (plan, replica, count, &n_reported);
      while (n_reported < n_wanted)
        g_main_context_iteration (NULL, TRUE);
      check_cut (folder, n_reported);
      write_plan_stop (plan);
    }
  replica_test_free (replica);
  check_cut (folder, n_reported);
  roster_test_folder_delete (folder);
}

/* The log is written back when the file is closed: the other moment when much can go wrong. */
static void
test_while_closing (void)
{
  GFile *folder = roster_test_folder_new ();
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (WritePlan) plan = write_plan_new (0);
  guint n_reported = 0;

  for (guint i = 0; i < N_CUTS; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      GAsyncResult *kept = NULL;
      guint n_wanted = n_reported + (guint) g_test_rand_int_range (0, MAX_WRITES_BETWEEN);

      write_plan_start (plan, replica, count, &n_reported);
      while (n_reported < n_wanted)
        g_main_context_iteration (NULL, TRUE);
      write_plan_stop (plan);
      roster_replica_close_async (replica, NULL, roster_test_result_cb, &kept);
      g_usleep ((gulong) g_test_rand_int_range (0, 1000));
      check_cut (folder, n_reported);
      result = roster_test_await (&kept);
      g_assert_true (roster_replica_close_finish (replica, result, NULL));
      g_assert_true (replica_test_open (replica, NULL));
    }
  replica_test_free (replica);
  roster_test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  power_cut_init ();

  g_test_add_func ("/replica/power-cut/while-writing", test_while_writing);
  g_test_add_func ("/replica/power-cut/while-closing", test_while_closing);

  return g_test_run ();
}
