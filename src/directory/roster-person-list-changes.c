/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * How the list takes over what changed. Changes come one after the other. A few people are put in
 * their places at once; many are, with what is to be shown, on a thread (RosterListChange). Main
 * thread.
 */

#include "config.h"

#include "roster-elsewhere.h"
#include "roster-person-list-internal.h"

static void
update_object_cb (PersonObject *object, gpointer user_data)
{
  RosterPersonList *self = user_data;
  guint slot = person_object_get_person (object)->slot;
  RosterPersonView view;

  if (roster_index_get (self->index, slot, &view) &&
      g_str_equal (view.id, person_object_get_id (object)))
    person_object_update (object, &ROSTER_PERSON_OF_VIEW (view, slot));
  else
    roster_person_cache_forget (self->objects, slot);
}

/* The snapshot after @change is everybody's from now on, the one before is left to @change; what is
 * shown follows. */
static void
take_snapshot (RosterPersonList *self, RosterListChange *change)
{
  RosterIndex *index = self->index;
  RosterOrder *order = self->order;
  guint n_before = roster_index_get_n_people (index);

  if (change->removed)
    roster_person_list_emit_removed (self, change->slots);
  self->index_before = roster_index_ref (index);
  self->index = change->index;
  self->order = change->order;
  change->index = index;
  change->order = order;
  roster_person_cache_foreach (self->objects, update_object_cb, self);
  if (roster_index_get_n_people (self->index) != n_before)
    g_object_notify (G_OBJECT (self), "n-people");
}

static void
take_small (RosterPersonList *self, RosterListChange *change)
{
  GArray *slots = change->slots;

  take_snapshot (self, change);
  if (self->sorting)
    g_array_append_vals (self->changed_since, slots->data, slots->len);
  roster_person_list_update (self, (gconstpointer) slots->data, slots->len);
}

static void apply_changes (RosterPersonList *self);

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterPersonList) self = user_data;
  g_autoptr (RosterListChange) change = g_steal_pointer (&self->changing);

  /* Somebody typed meanwhile: what is shown stays until it is right for both. */
  if (!roster_query_equal (change->query, self->query))
    {
      self->changing = g_steal_pointer (&change);
      roster_list_change_apply_async (self->changing, NULL, NULL, self->query, applied_cb,
                                      g_object_ref (self));
      return;
    }

  roster_person_list_stop (&self->searching);
  take_snapshot (self, change);
  roster_person_list_show (self, g_steal_pointer (&change->shown),
                           (gconstpointer) change->slots->data, change->slots->len);
  roster_person_list_set_complete (self, TRUE);
  roster_free_elsewhere (g_steal_pointer (&change), (GDestroyNotify) roster_list_change_free);
  roster_person_list_sort (self);
  apply_changes (self);
}

/* While a large change is on its way, the list is as it was before and can be searched; it is put
 * in another order afterwards. */
static void
apply_changes (RosterPersonList *self)
{
  while (!self->changing && !g_queue_is_empty (&self->changes))
    {
      g_autoptr (RosterListChange) change = g_queue_pop_head (&self->changes);

      if (roster_list_change_is_small (change, self->index))
        {
          roster_list_change_apply (change, self->index, self->order);
          take_small (self, change);
          continue;
        }
      roster_person_list_stop (&self->sorting);
      self->changing = g_steal_pointer (&change);
      roster_list_change_apply_async (self->changing, self->index, self->order, self->query,
                                      applied_cb, g_object_ref (self));
    }
}

void
roster_person_list_apply (RosterPersonList *self, const RosterBatch *batch)
{
  g_return_if_fail (self->index);

  /* One after the other, so that a slot that was freed and taken again is another person's. */
  if (batch->removed->len > 0)
    g_queue_push_tail (&self->changes, roster_list_change_new (batch->removed, TRUE));
  if (batch->people->len > 0)
    g_queue_push_tail (&self->changes, roster_list_change_new (batch->people, FALSE));
  apply_changes (self);
}

gboolean
roster_person_list_is_behind (RosterPersonList *self)
{
  return self->changing != NULL;
}
