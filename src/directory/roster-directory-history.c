/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The façade's history: what was done in this session and how it is undone, and what the authority
 * keeps. Main thread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "roster-directory-private.h"
#include "roster-error.h"
#include "roster-person-list-private.h"

PersonObject *
roster_directory_dup_changed (RosterDirectory *self, const RosterPerson *person)
{
  if (!person || person->slot == ROSTER_NO_SLOT || !roster_person_list_get_index (self->people))
    return NULL;
  return roster_person_list_dup_object (self->people, person);
}

static void
set_flag (RosterDirectory *self, gboolean *flag, gboolean value, const char *property_name)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify (G_OBJECT (self), property_name);
}

void
roster_directory_update_undo (RosterDirectory *self)
{
  gboolean can_edit = roster_directory_get_can_edit (self);

  set_flag (self, &self->can_undo, can_edit && !roster_undo_stack_is_empty (self->undo_stack),
            "can-undo");
  set_flag (self, &self->can_redo, can_edit && !roster_undo_stack_is_empty (self->redo_stack),
            "can-redo");
}

gboolean
roster_directory_get_can_undo (RosterDirectory *self)
{
  return self->can_undo;
}

gboolean
roster_directory_get_can_redo (RosterDirectory *self)
{
  return self->can_redo;
}

/* Puts it on top of what can be undone and tells. */
static void
push (RosterDirectory *self, RosterUndoEntry *entry)
{
  g_autoptr (RosterUndoEntry) done = roster_undo_entry_copy (entry);

  roster_undo_stack_push (self->undo_stack, entry);
  roster_directory_update_undo (self);
  g_signal_emit_by_name (self, "done", done);
}

void
roster_directory_record (RosterDirectory *self, RosterUndoEntry *entry)
{
  roster_undo_stack_clear (self->redo_stack);
  push (self, entry);
}

/* Undoing, and doing again, which is to undo the undoing */

typedef struct
{
  RosterUndoStack *from;
  RosterUndoStack *to;
  RosterUndoEntry *entry;  /* taken from one, while under way */
  RosterUndoEntry *undone; /* for the other, by the batch that undoes it */
  RosterPerson *person;
} Undo;

static void
undo_free (Undo *undo)
{
  roster_undo_entry_free (undo->entry);
  roster_undo_entry_free (undo->undone);
  roster_person_free (undo->person);
  g_free (undo);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectory *self = g_task_get_source_object (task);
  Undo *undo = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      roster_authority_undo_finish (ROSTER_AUTHORITY (source), result, &error);

  if (!receipt)
    {
      if (!g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT) &&
          !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND))
        roster_undo_stack_put_back (undo->from, g_steal_pointer (&undo->entry));
      roster_directory_update_undo (self);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  undo->person = g_steal_pointer (&receipt->person);
  /* What had become so already has no batch that could be undone in turn. */
  if (receipt->n_people > 0 && undo->to == self->undo_stack)
    push (self, g_steal_pointer (&undo->undone));
  else if (receipt->n_people > 0)
    roster_undo_stack_push (self->redo_stack, g_steal_pointer (&undo->undone));
  roster_directory_update_undo (self);
  g_task_return_boolean (task, TRUE);
}

static void
undo_entry (RosterDirectory *self,
            RosterUndoStack *from,
            const char *batch_id,
            gpointer source_tag,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Undo *undo = g_new0 (Undo, 1);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, undo, (GDestroyNotify) undo_free);
  undo->from = from;
  undo->to = from == self->undo_stack ? self->redo_stack : self->undo_stack;
  undo->entry = roster_undo_stack_take (from, batch_id);
  if (!undo->entry)
    {
      g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "%s",
                               _ ("There is nothing to undo any longer. Open History to see what "
                                  "changed."));
      return;
    }
  undo->undone = roster_undo_entry_new (undo->entry->kind);
  undo->undone->n_people = undo->entry->n_people;
  undo->undone->name = g_strdup (undo->entry->name);
  roster_directory_update_undo (self);
  roster_directory_count_write (self, task);
  roster_authority_undo_async (self->authority, undo->entry->batch_id, undo->undone->batch_id,
                               cancellable, undone_cb, g_object_ref (task));
}

static RosterUndoEntry *
finish_undo (RosterDirectory *self, GAsyncResult *result, PersonObject **person, GError **error)
{
  Undo *undo = g_task_get_task_data (G_TASK (result));

  if (person)
    *person = roster_directory_dup_changed (self, undo->person);
  return g_task_propagate_boolean (G_TASK (result), error) ? g_steal_pointer (&undo->entry) : NULL;
}

void
roster_directory_undo_async (RosterDirectory *self,
                             const char *batch_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  undo_entry (self, self->undo_stack, batch_id, roster_directory_undo_async, cancellable, callback,
              user_data);
}

RosterUndoEntry *
roster_directory_undo_finish (RosterDirectory *self,
                              GAsyncResult *result,
                              PersonObject **person,
                              GError **error)
{
  return finish_undo (self, result, person, error);
}

void
roster_directory_redo_async (RosterDirectory *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  undo_entry (self, self->redo_stack, NULL, roster_directory_redo_async, cancellable, callback,
              user_data);
}

RosterUndoEntry *
roster_directory_redo_finish (RosterDirectory *self,
                              GAsyncResult *result,
                              PersonObject **person,
                              GError **error)
{
  return finish_undo (self, result, person, error);
}

/* What the authority keeps: the task of a call gives on the result of the authority's */

static GTask *
new_task (RosterDirectory *self,
          gpointer source_tag,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_pointer (task, g_object_ref (result), g_object_unref);
}

void
roster_directory_history_async (RosterDirectory *self,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  roster_authority_history_async (self->authority, id, cancellable, done_cb,
                                  new_task (self, roster_directory_history_async, cancellable,
                                            callback, user_data));
}

GPtrArray *
roster_directory_history_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = g_task_propagate_pointer (G_TASK (result), NULL);

  return roster_authority_history_finish (self->authority, inner, error);
}

void
roster_directory_deleted_async (RosterDirectory *self,
                                gint64 before_change_id,
                                guint limit,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  roster_authority_deleted_async (self->authority, before_change_id, limit, cancellable, done_cb,
                                  new_task (self, roster_directory_deleted_async, cancellable,
                                            callback, user_data));
}

GPtrArray *
roster_directory_deleted_finish (RosterDirectory *self,
                                 GAsyncResult *result,
                                 guint *n_total,
                                 GError **error)
{
  g_autoptr (GAsyncResult) inner = g_task_propagate_pointer (G_TASK (result), NULL);

  return roster_authority_deleted_finish (self->authority, inner, n_total, error);
}

void
roster_directory_purge_async (RosterDirectory *self,
                              char **ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  roster_authority_purge_async (self->authority, ids, cancellable, done_cb,
                                new_task (self, roster_directory_purge_async, cancellable, callback,
                                          user_data));
}

gboolean
roster_directory_purge_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) inner = g_task_propagate_pointer (G_TASK (result), NULL);

  return roster_authority_purge_finish (self->authority, inner, error);
}
