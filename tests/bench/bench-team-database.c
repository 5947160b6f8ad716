/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Roster costs a team's database: the history beside the same insert without it, and everybody
 * read page by page with the session checked, beside COPY to nowhere. */

#include "config.h"

#include <gio/gio.h>

#include "bench.h"
#include "roster-link.h"

#define N_ROUNDS 5
#define N_INSERTED 200000
#define N_READ 1000000
#define BLOCKS_A_PAGE 128

static const char STAGE[] =
    "CREATE TEMPORARY TABLE staged AS"
    " SELECT 'c' || lpad(i::text, 24, '0') AS id, 'Person Number ' || i AS name,"
    "  md5(i::text) || '@example.com' AS email, '+49 30 ' || i AS phone_number,"
    "  date_trunc('milliseconds', localtimestamp)::timestamp(3) AS moment"
    " FROM generate_series(1, %d) AS i";
static const char EMPTY[] = "ALTER TABLE people DISABLE TRIGGER USER;"
                            "TRUNCATE people, roster.people_history";
static const char FOLLOW[] = "ALTER TABLE people ENABLE TRIGGER USER";
static const char INSERT[] = "INSERT INTO people (id, name, email, phone_number, created_at,"
                             " updated_at) SELECT id, name, email, phone_number, moment, moment"
                             " FROM staged";
static const char SIGN_IN[] = "INSERT INTO users (id, email) VALUES ('u', 'u@example.com');"
                              "INSERT INTO sessions (id, session_token, user_id, expires) VALUES "
                              "('s', 't', 'u', '2999-01-01')";

static void
run (RosterLink *link, const char *script)
{
  g_autoptr (GError) error = NULL;

  if (!roster_link_run_script (link, "benchmark", script, &error))
    g_error ("%s", error->message);
}

static double
time_ms (RosterLink *link, const char *script)
{
  gint64 begin_ns = bench_now_ns ();

  run (link, script);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static void
measure_insert (RosterLink *link)
{
  g_autofree char *stage = g_strdup_printf (STAGE, N_INSERTED);
  double with_ms[N_ROUNDS], without_ms[N_ROUNDS];

  run (link, stage);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      run (link, EMPTY);
      without_ms[i] = time_ms (link, INSERT);
      run (link, EMPTY);
      run (link, FOLLOW);
      with_ms[i] = time_ms (link, INSERT);
    }
  bench_report ("team-database/insert-with-history/200000",
                bench_percentile (with_ms, N_ROUNDS, 50), "ms",
                bench_percentile (without_ms, N_ROUNDS, 50), BENCH_AT_MOST, 2.0);
  run (link, "DROP TABLE staged");
}

/* Binary rows, one after the other, as a copy of the directory takes them in. */
static guint
read_rows (PGconn *connection, const char *query, const char *const *values, int n_values)
{
  guint n_rows = 0;
  PGresult *result;

  g_assert_true (PQsendQueryParams (connection, query, n_values, NULL, values, NULL, NULL, 1));
  g_assert_true (PQsetSingleRowMode (connection));
  while ((result = PQgetResult (connection)))
    {
      if (PQresultStatus (result) == PGRES_FATAL_ERROR)
        g_error ("%s", PQresultErrorMessage (result));
      n_rows += (guint) PQntuples (result);
      PQclear (result);
    }
  return n_rows;
}

static double
read_pages_ms (RosterLink *link)
{
  static const char QUERY[] =
      "SELECT * FROM roster.people_page('t', $1::text::oid, $2::text::bigint, " G_STRINGIFY (
          BLOCKS_A_PAGE) ")";
  PGconn *connection = roster_link_get_connection (link);
  gint64 begin_ns = bench_now_ns ();
  PGresult *sync = PQexec (connection, "SELECT file, n_blocks FROM roster.begin_sync('t')");
  gint64 n_blocks = g_ascii_strtoll (PQgetvalue (sync, 0, 1), NULL, 10);
  guint n_rows = 0;

  for (gint64 block = 0; block < n_blocks; block += BLOCKS_A_PAGE)
    {
      g_autofree char *first = g_strdup_printf ("%" G_GINT64_FORMAT, block);
      const char *values[] = { PQgetvalue (sync, 0, 0), first };

      n_rows += read_rows (connection, QUERY, values, G_N_ELEMENTS (values));
    }
  PQclear (sync);
  g_assert_cmpuint (n_rows, ==, N_READ);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static double
copy_ms (RosterLink *link)
{
  PGconn *connection = roster_link_get_connection (link);
  gint64 begin_ns = bench_now_ns ();
  char *row;

  PQclear (PQexec (connection, "COPY (SELECT id, name, email, phone_number, created_at, updated_at"
                               " FROM people) TO STDOUT (FORMAT binary)"));
  while (PQgetCopyData (connection, &row, FALSE) > 0)
    PQfreemem (row);
  PQclear (PQgetResult (connection));
  g_assert_null (PQgetResult (connection));
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static void
measure_pages (RosterLink *link)
{
  g_autofree char *stage = g_strdup_printf (STAGE, N_READ);
  double pages_ms[N_ROUNDS], bare_ms[N_ROUNDS];

  run (link, stage);
  run (link, EMPTY);
  run (link, INSERT);
  run (link, FOLLOW);
  run (link, SIGN_IN);
  run (link, "VACUUM ANALYZE people");
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      bare_ms[i] = copy_ms (link);
      pages_ms[i] = read_pages_ms (link);
    }
  bench_report ("team-database/read-by-page/1000000",
                N_READ / bench_percentile (pages_ms, N_ROUNDS, 50) * 1000, "rows/s",
                N_READ / bench_percentile (bare_ms, N_ROUNDS, 50) * 1000, BENCH_AT_LEAST, 0.45);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterConnectionUrl) url =
      roster_connection_url_parse (g_getenv ("DATABASE_URL_UNPOOLED"), &error);
  g_autoptr (RosterLink) link = url ? roster_link_open (url, &error) : NULL;

  if (!link)
    g_error ("%s", error->message);
  measure_insert (link);
  measure_pages (link);
  return bench_finish ();
}
