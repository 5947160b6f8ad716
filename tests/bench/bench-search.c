/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search as people type it: a fixed set of typing sessions, every prefix of each a keystroke, on
 * directories of made-up people; and what keeps a directory ready to be searched. */

#include "config.h"

#include <string.h>

#include "bench.h"
#include "roster-index-private.h"
#include "roster-order.h"
#include "roster-query.h"
#include "roster-sample-people.h"

#define N_THREADS 2
#define N_ROUNDS 5
#define N_EDITS 100
#define SLOTS_A_RANGE (4 * ROSTER_INDEX_CHUNK_SLOTS)
#define PAGE_PEOPLE 4096
#define PAGE_MATCHES 256
#define LOCALE "en_US.UTF-8"

/* Common and rare, in nine scripts; typed one character after the other. */
static const char *const sessions[] = {
  "a",        "e",        "maria",    "smith",    "mueller",  "müller", "o'brien", "soeren",
  "łukasz",   "nguyen",   "x",        "q",        "zzzzzzzz", "an ma",  "smith j", "e a i o",
  "@example", "example",  ".com",     "maria.ga", "1990",     "0",      "+49 30",  "555 01",
  "030 123",  "00442079", "7",        "12",       "(212) 55", "Сергей", "ива",     "Артём",
  "Γιώργος",  "παπα",     "محمد",     "أحمد",     "שלום",     "כהן",    "प्रिया",   "शर्मा",
  "王",       "王小明",   "李",       "김민준",   "박",       "やまだ", "ヤマダ",  "田中",
  "jean-luc", "van der",  "de la cr", "qwxzjkvb", "ß",        "ø",      "'",       "👍",
};

/* A search on the pool: each thread takes the next range of slots until none is left. */
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

typedef struct
{
  GThreadPool *pool;
  RosterIndex *index;
  RosterOrder *order;
  guint n_people;
} Directory;

static void
scan_cb (gpointer data, gpointer user_data)
{
  Scan *scan = data;

  for (;;)
    {
      guint first = (guint) g_atomic_int_add (&scan->next_range, 1) * SLOTS_A_RANGE;
      guint end = MIN (first + SLOTS_A_RANGE, scan->n_slots);

      if (first >= scan->n_slots)
        break;
      g_atomic_int_add (&scan->n_matches, (gint) roster_query_scan (scan->query, scan->index, first,
                                                                    end, scan->bitmap));
    }
  g_mutex_lock (&scan->mutex);
  if (--scan->n_running == 0)
    g_cond_signal (&scan->done);
  g_mutex_unlock (&scan->mutex);
}

/* Everybody who matches, counted and in order, as the list wants them. */
static void
find_all (Directory *directory, const char *typed)
{
  g_autoptr (RosterQuery) query = roster_query_new (typed);
  guint n_slots = roster_index_get_n_slots (directory->index);
  g_autofree guint64 *bitmap = g_new0 (guint64, n_slots / 64 + 1);
  g_autofree guint *slots = NULL;
  Scan scan = { query, directory->index, bitmap, n_slots, 0, 0, N_THREADS };

  g_mutex_init (&scan.mutex);
  g_cond_init (&scan.done);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_pool_push (directory->pool, &scan, NULL);
  g_mutex_lock (&scan.mutex);
  while (scan.n_running > 0)
    g_cond_wait (&scan.done, &scan.mutex);
  g_mutex_unlock (&scan.mutex);
  g_mutex_clear (&scan.mutex);
  g_cond_clear (&scan.done);

  slots = roster_order_filter (directory->order, bitmap, (guint) scan.n_matches);
}

/* The first people in order are looked at one by one; when they have no match, all are. */
static void
find_first_page (Directory *directory, const char *typed)
{
  g_autoptr (RosterQuery) query = roster_query_new (typed);
  guint n_slots;
  const guint *slots = roster_order_get_slots (directory->order, &n_slots);
  guint n_matches = 0;

  for (guint i = 0; i < MIN (n_slots, PAGE_PEOPLE) && n_matches < PAGE_MATCHES; i++)
    n_matches += (guint) roster_query_matches (query, directory->index, slots[i]);
  if (n_matches == 0 && n_slots > PAGE_PEOPLE)
    find_all (directory, typed);
}

static double
get_ms_since (gint64 begin_ns)
{
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static double
get_p99 (GArray *values)
{
  return bench_percentile (&g_array_index (values, double, 0), values->len, 99);
}

static void
report (Directory *directory,
        const char *what,
        double value,
        const char *unit,
        double limit,
        double factor)
{
  g_autofree char *name = g_strdup_printf ("search/%s/%u", what, directory->n_people);

  bench_report (name, value, unit, limit, BENCH_AT_MOST, factor);
}

/* One sequential read, on one thread, of all that a search may have to look at. */
static double
measure_read_ms (RosterIndex *index)
{
  static volatile guint64 sink;
  double values[21];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      gint64 begin_ns = bench_now_ns ();
      RosterFoldedChunk chunk;

      for (guint j = 0; roster_index_get_folded (index, j, &chunk); j++)
        {
          const RosterFoldedPart *last = &chunk.parts[ROSTER_N_NEEDLE_PARTS - 1];
          const char *end = last->text + last->starts[ROSTER_INDEX_CHUNK_SLOTS];
          guint64 sum = 0;
          guint64 word;

          for (const char *text = chunk.parts[0].text; text + sizeof word <= end;
               text += sizeof word)
            {
              memcpy (&word, text, sizeof word);
              sum += word;
            }
          sink = sink + sum;
        }
      values[i] = get_ms_since (begin_ns);
    }
  return bench_percentile (values, G_N_ELEMENTS (values), 50);
}

