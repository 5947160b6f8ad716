/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * RosterIndex:
 *
 * An immutable snapshot of everybody in the directory, held in memory: what is shown, and its
 * folded form, which is what a search reads. Changing makes a new snapshot that shares all but the
 * touched chunks with the old one, so that a search thread can read one while the main thread makes
 * the next. Any thread; reference counts are atomic.
 */
typedef struct _RosterIndex RosterIndex;
typedef struct _RosterIndexBuilder RosterIndexBuilder;

/**
 * RosterPersonView:
 *
 * A look at one person inside an index: the strings belong to the index and live as long as it.
 */
typedef struct
{
  const char *id;
  const char *name;
  const char *email;
  const char *phone;
  gint64 created_at_unix_ms;
  gint64 updated_at_unix_ms;
} RosterPersonView;

/** roster_index_new_empty: Returns: (transfer full): a snapshot of nobody. */
RosterIndex *roster_index_new_empty (void);
RosterIndex *roster_index_ref (RosterIndex *self);
void roster_index_unref (RosterIndex *self);

/** roster_index_get_n_people: Returns: how many people there are. */
guint roster_index_get_n_people (RosterIndex *self);

/** roster_index_get_n_slots: Returns: one more than the highest slot in use; some may be empty. */
guint roster_index_get_n_slots (RosterIndex *self);

/**
 * roster_index_get:
 * @slot: any slot
 * @view: (out caller-allocates): filled in when there is somebody
 *
 * Returns: whether @slot holds a person
 */
gboolean roster_index_get (RosterIndex *self, guint slot, RosterPersonView *view);

/**
 * roster_index_apply:
 * @people: (array length=n_people): people to put at their slots, new or changed
 * @removed: (array length=n_removed): slots to empty; one that is empty already is no error
 *
 * Returns: (transfer full): the next snapshot
 */
RosterIndex *roster_index_apply (RosterIndex *self,
                                 RosterPerson *const *people,
                                 gsize n_people,
                                 const guint *removed,
                                 gsize n_removed);

/** roster_index_builder_new: Returns: (transfer full): a builder of a first snapshot. One thread.
 */
RosterIndexBuilder *roster_index_builder_new (void);

/**
 * roster_index_builder_add:
 * @view: the values; copied
 * @slot: where; greater than that of every call before
 */
void roster_index_builder_add (RosterIndexBuilder *self, guint slot, const RosterPersonView *view);

/** roster_index_builder_end: @self: (transfer full). Returns: (transfer full): the snapshot. */
RosterIndex *roster_index_builder_end (RosterIndexBuilder *self);
void roster_index_builder_free (RosterIndexBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterIndex, roster_index_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterIndexBuilder, roster_index_builder_free)

G_END_DECLS
