/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the façade hands to the authority, and looking somebody up for it. Main thread. */

#include "config.h"

#include "roster-directory-private.h"

#include <glib/gi18n-lib.h>

#include "roster-cuid.h"
#include "roster-elsewhere.h"
#include "roster-error.h"
#include "roster-person-list-private.h"
#include "roster-slots.h"

static gboolean
equal_without_case (const char *a, const char *b)
{
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);

  return g_str_equal (folded_a, folded_b);
}

/* Who has an e-mail, as the data of its task. */
typedef struct
{
  RosterIndex *index; /* (nullable) */
  char *email;
  char *except_id;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  g_clear_pointer (&lookup->index, roster_index_unref);
  g_free (lookup->email);
  g_free (lookup->except_id);
  g_free (lookup);
}

static gboolean
has_email (const Lookup *lookup, RosterIndex *index, guint slot)
{
  RosterPersonView view;

  return roster_index_get (index, slot, &view) && g_strcmp0 (view.id, lookup->except_id) &&
         equal_without_case (view.email, lookup->email);
}

/* Any thread. Returns: ROSTER_NO_SLOT when nobody has it */
static guint
find_slot (const Lookup *lookup)
{
  guint n_slots = roster_index_get_n_slots (lookup->index);
  g_autofree guint64 *bitmap = g_new0 (guint64, n_slots / 64 + 1);
  g_autoptr (RosterQuery) query = roster_query_new (lookup->email);

  if (roster_query_is_empty (query) ||
      roster_query_scan (query, lookup->index, 0, n_slots, bitmap) == 0)
    return ROSTER_NO_SLOT;
  for (guint slot = 0; slot < n_slots; slot++)
    if ((bitmap[slot / 64] & roster_slots_bit (slot)) && has_email (lookup, lookup->index, slot))
      return slot;
  return ROSTER_NO_SLOT;
}

static void
run_find_by_email (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_int (task, find_slot (task_data));
}

void
roster_directory_find_by_email_async (RosterDirectory *self,
                                      const char *email,
                                      const char *except_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  /* No source object: the thread may be the last to let go of the task. */
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  RosterIndex *index = roster_person_list_get_index (self->people);
  Lookup *lookup = g_new (Lookup, 1);

  g_task_set_source_tag (task, roster_directory_find_by_email_async);
  *lookup =
      (Lookup){ index ? roster_index_ref (index) : NULL, g_strdup (email), g_strdup (except_id) };
  g_task_set_task_data (task, lookup, (GDestroyNotify) lookup_free);
  if (index)
    g_task_run_in_thread (task, run_find_by_email);
  else
    g_task_return_int (task, ROSTER_NO_SLOT);
}

PersonObject *
roster_directory_find_by_email_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  const Lookup *lookup = g_task_get_task_data (G_TASK (result));
  RosterIndex *index = roster_person_list_get_index (self->people);
  gssize slot = g_task_propagate_int (G_TASK (result), error);

  /* They may have changed meanwhile. */
  if (slot < 0 || slot == ROSTER_NO_SLOT || !has_email (lookup, index, (guint) slot))
    return NULL;
  return roster_person_list_dup_object_at (self->people, (guint) slot);
}

/* A write under way, as the data of its task. */
typedef struct
{
  RosterUndoEntry *entry;
  RosterPerson *base;    /* (nullable): of an edit */
  RosterPerson *current; /* (nullable): the person as it is now, when there was a conflict */
} Write;

static void
write_free (Write *write)
{
  roster_undo_entry_free (write->entry);
  roster_person_free (write->base);
  roster_person_free (write->current);
  g_free (write);
}

static GTask *
new_task (RosterDirectory *self,
          gpointer source_tag,
          RosterUndoKind kind,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Write *write = g_new0 (Write, 1);

  write->entry = roster_undo_entry_new (kind);
  g_task_set_source_tag (task, source_tag);
  /* What was written is reported as such, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, write, (GDestroyNotify) write_free);
  roster_directory_count_write (self, task);
  return task;
}

static const char *
get_batch_id (GTask *task)
{
  Write *write = g_task_get_task_data (task);

  return write->entry->batch_id;
}

static void
record (GTask *task, guint n_people, const RosterPerson *person)
{
  Write *write = g_task_get_task_data (task);

  roster_undo_entry_set_people (write->entry, n_people, person);
  roster_directory_record (g_task_get_source_object (task), g_steal_pointer (&write->entry));
}

/* Saving */

static void
return_saved (GTask *task, const RosterPerson *person)
{
  RosterDirectory *self = g_task_get_source_object (task);

  g_task_return_pointer (task, roster_person_list_dup_object (self->people, person),
                         g_object_unref);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people =
      roster_authority_create_finish (ROSTER_AUTHORITY (source), result, &error);

  if (!people)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (people->len == 0)
    {
      g_task_return_new_error (
          task, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "%s",
          _ ("This person was deleted meanwhile. Add them again to keep them."));
      return;
    }
  record (task, 1, people->pdata[0]);
  return_saved (task, people->pdata[0]);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Write *write = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) person =
      roster_authority_update_finish (ROSTER_AUTHORITY (source), result, &write->current, &error);

  if (!person)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (person->updated_at_unix_ms != write->base->updated_at_unix_ms)
    record (task, 1, person);
  return_saved (task, person);
}