static void
bench_typing (Directory *directory)
{
  g_autoptr (GArray) page_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) all_ms = g_array_new (FALSE, FALSE, sizeof (double));
  double read_ms = measure_read_ms (directory->index);

  for (guint i = 0; i < N_ROUNDS * G_N_ELEMENTS (sessions); i++)
    {
      const char *session = sessions[i % G_N_ELEMENTS (sessions)];

      for (const char *end = session; *end != '\0';)
        {
          g_autofree char *typed = NULL;
          gint64 begin_ns;
          double ms;

          end = g_utf8_next_char (end);
          typed = g_strndup (session, (gsize) (end - session));

          begin_ns = bench_now_ns ();
          find_first_page (directory, typed);
          ms = get_ms_since (begin_ns);
          g_array_append_val (page_ms, ms);

          begin_ns = bench_now_ns ();
          find_all (directory, typed);
          ms = get_ms_since (begin_ns);
          g_array_append_val (all_ms, ms);
          g_debug ("“%s”: %.2f ms", typed, ms);
        }
    }
  report (directory, "first-page-p99", get_p99 (page_ms), "ms", 4, 1);
  report (directory, "all-p99", get_p99 (all_ms), "ms", 16, 1);
  /* With fewer people it is the threads' waking up that takes the time. */
  if (directory->n_people >= 1000000)
    report (directory, "all-p99-against-one-read", get_p99 (all_ms), "ms", read_ms, 3);
}

/* One person changes, on the main thread. */
static void
bench_edits (Directory *directory)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_EDITS; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (directory->n_people + i);
      guint slot = i * (directory->n_people / N_EDITS) + 1;
      gint64 begin_ns = bench_now_ns ();
      g_autoptr (RosterIndex) index = NULL;
      g_autoptr (RosterOrder) order = NULL;
      double ms;

      person->slot = slot;
      index = roster_index_apply (directory->index, &person, 1, NULL, 0);
      order = roster_order_apply (directory->order, index, &slot, 1);
      ms = get_ms_since (begin_ns);
      g_array_append_val (values, ms);
    }
  report (directory, "edit-p99", get_p99 (values), "ms", 8, 1);
}

/* What is shown of the rows that a list view has. */
static void
bench_highlight (Directory *directory)
{
  g_autoptr (RosterQuery) query = roster_query_new ("mueller an 030 12");
  gint64 begin_ns = bench_now_ns ();

  for (guint i = 1; i <= 205; i++)
    {
      RosterPersonView view;

      roster_index_get (directory->index, i, &view);
      g_array_unref (roster_query_highlight (query, view.name, ROSTER_FIELD_NAME));
      g_array_unref (roster_query_highlight (query, view.email, ROSTER_FIELD_EMAIL));
      g_array_unref (roster_query_highlight (query, view.phone, ROSTER_FIELD_PHONE));
    }
  report (directory, "highlight-205-rows", get_ms_since (begin_ns), "ms", 8, 1);
}

static RosterIndex *
make_index (guint n_people)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      roster_index_builder_add (builder, i + 1,
                                &(RosterPersonView){ person->id, person->name, person->email,
                                                     person->phone, person->created_at_unix_ms,
                                                     person->updated_at_unix_ms });
    }
  return roster_index_builder_end (builder);
}

static void
bench_directory (GThreadPool *pool, guint n_people)
{
  gsize before_bytes = bench_memory_bytes ();
  gint64 begin_ns = bench_now_ns ();
  g_autoptr (RosterIndex) index = make_index (n_people);
  double index_ms = get_ms_since (begin_ns);
  g_autoptr (RosterOrder) order = NULL;
  Directory directory;

  begin_ns = bench_now_ns ();
  order = roster_order_new (index, ROSTER_SORT_NAME, LOCALE);
  directory = (Directory){ pool, index, order, n_people };

  /* "A few seconds" for a million; making the people up is part of the first. */
  report (&directory, "sort", get_ms_since (begin_ns), "ms", n_people * 3e-3 + 20, 1);
  report (&directory, "index", index_ms, "ms", n_people * 4e-3 + 100, 1);
  report (&directory, "memory-a-person",
          (double) (roster_index_get_size_bytes (index) + n_people * sizeof (guint)) / n_people,
          "B", 220, 1);
  if (n_people >= 1000000)
    report (&directory, "resident-memory-a-person",
            (double) (bench_memory_bytes () - before_bytes) / n_people, "B", 220, 1);
  bench_typing (&directory);
  bench_edits (&directory);
  bench_highlight (&directory);
}

/* Arguments: how many people, one size after the other. */
int
main (int argc, char *argv[])
{
  GThreadPool *pool = g_thread_pool_new (scan_cb, NULL, N_THREADS, TRUE, NULL);

  for (int i = 1; i < argc; i++)
    bench_directory (pool, (guint) g_ascii_strtoull (argv[i], NULL, 10));
  g_thread_pool_free (pool, FALSE, TRUE);
  return bench_finish ();
}
