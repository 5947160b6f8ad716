/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <csv.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "roster-error.h"
#include "roster-export-line.h"
#include "roster-export.h"
#include "roster-sample-people.h"
#include "roster-test.h"

#define HEADER "\"Name\",\"E-mail\",\"Phone\"\r\n"

/* People to export: so many sample people. */
typedef struct
{
  guint n;
  guint next;
  RosterPerson *person;
  GCancellable *cancel_at_end;
} People;

static People *
people_new (guint n)
{
  People *people = g_new0 (People, 1);

  people->n = n;
  return people;
}

static void
people_free (gpointer data)
{
  People *people = data;

  g_clear_pointer (&people->person, roster_person_free);
  g_clear_object (&people->cancel_at_end);
  g_free (people);
}

static gboolean
next (gpointer data, RosterPerson *person)
{
  People *people = data;

  g_clear_pointer (&people->person, roster_person_free);
  if (people->next == people->n)
    {
      if (people->cancel_at_end)
        g_cancellable_cancel (people->cancel_at_end);
      return FALSE;
    }
  people->person = roster_sample_person_new (people->next++);
  *person = *people->person;
  return TRUE;
}

static gboolean export(GFile *file, People *people, GError **error)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable =
      people->cancel_at_end ? g_object_ref (people->cancel_at_end) : NULL;

  roster_export_csv_async (file, next, people, people_free, cancellable, roster_test_result_cb,
                           &waiting);
  result = roster_test_await (&waiting);
  return roster_export_csv_finish (result, error);
}

