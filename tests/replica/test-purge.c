/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is removed for good is gone: from the lists, and from the bytes of the file and its log. */

#include "config.h"

#include <string.h>

#include "replica-test.h"
#include "roster-cuid.h"
#include "roster-error.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define N_PEOPLE 3000

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
}

static void
add_numbers (Fixture *fixture, guint first, guint n)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (people, replica_test_person (i));
  created = replica_test_create (fixture->replica, (RosterPerson *const *) people->pdata,
                                 people->len, &error);
  g_assert_no_error (error);
}

static void
change_phone (Fixture *fixture, guint number, const char *from, const char *to)
{
  g_autoptr (RosterPerson) base = replica_test_person (number);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (GError) error = NULL;

  g_free (base->phone);
  base->phone = g_strdup (from);
  g_free (wanted->phone);
  wanted->phone = g_strdup (to);
  updated = replica_test_update (fixture->replica, base, wanted, NULL, &error);
  g_assert_no_error (error);
}

/* The ids of every @step th from @first on. */
static GPtrArray *
new_ids (guint first, guint end, guint step)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = first; i < end; i += step)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);

      g_ptr_array_add (ids, g_strdup (person->id));
    }
  g_ptr_array_add (ids, NULL);
  return ids;
}

static void
delete_ids (Fixture *fixture, GPtrArray *ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      replica_test_delete (fixture->replica, (const char *const *) ids->pdata, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_people, ==, ids->len - 1);
}

static guint
count_deleted (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n_total;
  g_autoptr (GPtrArray) page =
      replica_test_deleted (fixture->replica, 0, G_MININT64, 1, &n_total, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, MIN (n_total, 1));
  return n_total;
}

/* All that the folder's files hold, as one text. */
static char *
read_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (fixture->folder), 0, NULL);
  g_autoptr (GString) all = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (fixture->folder), name, NULL);
      g_autofree char *bytes = NULL;
      gsize n_bytes;

      g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
      for (gsize i = 0; i < n_bytes; i++)
        g_string_append_c (all, bytes[i] == '\0' ? ' ' : bytes[i]);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static gboolean
is_in_files (Fixture *fixture, const char *text)
{
  g_autofree char *all = read_files (fixture);

  return strstr (all, text) != NULL;
}

static void
assert_gone (Fixture *fixture, GPtrArray *ids)
{
  g_autofree char *all = read_files (fixture);
  guint n_found = 0;

  for (guint i = 0; i < ids->len - 1; i++)
    {
      guint number = (guint) g_ascii_strtoull ((const char *) ids->pdata[i] + 7, NULL, 10);
      g_autoptr (RosterPerson) person = replica_test_person (number);

      n_found += strstr (all, person->id) != NULL;
      n_found += strstr (all, person->email) != NULL;
    }
  g_assert_cmpuint (n_found, ==, 0);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) some = new_ids (1000, 1000 + N_PEOPLE, 7);
  g_autoptr (GPtrArray) others = new_ids (1003, 1000 + N_PEOPLE, 14);
  g_autoptr (GError) error = NULL;

  /* In every state and place that values can have been in. */
  add_numbers (fixture, 1000, N_PEOPLE / 2);
  add_numbers (fixture, 1000 + N_PEOPLE / 2, N_PEOPLE / 2);
  for (guint i = 1000; i < 1000 + N_PEOPLE; i += 21)
    {
      g_autofree char *phone = g_strdup_printf ("+49 30 %u", i);

      change_phone (fixture, i, phone, "secret 012345");
      change_phone (fixture, i, "secret 012345", "+44 20 1");
    }
  delete_ids (fixture, some);
  add_numbers (fixture, 5000, 500);
  delete_ids (fixture, others);
  g_assert_true (is_in_files (fixture, "person1007@example.org"));
  g_assert_true (is_in_files (fixture, "secret 012345"));

  g_assert_true (replica_test_purge (fixture->replica, (const char *const *) some->pdata, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_deleted (fixture), ==, others->len - 1);
  assert_gone (fixture, some);
  g_assert_false (is_in_files (fixture, "secret 012345"));

  g_assert_true (replica_test_purge (fixture->replica, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_deleted (fixture), ==, 0);
  assert_gone (fixture, others);

  g_assert_true (replica_test_close (fixture->replica, NULL));
  assert_gone (fixture, some);
  assert_gone (fixture, others);
}

/* Closes the file, has another program do @sql, and opens it again. */
static void
execute (Fixture *fixture, const char *sql)
{
  g_assert_true (replica_test_close (fixture->replica, NULL));
  replica_test_execute (fixture->folder, sql);
  g_assert_true (replica_test_open (fixture->replica, NULL));
}

#define NOW "unixepoch () * 1000"
#define DAYS_AGO(n) NOW " - " #n " * 24 * 60 * 60 * 1000"

/* Whether more are left. */
static gboolean
expire (Fixture *fixture, guint limit)
{
  g_autoptr (GError) error = NULL;
  gboolean more = replica_test_expire (fixture->replica, 30 * DAY_MS, limit, &error);

  g_assert_no_error (error);
  return more;
}

static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = new_ids (1, 8, 1);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  add_numbers (fixture, 1, 8);
  delete_ids (fixture, ids);
  g_assert_false (expire (fixture, 10));
  g_assert_cmpuint (count_deleted (fixture), ==, 7);

  execute (fixture,
           "UPDATE people_deleted SET at = " DAYS_AGO (
               31) " WHERE change_id < 14;"
                   "UPDATE people_deleted SET at = " DAYS_AGO (29) " WHERE change_id >= 14;");
  g_assert_true (expire (fixture, 2));
  g_assert_cmpuint (count_deleted (fixture), ==, 5);
  g_assert_true (expire (fixture, 2));
  g_assert_false (expire (fixture, 2));
  g_assert_false (expire (fixture, 2));
  g_assert_cmpuint (count_deleted (fixture), ==, 2);
  g_assert_false (is_in_files (fixture, "person1@example.org"));
  g_assert_true (is_in_files (fixture, "person7@example.org"));

  /* Whoever is there keeps their history, however old. */
  execute (fixture, "UPDATE people_history SET at = 1;");
  g_assert_false (expire (fixture, 2));
  kept = new_ids (8, 9, 1);
  changes = replica_test_history (fixture->replica, kept->pdata[0]);
  g_assert_cmpuint (changes->len, ==, 1);
}

