/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The façade over a real file: what is saved is shown, found, and there again after closing. */

#include "config.h"

#include "roster-directory.h"
#include "roster-error.h"
#include "roster-local-authority.h"
#include "roster-sample-people.h"
#include "roster-test.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  RosterDirectory *directory;
} Fixture;

static gboolean
is_loaded (gpointer directory)
{
  return !roster_directory_get_loading (directory);
}

static void
start (Fixture *fixture)
{
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, "directory.db");
  g_autoptr (RosterAuthority) authority = NULL;

  fixture->replica = roster_replica_new (file);
  authority = roster_local_authority_new (fixture->replica);
  fixture->directory = roster_directory_new (fixture->replica, authority);
}

/* Opens it; the rest may still be loading. */
static void
open_directory (Fixture *fixture)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  roster_directory_open_async (fixture->directory, NULL, roster_test_result_cb, &pending);
  g_assert_true (roster_directory_get_loading (fixture->directory));
  result = roster_test_await (&pending);
  g_assert_true (roster_directory_open_finish (fixture->directory, result, &error));
  g_assert_no_error (error);
}

static void
close_directory (Fixture *fixture)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  roster_directory_close_async (fixture->directory, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_directory_close_finish (fixture->directory, result, &error));
  g_assert_no_error (error);
}

static void
stop (Fixture *fixture)
{
  close_directory (fixture);
  roster_test_finalize (fixture->directory);
  roster_test_finalize (fixture->replica);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  roster_test_folder_delete (fixture->folder);
}

static guint
n_items (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (roster_directory_get_people (fixture->directory)));
}

static PersonObject *
save (Fixture *fixture,
      const RosterPerson *base,
      const RosterPerson *person,
      RosterPerson **current,
      GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  roster_directory_save_async (fixture->directory, base, person, NULL, roster_test_result_cb,
                               &pending);
  result = roster_test_await (&pending);
  return roster_directory_save_finish (fixture->directory, result, current, error);
}

static PersonObject *
add_grace (Fixture *fixture)
{
  g_autoptr (RosterPerson) grace =
      roster_person_new (NULL, " Grace Lee ", "grace.lee@example.com", "+44 20 7946 0958");
  g_autoptr (GError) error = NULL;
  PersonObject *object = save (fixture, NULL, grace, NULL, &error);

  g_assert_no_error (error);
  return object;
}

static gboolean
add (Fixture *fixture, RosterPerson *const *people, gsize n, GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  roster_directory_add_async (fixture->directory, roster_person_copy_all (people, n), NULL,
                              roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  return roster_directory_add_finish (fixture->directory, result, error);
}

static void
add_sample_people (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, roster_sample_person_new (i));
  g_assert_true (add (fixture, (RosterPerson **) people->pdata, n, &error));
  g_assert_no_error (error);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) people = NULL;
  guint n = 1;
  gboolean loading = TRUE;

  g_object_get (fixture->directory, "people", &people, "n-people", &n, "loading", &loading, NULL);
  g_assert_true (people == G_LIST_MODEL (roster_directory_get_people (fixture->directory)));
  g_assert_cmpuint (n, ==, 0);
  g_assert_false (loading);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  open_directory (fixture);
  roster_test_wait (is_loaded, fixture->directory);
  g_assert_cmpuint (n_items (fixture), ==, 0);
  g_assert_cmpuint (roster_directory_get_n_people (fixture->directory), ==, 0);
  g_assert_true (roster_directory_get_can_edit (fixture->directory));
  g_assert_null (roster_directory_dup_edit_reason (fixture->directory));
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (PersonObject) item = NULL;
  g_autoptr (PersonObject) again = NULL;
  g_autoptr (RosterPerson) changed = NULL;
  g_autoptr (GError) error = NULL;

  open_directory (fixture);
  roster_test_wait (is_loaded, fixture->directory);
  grace = add_grace (fixture);
  g_assert_cmpstr (person_object_get_name (grace), ==, "Grace Lee");
  g_assert_cmpint (person_object_get_created_at (grace), ==, person_object_get_updated_at (grace));
  g_assert_cmpuint (n_items (fixture), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (roster_directory_get_people (fixture->directory)), 0);
  g_assert_true (item == grace);

  changed = roster_person_copy (person_object_get_person (grace));
  g_free (changed->phone);
  changed->phone = g_strdup ("020 7946 0959");
  again = save (fixture, person_object_get_person (grace), changed, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (again == grace);
  g_assert_cmpstr (person_object_get_phone (grace), ==, "020 7946 0959");
  g_assert_cmpint (person_object_get_created_at (grace), <, person_object_get_updated_at (grace));
}

