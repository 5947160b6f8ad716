/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies made by Roster, and taking one in place of the directory. */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "replica-test.h"
#include "roster-error.h"
#include "roster-replica-copy.h"
#include "write-plan.h"

#define N_PEOPLE 300

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  GFile *away; /* another folder */
  GFile *copy;
} Fixture;

static void
add_people (RosterReplica *replica, guint from, guint n)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, replica_test_person (from + i));
  created = replica_test_create (replica, (RosterPerson **) people->pdata, n, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  add_people (fixture->replica, 0, N_PEOPLE);
  fixture->away = roster_test_folder_new ();
  fixture->copy = g_file_get_child (fixture->away, "people.roster");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->copy);
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
  roster_test_folder_delete (fixture->away);
}

static gboolean
save_copy (Fixture *fixture, GFile *to, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_save_copy_async (fixture->replica, to, NULL, NULL, cancellable,
                                  roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_save_copy_finish (fixture->replica, result, error);
}

static void
save_copy_fine (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (save_copy (fixture, fixture->copy, NULL, &error));
  g_assert_no_error (error);
}

static GFile *
stage_copy (Fixture *fixture, GFile *copy, guint *n_people, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_stage_copy_async (fixture->replica, copy, NULL, NULL, NULL, roster_test_result_cb,
                                   &kept);
  result = roster_test_await (&kept);
  return roster_replica_stage_copy_finish (fixture->replica, result, n_people, error);
}

static gboolean
replace (Fixture *fixture, GFile *staged, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_replace_async (fixture->replica, staged, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_replace_finish (fixture->replica, result, error);
}

static void
assert_n_files (GFile *folder, guint n)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);

  while (g_dir_read_name (dir))
    n--;
  g_assert_cmpuint (n, ==, 0);
}

static void
assert_names (GFile *folder, const char *names)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *joined = NULL;
  const char *name;

  while ((name = g_dir_read_name (dir)))
    g_ptr_array_add (found, g_strdup (name));
  g_ptr_array_add (found, NULL);
  joined = g_strjoinv (" ", (char **) found->pdata);
  g_assert_cmpstr (joined, ==, names);
}

static void
assert_n_people (GFile *folder, guint n)
{
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (GPtrArray) people = replica_test_load (replica, NULL);

  g_assert_cmpuint (people->len, ==, n);
  replica_test_free (replica);
}

static void
write_text (GFile *file, const char *text)
{
  g_assert_true (g_file_set_contents (g_file_peek_path (file), text, -1, NULL));
}

static void
assert_text (GFile *file, const char *text)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (g_file_peek_path (file), &content, NULL, NULL));
  g_assert_cmpstr (content, ==, text);
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  struct stat info;

  write_text (fixture->copy, "Something else.");
  g_assert_cmpint (g_chmod (g_file_peek_path (fixture->copy), 0644), ==, 0);
  save_copy_fine (fixture);
  g_assert_cmpint (stat (g_file_peek_path (fixture->copy), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  assert_names (fixture->away, "people.roster");

  /* One file is all: also for other programs, and where nothing can be written. */
  replica_test_deny (fixture->away, 0444, 0555);
  assert_n_people (fixture->away, N_PEOPLE);
  replica_test_allow (fixture->away);
  assert_names (fixture->away, "people.roster");
  assert_n_people (fixture->away, N_PEOPLE);
}

static void
test_save_through_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) target = g_file_get_child (fixture->away, "target");

  write_text (target, "Something else.");
  g_assert_cmpint (symlink ("target", g_file_peek_path (fixture->copy)), ==, 0);
  save_copy_fine (fixture);
  g_assert_true (g_file_test (g_file_peek_path (fixture->copy), G_FILE_TEST_IS_SYMLINK));
  assert_n_people (fixture->away, N_PEOPLE);
}

static void
assert_refused (Fixture *fixture, GFile *to, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save_copy (fixture, to, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, code);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const OWN[] = { "people.roster", "people.roster-wal", "people.roster-shm",
                                     "people.roster-journal" };
  g_autoptr (GFile) log = g_file_get_child (fixture->away, "people.roster-wal");
  g_autoptr (GFile) nowhere = g_file_get_child (fixture->away, "no/people.roster");

  for (guint i = 0; i < G_N_ELEMENTS (OWN); i++)
    {
      g_autoptr (GFile) own = g_file_get_child (fixture->folder, OWN[i]);

      assert_refused (fixture, own, ROSTER_ERROR_INVALID);
    }
  g_assert_cmpint (link (g_file_peek_path (roster_replica_get_file (fixture->replica)),
                         g_file_peek_path (fixture->copy)),
                   ==, 0);
  assert_refused (fixture, fixture->copy, ROSTER_ERROR_INVALID);
  g_assert_cmpint (g_unlink (g_file_peek_path (fixture->copy)), ==, 0);

  /* Somebody's log would be taken for that of the copy. */
  write_text (log, "");
  assert_refused (fixture, fixture->copy, ROSTER_ERROR_INVALID);
  assert_refused (fixture, nowhere, ROSTER_ERROR_FAILED);
  assert_names (fixture->away, "people.roster-wal");
  add_people (fixture->replica, N_PEOPLE, 1);
}

