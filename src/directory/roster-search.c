/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Searching a snapshot: the first page on the main thread, everything on a pool of two. The pool's
 * threads share a job: each takes the next range of slots until none is left, and whoever did the
 * last begins the next step. They touch nothing but immutable snapshots and the job.
 */

#include "config.h"

#include "roster-search.h"

#include <string.h>

#define N_THREADS 2
#define SLOTS_A_RANGE 32768

#define FIRST_PAGE_MATCHES 256
/* Bounds the time, to 2 ms. A query too rare to fill a page is quick for the pool, and rows that a
 * part of a page drops and the rest makes again cost more than the wait (see the benchmark
 * "frame"). */
#define FIRST_PAGE_PEOPLE 8192

/* Work on many slots, which whoever comes takes a range of until none is left. */
typedef struct
{
  guint n_slots;
  gint next_range;
  gint n_left; /* ranges that are not done */
} Ranges;

static guint
count_ranges (guint n_slots)
{
  return MAX (1, (n_slots + SLOTS_A_RANGE - 1) / SLOTS_A_RANGE);
}

static void
ranges_init (Ranges *ranges, guint n_slots)
{
  *ranges = (Ranges){ n_slots, 0, (gint) count_ranges (n_slots) };
}

static gboolean
ranges_take (Ranges *ranges, guint *number, guint *first, guint *end)
{
  *number = (guint) g_atomic_int_add (&ranges->next_range, 1);
  *first = MIN (*number * SLOTS_A_RANGE, ranges->n_slots);
  *end = MIN (*first + SLOTS_A_RANGE, ranges->n_slots);
  return *number < count_ranges (ranges->n_slots);
}

typedef struct
{
  GThreadPool *pool;
  RosterQuery *query;
  RosterIndex *index;
  RosterOrder *order;

  /* First everybody is looked at, then the matches are put in order. */
  Ranges scan;
  gint is_scanned;
  guint64 *bitmap;
  Ranges filter;
  guint *slots;   /* those of a range from where it begins on */
  guint *n_found; /* in each range */
} Job;

static void
job_free (Job *job)
{
  roster_query_unref (job->query);
  roster_index_unref (job->index);
  roster_order_unref (job->order);
  g_free (job->bitmap);
  g_free (job->slots);
  g_free (job->n_found);
  g_free (job);
}

/* Returns: whether this thread did the last of it */
static gboolean
scan (Job *job, GCancellable *cancellable)
{
  gboolean last = FALSE;
  guint number, first, end;

  while (ranges_take (&job->scan, &number, &first, &end))
    {
      if (!g_cancellable_is_cancelled (cancellable))
        roster_query_scan (job->query, job->index, first, end, job->bitmap);
      last = g_atomic_int_dec_and_test (&job->scan.n_left);
    }
  return last;
}

static gboolean
filter (Job *job)
{
  gboolean last = FALSE;
  guint number, first, end;

  while (ranges_take (&job->filter, &number, &first, &end))
    {
      job->n_found[number] =
          roster_order_filter_range (job->order, job->bitmap, first, end, job->slots + first);
      last = g_atomic_int_dec_and_test (&job->filter.n_left);
    }
  return last;
}

/* Moves the ranges together. */
static RosterSlots *
take_found (Job *job)
{
  guint n = 0;

  for (guint i = 0; i < count_ranges (job->filter.n_slots); i++)
    {
      memmove (job->slots + n, job->slots + i * SLOTS_A_RANGE, job->n_found[i] * sizeof (guint));
      n += job->n_found[i];
    }
  return roster_slots_new_some (g_renew (guint, g_steal_pointer (&job->slots), n + 1), n,
                                g_steal_pointer (&job->bitmap), job->scan.n_slots);
}

static void
add_threads (GTask *task, guint n_threads)
{
  Job *job = g_task_get_task_data (task);

  for (guint i = 0; i < n_threads; i++)
    g_thread_pool_push (job->pool, g_object_ref (task), NULL);
}