static void
writing_changed_cb (RosterDirectory *directory, GParamSpec *pspec, GString *log)
{
  g_string_append_c (log, roster_directory_get_writing (directory) ? '+' : '-');
}

static void
test_writing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (PersonObject) nobody = NULL;
  g_autoptr (RosterPerson) again = NULL;
  g_autoptr (GError) error = NULL;
  gboolean writing = TRUE;

  open_directory (fixture);
  g_object_get (fixture->directory, "writing", &writing, NULL);
  g_assert_false (writing);
  g_signal_connect (fixture->directory, "notify::writing", G_CALLBACK (writing_changed_cb), log);
  grace = add_grace (fixture);
  g_assert_cmpstr (log->str, ==, "+-");

  /* What fails is over as well. */
  again = roster_person_copy (person_object_get_person (grace));
  g_clear_pointer (&again->id, g_free);
  nobody = save (fixture, NULL, again, NULL, &error);
  g_assert_nonnull (error);
  g_signal_handlers_disconnect_by_data (fixture->directory, log);
  g_assert_cmpstr (log->str, ==, "+-+-");
}

static void
test_save_while_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (PersonObject) item = NULL;

  open_directory (fixture);
  grace = add_grace (fixture);
  roster_test_wait (is_loaded, fixture->directory);
  g_assert_cmpuint (n_items (fixture), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (roster_directory_get_people (fixture->directory)), 0);
  g_assert_true (item == grace);
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (PersonObject) none = NULL;
  g_autoptr (RosterPerson) base = NULL;
  g_autoptr (RosterPerson) mine = NULL;
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (GError) error = NULL;

  open_directory (fixture);
  grace = add_grace (fixture);
  base = roster_person_copy (person_object_get_person (grace));
  mine = roster_person_copy (base);
  g_free (mine->name);
  mine->name = g_strdup ("Grace L.");
  g_object_unref (save (fixture, base, mine, NULL, &error));
  g_assert_no_error (error);

  g_free (mine->name);
  mine->name = g_strdup ("G. Lee");
  none = save (fixture, base, mine, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  g_assert_null (none);
  g_assert_cmpstr (current->name, ==, "Grace L.");
}

