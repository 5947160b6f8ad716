/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One change of everybody. It belongs to the main thread, but for the time of
 * roster_list_change_apply_async(). */

#include "config.h"

#include "roster-list-change.h"

#include "roster-person.h"

/* Each person changed copies a chunk of the index, each time in 0.5 ms; nearly as much is a small
 * directory made anew. */
#define MAX_PEOPLE_AT_ONCE 4
#define MAX_ALL_AT_ONCE 2048

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  guint slot_a = *(const guint *) a;
  guint slot_b = *(const guint *) b;

  return (slot_a > slot_b) - (slot_a < slot_b);
}

RosterListChange *
roster_list_change_new (GPtrArray *people, gboolean removed)
{
  RosterListChange *self = g_new0 (RosterListChange, 1);

  self->people = g_ptr_array_ref (people);
  self->removed = removed;
  return self;
}

void
roster_list_change_free (RosterListChange *self)
{
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->index, roster_index_unref);
  g_clear_pointer (&self->order, roster_order_unref);
  g_clear_pointer (&self->query, roster_query_unref);
  g_clear_pointer (&self->shown, roster_slots_unref);
  g_free (self);
}

gboolean
roster_list_change_is_small (const RosterListChange *self, RosterIndex *index)
{
  return self->people->len <= MAX_PEOPLE_AT_ONCE ||
         roster_index_get_n_people (index) + self->people->len <= MAX_ALL_AT_ONCE;
}

static GArray *
get_sorted_slots (GPtrArray *people)
{
  GArray *slots = g_array_sized_new (FALSE, FALSE, sizeof (guint), people->len);

  for (guint i = 0; i < people->len; i++)
    g_array_append_val (slots, ((RosterPerson *) g_ptr_array_index (people, i))->slot);
  g_array_sort (slots, compare_slots);
  return slots;
}

void
roster_list_change_apply (RosterListChange *self, RosterIndex *index, RosterOrder *order)
{
  GPtrArray *people = self->people;
  const guint *slots;

  self->slots = get_sorted_slots (people);
  slots = (gconstpointer) self->slots->data;
  self->index = self->removed ? roster_index_apply (index, NULL, 0, slots, self->slots->len)
                              : roster_index_apply (index, (RosterPerson **) people->pdata,
                                                    people->len, NULL, 0);
  self->order = roster_order_apply (order, self->index, slots, self->slots->len);
  g_clear_pointer (&self->people, g_ptr_array_unref);
}

static RosterSlots *
find_all (RosterQuery *query, RosterIndex *index, RosterOrder *order)
{
  guint n_slots = roster_index_get_n_slots (index);
  guint64 *bitmap;
  guint *slots;
  guint n;

  if (roster_query_is_empty (query))
    return roster_slots_new_all (order, index);
  bitmap = g_new0 (guint64, n_slots / 64 + 1);
  roster_query_scan (query, index, 0, n_slots, bitmap);
  slots = roster_order_filter (order, bitmap, &n);
  return roster_slots_new_some (slots, n, bitmap, n_slots);
}

/* What a change is applied to. */
typedef struct
{
  RosterListChange *change;
  RosterIndex *index;
  RosterOrder *order;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->index, roster_index_unref);
  g_clear_pointer (&job->order, roster_order_unref);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  RosterListChange *change = job->change;

  if (job->index)
    roster_list_change_apply (change, job->index, job->order);
  g_clear_pointer (&job->index, roster_index_unref);
  g_clear_pointer (&job->order, roster_order_unref);
  g_clear_pointer (&change->shown, roster_slots_unref);
  change->shown = find_all (change->query, change->index, change->order);
  g_task_return_boolean (task, TRUE);
}

void
roster_list_change_apply_async (RosterListChange *self,
                                RosterIndex *index,
                                RosterOrder *order,
                                RosterQuery *query,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new (Job, 1);

  g_task_set_source_tag (task, roster_list_change_apply_async);
  g_clear_pointer (&self->query, roster_query_unref);
  self->query = roster_query_ref (query);
  *job = (Job){ self, index ? roster_index_ref (index) : NULL,
                order ? roster_order_ref (order) : NULL };
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, run_job);
}
