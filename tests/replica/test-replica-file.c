/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a replica does with its file; with one that is damaged, see test-replica-damage.c. */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file-fixture.h"

static mode_t
get_mode (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

static void
test_new_is_private (FileFixture *fixture, gconstpointer data)
{
  mode_t old_umask = umask (0);
  g_autoptr (GFile) folder = g_file_get_child (fixture->folder, "a/b");
  g_autofree char *parent = g_build_filename (g_file_peek_path (fixture->folder), "a", NULL);
  RosterReplica *replica = replica_test_new_open (folder);
  const char *path = g_file_peek_path (roster_replica_get_file (replica));
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autofree char *index_path = g_strconcat (path, "-shm", NULL);
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) created = replica_test_create_one (replica, person, NULL);

  g_assert_nonnull (created);
  g_assert_cmpint (get_mode (parent), ==, 0700);
  g_assert_cmpint (get_mode (g_file_peek_path (folder)), ==, 0700);
  g_assert_cmpint (get_mode (path), ==, 0600);
  g_assert_cmpint (get_mode (log_path), ==, 0600);
  g_assert_cmpint (get_mode (index_path), ==, 0600);
  umask (old_umask);
  replica_test_free (replica);

  /* Closed, the file alone is everything. */
  g_assert_false (g_file_test (log_path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (index_path, G_FILE_TEST_EXISTS));
}

static void
test_empty_is_new (FileFixture *fixture, gconstpointer data)
{
  file_fixture_write_file (fixture->path, "", 0);
  file_fixture_assert_opens (fixture);
  file_fixture_assert_n_people (fixture, 0);
  file_fixture_add_number (fixture, 1);
}

static void
test_empty_with_log (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *log_path = file_fixture_side_path (fixture, "-wal");
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  file_fixture_assert_opens (fixture);
  file_fixture_add_number (fixture, 1);
  bytes = file_fixture_read_file (log_path, &n_bytes);
  g_assert_true (replica_test_close (fixture->replica, NULL));

  file_fixture_write_file (log_path, bytes, (gssize) n_bytes);
  file_fixture_write_file (fixture->path, "", 0);
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
}

static void
test_garbage (FileFixture *fixture, gconstpointer data)
{
  static const char *const TEXTS[] = { "x", "SQLite format 3", "SQLite format 2 and much more",
                                       "Name,E-mail\nAlice Johnson,alice@example.org\n" };
  g_autofree char *random = g_malloc (5000);

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      file_fixture_write_file (fixture->path, TEXTS[i], -1);
      file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
    }
  for (guint i = 0; i < 5000; i++)
    random[i] = (char) g_test_rand_int ();
  file_fixture_write_file (fixture->path, random, 5000);
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
}

static void
test_foreign (FileFixture *fixture, gconstpointer data)
{
  replica_test_execute (fixture->folder, "CREATE TABLE people (name TEXT);");
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
  replica_test_execute (fixture->folder, "PRAGMA user_version = 1; PRAGMA journal_mode = WAL;");
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
}

/* The header says that it is Roster's, but it is not. */
static void
test_foreign_schema (FileFixture *fixture, gconstpointer data)
{
  file_fixture_make_file (fixture, 1);
  replica_test_execute (fixture->folder, "DROP TABLE first_page; PRAGMA journal_mode = DELETE;");
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
}

static void
test_newer (FileFixture *fixture, gconstpointer data)
{
  file_fixture_make_file (fixture, 1);
  replica_test_execute (fixture->folder, "PRAGMA user_version = 1000;");
  file_fixture_assert_refused (fixture, ROSTER_ERROR_NEWER_VERSION);
}

