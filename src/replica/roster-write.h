/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-database.h"
#include "roster-person.h"
#include "roster-receipt.h"
#include "roster-writer.h"

G_BEGIN_DECLS

/* What can be done to people, each as one transaction; @changed (out) (transfer full) is what it
 * changed, with slots. On the thread of the database; each blocks. Errors are those of the function
 * of the same name in roster-replica.h; then nothing was changed. Inside replica/ only. */

/** roster_write_create: @people: (inout) (element-type RosterPerson): made valid; afterwards, as
 * they now are. */
gboolean roster_write_create (RosterDatabase *database,
                              GPtrArray *people,
                              const char *batch_id,
                              GCancellable *cancellable,
                              RosterBatch **changed,
                              GError **error);

/** roster_write_update: @now: (out) (nullable): the person as it now is, unless there is none. */
gboolean roster_write_update (RosterDatabase *database,
                              const RosterPerson *base,
                              const RosterPerson *person,
                              const char *batch_id,
                              RosterPerson **now,
                              RosterBatch **changed,
                              GError **error);

/** roster_write_delete: @receipt: (out) (transfer full): what came of it. */
gboolean roster_write_delete (RosterDatabase *database,
                              const char *const *ids,
                              const char *batch_id,
                              GCancellable *cancellable,
                              RosterBatch **changed,
                              RosterReceipt **receipt,
                              GError **error);

gboolean roster_write_apply (RosterDatabase *database,
                             const RosterBatch *batch,
                             GCancellable *cancellable,
                             RosterBatch **changed,
                             GError **error);

/** roster_write_recount: puts the number of people right. */
gboolean roster_write_recount (RosterDatabase *database, GError **error);

/** roster_write_put_one: adds or changes somebody, by id; @person: whatever its slot; not kept. */
gboolean roster_write_put_one (RosterWriter *writer,
                               RosterDatabase *database,
                               const RosterPerson *person,
                               GError **error);

/** roster_write_remove_one: @id: that nobody has it is no error. */
gboolean roster_write_remove_one (RosterWriter *writer,
                                  RosterDatabase *database,
                                  const char *id,
                                  GError **error);

/**
 * roster_write_merge_field:
 * @now: (inout): a field as it is
 *
 * Compares and sets one field. Returns: %FALSE when it is neither @base nor @wanted
 */
gboolean roster_write_merge_field (const char *base,
                                   const char *wanted,
                                   char **now,
                                   gboolean *changed);

G_END_DECLS