static RosterReceipt *
delete_one (Fixture *fixture, PersonObject *person)
{
  char *ids[] = { (char *) person_object_get_id (person), NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RosterReceipt *deleted;

  roster_directory_delete_async (fixture->directory, g_strdupv (ids), NULL, roster_test_result_cb,
                                 &kept);
  result = roster_test_await (&kept);
  deleted = roster_directory_delete_finish (fixture->directory, result, &error);
  g_assert_no_error (error);
  return deleted;
}

static PersonObject *
find_by_email (Fixture *fixture, const char *email, const char *except_id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  PersonObject *found;

  roster_directory_find_by_email_async (fixture->directory, email, except_id, NULL,
                                        roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  found = roster_directory_find_by_email_finish (fixture->directory, result, &error);
  g_assert_no_error (error);
  return found;
}

/* Who changed after they were found has not got it any more; who is asked about no longer is not
 * found. */
static void
test_find_by_email_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) found = NULL, cancelled = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept[2] = { NULL };

  /* Nobody is known yet. */
  g_assert_null (find_by_email (fixture, "grace.lee@example.com", NULL));
  open_directory (fixture);
  roster_test_wait (is_loaded, fixture->directory);
  grace = add_grace (fixture);
  roster_directory_find_by_email_async (fixture->directory, "grace.lee@example.com", NULL, NULL,
                                        roster_test_result_cb, &kept[0]);
  roster_directory_find_by_email_async (fixture->directory, "grace.lee@example.com", NULL,
                                        cancellable, roster_test_result_cb, &kept[1]);
  g_cancellable_cancel (cancellable);
  found = roster_test_await (&kept[0]);
  cancelled = roster_test_await (&kept[1]);
  g_assert_null (roster_directory_find_by_email_finish (fixture->directory, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  roster_receipt_free (delete_one (fixture, grace));
  g_assert_null (roster_directory_find_by_email_finish (fixture->directory, found, &error));
  g_assert_no_error (error);
}

static void
test_find_by_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (PersonObject) found = NULL;
  g_autoptr (PersonObject) twin = NULL;
  g_autoptr (RosterPerson) other =
      roster_person_new (NULL, "Grace Lee", "GRACE.LEE@example.com", "+44 20 7946 0958");
  g_autoptr (GError) error = NULL;

  open_directory (fixture);
  roster_test_wait (is_loaded, fixture->directory);
  grace = add_grace (fixture);
  found = find_by_email (fixture, "Grace.Lee@EXAMPLE.com", NULL);
  g_assert_true (found == grace);
  g_assert_null (find_by_email (fixture, "grace.lee@example.com", person_object_get_id (grace)));
  g_assert_null (find_by_email (fixture, "race.lee@example.com", NULL));
  g_assert_null (find_by_email (fixture, "", NULL));

  twin = save (fixture, NULL, other, NULL, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (twin);
  g_assert_cmpuint (n_items (fixture), ==, 1);
}

static void
test_delete_and_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) grace = NULL;
  g_autoptr (PersonObject) back = NULL;
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (RosterUndoEntry) undone = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *pending = NULL;

  open_directory (fixture);
  roster_test_wait (is_loaded, fixture->directory);
  grace = add_grace (fixture);
  deleted = delete_one (fixture, grace);
  g_assert_cmpuint (deleted->n_people, ==, 1);
  g_assert_cmpuint (n_items (fixture), ==, 0);
  g_assert_cmpuint (roster_directory_get_n_people (fixture->directory), ==, 0);

  roster_directory_undo_async (fixture->directory, NULL, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  undone = roster_directory_undo_finish (fixture->directory, result, &back, &error);
  g_assert_no_error (error);
  g_assert_cmpint (undone->kind, ==, ROSTER_UNDO_DELETE);
  g_assert_cmpstr (undone->name, ==, "Grace Lee");
  g_assert_cmpuint (n_items (fixture), ==, 1);
  g_assert_true (
      roster_person_equal (person_object_get_person (back), person_object_get_person (grace)));
}

static void
test_first_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GListModel *people;
  guint n;

  open_directory (fixture);
  add_sample_people (fixture, 2000);
  roster_test_wait (is_loaded, fixture->directory);
  people = G_LIST_MODEL (roster_directory_get_people (fixture->directory));
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (PersonObject) person = g_list_model_get_item (people, i);

      g_ptr_array_add (names, g_strdup (person_object_get_name (person)));
    }
  stop (fixture);

  /* At the next start the first page is there when the opening completes, the rest soon after. */
  start (fixture);
  open_directory (fixture);
  people = G_LIST_MODEL (roster_directory_get_people (fixture->directory));
  g_assert_true (roster_directory_get_loading (fixture->directory));
  n = n_items (fixture);
  g_assert_cmpuint (n, >=, 10);
  g_assert_cmpuint (n, <, 2000);
  g_assert_cmpuint (roster_directory_get_n_people (fixture->directory), ==, 2000);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PersonObject) person = g_list_model_get_item (people, i);

      g_assert_cmpstr (person_object_get_name (person), ==, g_ptr_array_index (names, i));
    }
  roster_test_wait (is_loaded, fixture->directory);
  g_assert_cmpuint (n_items (fixture), ==, 2000);
}

