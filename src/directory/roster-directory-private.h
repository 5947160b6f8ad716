/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-directory.h"
#include "roster-undo-stack.h"

G_BEGIN_DECLS

struct _RosterDirectory
{
  GObject parent_instance;

  RosterReplica *replica;
  RosterAuthority *authority;
  RosterPersonList *people;
  RosterDrafts *drafts;
  GPtrArray *early_batches; /* of RosterBatch: what changed while loading */
  GCancellable *loading_cancellable;
  GTask *opening; /* (nullable) what waits for everybody */
  guint n_holds;
  gboolean load_is_held;
  guint n_people;
  guint settle_source;
  gboolean loading;
  guint n_writes;
  RosterUndoStack *undo_stack;
  RosterUndoStack *redo_stack;
  gboolean can_undo;
  gboolean can_redo;
};

/** roster_directory_count_write: @task: of the directory's, which is writing until it completes. */
void roster_directory_count_write (RosterDirectory *self, GTask *task);

/* In roster-directory-first-page.c. */

/** roster_directory_dup_order_key: Returns: (transfer full): the name of an order, which is that of
 * a locale's collation. */
char *roster_directory_dup_order_key (RosterSort sort);

/** roster_directory_unsettle: something changed; keeps the first page once nothing does. */
void roster_directory_unsettle (RosterDirectory *self);

/** roster_directory_keep_first_page: keeps it now. */
void roster_directory_keep_first_page (RosterDirectory *self);

/* In roster-directory-history.c. */

/** roster_directory_update_undo: tells whether something can be undone or done again now. */
void roster_directory_update_undo (RosterDirectory *self);

/** roster_directory_record: @entry: (transfer full): something new that was done. */
void roster_directory_record (RosterDirectory *self, RosterUndoEntry *entry);

/** roster_directory_dup_changed: @person: (nullable): of a receipt. Returns: (transfer full)
 * (nullable): who that is in the directory now. */
PersonObject *roster_directory_dup_changed (RosterDirectory *self, const RosterPerson *person);

G_END_DECLS
