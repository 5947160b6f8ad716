/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Search as people type it: a fixed set of typing sessions, every prefix of each a keystroke, on
 * directories of made-up people; and what keeps a directory ready to be searched. */

#include "config.h"

#include <string.h>

#include "bench.h"
#include "bench-typing.h"
#include "roster-index-private.h"
#include "roster-order.h"
#include "roster-query.h"
#include "roster-sample-people.h"
#include "roster-search.h"

#define N_ROUNDS 5
#define N_EDITS 100
#define LOCALE "en_US.UTF-8"

typedef struct
{
  GThreadPool *pool;
  RosterIndex *index;
  RosterOrder *order;
  guint n_people;
} Directory;

static double
get_ms_since (gint64 begin_ns)
{
  return (double) (bench_now_ns () - begin_ns) / 1e6;
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(RosterSlots **) user_data = roster_search_finish (result, NULL);
}

/* Everybody who matches, counted and in order, as the list wants them. */
static RosterSlots *
find_all (Directory *directory, RosterQuery *query)
{
  RosterSlots *slots = NULL;

  roster_search_async (directory->pool, query, directory->index, directory->order, NULL, found_cb,
                       &slots);
  while (!slots)
    g_main_context_iteration (NULL, TRUE);
  return slots;
}

static double
measure_ms (Directory *directory, const char *typed)
{
  gint64 begin_ns = bench_now_ns ();
  g_autoptr (RosterQuery) query = roster_query_new (typed);

  roster_slots_unref (find_all (directory, query));
  return get_ms_since (begin_ns);
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

/* What a keystroke takes: the least of a few times, as what else runs on the machine only adds. */
static void
add_keystroke (Directory *directory, const char *typed, GArray *values)
{
  double ms[N_ROUNDS];
  double best_ms;

  for (guint i = 0; i < N_ROUNDS; i++)
    ms[i] = measure_ms (directory, typed);
  best_ms = bench_percentile (ms, N_ROUNDS, 1);
  g_debug ("“%s”: %.2f ms", typed, best_ms);
  g_array_append_val (values, best_ms);
}

static void
bench_typing (Directory *directory)
{
  g_autoptr (GArray) all_ms = g_array_new (FALSE, FALSE, sizeof (double));
  double read_ms = measure_read_ms (directory->index);

  for (guint i = 0; i < G_N_ELEMENTS (bench_typing_sessions); i++)
    {
      for (const char *end = bench_typing_sessions[i]; *end != '\0';)
        {
          g_autofree char *typed = NULL;

          end = g_utf8_next_char (end);
          typed = g_strndup (bench_typing_sessions[i], (gsize) (end - bench_typing_sessions[i]));
          add_keystroke (directory, typed, all_ms);
        }
    }
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
  GThreadPool *pool = roster_search_pool_new ();

  for (int i = 1; i < argc; i++)
    bench_directory (pool, (guint) g_ascii_strtoull (argv[i], NULL, 10));
  g_thread_pool_free (pool, FALSE, TRUE);
  return bench_finish ();
}