/* A clock that is set a year ahead for a moment, with Roster started twice in it. */
static void
test_clock_ahead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = new_ids (1, 2, 1);

  add_numbers (fixture, 1, 1);
  delete_ids (fixture, ids);
  execute (fixture,
           "UPDATE people_deleted SET at = " DAYS_AGO (
               365) ";"
                    "UPDATE meta SET seen_at = " DAYS_AGO (365) ", sure_at = " DAYS_AGO (366) ";");
  g_assert_false (expire (fixture, 10));
  g_assert_false (expire (fixture, 10));
  g_assert_cmpuint (count_deleted (fixture), ==, 1);

  /* Back to the right time. */
  execute (fixture,
           "UPDATE people_deleted SET at = " DAYS_AGO (
               1) ";"
                  "UPDATE meta SET seen_at = " DAYS_AGO (-365) ", sure_at = " DAYS_AGO (1) ";");
  g_assert_false (expire (fixture, 10));
  g_assert_cmpuint (count_deleted (fixture), ==, 1);
  g_assert_false (expire (fixture, 10));
  g_assert_cmpuint (count_deleted (fixture), ==, 1);
}

/* A year later by two clocks a day apart: that is a year. */
static void
test_clock_agreed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = new_ids (1, 2, 1);

  add_numbers (fixture, 1, 1);
  delete_ids (fixture, ids);
  execute (fixture,
           "UPDATE people_deleted SET at = " DAYS_AGO (
               365) ";"
                    "UPDATE meta SET seen_at = " DAYS_AGO (2) ", sure_at = " DAYS_AGO (365) ";");
  g_assert_false (expire (fixture, 10));
  g_assert_cmpuint (count_deleted (fixture), ==, 0);
}

/* A clock without a battery says 1970: whoever is deleted by it is not expired when it is right. */
static void
test_clock_behind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = new_ids (1, 2, 1);
  g_autoptr (GPtrArray) page = NULL;
  gint64 now_unix_ms = g_get_real_time () / 1000;
  guint n_total;

  add_numbers (fixture, 1, 1);
  execute (fixture, "UPDATE meta SET seen_at = " DAYS_AGO (-1000) ", sure_at = " DAYS_AGO (-1000));
  delete_ids (fixture, ids);
  g_assert_false (expire (fixture, 10));
  page = replica_test_deleted (fixture->replica, 0, G_MININT64, 1, &n_total, NULL);
  g_assert_cmpint (((RosterChange *) page->pdata[0])->at_unix_ms, >, now_unix_ms + 999 * DAY_MS);
}

/* Another program put somebody back without asking. */
static void
test_there_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = new_ids (1, 2, 1);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  guint n_total;

  add_numbers (fixture, 1, 1);
  delete_ids (fixture, ids);
  execute (fixture, "INSERT INTO people SELECT 1, person_id, name, email, phone, 1, 1"
                    " FROM people_history WHERE operation = 'delete';"
                    "UPDATE people_deleted SET at = 1; UPDATE meta SET n_people = 1;");
  page = replica_test_deleted (fixture->replica, 0, G_MININT64, 10, &n_total, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 0);
  g_assert_false (expire (fixture, 1));
  g_assert_true (replica_test_purge (fixture->replica, NULL, &error));
  changes = replica_test_history (fixture->replica, ids->pdata[0]);
  g_assert_cmpuint (changes->len, ==, 2);
}

/* What was typed about somebody and not saved goes with them, and only with them. */
static void
test_drafts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) ids = new_ids (1, 3, 1);
  g_autoptr (GPtrArray) first = new_ids (1, 2, 1);

  add_numbers (fixture, 1, 3);
  execute (fixture, "INSERT INTO draft SELECT id, 'typed ' || slot, '', '', 1, name, email, phone"
                    " FROM people;");
  delete_ids (fixture, ids);
  g_assert_true (replica_test_purge (fixture->replica, (const char *const *) first->pdata, NULL));
  g_assert_false (is_in_files (fixture, "typed 1"));
  g_assert_true (is_in_files (fixture, "typed 2"));
  g_assert_true (replica_test_purge (fixture->replica, NULL, NULL));
  g_assert_false (is_in_files (fixture, "typed 2"));
  g_assert_true (is_in_files (fixture, "typed 3"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/purge/bytes", Fixture, NULL, set_up, test_bytes, tear_down);
  g_test_add ("/purge/drafts", Fixture, NULL, set_up, test_drafts, tear_down);
  g_test_add ("/purge/expired", Fixture, NULL, set_up, test_expired, tear_down);
  g_test_add ("/purge/there-again", Fixture, NULL, set_up, test_there_again, tear_down);
  g_test_add ("/purge/clock/ahead", Fixture, NULL, set_up, test_clock_ahead, tear_down);
  g_test_add ("/purge/clock/agreed", Fixture, NULL, set_up, test_clock_agreed, tear_down);
  g_test_add ("/purge/clock/behind", Fixture, NULL, set_up, test_clock_behind, tear_down);

  return g_test_run ();
}