static void
test_hold (Fixture *fixture, gconstpointer data)
{
  guint n;

  open_directory (fixture);
  add_sample_people (fixture, 2000);
  roster_test_wait (is_loaded, fixture->directory);
  stop (fixture);

  start (fixture);
  roster_directory_hold (fixture->directory);
  open_directory (fixture);
  n = n_items (fixture);
  g_assert_cmpuint (n, <, 2000);
  /* Whatever is read or changed meanwhile waits as well. */
  g_object_unref (add_grace (fixture));
  g_assert_cmpuint (n_items (fixture), ==, n);
  g_assert_true (roster_directory_get_loading (fixture->directory));
  roster_directory_release (fixture->directory);
  roster_test_wait (is_loaded, fixture->directory);
  g_assert_cmpuint (n_items (fixture), ==, 2001);
}

static void
test_first_page_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) first = NULL;
  g_autoptr (RosterPerson) aaron =
      roster_person_new (NULL, "0 First", "first@example.com", "+1 555 0100");
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = g_object_ref (roster_replica_get_file (fixture->replica));
  g_autoptr (RosterReplica) other = NULL;
  GAsyncResult *pending = NULL;

  open_directory (fixture);
  add_sample_people (fixture, 2000);
  roster_test_wait (is_loaded, fixture->directory);
  stop (fixture);

  /* Somebody is added without the first page being kept anew, as when Roster is killed. */
  other = roster_replica_new (file);
  roster_replica_open_async (other, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_replica_open_finish (other, result, &error));
  g_clear_object (&result);
  aaron->id = g_strdup ("c00000000000000000000zzzz");
  roster_replica_create_async (other, roster_person_copy_all (&aaron, 1), "batch", NULL,
                               roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_ptr_array_unref (roster_replica_create_finish (other, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  roster_replica_close_async (other, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_replica_close_finish (other, result, &error));

  /* Then the list is whole at once, or nothing: never an old page. */
  start (fixture);
  open_directory (fixture);
  g_assert_cmpuint (n_items (fixture), ==, 2001);
  first =
      g_list_model_get_item (G_LIST_MODEL (roster_directory_get_people (fixture->directory)), 0);
  g_assert_cmpstr (person_object_get_name (first), ==, "0 First");
}

static void
test_sort_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) first = NULL;
  g_autoptr (PersonObject) grace = NULL;

  roster_person_list_set_sort (roster_directory_get_people (fixture->directory), ROSTER_SORT_ADDED);
  open_directory (fixture);
  add_sample_people (fixture, 100);
  roster_test_wait (is_loaded, fixture->directory);
  grace = add_grace (fixture);
  first =
      g_list_model_get_item (G_LIST_MODEL (roster_directory_get_people (fixture->directory)), 0);
  g_assert_true (first == grace);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) grace =
      roster_person_new (NULL, "Grace Lee", "grace.lee@example.com", "+44 20 7946 0958");
  g_autoptr (PersonObject) none = NULL;
  g_autoptr (GError) error = NULL;

  open_directory (fixture);
  close_directory (fixture);
  none = save (fixture, NULL, grace, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
}

static void
test_open_failed (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_replace_contents (roster_replica_get_file (fixture->replica),
                                          "This is no directory.", 21, NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  roster_directory_open_async (fixture->directory, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_false (roster_directory_open_finish (fixture->directory, result, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
  g_assert_false (roster_directory_get_loading (fixture->directory));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/directory/directory/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new", test_new);
  ADD ("empty", test_empty);
  ADD ("save", test_save);
  ADD ("writing", test_writing);
  ADD ("save-while-loading", test_save_while_loading);
  ADD ("conflict", test_conflict);
  ADD ("find-by-email", test_find_by_email);
  ADD ("find-by-email-meanwhile", test_find_by_email_meanwhile);
  ADD ("delete-and-undo", test_delete_and_undo);
  ADD ("first-page", test_first_page);
  ADD ("hold", test_hold);
  ADD ("first-page-stale", test_first_page_stale);
  ADD ("sort-is-kept", test_sort_is_kept);
  ADD ("closed", test_closed);
  ADD ("open-failed", test_open_failed);
  return g_test_run ();
}
