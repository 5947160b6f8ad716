/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done in a session, undone and done again; and what the façade says of the history. The
 * authority is the scripted one, so that calls can fail and wait. */

#include "config.h"

#include "replica-test.h"
#include "roster-directory.h"
#include "roster-error.h"
#include "roster-fake-authority.h"
#include "roster-local-authority.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  RosterAuthority *authority;
  RosterDirectory *directory;
  /* "A3 " for "done" about three who were added, "E", "D", "R"; "u" and "r" with + or - when
   * "can-undo" or "can-redo" was notified. */
  GString *log;
} Fixture;

static void
done_cb (RosterDirectory *directory, const RosterUndoEntry *entry, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "%c%u ", "AEDR"[entry->kind], entry -> n_people);
}

static void
can_undo_cb (RosterDirectory *directory, GParamSpec *pspec, Fixture *fixture)
{
  gboolean can;

  g_object_get (directory, pspec->name, &can, NULL);
  g_string_append_printf (fixture->log, "%c%c ", pspec->name[4], can ? '+' : '-');
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gboolean is_local = GPOINTER_TO_INT (data);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new (fixture->folder);
  fixture->authority = is_local ? roster_local_authority_new (fixture->replica)
                                : roster_fake_authority_new (fixture->replica);
  fixture->directory = roster_directory_new (fixture->replica, fixture->authority);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->directory, "done", G_CALLBACK (done_cb), fixture);
  g_signal_connect (fixture->directory, "notify::can-undo", G_CALLBACK (can_undo_cb), fixture);
  g_signal_connect (fixture->directory, "notify::can-redo", G_CALLBACK (can_undo_cb), fixture);
  roster_directory_open_async (fixture->directory, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_directory_open_finish (fixture->directory, result, NULL));
}

