/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The deleted as a list that is read a page at a time, over a real file. */

#include "config.h"

#include "roster-deleted-list.h"
#include "roster-error.h"
#include "roster-local-authority.h"
#include "roster-sample-people.h"
#include "roster-test.h"

#define PAGE ROSTER_DELETED_PAGE_SIZE

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  RosterDirectory *directory;
  GPtrArray *changes; /* what the list told of: "position removed added" */
} Fixture;

static gboolean
is_loaded (gpointer directory)
{
  return !roster_directory_get_loading (directory);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (RosterAuthority) authority = NULL;
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = roster_test_folder_new ();
  file = g_file_get_child (fixture->folder, "directory.db");
  fixture->replica = roster_replica_new (file);
  authority = roster_local_authority_new (fixture->replica);
  fixture->directory = roster_directory_new (fixture->replica, authority);
  fixture->changes = g_ptr_array_new_with_free_func (g_free);
  roster_directory_open_async (fixture->directory, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_directory_open_finish (fixture->directory, result, &error));
  roster_test_wait (is_loaded, fixture->directory);
}

static void
close_directory (Fixture *fixture)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  roster_directory_close_async (fixture->directory, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_directory_close_finish (fixture->directory, result, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_directory (fixture);
  roster_test_finalize (fixture->directory);
  roster_test_finalize (fixture->replica);
  roster_test_folder_delete (fixture->folder);
  g_ptr_array_unref (fixture->changes);
}

/* Adds sample people @from to @to - 1, so that they can be deleted. */
static void
add (Fixture *fixture, guint from, guint to)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = from; i < to; i++)
    g_ptr_array_add (people, roster_sample_person_new (i));
  roster_directory_add_async (fixture->directory, g_ptr_array_ref (people), NULL,
                              roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_directory_add_finish (fixture->directory, result, &error));
  g_assert_no_error (error);
}

static GStrv
dup_ids (guint from, guint to)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = from; i < to; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      g_strv_builder_add (ids, person->id);
    }
  return g_strv_builder_end (ids);
}

static void delete (Fixture *fixture, guint from, guint to)
{
  g_auto (GStrv) ids = dup_ids (from, to);
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RosterReceipt) receipt = NULL;

  roster_directory_delete_async (fixture->directory, g_strdupv ((char **) ids), NULL,
                                 roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  receipt = roster_directory_delete_finish (fixture->directory, result, NULL);
  g_assert_cmpuint (receipt->n_people, ==, to - from);
}

static void
restore (Fixture *fixture, const char *id)
{
  const char *ids[] = { id, NULL };
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RosterReceipt) receipt = NULL;

  roster_directory_restore_async (fixture->directory, g_strdupv ((char **) ids), NULL,
                                  roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  receipt = roster_directory_restore_finish (fixture->directory, result, NULL, NULL);
  g_assert_cmpuint (receipt->n_people, ==, 1);
}

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  gpointer user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->changes, g_strdup_printf ("%u %u %u", position, n_removed, n_added));
}

static gboolean
has_ended (gpointer list)
{
  return !roster_deleted_list_get_loading (list);
}

/* Returns: a list whose first page is there. */
static RosterDeletedList *
new_list (Fixture *fixture)
{
  RosterDeletedList *list = roster_deleted_list_new (fixture->directory);

  g_assert_true (roster_deleted_list_get_loading (list));
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  roster_test_wait (has_ended, list);
  return list;
}

static guint
n_items (RosterDeletedList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

static RosterChangeObject *
dup_item (RosterDeletedList *list, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (list), position);
}

static char *
dup_id (RosterDeletedList *list, guint position)
{
  g_autoptr (RosterChangeObject) item = dup_item (list, position);

  return g_strdup (roster_change_object_get_change (item)->before->id);
}

static void
assert_told (Fixture *fixture, const char *change)
{
  g_assert_cmpuint (fixture->changes->len, ==, 1);
  g_assert_cmpstr (fixture->changes->pdata[0], ==, change);
  g_ptr_array_set_size (fixture->changes, 0);
}

typedef struct
{
  RosterDeletedList *list;
  guint n;
} Size;

static gboolean
has_size (gpointer data)
{
  Size *size = data;

  return n_items (size->list) == size->n;
}

