/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "roster-receipt.h"

G_BEGIN_DECLS

/** RosterUndoKind: what was done. */
typedef enum
{
  ROSTER_UNDO_ADD,
  ROSTER_UNDO_EDIT,
  ROSTER_UNDO_DELETE,
  ROSTER_UNDO_RESTORE,
} RosterUndoKind;

/**
 * RosterUndoEntry:
 * @batch_id: what to undo by
 * @kind: what was done
 * @n_people: to how many people
 * @name: (nullable): the name of the last of them
 * @order: later than that of everything that was done before
 *
 * Something that was done and can be undone, or was undone and can be done again.
 */
typedef struct
{
  char *batch_id;
  RosterUndoKind kind;
  guint n_people;
  char *name;
  guint64 order;
} RosterUndoEntry;

#define ROSTER_TYPE_UNDO_ENTRY (roster_undo_entry_get_type ())
GType roster_undo_entry_get_type (void) G_GNUC_CONST;

/** roster_undo_entry_new: Returns: (transfer full): an entry with a new batch id, about nobody yet.
 */
RosterUndoEntry *roster_undo_entry_new (RosterUndoKind kind);
RosterUndoEntry *roster_undo_entry_copy (const RosterUndoEntry *entry);
void roster_undo_entry_free (RosterUndoEntry *entry);

/** roster_undo_entry_set_people: @person: (nullable): the last of them. */
void roster_undo_entry_set_people (RosterUndoEntry *entry,
                                   guint n_people,
                                   const RosterPerson *person);

/**
 * RosterUndoStack:
 *
 * What can be undone, or done again, in this session; the latest first. One thread at a time.
 */
typedef struct _RosterUndoStack RosterUndoStack;

/** roster_undo_stack_new: Returns: (transfer full): an empty one. */
RosterUndoStack *roster_undo_stack_new (void);
void roster_undo_stack_free (RosterUndoStack *self);

gboolean roster_undo_stack_is_empty (RosterUndoStack *self);
void roster_undo_stack_clear (RosterUndoStack *self);

/** roster_undo_stack_push: @entry: (transfer full): the latest from now on. */
void roster_undo_stack_push (RosterUndoStack *self, RosterUndoEntry *entry);

/** roster_undo_stack_take: @batch_id: (nullable): %NULL for the latest. Returns: (transfer full)
 * (nullable): the entry, which is no longer on the stack. */
RosterUndoEntry *roster_undo_stack_take (RosterUndoStack *self, const char *batch_id);

/** roster_undo_stack_put_back: @entry: (transfer full): put where it was taken from. */
void roster_undo_stack_put_back (RosterUndoStack *self, RosterUndoEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterUndoEntry, roster_undo_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterUndoStack, roster_undo_stack_free)

G_END_DECLS