void
roster_directory_save_async (RosterDirectory *self,
                             const RosterPerson *base,
                             const RosterPerson *person,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task =
      new_task (self, roster_directory_save_async, base ? ROSTER_UNDO_EDIT : ROSTER_UNDO_ADD,
                cancellable, callback, user_data);
  GPtrArray *people;
  RosterPerson *added;

  if (base)
    {
      ((Write *) g_task_get_task_data (task))->base = roster_person_copy (base);
      roster_authority_update_async (self->authority, base, person, get_batch_id (task),
                                     cancellable, updated_cb, task);
      return;
    }

  added = roster_person_copy (person);
  if (!added->id)
    added->id = roster_cuid_new ();
  people = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_ptr_array_add (people, added);
  roster_authority_create_async (self->authority, people, get_batch_id (task), cancellable,
                                 created_cb, task);
}

PersonObject *
roster_directory_save_finish (RosterDirectory *self,
                              GAsyncResult *result,
                              RosterPerson **current,
                              GError **error)
{
  Write *write = g_task_get_task_data (G_TASK (result));

  if (current)
    *current = g_steal_pointer (&write->current);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people =
      roster_authority_create_finish (ROSTER_AUTHORITY (source), result, &error);

  if (!people)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (people->len > 0)
    record (task, people->len, people->pdata[people->len - 1]);
  roster_free_elsewhere (g_steal_pointer (&people), (GDestroyNotify) g_ptr_array_unref);
  g_task_return_boolean (task, TRUE);
}

void
roster_directory_add_async (RosterDirectory *self,
                            GPtrArray *people,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = new_task (self, roster_directory_add_async, ROSTER_UNDO_ADD, cancellable, callback,
                          user_data);

  roster_authority_create_async (self->authority, people, get_batch_id (task), cancellable,
                                 added_cb, task);
}

gboolean
roster_directory_add_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What gives a receipt */

static void
return_receipt (GTask *task, RosterReceipt *receipt, GError *error)
{
  if (!receipt)
    {
      g_task_return_error (task, error);
      return;
    }
  if (receipt->n_people > 0)
    record (task, receipt->n_people, receipt->person);
  g_task_return_pointer (task, receipt, (GDestroyNotify) roster_receipt_free);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RosterReceipt *receipt =
      roster_authority_delete_finish (ROSTER_AUTHORITY (source), result, &error);

  return_receipt (task, receipt, error);
}

void
roster_directory_delete_async (RosterDirectory *self,
                               char **ids,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = new_task (self, roster_directory_delete_async, ROSTER_UNDO_DELETE, cancellable,
                          callback, user_data);

  roster_authority_delete_async (self->authority, ids, get_batch_id (task), cancellable, deleted_cb,
                                 task);
}

RosterReceipt *
roster_directory_delete_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RosterReceipt *receipt =
      roster_authority_restore_finish (ROSTER_AUTHORITY (source), result, &error);

  return_receipt (task, receipt, error);
}

void
roster_directory_restore_async (RosterDirectory *self,
                                char **ids,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = new_task (self, roster_directory_restore_async, ROSTER_UNDO_RESTORE, cancellable,
                          callback, user_data);

  roster_authority_restore_async (self->authority, ids, get_batch_id (task), cancellable,
                                  restored_cb, task);
}

RosterReceipt *
roster_directory_restore_finish (RosterDirectory *self,
                                 GAsyncResult *result,
                                 PersonObject **person,
                                 GError **error)
{
  RosterReceipt *receipt = g_task_propagate_pointer (G_TASK (result), error);

  if (person)
    *person = receipt ? roster_directory_dup_changed (self, receipt->person) : NULL;
  return receipt;
}