static void
wait_size (RosterDeletedList *list, guint n)
{
  Size size = { list, n };

  roster_test_wait (has_size, &size);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  RosterDeletedList *list = new_list (fixture);

  g_assert_cmpuint (n_items (list), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 0));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == ROSTER_TYPE_CHANGE_OBJECT);
  g_assert_cmpuint (roster_deleted_list_get_n_total (list), ==, 0);
  g_assert_null (roster_deleted_list_get_error (list));
  g_assert_cmpuint (fixture->changes->len, ==, 0);
  roster_test_finalize (list);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  RosterDeletedList *list = NULL;
  gint64 last_id = G_MAXINT64;

  add (fixture, 0, 2 * PAGE + 10);
  delete (fixture, 0, 2 * PAGE + 10);
  list = new_list (fixture);
  g_assert_cmpuint (roster_deleted_list_get_n_total (list), ==, 2 * PAGE + 10);
  assert_told (fixture, "0 0 500");

  /* Far from the end nothing is read: the next page comes because of the second question. */
  g_object_unref (dup_item (list, 0));
  g_object_unref (dup_item (list, PAGE - 1));
  g_object_unref (dup_item (list, PAGE - 1));
  wait_size (list, 2 * PAGE);
  assert_told (fixture, "500 0 500");
  g_object_unref (dup_item (list, 2 * PAGE - 1));
  wait_size (list, 2 * PAGE + 10);
  assert_told (fixture, "1000 0 10");

  for (guint i = 0; i < n_items (list); i++)
    {
      g_autoptr (RosterChangeObject) item = dup_item (list, i);
      const RosterChange *change = roster_change_object_get_change (item);

      g_assert_cmpint (change->kind, ==, ROSTER_CHANGE_DELETED);
      g_assert_cmpint (change->id, <, last_id);
      last_id = change->id;
    }
  roster_test_finalize (list);
}

/* Whoever comes and goes, those who stay keep their objects, and only what changed is told. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  RosterDeletedList *list = NULL;
  g_autoptr (RosterChangeObject) first = NULL, last = NULL, first_now = NULL, last_now = NULL;
  g_autofree char *id = NULL, *newest = NULL;
  g_autoptr (RosterPerson) added = roster_sample_person_new (5);

  add (fixture, 0, 6);
  delete (fixture, 0, 5);
  list = new_list (fixture);
  assert_told (fixture, "0 0 5");
  first = dup_item (list, 0);
  last = dup_item (list, 4);

  id = dup_id (list, 2);
  restore (fixture, id);
  wait_size (list, 4);
  assert_told (fixture, "2 1 0");
  g_assert_cmpuint (roster_deleted_list_get_n_total (list), ==, 4);

  delete (fixture, 5, 6);
  wait_size (list, 5);
  assert_told (fixture, "0 0 1");
  newest = dup_id (list, 0);
  g_assert_cmpstr (newest, ==, added->id);
  first_now = dup_item (list, 1);
  last_now = dup_item (list, 4);
  g_assert_true (first_now == first);
  g_assert_true (last_now == last);
  roster_test_finalize (list);
}

static void
test_purged (Fixture *fixture, gconstpointer data)
{
  RosterDeletedList *list = NULL;
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  add (fixture, 0, 3);
  delete (fixture, 0, 3);
  list = new_list (fixture);
  assert_told (fixture, "0 0 3");
  roster_directory_purge_async (fixture->directory, NULL, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  g_assert_true (roster_directory_purge_finish (fixture->directory, result, NULL));
  roster_deleted_list_reload (list);
  wait_size (list, 0);
  assert_told (fixture, "0 3 0");
  g_assert_cmpuint (roster_deleted_list_get_n_total (list), ==, 0);
  roster_test_finalize (list);
}

static gboolean
has_error (gpointer list)
{
  return roster_deleted_list_get_error (list) != NULL;
}

/* What could be read stays; reading again is asked for, not tried by itself. */
static void
test_error (Fixture *fixture, gconstpointer data)
{
  RosterDeletedList *list = NULL;

  add (fixture, 0, PAGE + 1);
  delete (fixture, 0, PAGE + 1);
  list = new_list (fixture);
  close_directory (fixture);
  g_object_unref (dup_item (list, PAGE - 1));
  roster_test_wait (has_error, list);
  g_assert_error (roster_deleted_list_get_error (list), ROSTER_ERROR, ROSTER_ERROR_CLOSED);
  g_assert_false (roster_deleted_list_get_loading (list));
  g_assert_cmpuint (n_items (list), ==, PAGE);
  roster_test_finalize (list);
}

/* The newest reading counts, and a list may go while it is read. */
static void
test_again_while_reading (Fixture *fixture, gconstpointer data)
{
  RosterDeletedList *list = NULL;

  add (fixture, 0, 3);
  delete (fixture, 0, 3);
  list = roster_deleted_list_new (fixture->directory);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  roster_deleted_list_reload (list);
  roster_deleted_list_reload (list);
  roster_test_wait (has_ended, list);
  assert_told (fixture, "0 0 3");
  roster_deleted_list_reload (list);
  roster_test_finalize (list);
  g_assert_cmpuint (fixture->changes->len, ==, 0);
}

static void
add_test (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_test ("/deleted-list/empty", test_empty);
  add_test ("/deleted-list/pages", test_pages);
  add_test ("/deleted-list/follows", test_follows);
  add_test ("/deleted-list/purged", test_purged);
  add_test ("/deleted-list/error", test_error);
  add_test ("/deleted-list/again-while-reading", test_again_while_reading);
  return g_test_run ();
}
