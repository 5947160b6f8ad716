/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-database.h"
#include "roster-person.h"
#include "roster-receipt.h"

G_BEGIN_DECLS

/**
 * RosterWriter:
 *
 * A transaction that changes people: every change with its row of the history, how many there are,
 * and what to tell those who listen. On the thread of the database; each function blocks. Errors
 * are the common ones of RosterReplica; what puts an e-mail can give ROSTER_ERROR_DUPLICATE_EMAIL.
 * Inside replica/ only.
 */
typedef struct _RosterWriter RosterWriter;

/**
 * roster_writer_new:
 * @batch_id: (nullable): under which the changes are kept; %NULL keeps no history of them
 *
 * Returns: (transfer full) (nullable): a transaction that freeing forgets, unless it was committed
 */
RosterWriter *roster_writer_new (RosterDatabase *database, const char *batch_id, GError **error);
void roster_writer_free (RosterWriter *self);

/** roster_writer_expect: @n_people: about how many are going to be changed; without it, few. */
void roster_writer_expect (RosterWriter *self, gsize n_people);

/** roster_writer_is_repeated: Returns: whether the batch is there already: nothing is to be done.
 */
gboolean roster_writer_is_repeated (RosterWriter *self);

/** roster_writer_get_now: Returns: the time of the changes, in ms since the Unix epoch, UTC. */
gint64 roster_writer_get_now (RosterWriter *self);

/** roster_writer_get_time_after: Returns: likewise, but after the last change of @person. */
gint64 roster_writer_get_time_after (RosterWriter *self, const RosterPerson *person);

/** roster_writer_add: @person: given a slot; nobody has their id. */
gboolean roster_writer_add (RosterWriter *self, RosterPerson *person, GError **error);

/** roster_writer_change: @before: as they are in the file; @after: the same with other values. */
gboolean roster_writer_change (RosterWriter *self,
                               const RosterPerson *before,
                               const RosterPerson *after,
                               GError **error);

/** roster_writer_remove: @person: (transfer full): as they are in the file. */
gboolean roster_writer_remove (RosterWriter *self, RosterPerson *person, GError **error);

/**
 * roster_writer_commit:
 * @changed: (out) (transfer full): what was changed, with slots
 * @receipt: (out) (optional) (transfer full): what came of it; of a repeated one, what came of it
 * the first time
 */
gboolean roster_writer_commit (RosterWriter *self,
                               RosterBatch **changed,
                               RosterReceipt **receipt,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterWriter, roster_writer_free)

G_END_DECLS
