/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a replica does when it may not write, or when there is no room to. */

#include "config.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "replica-test.h"
#include "roster-error.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  guint n_notified;
} Fixture;

static void
read_only_cb (Fixture *fixture)
{
  fixture->n_notified++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new (fixture->folder);
  g_signal_connect_swapped (fixture->replica, "notify::read-only", G_CALLBACK (read_only_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
}

static void
add_number (RosterReplica *replica, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) created = replica_test_create_one (replica, person, &error);

  g_assert_no_error (error);
  g_assert_nonnull (created);
}

static void
assert_n_people (RosterReplica *replica, guint n_people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = replica_test_load (replica, &error);
  g_autoptr (GPtrArray) first_page = NULL;
  guint n_counted;

  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, n_people);
  first_page = replica_test_first_page (replica, "name/C", &n_counted, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_counted, ==, n_people);
}

static void
assert_opens (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  replica_test_open (fixture->replica, &error);
  g_assert_no_error (error);
}

static void
assert_writes_fail (Fixture *fixture, RosterError code)
{
  g_autoptr (RosterPerson) person = replica_test_person (99);
  g_autoptr (RosterPerson) there = replica_test_person (7);
  const char *ids[] = { there->id, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (replica_test_create_one (fixture->replica, person, &error));
  g_assert_error (error, ROSTER_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_null (replica_test_delete (fixture->replica, ids, &error));
  g_assert_error (error, ROSTER_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_null (replica_test_undo (fixture->replica, "nothing", "undo", &error));
  if (code != ROSTER_ERROR_NO_SPACE)
    g_assert_error (error, ROSTER_ERROR, (int) code);
}

/* Asserts that history can be read, and that person 7 has nothing in it but their adding. */
static void
assert_only_added (Fixture *fixture)
{
  g_autoptr (RosterPerson) person = replica_test_person (7);
  g_autoptr (GPtrArray) changes = replica_test_history (fixture->replica, person->id);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  guint n_total;

  g_assert_cmpuint (changes->len, ==, 1);
  page = replica_test_deleted (fixture->replica, 0, 0, 10, &n_total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_total, ==, 0);
}

/* Leaves 20 people in the file and 5 more in its log, as when Roster is killed. */
static void
make_with_log (Fixture *fixture)
{
  static const char *const SUFFIXES[] = { "", "-wal" };
  g_autoptr (GFile) folder = roster_test_folder_new ();
  RosterReplica *other = replica_test_new_open (folder);

  for (guint i = 0; i < 20; i++)
    add_number (other, i);
  g_assert_true (replica_test_close (other, NULL));
  g_assert_true (replica_test_open (other, NULL));
  for (guint i = 20; i < 25; i++)
    add_number (other, i);
  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    {
      g_autofree char *name = g_strconcat ("people.roster", SUFFIXES[i], NULL);
      g_autoptr (GFile) from = g_file_get_child (folder, name);
      g_autoptr (GFile) to = g_file_get_child (fixture->folder, name);
      g_autoptr (GError) error = NULL;

      g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  replica_test_free (other);
  roster_test_folder_delete (g_steal_pointer (&folder));
}

static void
make_closed (Fixture *fixture)
{
  assert_opens (fixture);
  for (guint i = 0; i < 25; i++)
    add_number (fixture->replica, i);
  g_assert_true (replica_test_close (fixture->replica, NULL));
}

static void
assert_reads_only (Fixture *fixture)
{
  assert_opens (fixture);
  g_assert_true (roster_replica_get_read_only (fixture->replica));
  g_assert_cmpuint (fixture->n_notified, ==, 1);
  assert_n_people (fixture->replica, 25);
  assert_writes_fail (fixture, ROSTER_ERROR_READ_ONLY);
  assert_n_people (fixture->replica, 25);
  assert_only_added (fixture);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  g_assert_false (roster_replica_get_read_only (fixture->replica));
}

static void
assert_writes_again (Fixture *fixture)
{
  assert_opens (fixture);
  g_assert_false (roster_replica_get_read_only (fixture->replica));
  assert_n_people (fixture->replica, 25);
  add_number (fixture->replica, 50);
}

typedef struct
{
  const char *path;
  gboolean with_log;
  int file_mode;
  int folder_mode;
} ReadOnly;

static const ReadOnly READ_ONLY[] = {
  { "/replica-denied/read-only/all", FALSE, 0444, 0555 },
  { "/replica-denied/read-only/all/with-log", TRUE, 0444, 0555 },
  { "/replica-denied/read-only/file", FALSE, 0444, 0777 },
  { "/replica-denied/read-only/file/with-log", TRUE, 0444, 0777 },
  { "/replica-denied/read-only/folder", FALSE, 0666, 0555 },
  { "/replica-denied/read-only/folder/with-log", TRUE, 0666, 0555 },
};

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  const ReadOnly *read_only = data;

  if (read_only->with_log)
    make_with_log (fixture);
  else
    make_closed (fixture);
  replica_test_deny (fixture->folder, read_only->file_mode, read_only->folder_mode);
  assert_reads_only (fixture);
  replica_test_allow (fixture->folder);
  assert_writes_again (fixture);
}

static void
test_new_in_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replica_test_deny (fixture->folder, 0666, 0555);
  g_assert_false (replica_test_open (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_READ_ONLY);
  replica_test_allow (fixture->folder);
  assert_opens (fixture);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_closed (fixture);
  replica_test_deny (fixture->folder, 0, 0555);
  g_assert_false (replica_test_open (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_READ_ONLY);
  replica_test_allow (fixture->folder);
  assert_writes_again (fixture);
}

/* No file may become larger than this: what a full disk is to a write. */
static void
limit_file_size (rlim_t n_bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (n_bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GError) error = NULL;

  assert_opens (fixture);
  for (guint i = 0; i < 25; i++)
    add_number (fixture->replica, i);
  for (guint i = 100; i < 5100; i++)
    g_ptr_array_add (people, replica_test_person (i));

  /* Some room, but not enough; then none at all. */
  limit_file_size (400000);
  created = replica_test_create (fixture->replica, (RosterPerson *const *) people->pdata,
                                 people->len, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NO_SPACE);
  g_assert_null (created);
  g_clear_error (&error);
  limit_file_size (1);
  assert_writes_fail (fixture, ROSTER_ERROR_NO_SPACE);
  assert_n_people (fixture->replica, 25);
  assert_only_added (fixture);

  limit_file_size (RLIM_INFINITY);
  created = replica_test_create (fixture->replica, (RosterPerson *const *) people->pdata,
                                 people->len, &error);
  g_assert_no_error (error);
  assert_n_people (fixture->replica, 5025);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  assert_opens (fixture);
  assert_n_people (fixture->replica, 5025);
}

static void
test_full_when_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  limit_file_size (1);
  g_assert_false (replica_test_open (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NO_SPACE);
  limit_file_size (RLIM_INFINITY);
  assert_opens (fixture);
  add_number (fixture->replica, 1);
}

/* A full disk is no reason not to look people up. */
static void
test_full_when_opened (Fixture *fixture, gconstpointer data)
{
  if (GPOINTER_TO_INT (data))
    make_with_log (fixture);
  else
    make_closed (fixture);
  limit_file_size (1);
  assert_opens (fixture);
  assert_n_people (fixture->replica, 25);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  limit_file_size (RLIM_INFINITY);
  assert_writes_again (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (READ_ONLY); i++)
    g_test_add (READ_ONLY[i].path, Fixture, &READ_ONLY[i], set_up, test_read_only, tear_down);

#define ADD(path, with_log, run)                                                                   \
  g_test_add (path, Fixture, GINT_TO_POINTER (with_log), set_up, run, tear_down)

  ADD ("/replica-denied/read-only/new", FALSE, test_new_in_read_only_folder);
  ADD ("/replica-denied/unreadable", FALSE, test_unreadable);
  ADD ("/replica-denied/full", FALSE, test_full);
  ADD ("/replica-denied/full/new", FALSE, test_full_when_new);
  ADD ("/replica-denied/full/opened", FALSE, test_full_when_opened);
  ADD ("/replica-denied/full/opened/with-log", TRUE, test_full_when_opened);

  return g_test_run ();
}