/* A newer version was ended before it wrote its log back. */
static void
test_newer_in_log (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *log_path = file_fixture_side_path (fixture, "-wal");
  g_autofree char *file_bytes = NULL;
  g_autofree char *log_bytes = NULL;
  g_autofree char *bytes_after = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_file_bytes, n_log_bytes, n_bytes_after;
  sqlite3 *handle;

  file_fixture_make_file (fixture, 1);
  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, "PRAGMA user_version = 1000;", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  file_bytes = file_fixture_read_file (fixture->path, &n_file_bytes);
  log_bytes = file_fixture_read_file (log_path, &n_log_bytes);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
  file_fixture_write_file (fixture->path, file_bytes, (gssize) n_file_bytes);
  file_fixture_write_file (log_path, log_bytes, (gssize) n_log_bytes);

  g_assert_false (replica_test_open (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NEWER_VERSION);
  bytes_after = file_fixture_read_file (fixture->path, &n_bytes_after);
  g_assert_cmpmem (file_bytes, n_file_bytes, bytes_after, n_bytes_after);
  g_free (g_steal_pointer (&bytes_after));
  bytes_after = file_fixture_read_file (log_path, &n_bytes_after);
  g_assert_cmpmem (log_bytes, n_log_bytes, bytes_after, n_bytes_after);
}

static void
execute_migration (FileFixture *fixture, const char *name)
{
  g_autofree char *path =
      g_strdup_printf ("/io/github/rosterapp/Roster/sql/replica/migrations/%s.sql", name);
  g_autoptr (GBytes) sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  replica_test_execute (fixture->folder, g_bytes_get_data (sql, NULL));
}

/* Files as former versions left them: the migrations of a version are never changed again. */
static void
test_older (FileFixture *fixture, gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autoptr (RosterPerson) person = replica_test_person (N_PEOPLE + 1);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  execute_migration (fixture, "0001-people");
  if (version > 1)
    execute_migration (fixture, "0002-unique-emails");
  replica_test_execute (
      fixture->folder,
      "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)"
      "INSERT INTO people SELECT i + 1, 'cperson' || i, 'Person', 'person' || i || '@example.org',"
      " '12', 1000 + i, 2000 FROM n;");
  replica_test_execute (fixture->folder, "UPDATE meta SET n_people = 200;");
  if (version > 2)
    execute_migration (fixture, "0003-history");

  file_fixture_assert_opens (fixture);
  file_fixture_assert_n_people (fixture, N_PEOPLE);
  g_free (person->email);
  person->email = g_strdup ("person1@example.org");
  refused = replica_test_create_one (fixture->replica, person, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);

  /* Whoever was there has a history: they were added. */
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *id = g_strdup_printf ("cperson%u", i);
      g_autoptr (GPtrArray) changes = replica_test_history (fixture->replica, id);
      const RosterChange *added = changes->pdata[0];

      g_assert_cmpuint (changes->len, ==, 1);
      g_assert_cmpint (added->kind, ==, ROSTER_CHANGE_ADDED);
      g_assert_cmpint (added->at_unix_ms, ==, 1000 + i);
      g_assert_cmpstr (added->after->id, ==, id);
    }
}

static void
test_no_file (FileFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
}

static void
test_link (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) target = g_file_get_child (fixture->folder, "target");
  g_autofree char *log_path = g_strconcat (g_file_peek_path (target), "-wal", NULL);
  g_autoptr (GFile) aside = NULL;
  g_autoptr (GError) error = NULL;

  /* What it points to may be on a disk that is not there now. */
  g_assert_cmpint (symlink ("target", fixture->path), ==, 0);
  file_fixture_assert_refused (fixture, ROSTER_ERROR_FAILED);

  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  file_fixture_make_file (fixture, N_PEOPLE);
  g_assert_cmpint (g_rename (fixture->path, g_file_peek_path (target)), ==, 0);
  g_assert_cmpint (symlink ("target", fixture->path), ==, 0);
  file_fixture_assert_opens (fixture);
  file_fixture_assert_n_people (fixture, N_PEOPLE);
  g_assert_true (g_file_test (log_path, G_FILE_TEST_EXISTS));
  g_assert_true (replica_test_close (fixture->replica, NULL));

  aside = replica_test_set_aside (fixture->replica, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (g_file_peek_path (aside), G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_query_exists (target, NULL));
}

