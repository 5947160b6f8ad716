/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the façade hands to the authority, and looking somebody up for it. Main thread. */

#include "config.h"

#include "roster-directory-private.h"

#include "roster-cuid.h"
#include "roster-person-list-private.h"
#include "roster-slots.h"

static gboolean
equal_without_case (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}

PersonObject *
roster_directory_find_by_email (RosterDirectory *self, const char *email, const char *except_id)
{
  RosterIndex *index = roster_person_list_get_index (self->people);
  g_autoptr (RosterQuery) query = roster_query_new (email);
  g_autofree guint64 *bitmap = NULL;
  guint n_slots;

  if (!index || roster_query_is_empty (query))
    return NULL;

  n_slots = roster_index_get_n_slots (index);
  bitmap = g_new0 (guint64, n_slots / 64 + 1);
  if (roster_query_scan (query, index, 0, n_slots, bitmap) == 0)
    return NULL;
  for (guint slot = 0; slot < n_slots; slot++)
    {
      RosterPersonView view;

      if ((bitmap[slot / 64] & roster_slots_bit (slot)) && roster_index_get (index, slot, &view) &&
          g_strcmp0 (view.id, except_id) && equal_without_case (view.email, email))
        return roster_person_list_dup_object_at (self->people, slot);
    }
  return NULL;
}

/* Saving: the task's data is the person as it is now, when there was a conflict */

static void
return_saved (GTask *task, RosterPerson *person, RosterPerson *current, GError *error)
{
  RosterDirectory *self = g_task_get_source_object (task);

  if (current)
    g_task_set_task_data (task, current, (GDestroyNotify) roster_person_free);
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, roster_person_list_dup_object (self->people, person),
                           g_object_unref);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) people =
      roster_authority_create_finish (ROSTER_AUTHORITY (source), result, &error);

  return_saved (task, people ? g_ptr_array_index (people, 0) : NULL, NULL, error);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RosterPerson *current = NULL;
  g_autoptr (RosterPerson) person =
      roster_authority_update_finish (ROSTER_AUTHORITY (source), result, &current, &error);

  return_saved (task, person, current, error);
}

void
roster_directory_save_async (RosterDirectory *self,
                             const RosterPerson *base,
                             const RosterPerson *person,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (RosterPerson) added = NULL;

  g_task_set_source_tag (task, roster_directory_save_async);
  if (base)
    {
      roster_authority_update_async (self->authority, base, person, cancellable, updated_cb, task);
      return;
    }

  added = roster_person_copy (person);
  if (!added->id)
    added->id = roster_cuid_new ();
  roster_authority_create_async (self->authority, &added, 1, cancellable, created_cb, task);
}

PersonObject *
roster_directory_save_finish (RosterDirectory *self,
                              GAsyncResult *result,
                              RosterPerson **current,
                              GError **error)
{
  const RosterPerson *now = g_task_get_task_data (G_TASK (result));

  if (current)
    *current = now ? roster_person_copy (now) : NULL;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) people =
      roster_authority_create_finish (ROSTER_AUTHORITY (source), result, &error);

  if (people)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
roster_directory_add_async (RosterDirectory *self,
                            RosterPerson *const *people,
                            gsize n_people,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_directory_add_async);
  roster_authority_create_async (self->authority, people, n_people, cancellable, added_cb, task);
}

gboolean
roster_directory_add_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *people = roster_authority_delete_finish (ROSTER_AUTHORITY (source), result, &error);

  if (people)
    g_task_return_pointer (task, people, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
roster_directory_delete_async (RosterDirectory *self,
                               const char *const *ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_directory_delete_async);
  roster_authority_delete_async (self->authority, ids, cancellable, deleted_cb, task);
}

GPtrArray *
roster_directory_delete_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
