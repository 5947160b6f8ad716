/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search as people type it: a fixed set of typing sessions, every prefix of each a keystroke, on
 * directories of made-up people. */

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "bench.h"
#include "roster-index-private.h"
#include "roster-order.h"
#include "roster-query.h"
#include "roster-sample-people.h"

#define N_THREADS 2
#define SLOTS_A_RANGE (4 * ROSTER_INDEX_CHUNK_SLOTS)
#define FIRST_PAGE_PEOPLE 8192
#define FIRST_PAGE_MATCHES 64

/* Common and rare, in nine scripts; typed one character after the other. */
static const char *const sessions[] = {
  "a",        "e",        "maria",    "johnson",  "mueller",  "müller",   "o'brien", "soeren",
  "łukasz",   "nguyen",   "x",        "q",        "zzzzzzzz", "an ma",    "smith j", "e a i o",
  "@example", "example",  ".com",     "maria.ga", "1990",     "0",        "+49 30",  "555 01",
  "030 123",  "00442079", "7",        "12",       "(212) 55", "Сергей",   "ива",     "Артём",
  "Γιώργος",  "παπα",     "محمد",     "أحمد",     "שלום",     "כהן",      "प्रिया",     "शर्मा",
  "王",       "王小明",   "李",       "김민준",   "박",       "やまだ",   "ヤマダ",  "田中",
  "jean-luc", "van der",  "de la cr", "qwxzjkvb", "ß",        "ø",        "'",       "👍",
};

typedef struct
{
  RosterQuery *query;
  RosterIndex *index;
  guint64 *bitmap;
  guint n_slots;
  gint next_range;
  gint n_matches;
  gint n_running;
  GMutex mutex;
  GCond done;
} Scan;

static void
scan_cb (gpointer data, gpointer user_data)
{
  Scan *scan = data;

  for (;;)
    {
      guint first = (guint) g_atomic_int_add (&scan->next_range, 1) * SLOTS_A_RANGE;

      if (first >= scan->n_slots)
        break;
      g_atomic_int_add (&scan->n_matches,
                        (gint) roster_query_scan (scan->query, scan->index, first,
                                                  MIN (first + SLOTS_A_RANGE, scan->n_slots),
                                                  scan->bitmap));
    }
  g_mutex_lock (&scan->mutex);
  if (--scan->n_running == 0)
    g_cond_signal (&scan->done);
  g_mutex_unlock (&scan->mutex);
}

/* Everybody who matches, in order, as the list finds them. Returns: how many. */
static guint
find_all (GThreadPool *pool, const char *typed, RosterIndex *index, RosterOrder *order)
{
  g_autoptr (RosterQuery) query = roster_query_new (typed);
  guint n_slots = roster_index_get_n_slots (index);
  g_autofree guint64 *bitmap = g_new0 (guint64, n_slots / 64 + 1);
  g_autofree guint *slots = NULL;
  Scan scan = { query, index, bitmap, n_slots, 0, 0, N_THREADS };

  g_mutex_init (&scan.mutex);
  g_cond_init (&scan.done);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_pool_push (pool, &scan, NULL);
  g_mutex_lock (&scan.mutex);
  while (scan.n_running > 0)
    g_cond_wait (&scan.done, &scan.mutex);
  g_mutex_unlock (&scan.mutex);
  g_mutex_clear (&scan.mutex);
  g_cond_clear (&scan.done);

  slots = roster_order_filter (order, bitmap, (guint) scan.n_matches);
  return (guint) scan.n_matches;
}

/* The first page, as the list finds it on the main thread. Returns: how many are on it. */
static guint
find_first_page (const char *typed, RosterIndex *index, RosterOrder *order)
{
  g_autoptr (RosterQuery) query = roster_query_new (typed);
  guint n_slots;
  const guint *slots = roster_order_get_slots (order, &n_slots);
  guint n_matches = 0;

  for (guint i = 0; i < MIN (n_slots, FIRST_PAGE_PEOPLE) && n_matches < FIRST_PAGE_MATCHES; i++)
    n_matches += (guint) roster_query_matches (query, index, slots[i]);
  return n_matches;
}

/* One sequential read of everything that a search has to look at, on one thread. */
static guint64
read_folded (RosterIndex *index)
{
  guint64 sum = 0;
  RosterFoldedChunk chunk;

  for (guint i = 0; roster_index_get_folded (index, i, &chunk); i++)
    {
      const char *end = chunk.parts[1].text + chunk.parts[1].starts[ROSTER_INDEX_CHUNK_SLOTS];

      for (const char *word = chunk.parts[0].text; word + sizeof sum <= end; word += sizeof sum)
        {
          guint64 value;

          memcpy (&value, word, sizeof value);
          sum += value;
        }
    }
  return sum;
}

