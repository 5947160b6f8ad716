/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Round trips over a slow network: what somebody does, beside the least that libpq needs, which is
 * a statement of its own and a connection of its own. Arguments: the way's name, the URL, a
 * session's token. */

#include "config.h"

#include <libpq-fe.h>

#include "bench.h"
#include "roster-calls.h"
#include "roster-cuid.h"
#include "roster-worker.h"

#define N_ROUNDS 15
#define ALLOWED 1.1

static RosterConnectionUrl *
parse_url (const char *text)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url = roster_connection_url_parse (text, &error);

  if (!url)
    g_error ("%s", error->message);
  return url;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GPtrArray **answers = user_data;

  *answers = roster_worker_run_finish (ROSTER_WORKER (source), result, &error);
  if (!*answers)
    g_error ("%s", error->message);
}

/* Returns: how long it took, in ms */
static double
ask (RosterWorker *worker, RosterCall *first, RosterCall *second, GPtrArray **answers)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);
  gint64 begin_ns = bench_now_ns ();

  g_ptr_array_add (calls, first);
  if (second)
    g_ptr_array_add (calls, second);
  *answers = NULL;
  roster_worker_run_async (worker, calls, ROSTER_URGENCY_PERSON, ROSTER_WORKER_TIMEOUT_MS, NULL,
                           done_cb, answers);
  while (!*answers)
    g_main_context_iteration (NULL, TRUE);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static char *
take_cursor (GPtrArray *answers)
{
  g_autoptr (GError) error = NULL;
  const RosterSyncRow *row = roster_answer_begin_sync (answers->pdata[0], &error);

  if (!row)
    g_error ("%s", error->message);
  return g_strdup (row->cursor);
}

/* What one person does: adds somebody and sees what others did meanwhile; reads a history. */
static void
measure_operations (RosterWorker *worker, const char *token, double *write_ms, double *read_ms)
{
  g_autoptr (GPtrArray) begun = NULL;
  g_autofree char *cursor = NULL;

  ask (worker, roster_call_begin_sync (token), NULL, &begun);
  cursor = take_cursor (begun);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *batch = roster_cuid_new ();
      g_autofree char *id = roster_cuid_new ();
      g_autofree char *email = g_strconcat (id, "@example.com", NULL);
      g_autoptr (GPtrArray) written = NULL;
      g_autoptr (GPtrArray) read = NULL;
      g_autoptr (GError) error = NULL;

      write_ms[i] =
          ask (worker,
               roster_call_create_person (token, batch, id, "Jane Smith", email, "+49 30 1"),
               roster_call_changes_since (token, cursor), &written);
      if (!roster_answer_create_person (written->pdata[0], &error))
        g_error ("%s", error->message);
      read_ms[i] = ask (worker, roster_call_person_history (token, id, NULL, 50), NULL, &read);
    }
}

static double
statement_ms (PGconn *connection)
{
  gint64 begin_ns = bench_now_ns ();
  PGresult *result = PQexecParams (connection, "SELECT 1", 0, NULL, NULL, NULL, NULL, 1);

  if (PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (connection));
  PQclear (result);
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static void
measure_bare (const RosterConnectionUrl *url, double *connect_ms, double *bare_ms)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      gint64 begin_ns = bench_now_ns ();
      PGconn *connection = PQconnectdbParams (roster_connection_url_get_keywords (url),
                                              roster_connection_url_get_values (url), 0);

      bare_ms[i] = statement_ms (connection);
      connect_ms[i] = (double) (bench_now_ns () - begin_ns) / 1e6;
      bare_ms[i] = statement_ms (connection);
      PQfinish (connection);
    }
}

static void
measure_connecting (const char *url, const char *token, double *connect_ms)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (RosterWorker) worker = roster_worker_new (parse_url (url), NULL);
      g_autoptr (GPtrArray) answers = NULL;

      connect_ms[i] = ask (worker, roster_call_touch_session (token), NULL, &answers);
    }
}

static void
report (const char *what, const char *way, double *values_ms, double *bare_ms)
{
  g_autofree char *name = g_strdup_printf ("worker/%s/%s", what, way);

  bench_report (name, bench_percentile (values_ms, N_ROUNDS, 50), "ms",
                bench_percentile (bare_ms, N_ROUNDS, 50), BENCH_AT_MOST, ALLOWED);
}

int
main (int argc, char **argv)
{
  const char *way = argv[1];
  g_autoptr (RosterConnectionUrl) url = parse_url (argv[2]);
  g_autoptr (RosterWorker) worker = roster_worker_new (parse_url (argv[2]), NULL);
  double write_ms[N_ROUNDS], read_ms[N_ROUNDS], bare_ms[N_ROUNDS];
  double connect_ms[N_ROUNDS], bare_connect_ms[N_ROUNDS];

  measure_bare (url, bare_connect_ms, bare_ms);
  measure_operations (worker, argv[3], write_ms, read_ms);
  measure_connecting (argv[2], argv[3], connect_ms);
  report ("write-and-pull", way, write_ms, bare_ms);
  report ("read", way, read_ms, bare_ms);
  report ("connect", way, connect_ms, bare_connect_ms);
  return bench_finish ();
}
