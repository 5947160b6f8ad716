/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Searching a snapshot: the first page on the main thread, everything on a pool of two. The pool's
 * threads share a job: each takes the next range of slots until none is left, and the last to
 * finish puts the matches in order. They touch nothing but immutable snapshots and the job.
 */

#include "config.h"

#include "roster-search.h"

#define N_THREADS 2
#define SLOTS_A_RANGE 32768

#define FIRST_PAGE_MATCHES 256
/* Bounds the time, to 2 ms. A query too rare to fill a page is quick for the pool, and rows that a
 * part of a page drops and the rest makes again cost more than the wait (see the benchmark
 * "frame"). */
#define FIRST_PAGE_PEOPLE 8192

typedef struct
{
  RosterQuery *query;
  RosterIndex *index;
  RosterOrder *order;
  guint n_slots;
  guint64 *bitmap;
  gint next_range;
  gint n_matches;
  gint n_running;
} Job;

static void
job_free (Job *job)
{
  roster_query_unref (job->query);
  roster_index_unref (job->index);
  roster_order_unref (job->order);
  g_free (job->bitmap);
  g_free (job);
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  guint *slots;

  while (!g_cancellable_is_cancelled (cancellable))
    {
      guint first = (guint) g_atomic_int_add (&job->next_range, 1) * SLOTS_A_RANGE;
      guint end = MIN (first + SLOTS_A_RANGE, job->n_slots);

      if (first >= job->n_slots)
        break;
      g_atomic_int_add (&job->n_matches,
                        roster_query_scan (job->query, job->index, first, end, job->bitmap));
    }

  if (!g_atomic_int_dec_and_test (&job->n_running) || g_task_return_error_if_cancelled (task))
    return;
  slots = roster_order_filter (job->order, job->bitmap, (guint) job->n_matches);
  g_task_return_pointer (task,
                         roster_slots_new_some (slots, (guint) job->n_matches,
                                                g_steal_pointer (&job->bitmap), job->n_slots),
                         (GDestroyNotify) roster_slots_unref);
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
  guint n;

  if (roster_slots_are_all (shown))
    return roster_slots_new_all (order, index);

  roster_slots_get (shown, &n);
  bitmap = roster_slots_dup_bitmap (shown, n_slots);
  for (gsize i = 0; i < n_changed; i++)
    {
      gboolean before = roster_slots_contain (shown, changed[i]);
      gboolean after = roster_query_matches (query, index, changed[i]);

      n = n - before + after;
      if (before != after && changed[i] < n_slots)
        bitmap[changed[i] / 64] ^= roster_slots_bit (changed[i]);
    }
  return roster_slots_new_some (roster_order_filter (order, bitmap, n), n, bitmap, n_slots);
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
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_task_set_source_tag (task, roster_search_async);
  job->query = roster_query_ref (query);
  job->index = roster_index_ref (index);
  job->order = roster_order_ref (order);
  job->n_slots = roster_index_get_n_slots (index);
  job->bitmap = g_new0 (guint64, job->n_slots / 64 + 1);
  job->n_running = N_THREADS;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  for (guint i = 0; i < N_THREADS; i++)
    g_thread_pool_push (pool, g_object_ref (task), NULL);
  g_object_unref (task);
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