static gboolean
is_loaded (gpointer directory)
{
  return !roster_directory_get_loading (directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_test_wait (is_loaded, fixture->directory);
  roster_directory_close_async (fixture->directory, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_directory_close_finish (fixture->directory, result, NULL));
  g_clear_object (&result);
  roster_test_finalize (fixture->directory);
  roster_test_finalize (fixture->authority);
  roster_test_finalize (fixture->replica);
  g_string_free (fixture->log, TRUE);
  roster_test_folder_delete (fixture->folder);
}

static void
assert_log (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static void
assert_n_people (Fixture *fixture, guint n)
{
  roster_test_wait (is_loaded, fixture->directory);
  g_assert_cmpuint (roster_directory_get_n_people (fixture->directory), ==, n);
}

static void
add (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (people, replica_test_person (i));
  roster_directory_add_async (fixture->directory, g_ptr_array_ref (people), NULL,
                              roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_directory_add_finish (fixture->directory, result, &error));
  g_assert_no_error (error);
}

static void
rename_to (Fixture *fixture, guint number, const char *from, const char *to)
{
  g_autoptr (RosterPerson) base = replica_test_person (number);
  g_autoptr (RosterPerson) wanted = replica_test_person (number);
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  if (from)
    {
      g_free (base->name);
      base->name = g_strdup (from);
    }
  g_free (wanted->name);
  wanted->name = g_strdup (to);
  roster_directory_save_async (fixture->directory, base, wanted, NULL, roster_test_result_cb,
                               &kept);
  result = roster_test_await (&kept);
  person = roster_directory_save_finish (fixture->directory, result, NULL, &error);
  g_assert_no_error (error);
}

static void
delete_numbers (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  for (guint i = first; i < first + n; i++)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);

      g_strv_builder_add (builder, person->id);
    }
  ids = g_strv_builder_end (builder);
  roster_directory_delete_async (fixture->directory, g_strdupv ((char **) ids), NULL,
                                 roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  receipt = roster_directory_delete_finish (fixture->directory, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_people, ==, n);
}

static RosterUndoEntry *
undo (Fixture *fixture, const char *batch_id, PersonObject **person, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_directory_undo_async (fixture->directory, batch_id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_directory_undo_finish (fixture->directory, result, person, error);
}

static RosterUndoEntry *
redo (Fixture *fixture, PersonObject **person, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_directory_redo_async (fixture->directory, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_directory_redo_finish (fixture->directory, result, person, error);
}

static void
assert_undone (Fixture *fixture, RosterUndoKind kind, guint n_people, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterUndoEntry) entry = undo (fixture, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (entry->kind, ==, kind);
  g_assert_cmpuint (entry->n_people, ==, n_people);
  g_assert_cmpstr (entry->name, ==, name);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (roster_directory_get_can_undo (fixture->directory));
  g_assert_false (roster_directory_get_can_redo (fixture->directory));
  g_assert_null (undo (fixture, NULL, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (redo (fixture, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  assert_log (fixture, "");
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  roster_test_wait (is_loaded, fixture->directory);
  add (fixture, 1, 3);
  rename_to (fixture, 1, NULL, "Grace Lee");
  delete_numbers (fixture, 2, 2);
  assert_log (fixture, "u+ A3 E1 D2 ");
  assert_n_people (fixture, 1);

  assert_undone (fixture, ROSTER_UNDO_DELETE, 2, "Person 3");
  assert_n_people (fixture, 3);
  assert_undone (fixture, ROSTER_UNDO_EDIT, 1, "Grace Lee");
  assert_undone (fixture, ROSTER_UNDO_ADD, 3, "Person 3");
  assert_n_people (fixture, 0);
  assert_log (fixture, "r+ u- ");

  for (guint i = 0; i < 3; i++)
    roster_undo_entry_free (redo (fixture, NULL, &error));
  g_assert_no_error (error);
  assert_log (fixture, "u+ A3 E1 r- D2 ");
  assert_n_people (fixture, 1);

  /* Again, by the batches that doing it again made; something new is the end of doing again. */
  assert_undone (fixture, ROSTER_UNDO_DELETE, 2, "Person 3");
  assert_n_people (fixture, 3);
  add (fixture, 4, 1);
  assert_log (fixture, "r+ r- A1 ");
}

/* Nothing that changed nobody can be undone. */
static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 1);
  assert_log (fixture, "u+ A1 ");
  add (fixture, 1, 0);
  delete_numbers (fixture, 9, 0);
  assert_log (fixture, "");
}

static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (RosterUndoEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  roster_test_wait (is_loaded, fixture->directory);
  add (fixture, 1, 2);
  delete_numbers (fixture, 2, 1);
  entry = undo (fixture, NULL, &person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (person_object_get_name (person), ==, "Person 2");
  g_clear_object (&person);
  g_clear_pointer (&entry, roster_undo_entry_free);
  entry = redo (fixture, &person, &error);
  g_assert_no_error (error);
  g_assert_null (person);
}

static void
keep_first_cb (RosterDirectory *directory, const RosterUndoEntry *entry, char **batch_id)
{
  if (!*batch_id)
    *batch_id = g_strdup (entry->batch_id);
}

static void
test_middle (Fixture *fixture, gconstpointer data)
{
  g_autofree char *batch_id = NULL;
  g_autoptr (RosterUndoEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->directory, "done", G_CALLBACK (keep_first_cb), &batch_id);
  add (fixture, 1, 2);
  add (fixture, 3, 1);
  entry = undo (fixture, batch_id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entry->n_people, ==, 2);
  assert_n_people (fixture, 1);
  g_clear_pointer (&entry, roster_undo_entry_free);

  /* Once is enough; the others are left. */
  g_assert_null (undo (fixture, batch_id, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  assert_n_people (fixture, 1);
  assert_undone (fixture, ROSTER_UNDO_ADD, 1, "Person 3");
}

/* What cannot be undone any more is not in the way of what was done before. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) changed = replica_test_person (1);
  g_autoptr (GError) error = NULL;

  roster_test_wait (is_loaded, fixture->directory);
  add (fixture, 2, 1);
  add (fixture, 1, 1);
  g_free (changed->name);
  changed->name = g_strdup ("Henry Moore");
  roster_fake_authority_put (ROSTER_FAKE_AUTHORITY (fixture->authority), changed);
  g_assert_null (undo (fixture, NULL, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  assert_n_people (fixture, 2);
  assert_undone (fixture, ROSTER_UNDO_ADD, 1, "Person 2");
  assert_n_people (fixture, 1);
  g_assert_false (roster_directory_get_can_undo (fixture->directory));
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  RosterFakeAuthority *fake = ROSTER_FAKE_AUTHORITY (fixture->authority);
  g_autoptr (GError) error = NULL;

  add (fixture, 1, 1);
  assert_log (fixture, "u+ A1 ");
  roster_fake_authority_fail_next (fake, g_error_new_literal (ROSTER_ERROR, ROSTER_ERROR_NO_SPACE,
                                                              "Full."));
  g_assert_null (undo (fixture, NULL, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NO_SPACE);
  assert_log (fixture, "u- u+ ");
  assert_undone (fixture, ROSTER_UNDO_ADD, 1, "Person 1");
}

static void
test_cannot_edit (Fixture *fixture, gconstpointer data)
{
  RosterFakeAuthority *fake = ROSTER_FAKE_AUTHORITY (fixture->authority);

  add (fixture, 1, 1);
  assert_log (fixture, "u+ A1 ");
  roster_fake_authority_set_edit_reason (fake, "Asleep.");
  assert_log (fixture, "u- ");
  g_assert_false (roster_directory_get_can_undo (fixture->directory));
  roster_fake_authority_set_edit_reason (fake, NULL);
  assert_log (fixture, "u+ ");
}

/* Two quick presses undo two things, not one of them twice. */
static void
test_twice_at_once (Fixture *fixture, gconstpointer data)
{
  RosterFakeAuthority *fake = ROSTER_FAKE_AUTHORITY (fixture->authority);
  GAsyncResult *kept[2] = { NULL };

  add (fixture, 1, 1);
  add (fixture, 2, 2);
  roster_fake_authority_hold (fake);
  roster_directory_undo_async (fixture->directory, NULL, NULL, roster_test_result_cb, &kept[0]);
  roster_directory_undo_async (fixture->directory, NULL, NULL, roster_test_result_cb, &kept[1]);
  g_assert_false (roster_directory_get_can_undo (fixture->directory));
  roster_fake_authority_release (fake);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = roster_test_await (&kept[i]);
      g_autoptr (RosterUndoEntry) entry =
          roster_directory_undo_finish (fixture->directory, result, NULL, NULL);

      g_assert_cmpuint (entry->n_people, ==, 2 - i);
    }
  assert_n_people (fixture, 0);
}

/* The history, the deleted, restoring and removing for good. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = replica_test_person (1);
  const char *ids[] = { first->id, NULL };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  guint n_total;

  roster_test_wait (is_loaded, fixture->directory);
  add (fixture, 1, 3);
  delete_numbers (fixture, 1, 2);
  roster_directory_history_async (fixture->directory, first->id, NULL, roster_test_result_cb,
                                  &kept);
  result = roster_test_await (&kept);
  changes = roster_directory_history_finish (fixture->directory, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 2);
  g_clear_object (&result);

  roster_directory_deleted_async (fixture->directory, 0, 1, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  page = roster_directory_deleted_finish (fixture->directory, result, &n_total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 1);
  g_assert_cmpuint (n_total, ==, 2);
  g_clear_object (&result);
  g_string_truncate (fixture->log, 0);

  roster_directory_restore_async (fixture->directory, g_strdupv ((char **) ids), NULL,
                                  roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  receipt = roster_directory_restore_finish (fixture->directory, result, &person, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_people, ==, 1);
  g_assert_cmpstr (person_object_get_id (person), ==, first->id);
  assert_log (fixture, "R1 ");
  g_clear_object (&result);

  roster_directory_purge_async (fixture->directory, NULL, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_directory_purge_finish (fixture->directory, result, &error));
  g_assert_no_error (error);
  assert_log (fixture, "");
  assert_undone (fixture, ROSTER_UNDO_RESTORE, 1, "Person 1");
  assert_n_people (fixture, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, is_local, run)                                                                   \
  g_test_add ("/directory/undo/" path, Fixture, GINT_TO_POINTER (is_local), set_up, run, tear_down)

  ADD ("new", FALSE, test_new);
  ADD ("all", FALSE, test_all);
  ADD ("all/local", TRUE, test_all);
  ADD ("nothing", TRUE, test_nothing);
  ADD ("person", TRUE, test_person);
  ADD ("middle", FALSE, test_middle);
  ADD ("conflict", FALSE, test_conflict);
  ADD ("failed", FALSE, test_failed);
  ADD ("cannot-edit", FALSE, test_cannot_edit);
  ADD ("twice-at-once", FALSE, test_twice_at_once);
  ADD ("history", TRUE, test_history);

  return g_test_run ();
}