static double
get_ms_since (gint64 start_ns)
{
  return (double) (bench_now_ns () - start_ns) / 1e6;
}

static double
measure_read_ms (RosterIndex *index)
{
  static volatile guint64 sink;
  double values[21];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gint64 start_ns = bench_now_ns ();

      sink += read_folded (index);
      values[i] = get_ms_since (start_ns);
    }
  return bench_percentile (values, G_N_ELEMENTS (values), 50);
}

static RosterIndex *
make_index (guint n_people)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);
      RosterPersonView view
          = { person->id,    person->name, person->email, person->phone, person->created_at_unix_ms,
              person->updated_at_unix_ms };

      roster_index_builder_add (builder, i + 1, &view);
    }
  return roster_index_builder_end (builder);
}

typedef struct
{
  GArray *first_page_ms;
  GArray *all_ms;
} Times;

static void
type_sessions (GThreadPool *pool, RosterIndex *index, RosterOrder *order, Times *times)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      const char *session = sessions[i];

      for (const char *end = session; *end != '\0';)
        {
          g_autofree char *typed = NULL;
          gint64 start_ns;
          double ms;

          end = g_utf8_next_char (end);
          typed = g_strndup (session, (gsize) (end - session));

          start_ns = bench_now_ns ();
          find_first_page (typed, index, order);
          ms = get_ms_since (start_ns);
          g_array_append_val (times->first_page_ms, ms);

          start_ns = bench_now_ns ();
          guint n = find_all (pool, typed, index, order);
          ms = get_ms_since (start_ns);
          g_array_append_val (times->all_ms, ms);
          if (g_getenv ("BENCH_VERBOSE"))
            g_print ("%s\t%u\t%.2f\t%.2f\n", typed, n, g_array_index (times->first_page_ms, double, times->first_page_ms->len - 1), ms);
        }
    }
}

static void
report (const char *what, guint n_people, double value, const char *unit, double limit,
        double factor)
{
  g_autofree char *name = g_strdup_printf ("search/%s/%u", what, n_people);

  bench_report (name, value, unit, limit, BENCH_AT_MOST, factor);
}

static void
run (GThreadPool *pool, guint n_people, guint n_rounds)
{
  gsize before_bytes = bench_memory_bytes ();
  gint64 start_ns = bench_now_ns ();
  g_autoptr (RosterIndex) index = make_index (n_people);
  g_autoptr (RosterOrder) order = NULL;
  double build_ms = get_ms_since (start_ns);
  double read_ms = measure_read_ms (index);
  gsize folded = 0; RosterFoldedChunk ch;
  double bytes;
  Times times
      = { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) };

  for (guint i = 0; roster_index_get_folded (index, i, &ch); i++) folded += ch.parts[0].starts[ROSTER_INDEX_CHUNK_SLOTS] + ch.parts[1].starts[ROSTER_INDEX_CHUNK_SLOTS];
  start_ns = bench_now_ns ();
  order = roster_order_new (index, ROSTER_SORT_NAME, "en_US.UTF-8");
  double order_ms = get_ms_since (start_ns);
  bytes = (double) roster_index_get_size_bytes (index) + 4.0 * n_people;
  g_print ("build %.0f ms, folded %.1f B, read %.2f ms, order %.0f, bytes %.1f rss %.1f\n", build_ms, (double)folded/n_people,
           read_ms, order_ms, bytes / n_people,
           (double) (bench_memory_bytes () - before_bytes) / n_people);

  for (guint i = 0; i < n_rounds; i++)
    type_sessions (pool, index, order, &times);
  report ("first-page-p99", n_people,
          bench_percentile ((double *) times.first_page_ms->data, times.first_page_ms->len, 99),
          "ms", 4, 1);
  report ("all-p99", n_people,
          bench_percentile ((double *) times.all_ms->data, times.all_ms->len, 99), "ms", read_ms,
          3);
  report ("all-p50", n_people,
          bench_percentile ((double *) times.all_ms->data, times.all_ms->len, 50), "ms", read_ms,
          3);
  g_array_unref (times.first_page_ms);
  g_array_unref (times.all_ms);
}

int
main (void)
{
  GThreadPool *pool = g_thread_pool_new (scan_cb, NULL, N_THREADS, TRUE, NULL);

  run (pool, 10000, 3);
  run (pool, 100000, 3);
  run (pool, 1000000, 3);
  g_thread_pool_free (pool, FALSE, TRUE);
  return bench_finish ();
}
