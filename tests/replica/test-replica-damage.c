/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a replica does with a file that is damaged. */

#include "config.h"

#include <string.h>

#include "file-fixture.h"

static void
test_truncated (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  file_fixture_make_file (fixture, N_PEOPLE);
  bytes = file_fixture_read_file (fixture->path, &n_bytes);
  for (gsize length = 1; length < n_bytes; length += length < 200 ? 1 : 997)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      gsize n_after;

      file_fixture_write_file (fixture->path, bytes, (gssize) length);
      g_assert_false (replica_test_open (fixture->replica, &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
      after = file_fixture_read_file (fixture->path, &n_after);
      g_assert_cmpmem (bytes, length, after, n_after);
    }
}

/* Asserts that @error is one that a damaged file may give. */
static void
assert_damage (GError *error)
{
  if (!g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NEWER_VERSION))
    g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
}

static void
use_damaged (FileFixture *fixture, guint round)
{
  g_autoptr (RosterPerson) person = replica_test_person (N_PEOPLE + round);
  g_autoptr (RosterPerson) created = NULL;
  g_autoptr (RosterReceipt) undone = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) first_page = NULL;
  g_autoptr (GError) error = NULL;
  guint n_people;

  people = replica_test_load (fixture->replica, &error);
  if (error)
    assert_damage (error);
  g_clear_error (&error);
  first_page = replica_test_first_page (fixture->replica, "name/C", &n_people, &error);
  if (error)
    assert_damage (error);
  g_clear_error (&error);
  created = replica_test_create_one (fixture->replica, person, &error);
  if (error)
    assert_damage (error);
  g_clear_error (&error);
  undone = replica_test_undo (fixture->replica, "made", "undone", &error);
  if (error && !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT) &&
      !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND))
    assert_damage (error);
  g_assert_true (replica_test_close (fixture->replica, NULL));
}

/* Any bytes may be wrong: what can be read is read, the rest is said, and nothing crashes. */
static void
test_flipped (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  file_fixture_make_file (fixture, N_PEOPLE);
  bytes = file_fixture_read_file (fixture->path, &n_bytes);
  for (guint round = 0; round < 1000; round++)
    {
      g_autofree char *flipped = g_memdup2 (bytes, n_bytes);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;
      guint n_flips = round % 2 ? 1 : 50;
      gsize n_after;

      /* The damage is worst where the structure is. */
      for (guint i = 0; i < n_flips; i++)
        {
          gsize page = (gsize) g_test_rand_int_range (0, (gint32) (n_bytes / 4096)) * 4096;
          gsize at = page + (gsize) g_test_rand_int_range (0, i % 2 ? 4096 : 120);

          flipped[at] = (char) g_test_rand_int ();
        }
      file_fixture_write_file (fixture->path, flipped, (gssize) n_bytes);
      if (replica_test_open (fixture->replica, &error))
        {
          use_damaged (fixture, round);
          continue;
        }
      assert_damage (error);
      after = file_fixture_read_file (fixture->path, &n_after);
      g_assert_cmpmem (flipped, n_bytes, after, n_after);
    }
}

/* Damage in a file that is too large to be checked whole when it is opened. */
static void
test_damaged_large (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes;

  file_fixture_make_file (fixture, 30000);
  bytes = file_fixture_read_file (fixture->path, &n_bytes);
  g_assert_cmpuint (n_bytes, >, 1024 * 4096);
  memset (bytes + n_bytes / 3, 0x55, n_bytes / 3);
  file_fixture_write_file (fixture->path, bytes, (gssize) n_bytes);
  file_fixture_assert_opens (fixture);
  people = replica_test_load (fixture->replica, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
  g_assert_null (people);
}

/* Rows that are gone without a trace in the structure are found by counting. */
static void
test_lost_rows_large (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;

  file_fixture_make_file (fixture, 30000);
  replica_test_execute (fixture->folder, "DELETE FROM people WHERE slot % 3 = 0;");
  file_fixture_assert_opens (fixture);
  people = replica_test_load (fixture->replica, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 20000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, run)                                                                             \
  g_test_add (path, FileFixture, NULL, file_fixture_set_up, run, file_fixture_tear_down)

  ADD ("/replica-file/truncated", test_truncated);
  ADD ("/replica-file/flipped", test_flipped);
  ADD ("/replica-file/damaged-large", test_damaged_large);
  ADD ("/replica-file/lost-rows-large", test_lost_rows_large);

  return g_test_run ();
}
