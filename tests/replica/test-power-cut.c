/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts the power at random moments while people are written, and while a copy takes the place of
 * the directory: whatever was reported as done is there afterwards, because it was synced before.
 */

#include "config.h"

#include "power-cut.h"
#include "replica-test.h"
#include "roster-replica-copy.h"
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

/* Taking a copy in place of the directory */

#define N_TAKINGS 12
#define N_BEFORE 20
#define N_IN_COPY 5

static void
add_people (RosterReplica *replica, guint from, guint n)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, replica_test_person (from + i));
  created = replica_test_create (replica, (RosterPerson **) people->pdata, n, NULL);
  g_assert_nonnull (created);
}

static guint
count_people (GFile *file)
{
  RosterReplica *replica = roster_replica_new (file);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (replica_test_open (replica, &error));
  g_assert_no_error (error);
  people = replica_test_load (replica, &error);
  g_assert_no_error (error);
  replica_test_free (replica);
  return people->len;
}

/* Either all is as before, or the copy is there and what was before lies beside it. Returns:
 * whether the copy is there */
static gboolean
is_taken (GFile *folder, GFile *previous)
{
  GFile *left = power_cut_make (folder);
  g_autoptr (GFile) file = g_file_get_child (left, "people.roster");
  guint n_people = count_people (file);

  if (n_people == N_IN_COPY)
    {
      g_autofree char *name = g_file_get_basename (previous);
      g_autoptr (GFile) left_previous = g_file_get_child (left, name);

      g_assert_cmpuint (count_people (left_previous), ==, N_BEFORE);
    }
  else
    g_assert_cmpuint (n_people, ==, N_BEFORE);
  roster_test_folder_delete (left);
  return n_people == N_IN_COPY;
}

/* Cuts the power while a call runs. Returns: (transfer full): its result */
static GAsyncResult *
cut_meanwhile (GFile *folder, GFile *previous, GAsyncResult **kept)
{
  g_usleep ((gulong) g_test_rand_int_range (0, 4000));
  is_taken (folder, previous);
  return roster_test_await (kept);
}

static void
take_copy (RosterReplica *replica, GFile *folder, GFile *copy)
{
  g_autoptr (GFile) previous = roster_replica_dup_previous_file (replica);
  g_autoptr (GFile) staged = NULL;
  g_autoptr (GAsyncResult) staging = NULL, saving = NULL, closing = NULL, replacing = NULL;
  GAsyncResult *kept = NULL;
  guint n_people;

  add_people (replica, 0, N_BEFORE);
  roster_replica_stage_copy_async (replica, copy, NULL, NULL, NULL, roster_test_result_cb, &kept);
  staging = cut_meanwhile (folder, previous, &kept);
  staged = roster_replica_stage_copy_finish (replica, staging, &n_people, NULL);
  g_assert_nonnull (staged);
  g_assert_false (is_taken (folder, previous));

  roster_replica_save_copy_async (replica, previous, NULL, NULL, NULL, roster_test_result_cb,
                                  &kept);
  saving = cut_meanwhile (folder, previous, &kept);
  g_assert_true (roster_replica_save_copy_finish (replica, saving, NULL));
  g_assert_false (is_taken (folder, previous));

  roster_replica_close_async (replica, NULL, roster_test_result_cb, &kept);
  closing = cut_meanwhile (folder, previous, &kept);
  g_assert_true (roster_replica_close_finish (replica, closing, NULL));
  g_assert_false (is_taken (folder, previous));

  roster_replica_replace_async (replica, staged, NULL, roster_test_result_cb, &kept);
  replacing = cut_meanwhile (folder, previous, &kept);
  g_assert_true (roster_replica_replace_finish (replica, replacing, NULL));
  g_assert_true (is_taken (folder, previous));
  g_assert_true (replica_test_open (replica, NULL));
  g_assert_true (is_taken (folder, previous));
}

static void
test_while_taking_copy (void)
{
  GFile *away = roster_test_folder_new ();
  RosterReplica *other = replica_test_new_open (away);
  g_autoptr (GFile) copy = g_object_ref (roster_replica_get_file (other));

  add_people (other, 100, N_IN_COPY);
  replica_test_free (other);
  for (guint i = 0; i < N_TAKINGS; i++)
    {
      GFile *folder = roster_test_folder_new ();
      RosterReplica *replica = replica_test_new_open (folder);

      take_copy (replica, folder, copy);
      replica_test_free (replica);
      roster_test_folder_delete (folder);
    }
  roster_test_folder_delete (away);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  power_cut_init ();

  g_test_add_func ("/replica/power-cut/while-writing", test_while_writing);
  g_test_add_func ("/replica/power-cut/while-closing", test_while_closing);
  g_test_add_func ("/replica/power-cut/while-taking-copy", test_while_taking_copy);

  return g_test_run ();
}
