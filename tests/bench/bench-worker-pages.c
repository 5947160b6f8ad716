/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everybody read through the worker, page by page and held to what a page must be, beside COPY to
 * nowhere over a connection of the same kind. Arguments: the URL, a session's token. */

#include "config.h"

#include "bench.h"
#include "roster-calls.h"
#include "roster-link.h"
#include "roster-worker.h"

#define N_ROUNDS 3
#define BLOCKS_A_PAGE 64
#define PAGES_UNDER_WAY 2
#define MOST_MEMORY (20 * 1000 * 1000)

static const char COPY[] = "COPY (SELECT id, name, email, phone_number, created_at, updated_at"
                           " FROM people) TO STDOUT (FORMAT binary)";

typedef struct
{
  RosterWorker *worker;
  const char *token;
  guint32 file;
  gint64 next_block;
  gint64 n_blocks;
  guint n_under_way;
  gsize n_people;
} Reading;

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
ask (Reading *reading, RosterCall *call, GAsyncReadyCallback callback)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);

  g_ptr_array_add (calls, call);
  reading->n_under_way++;
  roster_worker_run_async (reading->worker, calls, ROSTER_URGENCY_BACKGROUND,
                           ROSTER_WORKER_TIMEOUT_MS, NULL, callback, reading);
}

static GPtrArray *
take (Reading *reading, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *answers = roster_worker_run_finish (reading->worker, result, &error);

  if (!answers)
    g_error ("%s", error->message);
  reading->n_under_way--;
  return answers;
}

static void page_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_for_page (Reading *reading)
{
  if (reading->next_block >= reading->n_blocks)
    return;
  ask (reading,
       roster_call_people_page (reading->token, reading->file, reading->next_block, BLOCKS_A_PAGE),
       page_cb);
  reading->next_block += BLOCKS_A_PAGE;
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GPtrArray) answers = take (reading, result);
  g_autoptr (GError) error = NULL;
  gsize n_rows;

  if (!roster_answer_people_page (answers->pdata[0], &n_rows, &error))
    g_error ("%s", error->message);
  reading->n_people += n_rows;
  ask_for_page (reading);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (GPtrArray) answers = take (reading, result);
  g_autoptr (GError) error = NULL;
  const RosterSyncRow *row = roster_answer_begin_sync (answers->pdata[0], &error);

  if (!row)
    g_error ("%s", error->message);
  reading->file = row->file;
  reading->n_blocks = row->n_blocks;
  for (guint i = 0; i < PAGES_UNDER_WAY; i++)
    ask_for_page (reading);
}

/* Returns: people a second */
static double
read_everybody (RosterWorker *worker, const char *token)
{
  Reading reading = { .worker = worker, .token = token };
  gint64 begin_ns = bench_now_ns ();

  ask (&reading, roster_call_begin_sync (token), begun_cb);
  while (reading.n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  return (double) reading.n_people / ((double) (bench_now_ns () - begin_ns) / 1e9);
}

/* Returns: people a second */
static double
copy_everybody (RosterLink *link)
{
  PGconn *connection = roster_link_get_connection (link);
  gint64 begin_ns = bench_now_ns ();
  gsize n_rows = 0;
  char *row;

  PQclear (PQexec (connection, COPY));
  while (PQgetCopyData (connection, &row, FALSE) > 0)
    {
      PQfreemem (row);
      n_rows++;
    }
  PQclear (PQgetResult (connection));
  PQclear (PQgetResult (connection));
  /* The end is sent as a row. */
  return (double) (n_rows - 1) / ((double) (bench_now_ns () - begin_ns) / 1e9);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterConnectionUrl) url = parse_url (argv[1]);
  g_autoptr (RosterLink) link = roster_link_open (url, &error);
  g_autoptr (RosterWorker) worker = roster_worker_new (parse_url (argv[1]), NULL);
  double pages[N_ROUNDS], copies[N_ROUNDS];
  gsize before_bytes;

  if (!link)
    g_error ("%s", error->message);
  for (guint i = 0; i < N_ROUNDS; i++)
    copies[i] = copy_everybody (link);
  before_bytes = bench_memory_bytes ();
  for (guint i = 0; i < N_ROUNDS; i++)
    pages[i] = read_everybody (worker, argv[2]);
  bench_report ("worker/read-everybody/1000000", bench_percentile (pages, N_ROUNDS, 50), "people/s",
                bench_percentile (copies, N_ROUNDS, 50), BENCH_AT_LEAST, 0.45);
  bench_report ("worker/read-everybody/memory", (double) bench_peak_memory_bytes () - before_bytes,
                "B", MOST_MEMORY, BENCH_AT_MOST, 1);
  return bench_finish ();
}
