/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-database.h"
#include "roster-person.h"

G_BEGIN_DECLS

/* What can be done to people, each as one transaction; @changed (out) (transfer full) is what it
 * changed, with slots. On the thread of the database; each blocks. Errors are those of the function
 * of the same name in roster-replica.h; then nothing was changed. Inside replica/ only. */

/** roster_write_create: @people: (inout) (element-type RosterPerson): afterwards, as they now are.
 */
gboolean roster_write_create (RosterDatabase *database,
                              GPtrArray *people,
                              GCancellable *cancellable,
                              RosterBatch **changed,
                              GError **error);

/** roster_write_update: @now: (out) (nullable): the person as it now is, unless there is none. */
gboolean roster_write_update (RosterDatabase *database,
                              const RosterPerson *base,
                              const RosterPerson *person,
                              RosterPerson **now,
                              RosterBatch **changed,
                              GError **error);

/** roster_write_delete: Returns: (transfer full) (nullable): who was deleted, without slots. */
GPtrArray *roster_write_delete (RosterDatabase *database,
                                const char *const *ids,
                                GCancellable *cancellable,
                                RosterBatch **changed,
                                GError **error);

gboolean roster_write_apply (RosterDatabase *database,
                             const RosterBatch *batch,
                             GCancellable *cancellable,
                             RosterBatch **changed,
                             GError **error);

/** roster_write_recount: puts the number of people right. */
gboolean roster_write_recount (RosterDatabase *database, GError **error);

G_END_DECLS