static char *
read_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_load_contents (file, NULL, &contents, NULL, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

static guint
count_files (GFile *folder)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Lines */

static void
test_csv_line (void)
{
  static const struct
  {
    RosterPerson person;
    const char *line;
  } cases[] = {
    { { .name = (char *) "Grace Lee",
        .email = (char *) "grace@example.org",
        .phone = (char *) "1" },
      "\"Grace Lee\",\"grace@example.org\",\"1\"" },
    { { .name = (char *) "Lee, \"G\"", .email = (char *) "", .phone = (char *) "a\r\nb" },
      "\"Lee, \"\"G\"\"\",\"\",\"a\r\nb\"" },
    { { .name = (char *) "\"\"\"", .email = (char *) "ü@例え.テスト", .phone = (char *) "שלום" },
      "\"\"\"\"\"\"\"\",\"ü@例え.テスト\",\"שלום\"" },
    /* Formulas, and what is none. */
    { { .name = (char *) "=HYPERLINK(\"http://x\")",
        .email = (char *) "@SUM(A1)",
        .phone = (char *) "+49 30 123-4567" },
      "\"'=HYPERLINK(\"\"http://x\"\")\",\"'@SUM(A1)\",\"+49 30 123-4567\"" },
    { { .name = (char *) "-1+1",
        .email = (char *) "+cmd|' /C calc'!A0",
        .phone = (char *) "+1+cmd|' /C calc'!A0" },
      "\"'-1+1\",\"'+cmd|' /C calc'!A0\",\"'+1+cmd|' /C calc'!A0\"" },
    { { .name = (char *) "\t=1", .email = (char *) "\r=1", .phone = (char *) "\n=1" },
      "\"'\t=1\",\"'\r=1\",\"'\n=1\"" },
    { { .name = (char *) "＝1", .email = (char *) "＠A", .phone = (char *) "＋1" },
      "\"'＝1\",\"'＠A\",\"'＋1\"" },
    { { .name = (char *) "O'Brien-Smith",
        .email = (char *) "a+b@example.org",
        .phone = (char *) "(030) 12 34" },
      "\"O'Brien-Smith\",\"a+b@example.org\",\"(030) 12 34\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *expected = g_strconcat (cases[i].line, "\r\n", NULL);

      roster_export_append_csv (text, &cases[i].person);
      g_assert_cmpstr (text->str, ==, expected);
    }
}

static void
field_cb (void *field, size_t n_bytes, void *user_data)
{
  g_ptr_array_add (user_data, g_strndup (field, n_bytes));
}

/* What is written is what a reader of CSV reads. */
static void
test_csv_read_back (void)
{
  static const char *const pieces[] = { "\"", ",", "\n", "\r\n", "a", "é", " ", "'", ";", "\t" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
  struct csv_parser parser;

  for (guint i = 0; i < 1000; i++)
    {
      RosterPerson person = { 0 };
      char **values[] = { &person.name, &person.email, &person.phone };

      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          g_autoptr (GString) value = g_string_new ("x");

          for (gint n = g_rand_int_range (rand, 0, 6); n > 0; n--)
            g_string_append (value, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          *values[j] = g_string_free (g_steal_pointer (&value), FALSE);
          g_ptr_array_add (written, *values[j]);
        }
      roster_export_append_csv (text, &person);
    }

  g_assert_cmpint (csv_init (&parser, CSV_STRICT | CSV_STRICT_FINI), ==, 0);
  g_assert_cmpuint (csv_parse (&parser, text->str, text->len, field_cb, NULL, fields), ==,
                    text->len);
  g_assert_cmpint (csv_fini (&parser, field_cb, NULL, fields), ==, 0);
  csv_free (&parser);
  g_assert_cmpuint (fields->len, ==, written->len);
  for (guint i = 0; i < fields->len; i++)
    g_assert_cmpstr (g_ptr_array_index (fields, i), ==, g_ptr_array_index (written, i));
}

static void
test_tabbed_line (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  RosterPerson person = { .name = (char *) "Lee,\t\"Grace\"\r\n\u2028x",
                          .email = (char *) "=1+1",
                          .phone = (char *) "+49 30 1234567" };

  roster_export_append_tabbed (text, &person);
  g_assert_cmpstr (text->str, ==, "Lee, \"Grace\"   x\t'=1+1\t+49 30 1234567\n");
}

/* Text */

static void
test_text (void)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) first = roster_sample_person_new (0);
  g_autoptr (RosterPerson) second = roster_sample_person_new (1);
  g_autofree char *expected =
      g_strdup_printf ("%s\t%s\t%s\n%s\t%s\t%s\n", first->name, first->email, first->phone,
                       second->name, second->email, second->phone);

  roster_export_text_async (next, people_new (2), people_free, NULL, roster_test_result_cb,
                            &waiting);
  result = roster_test_await (&waiting);
  bytes = roster_export_text_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

static void
test_text_cancelled (void)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  roster_export_text_async (next, people_new (2), people_free, cancellable, roster_test_result_cb,
                            &waiting);
  result = roster_test_await (&waiting);
  g_assert_null (roster_export_text_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Files */

typedef struct
{
  GFile *folder;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->file = g_file_get_child (fixture->folder, "people.csv");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->file);
  roster_test_folder_delete (fixture->folder);
}

static void
write_old (Fixture *fixture, int mode)
{
  g_assert_true (g_file_set_contents (g_file_peek_path (fixture->file), "old", -1, NULL));
  g_assert_cmpint (g_chmod (g_file_peek_path (fixture->file), mode), ==, 0);
}

static void
assert_old (Fixture *fixture)
{
  g_autofree char *contents = read_file (fixture->file);

  g_assert_cmpstr (contents, ==, "old");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_new_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nobody = NULL;
  g_autofree char *many = NULL;
  g_autoptr (GString) expected = g_string_new (HEADER);

  g_assert_true (export(fixture->file, people_new (0), &error));
  g_assert_no_error (error);
  nobody = read_file (fixture->file);
  g_assert_cmpstr (nobody, ==, HEADER);

  /* More than one chunk. */
  g_assert_true (export(fixture->file, people_new (5000), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      roster_export_append_csv (expected, person);
    }
  many = read_file (fixture->file);
  g_assert_cmpstr (many, ==, expected->str);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_private_file_stays_private (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  GStatBuf now;

  write_old (fixture, 0600);
  g_assert_true (export(fixture->file, people_new (0), &error));
  g_assert_no_error (error);
  contents = read_file (fixture->file);
  g_assert_cmpstr (contents, ==, HEADER);
  g_assert_cmpint (g_stat (g_file_peek_path (fixture->file), &now), ==, 0);
  g_assert_cmpuint (now.st_mode & 0777, ==, 0600);
}

static void
test_longest_name (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'x');
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, name);
  g_autoptr (GError) error = NULL;

  g_assert_true (export(file, people_new (1), &error));
  g_assert_no_error (error);
}

static void
test_no_room (Fixture *fixture, gconstpointer data)
{
  const struct rlimit small = { 100000, RLIM_INFINITY }, large = { RLIM_INFINITY, RLIM_INFINITY };
  g_autoptr (GError) error = NULL;
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);

  write_old (fixture, 0644);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (export(fixture->file, people_new (5000), &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &large), ==, 0);
  signal (SIGXFSZ, handler);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  assert_old (fixture);
}

static void
test_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_resolve_relative_path (fixture->folder, "no/people.csv");
  g_autoptr (GFile) elsewhere = g_file_new_for_uri ("https://example.org/people.csv");
  GFile *files[] = { nowhere, elsewhere, fixture->folder };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (export(files[i], people_new (1), &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  People *people = people_new (10);
  g_autoptr (GError) error = NULL;

  write_old (fixture, 0644);
  people->cancel_at_end = g_cancellable_new ();
  g_assert_false (export(fixture->file, people, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_old (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/export/csv-line", test_csv_line);
  g_test_add_func ("/exchange/export/csv-read-back", test_csv_read_back);
  g_test_add_func ("/exchange/export/tabbed-line", test_tabbed_line);
  g_test_add_func ("/exchange/export/text", test_text);
  g_test_add_func ("/exchange/export/text-cancelled", test_text_cancelled);
#define ADD(name, func)                                                                            \
  g_test_add ("/exchange/export/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new-file", test_new_file);
  ADD ("private-file-stays-private", test_private_file_stays_private);
  ADD ("longest-name", test_longest_name);
  ADD ("no-room", test_no_room);
  ADD ("nowhere", test_nowhere);
  ADD ("cancelled", test_cancelled);
  return g_test_run ();
}