static void
begin_filter (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  guint n;

  roster_order_get_slots (job->order, &n);
  job->slots = g_new (guint, (gsize) n + 1);
  job->n_found = g_new (guint, count_ranges (n));
  ranges_init (&job->filter, n);
  g_atomic_int_set (&job->is_scanned, TRUE);
  add_threads (task, N_THREADS - 1);
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);

  if (scan (job, g_task_get_cancellable (task)))
    {
      if (g_task_return_error_if_cancelled (task))
        return;
      begin_filter (task);
    }
  if (g_atomic_int_get (&job->is_scanned) && filter (job))
    g_task_return_pointer (task, take_found (job), (GDestroyNotify) roster_slots_unref);
}

GThreadPool *
roster_search_pool_new (void)
{
  return g_thread_pool_new (run_job, NULL, N_THREADS, FALSE, NULL);
}

RosterSlots *
roster_search_first_page (RosterQuery *query,
                          RosterIndex *index,
                          RosterOrder *order,
                          gboolean *complete)
{
  guint n;
  const guint *slots = roster_order_get_slots (order, &n);
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (guint));

  *complete = roster_query_find_first (query, index, slots, n, FIRST_PAGE_MATCHES,
                                       FIRST_PAGE_PEOPLE, matches) == n;
  if (matches->len < FIRST_PAGE_MATCHES && !*complete)
    return NULL;
  return roster_slots_new_list ((gconstpointer) matches->data, matches->len);
}

RosterSlots *
roster_search_update (RosterSlots *shown,
                      RosterQuery *query,
                      RosterIndex *index,
                      RosterOrder *order,
                      const guint *changed,
                      gsize n_changed)
{
  guint n_slots = roster_index_get_n_slots (index);
  guint64 *bitmap;
  guint *slots;
  guint n;

  if (roster_slots_are_all (shown))
    return roster_slots_new_all (order, index);

  bitmap = roster_slots_dup_bitmap (shown, n_slots);
  for (gsize i = 0; i < n_changed; i++)
    {
      gboolean before = roster_slots_contain (shown, changed[i]);
      gboolean after = roster_query_matches (query, index, changed[i]);

      if (before != after && changed[i] < n_slots)
        bitmap[changed[i] / 64] ^= roster_slots_bit (changed[i]);
    }
  slots = roster_order_filter (order, bitmap, &n);
  return roster_slots_new_some (slots, n, bitmap, n_slots);
}

void
roster_search_async (GThreadPool *pool,
                     RosterQuery *query,
                     RosterIndex *index,
                     RosterOrder *order,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, roster_search_async);
  job->pool = pool;
  job->query = roster_query_ref (query);
  job->index = roster_index_ref (index);
  job->order = roster_order_ref (order);
  ranges_init (&job->scan, roster_index_get_n_slots (index));
  job->bitmap = g_new0 (guint64, job->scan.n_slots / 64 + 1);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  add_threads (task, N_THREADS);
}

RosterSlots *
roster_search_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  RosterIndex *index;
  RosterSort sort;
} SortJob;

static void
sort_job_free (SortJob *job)
{
  roster_index_unref (job->index);
  g_free (job);
}

static void
run_sort (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  SortJob *job = task_data;

  g_task_return_pointer (task, roster_order_new (job->index, job->sort, NULL),
                         (GDestroyNotify) roster_order_unref);
}

void
roster_sort_async (RosterIndex *index,
                   RosterSort sort,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SortJob *job = g_new (SortJob, 1);

  g_task_set_source_tag (task, roster_sort_async);
  *job = (SortJob){ roster_index_ref (index), sort };
  g_task_set_task_data (task, job, (GDestroyNotify) sort_job_free);
  g_task_run_in_thread (task, run_sort);
}

RosterOrder *
roster_sort_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
