/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only the authority on this computer does; what every one does is in
 * test-authority-contract.c. */

#include "config.h"

#include "replica-test.h"
#include "roster-error.h"
#include "roster-local-authority.h"

static void
test_new (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/people.roster");
  g_autoptr (RosterReplica) replica = roster_replica_new (file);
  RosterAuthority *authority = roster_local_authority_new (replica);

  g_assert_true (roster_authority_get_can_edit (authority));
  g_assert_finalize_object (authority);
}

static void
count_cb (guint *n_notified)
{
  ++*n_notified;
}

/* It may be made before the file is opened, and so before it is known what can be done with it. */
static void
test_read_only (void)
{
  GFile *folder = roster_test_folder_new ();
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterAuthority) authority = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *edit_reason = NULL;
  GAsyncResult *kept = NULL;
  guint n_can_edit = 0;
  guint n_edit_reason = 0;

  g_assert_true (replica_test_close (replica, NULL));
  authority = roster_local_authority_new (replica);
  g_signal_connect_swapped (authority, "notify::can-edit", G_CALLBACK (count_cb), &n_can_edit);
  g_signal_connect_swapped (authority, "notify::edit-reason", G_CALLBACK (count_cb),
                            &n_edit_reason);
  replica_test_deny (folder, 0444, 0555);
  g_assert_true (replica_test_open (replica, NULL));
  g_assert_cmpuint (n_can_edit, ==, 1);
  g_assert_cmpuint (n_edit_reason, ==, 1);
  g_assert_false (roster_authority_get_can_edit (authority));
  edit_reason = roster_authority_dup_edit_reason (authority);
  g_assert_nonnull (edit_reason);

  roster_authority_create_async (authority, roster_person_copy_all (&person, 1), "batch", NULL,
                                 roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_null (roster_authority_create_finish (authority, result, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_READ_ONLY);

  replica_test_allow (folder);
  g_assert_true (replica_test_close (replica, NULL));
  g_assert_true (replica_test_open (replica, NULL));
  g_assert_true (roster_authority_get_can_edit (authority));
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&authority));
  replica_test_free (replica);
  roster_test_folder_delete (folder);
}

static void
test_retention (void)
{
  GFile *folder = roster_test_folder_new ();
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (RosterAuthority) authority = roster_local_authority_new (replica);
  guint n_notified = 0;
  guint days;

  g_signal_connect_swapped (authority, "notify::retention-days", G_CALLBACK (count_cb),
                            &n_notified);
  g_object_get (authority, "retention-days", &days, NULL);
  g_assert_cmpuint (days, ==, 30);
  g_object_set (authority, "retention-days", 30, NULL);
  g_assert_cmpuint (n_notified, ==, 0);
  g_object_set (authority, "retention-days", 7, NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (authority, "retention-days", &days, NULL);
  g_assert_cmpuint (days, ==, 7);
  g_assert_finalize_object (g_steal_pointer (&authority));
  replica_test_free (replica);
  roster_test_folder_delete (folder);
}

static guint
count_deleted (RosterAuthority *authority)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  guint n_total;

  roster_authority_deleted_async (authority, 0, 10, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  page = roster_authority_deleted_finish (authority, result, &n_total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, MIN (n_total, 10));
  return n_total;
}

/* What is too old is not listed, and gone for good once nobody is waiting. */
static void
test_tidy (void)
{
  GFile *folder = roster_test_folder_new ();
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (RosterAuthority) authority = roster_local_authority_new (replica);
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) changes = NULL;

  for (guint i = 0; i < 2500; i++)
    {
      g_ptr_array_add (people, replica_test_person (i));
      g_ptr_array_add (ids, ((RosterPerson *) people->pdata[i])->id);
    }
  g_ptr_array_add (ids, NULL);
  created = replica_test_create (replica, (RosterPerson *const *) people->pdata, 2500, NULL);
  deleted = replica_test_delete (replica, (const char *const *) ids->pdata, NULL);
  g_assert_true (replica_test_close (replica, NULL));
  replica_test_execute (folder, "UPDATE people_deleted SET at = at - 31 * 24 * 60 * 60 * 1000"
                                " WHERE change_id < 5000;");
  g_assert_true (replica_test_open (replica, NULL));
  g_assert_cmpuint (count_deleted (authority), ==, 1);
  g_object_set (authority, "retention-days", 40, NULL);
  g_assert_cmpuint (count_deleted (authority), ==, 2500);

  roster_authority_tidy (authority);
  roster_test_finalize (g_steal_pointer (&authority));
  authority = roster_local_authority_new (replica);
  g_object_set (authority, "retention-days", 40, NULL);
  g_assert_cmpuint (count_deleted (authority), ==, 2500);
  g_object_set (authority, "retention-days", 30, NULL);
  roster_authority_tidy (authority);
  roster_test_finalize (g_steal_pointer (&authority));
  authority = roster_local_authority_new (replica);
  g_object_set (authority, "retention-days", 40, NULL);
  g_assert_cmpuint (count_deleted (authority), ==, 1);
  changes = replica_test_history (replica, ids->pdata[0]);
  g_assert_cmpuint (changes->len, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&authority));
  replica_test_free (replica);
  roster_test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/local-authority/new", test_new);
  g_test_add_func ("/local-authority/read-only", test_read_only);

  g_test_add_func ("/local-authority/retention", test_retention);
  g_test_add_func ("/local-authority/tidy", test_tidy);

  return g_test_run ();
}
