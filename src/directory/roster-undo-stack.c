/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be undone in this session. One thread at a time; the stack owns its entries. */

#include "config.h"

#include "roster-undo-stack.h"

#include "roster-cuid.h"

struct _RosterUndoStack
{
  GQueue entries; /* the latest is the head */
  guint64 last_order;
};

G_DEFINE_BOXED_TYPE (RosterUndoEntry,
                     roster_undo_entry,
                     roster_undo_entry_copy,
                     roster_undo_entry_free)

RosterUndoEntry *
roster_undo_entry_new (RosterUndoKind kind)
{
  RosterUndoEntry *entry = g_new0 (RosterUndoEntry, 1);

  entry->batch_id = roster_cuid_new ();
  entry->kind = kind;
  return entry;
}

RosterUndoEntry *
roster_undo_entry_copy (const RosterUndoEntry *entry)
{
  RosterUndoEntry *copy = g_new (RosterUndoEntry, 1);

  *copy = *entry;
  copy->batch_id = g_strdup (entry->batch_id);
  copy->name = g_strdup (entry->name);
  return copy;
}

void
roster_undo_entry_free (RosterUndoEntry *entry)
{
  if (!entry)
    return;
  g_free (entry->batch_id);
  g_free (entry->name);
  g_free (entry);
}

void
roster_undo_entry_set_people (RosterUndoEntry *entry, guint n_people, const RosterPerson *person)
{
  entry->n_people = n_people;
  g_free (entry->name);
  entry->name = person ? g_strdup (person->name) : NULL;
}

RosterUndoStack *
roster_undo_stack_new (void)
{
  RosterUndoStack *self = g_new0 (RosterUndoStack, 1);

  g_queue_init (&self->entries);
  return self;
}

void
roster_undo_stack_free (RosterUndoStack *self)
{
  roster_undo_stack_clear (self);
  g_free (self);
}

gboolean
roster_undo_stack_is_empty (RosterUndoStack *self)
{
  return g_queue_is_empty (&self->entries);
}

void
roster_undo_stack_clear (RosterUndoStack *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) roster_undo_entry_free);
}

void
roster_undo_stack_push (RosterUndoStack *self, RosterUndoEntry *entry)
{
  entry->order = ++self->last_order;
  g_queue_push_head (&self->entries, entry);
}

static int
compare_batch_cb (gconstpointer entry, gconstpointer batch_id)
{
  return g_strcmp0 (((const RosterUndoEntry *) entry)->batch_id, batch_id);
}

RosterUndoEntry *
roster_undo_stack_take (RosterUndoStack *self, const char *batch_id)
{
  GList *link = batch_id ? g_queue_find_custom (&self->entries, batch_id, compare_batch_cb)
                         : g_queue_peek_head_link (&self->entries);
  RosterUndoEntry *entry;

  if (!link)
    return NULL;
  entry = link->data;
  g_queue_delete_link (&self->entries, link);
  return entry;
}

static int
compare_order_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  guint64 order_a = ((const RosterUndoEntry *) a)->order;
  guint64 order_b = ((const RosterUndoEntry *) b)->order;

  return order_a > order_b ? -1 : order_a < order_b;
}

void
roster_undo_stack_put_back (RosterUndoStack *self, RosterUndoEntry *entry)
{
  g_queue_insert_sorted (&self->entries, entry, compare_order_cb, NULL);
}