static void
test_denied (Fixture *fixture, gconstpointer data)
{
  replica_test_deny (fixture->away, 0644, 0555);
  assert_refused (fixture, fixture->copy, ROSTER_ERROR_READ_ONLY);
  replica_test_allow (fixture->away);
}

static void
test_no_space (Fixture *fixture, gconstpointer data)
{
  struct rlimit limit, small;

  write_text (fixture->copy, "As it was.");
  g_assert_true (signal (SIGXFSZ, SIG_IGN) != SIG_ERR);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = (struct rlimit){ 8192, limit.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_refused (fixture, fixture->copy, ROSTER_ERROR_NO_SPACE);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_text (fixture->copy, "As it was.");
  assert_names (fixture->away, "people.roster");
  save_copy_fine (fixture);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_text (fixture->copy, "As it was.");
  g_cancellable_cancel (cancellable);
  add_people (fixture->replica, N_PEOPLE, 20000);
  g_assert_false (save_copy (fixture, fixture->copy, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_text (fixture->copy, "As it was.");
  assert_names (fixture->away, "people.roster");
}

static void
count_cb (goffset n_bytes, goffset n_bytes_in_all, gpointer user_data)
{
  guint *n = user_data;

  g_assert_cmpint (n_bytes, <=, n_bytes_in_all);
  (*n)++;
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  guint n_calls = 0, n_calls_then;

  add_people (fixture->replica, N_PEOPLE, 20000);
  roster_replica_save_copy_async (fixture->replica, fixture->copy, count_cb, &n_calls, NULL,
                                  roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_replica_save_copy_finish (fixture->replica, result, &error));
  g_assert_cmpuint (n_calls, >, 0);
  n_calls_then = n_calls;
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (n_calls, ==, n_calls_then);
}

static void
ignore_cb (gpointer user_data)
{
}

/* A copy made while others write is what was there at one moment. */
static void
test_while_writing (void)
{
  Fixture fixture = { 0 };
  g_autoptr (WritePlan) plan = write_plan_new (0);

  fixture.folder = roster_test_folder_new ();
  fixture.replica = replica_test_new_open (fixture.folder);
  fixture.away = roster_test_folder_new ();
  fixture.copy = g_file_get_child (fixture.away, "people.roster");
  write_plan_start (plan, fixture.replica, ignore_cb, NULL);
  for (guint i = 0; i < 20; i++)
    {
      save_copy_fine (&fixture);
      write_plan_find (fixture.away, 0, G_MAXUINT / 2);
      g_assert_true (g_file_delete (fixture.copy, NULL, NULL));
    }
  write_plan_stop (plan);
  tear_down (&fixture, NULL);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  replica_test_close (fixture->replica, NULL);
  assert_refused (fixture, fixture->copy, ROSTER_ERROR_CLOSED);
  g_assert_true (replica_test_open (fixture->replica, NULL));
}

static void
test_take (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) staged = NULL;
  g_autoptr (GFile) previous = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) left = g_file_get_child (fixture->folder, "people.roster.part-AbCdEf");
  guint n_people;

  write_text (left, "What was being made when Roster was killed.");
  save_copy_fine (fixture);
  add_people (fixture->replica, N_PEOPLE, 5);
  staged = stage_copy (fixture, fixture->copy, &n_people, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_people, ==, N_PEOPLE);
  assert_names (fixture->away, "people.roster");
  g_assert_false (g_file_query_exists (left, NULL));

  g_assert_false (replace (fixture, staged, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  g_clear_error (&error);

  previous = roster_replica_dup_previous_file (fixture->replica);
  g_assert_true (save_copy (fixture, previous, NULL, &error));
  g_assert_true (replica_test_close (fixture->replica, &error));
  g_assert_true (replace (fixture, staged, &error));
  g_assert_no_error (error);
  g_assert_true (replica_test_open (fixture->replica, &error));
  people = replica_test_load (fixture->replica, &error);
  g_assert_cmpuint (people->len, ==, N_PEOPLE);

  g_clear_object (&staged);
  staged = stage_copy (fixture, previous, &n_people, &error);
  g_assert_cmpuint (n_people, ==, N_PEOPLE + 5);
}

/* Another program has the directory open: its log would be taken for the copy's. */
static void
test_take_into_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) staged = NULL;
  g_autoptr (GFile) log = g_file_get_child (fixture->folder, "people.roster-wal");
  g_autoptr (GError) error = NULL;
  guint n_people;

  save_copy_fine (fixture);
  staged = stage_copy (fixture, fixture->copy, &n_people, &error);
  g_assert_true (replica_test_close (fixture->replica, &error));
  write_text (log, "A log.");
  g_assert_false (replace (fixture, staged, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  g_assert_true (g_file_delete (log, NULL, NULL));
  g_assert_true (replica_test_open (fixture->replica, NULL));
}

static void
cp (Fixture *fixture, const char *name)
{
  g_autoptr (GFile) from = g_file_get_child (fixture->folder, name);
  g_autoptr (GFile) to = g_file_get_child (fixture->away, name);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* What cp made while the directory was in use: with its log, or older without it. */
static void
test_take_made_with_cp (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_people;

  /* All is in the file; then one more, only in the log. */
  g_assert_true (replica_test_close (fixture->replica, NULL));
  g_assert_true (replica_test_open (fixture->replica, NULL));
  add_people (fixture->replica, N_PEOPLE, 1);
  cp (fixture, "people.roster");
  for (guint with_log = 0; with_log <= 1; with_log++)
    {
      g_autoptr (GFile) staged = NULL;

      if (with_log)
        cp (fixture, "people.roster-wal");
      staged = stage_copy (fixture, fixture->copy, &n_people, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (n_people, ==, N_PEOPLE + with_log);
      g_assert_true (g_file_delete (staged, NULL, NULL));
      /* Nothing is left beside it. */
      assert_n_files (fixture->away, 1 + with_log);
    }
}

static void
assert_not_taken (Fixture *fixture, GFile *copy, int code)
{
  g_autoptr (GError) error = NULL;
  guint n_people;

  g_assert_null (stage_copy (fixture, copy, &n_people, &error));
  g_assert_error (error, ROSTER_ERROR, code);
}

static void
test_take_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  gsize n_bytes;

  assert_not_taken (fixture, fixture->copy, ROSTER_ERROR_NOT_FOUND);
  write_text (fixture->copy, "");
  assert_not_taken (fixture, fixture->copy, ROSTER_ERROR_CORRUPT);
  write_text (fixture->copy, "These are no people.");
  assert_not_taken (fixture, fixture->copy, ROSTER_ERROR_CORRUPT);
  assert_not_taken (fixture, fixture->away, ROSTER_ERROR_CORRUPT);
  assert_not_taken (fixture, roster_replica_get_file (fixture->replica), ROSTER_ERROR_INVALID);

  save_copy_fine (fixture);
  replica_test_execute (fixture->away, "PRAGMA user_version = 1000;");
  assert_not_taken (fixture, fixture->copy, ROSTER_ERROR_NEWER_VERSION);

  save_copy_fine (fixture);
  g_assert_true (g_file_get_contents (g_file_peek_path (fixture->copy), &content, &n_bytes, NULL));
  g_assert_cmpint (truncate (g_file_peek_path (fixture->copy), (off_t) n_bytes / 2), ==, 0);
  assert_not_taken (fixture, fixture->copy, ROSTER_ERROR_CORRUPT);
  memset (content + n_bytes / 2, 0x55, 6000);
  g_assert_true (
      g_file_set_contents (g_file_peek_path (fixture->copy), content, (gssize) n_bytes, NULL));
  assert_not_taken (fixture, fixture->copy, ROSTER_ERROR_CORRUPT);
  add_people (fixture->replica, N_PEOPLE, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test)                                                                            \
  g_test_add ("/replica/save-copy/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("save", test_save);
  ADD ("save-through-link", test_save_through_link);
  ADD ("refused", test_refused);
  ADD ("denied", test_denied);
  ADD ("no-space", test_no_space);
  ADD ("cancel", test_cancel);
  ADD ("progress", test_progress);
  ADD ("closed", test_closed);
  ADD ("take", test_take);
  ADD ("take-into-log", test_take_into_log);
  ADD ("take-made-with-cp", test_take_made_with_cp);
  ADD ("take-refused", test_take_refused);
#undef ADD
  g_test_add_func ("/replica/save-copy/while-writing", test_while_writing);

  return g_test_run ();
}
