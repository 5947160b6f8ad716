/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A closed replica and its file. */

#include "config.h"

#include "file-fixture.h"

#include <string.h>
#include <sys/stat.h>

void
file_fixture_set_up (FileFixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new (fixture->folder);
  fixture->path = g_strdup (g_file_peek_path (roster_replica_get_file (fixture->replica)));
}

void
file_fixture_tear_down (FileFixture *fixture, gconstpointer data)
{
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
  g_free (fixture->path);
}

void
file_fixture_assert_opens (FileFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  replica_test_open (fixture->replica, &error);
  g_assert_no_error (error);
}

void
file_fixture_add_number (FileFixture *fixture, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) created = replica_test_create_one (fixture->replica, person, &error);

  g_assert_no_error (error);
  g_assert_nonnull (created);
}

static GPtrArray *
new_people (guint n_people)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);

  for (guint i = 0; i < n_people; i++)
    g_ptr_array_add (people, replica_test_person (i));
  return people;
}

void
file_fixture_make_file (FileFixture *fixture, guint n_people)
{
  g_autoptr (GPtrArray) people = new_people (n_people);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  file_fixture_assert_opens (fixture);
  roster_replica_create_async (fixture->replica, g_ptr_array_ref (people), "made", NULL,
                               roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  created = roster_replica_create_finish (fixture->replica, result, &error);
  g_assert_no_error (error);
  g_assert_true (replica_test_close (fixture->replica, NULL));
}

void
file_fixture_assert_n_people (FileFixture *fixture, guint n_people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = replica_test_load (fixture->replica, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, n_people);
}

char *
file_fixture_side_path (FileFixture *fixture, const char *suffix)
{
  return g_strconcat (fixture->path, suffix, NULL);
}

void
file_fixture_write_file (const char *path, const char *bytes, gssize n_bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, n_bytes, &error);
  g_assert_no_error (error);
}

char *
file_fixture_read_file (const char *path, gsize *n_bytes)
{
  g_autoptr (GError) error = NULL;
  char *bytes;

  g_file_get_contents (path, &bytes, n_bytes, &error);
  g_assert_no_error (error);
  return bytes;
}

static int
compare_lines_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What is in the folder, with the times of the last change: equal when nothing was touched. */
static char *
describe_folder (FileFixture *fixture)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (fixture->folder), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (fixture->folder), name, NULL);
      struct stat info;

      g_assert_cmpint (lstat (path, &info), ==, 0);
      g_ptr_array_add (lines,
                       g_strdup_printf ("%s %o %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld",
                                        name, info.st_mode, (gint64) info.st_size,
                                        (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec));
    }
  g_ptr_array_sort (lines, compare_lines_cb);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Asserts that opening fails and leaves everything as it is. */
void
file_fixture_assert_refused (FileFixture *fixture, RosterError code)
{
  g_autofree char *before = describe_folder (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (replica_test_open (fixture->replica, &error));
  g_assert_error (error, ROSTER_ERROR, (int) code);
  after = describe_folder (fixture);
  g_assert_cmpstr (before, ==, after);
}
