/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The replica's file: everybody read, and everybody written in one transaction, beside SQLite
 * doing the same by itself. */

#include "config.h"

#include <sqlite3.h>

#include "bench.h"
#include "replica-test.h"
#include "roster-sample-people.h"

#define MAX_ROUNDS 5

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  sqlite3 *handle;
} Files;

static sqlite3_stmt *
prepare (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  return statement;
}

/* A new, empty directory, and a second connection to it. */
static void
files_open (Files *files)
{
  files->folder = roster_test_folder_new ();
  files->replica = replica_test_new_open (files->folder);
  g_assert_cmpint (sqlite3_open (g_file_peek_path (roster_replica_get_file (files->replica)),
                                 &files->handle),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (files->handle, "PRAGMA synchronous = FULL;", NULL, NULL, NULL), ==,
                   SQLITE_OK);
}

static void
files_close (Files *files)
{
  sqlite3_close (files->handle);
  replica_test_free (files->replica);
  roster_test_folder_delete (files->folder);
}

static double
create (Files *files, GPtrArray *people)
{
  gint64 begin_ns = bench_now_ns ();
  g_autoptr (GPtrArray) created =
      replica_test_create (files->replica, (RosterPerson *const *) people->pdata, people->len,
                           NULL);

  g_assert_cmpuint (created->len, ==, people->len);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

/* The same without history: as what an authority elsewhere accepted. */
static double
apply (Files *files, GPtrArray *people)
{
  RosterBatch batch = { people, g_ptr_array_new () };
  gint64 begin_ns = bench_now_ns ();
  double ms;

  g_assert_true (replica_test_apply (files->replica, &batch, NULL));
  ms = (double) (bench_now_ns () - begin_ns) / 1e6;
  g_ptr_array_unref (batch.removed);
  return ms;
}

static double
create_bare (Files *files, GPtrArray *people)
{
  gint64 begin_ns = bench_now_ns ();
  sqlite3_stmt *insert = prepare (files->handle, "INSERT INTO people VALUES (?,?,?,?,?,?,?)");
  sqlite3_stmt *keep =
      prepare (files->handle, "INSERT INTO people_history (id, person_id, operation,"
                              " at) VALUES (?, ?, 'create', ?)");

  sqlite3_exec (files->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  for (guint i = 0; i < people->len; i++)
    {
      const RosterPerson *person = people->pdata[i];

      sqlite3_bind_int64 (insert, 1, i + 1);
      sqlite3_bind_text (insert, 2, person->id, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 3, person->name, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 4, person->email, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, 5, person->phone, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 6, person->created_at_unix_ms);
      sqlite3_bind_int64 (insert, 7, person->updated_at_unix_ms);
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
      sqlite3_bind_int64 (keep, 1, i + 1);
      sqlite3_bind_text (keep, 2, person->id, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (keep, 3, person->created_at_unix_ms);
      g_assert_cmpint (sqlite3_step (keep), ==, SQLITE_DONE);
      sqlite3_reset (keep);
    }
  sqlite3_exec (files->handle, "COMMIT", NULL, NULL, NULL);
  sqlite3_finalize (insert);
  sqlite3_finalize (keep);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static void
count_row_cb (const RosterPerson *person, gpointer user_data)
{
  ++*(guint *) user_data;
}

static double
load (Files *files, guint n_people)
{
  gint64 begin_ns = bench_now_ns ();
  guint n_rows = 0;

  g_assert_true (roster_replica_load (files->replica, count_row_cb, &n_rows, NULL, NULL));
  g_assert_cmpuint (n_rows, ==, n_people);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static double
load_bare (Files *files, guint n_people)
{
  gint64 begin_ns = bench_now_ns ();
  sqlite3_stmt *select = prepare (files->handle, "SELECT * FROM people");
  guint n_rows = 0;

  while (sqlite3_step (select) == SQLITE_ROW)
    {
      for (int i = 1; i <= 4; i++)
        g_assert_nonnull (sqlite3_column_text (select, i));
      n_rows++;
    }
  sqlite3_finalize (select);
  g_assert_cmpuint (n_rows, ==, n_people);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static void
report (const char *name,
        guint n_people,
        double *values,
        double *limits,
        gsize n_values,
        double factor)
{
  g_autofree char *full_name = g_strdup_printf ("replica/%s/%u", name, n_people);

  bench_report (full_name, bench_percentile (values, n_values, 50), "ms",
                bench_percentile (limits, n_values, 50), BENCH_AT_MOST, factor);
}

static void
bench (guint n_people, guint n_rounds)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  double create_ms[MAX_ROUNDS], create_bare_ms[MAX_ROUNDS], apply_ms[MAX_ROUNDS];
  double load_ms[MAX_ROUNDS], load_bare_ms[MAX_ROUNDS];

  for (guint i = 0; i < n_people; i++)
    g_ptr_array_add (people, roster_sample_person_new (i));
  for (guint i = 0; i < n_rounds; i++)
    {
      Files bare, plain, files;

      files_open (&bare);
      create_bare_ms[i] = create_bare (&bare, people);
      files_close (&bare);
      files_open (&plain);
      apply_ms[i] = apply (&plain, people);
      files_close (&plain);
      files_open (&files);
      create_ms[i] = create (&files, people);
      load_bare_ms[i] = load_bare (&files, n_people);
      load_ms[i] = load (&files, n_people);
      files_close (&files);
    }
  report ("create", n_people, create_ms, create_bare_ms, n_rounds, 2);
  report ("create-with-history", n_people, create_ms, apply_ms, n_rounds, 2);
  report ("load", n_people, load_ms, load_bare_ms, n_rounds, 2);
}

int
main (int argc, char *argv[])
{
  bench (10000, MAX_ROUNDS);
  bench (100000, MAX_ROUNDS);
  /* More would take minutes. */
  bench (1000000, 1);
  return bench_finish ();
}
