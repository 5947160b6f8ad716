/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * RosterBatch:
 * @people: (element-type RosterPerson): everybody who is new or changed, whole
 * @removed: (element-type RosterPerson): everybody who is gone; only id and slot count
 *
 * What changed in one transaction. On the way into a replica the slots are not known yet; on the
 * way out (RosterReplica::changed) they are.
 */
typedef struct
{
  GPtrArray *people;
  GPtrArray *removed;
} RosterBatch;

#define ROSTER_TYPE_BATCH (roster_batch_get_type ())
GType roster_batch_get_type (void) G_GNUC_CONST;

/** roster_batch_new: Returns: (transfer full): an empty batch. Any thread. */
RosterBatch *roster_batch_new (void);

/** roster_batch_copy: Returns: (transfer full): another with the same people, whom nobody changes
 * any more. Any thread. */
RosterBatch *roster_batch_copy (const RosterBatch *self);
void roster_batch_free (RosterBatch *self);

/** roster_batch_is_empty: Returns: whether nothing changed. */
gboolean roster_batch_is_empty (const RosterBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterBatch, roster_batch_free)

G_END_DECLS