static void
assert_aside (FileFixture *fixture, GFile *aside)
{
  g_autofree char *name = g_file_get_basename (aside);

  g_assert_true (g_file_has_prefix (aside, fixture->folder));
  g_assert_true (
      g_regex_match_simple ("^people\\.roster\\.damaged-[0-9]{8}-[0-9]{6}(-[0-9]+)?$", name, 0, 0));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_set_aside (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("no directory, number %u", i);
      g_autofree char *log_path = file_fixture_side_path (fixture, "-wal");
      g_autofree char *bytes = NULL;
      g_autofree char *log_bytes = NULL;
      g_autofree char *aside_log_path = NULL;
      g_autoptr (GFile) aside = NULL;

      file_fixture_write_file (fixture->path, text, -1);
      file_fixture_write_file (log_path, text, -1);
      file_fixture_assert_refused (fixture, ROSTER_ERROR_CORRUPT);
      aside = replica_test_set_aside (fixture->replica, &error);
      g_assert_no_error (error);
      assert_aside (fixture, aside);
      g_assert_true (g_hash_table_add (names, g_file_get_path (aside)));
      bytes = file_fixture_read_file (g_file_peek_path (aside), NULL);
      g_assert_cmpstr (bytes, ==, text);
      aside_log_path = g_strconcat (g_file_peek_path (aside), "-wal", NULL);
      log_bytes = file_fixture_read_file (aside_log_path, NULL);
      g_assert_cmpstr (log_bytes, ==, text);
      g_assert_false (g_file_test (log_path, G_FILE_TEST_EXISTS));
    }
  file_fixture_assert_opens (fixture);
  file_fixture_assert_n_people (fixture, 0);
}

static void
test_set_aside_open (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  file_fixture_assert_opens (fixture);
  g_assert_null (replica_test_set_aside (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  file_fixture_add_number (fixture, 1);
}

static void
test_set_aside_nothing (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (replica_test_set_aside (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
}

/* What is written into a file without a name would be lost. */
static void
test_moved (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = file_fixture_side_path (fixture, ".elsewhere");
  g_autoptr (RosterPerson) person = replica_test_person (2);
  g_autoptr (GError) error = NULL;

  file_fixture_assert_opens (fixture);
  file_fixture_add_number (fixture, 1);
  g_assert_cmpint (g_rename (fixture->path, elsewhere), ==, 0);
  g_assert_null (replica_test_create_one (fixture->replica, person, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  g_assert_cmpint (g_rename (elsewhere, fixture->path), ==, 0);
  file_fixture_add_number (fixture, 2);
  file_fixture_assert_n_people (fixture, 2);
}

/* Another program is in the way: it is waited for, then said. */
static void
test_locked (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (2);
  g_autoptr (GError) error = NULL;
  sqlite3 *handle;

  file_fixture_make_file (fixture, 1);
  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  file_fixture_assert_opens (fixture);
  g_assert_cmpint (sqlite3_exec (handle, "BEGIN IMMEDIATE;", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_null (replica_test_create_one (fixture->replica, person, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (sqlite3_exec (handle, "ROLLBACK;", NULL, NULL, NULL), ==, SQLITE_OK);
  file_fixture_add_number (fixture, 2);
  g_assert_true (replica_test_close (fixture->replica, NULL));

  g_assert_cmpint (sqlite3_exec (handle,
                                 "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;", NULL,
                                 NULL, NULL),
                   ==, SQLITE_OK);
  g_assert_false (replica_test_open (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  g_assert_false (roster_replica_get_read_only (fixture->replica));
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static const struct
{
  const char *path;
  void (*run) (FileFixture *fixture, gconstpointer data);
} CASES[] = {
  { "/replica-file/new-is-private", test_new_is_private },
  { "/replica-file/empty-is-new", test_empty_is_new },
  { "/replica-file/empty-with-log", test_empty_with_log },
  { "/replica-file/garbage", test_garbage },
  { "/replica-file/foreign", test_foreign },
  { "/replica-file/foreign-schema", test_foreign_schema },
  { "/replica-file/newer", test_newer },
  { "/replica-file/newer-in-log", test_newer_in_log },
  { "/replica-file/no-file", test_no_file },
  { "/replica-file/link", test_link },
  { "/replica-file/set-aside", test_set_aside },
  { "/replica-file/set-aside/open", test_set_aside_open },
  { "/replica-file/set-aside/nothing", test_set_aside_nothing },
  { "/replica-file/moved", test_moved },
  { "/replica-file/locked", test_locked },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_test_add (CASES[i].path, FileFixture, NULL, file_fixture_set_up, CASES[i].run,
                file_fixture_tear_down);

  for (guint version = 1; version <= 3; version++)
    {
      g_autofree char *path = g_strdup_printf ("/replica-file/older/%u", version);

      g_test_add (path, FileFixture, GUINT_TO_POINTER (version), file_fixture_set_up, test_older,
                  file_fixture_tear_down);
    }

  return g_test_run ();
}
