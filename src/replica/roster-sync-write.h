/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-replica-sync.h"

G_BEGIN_DECLS

/* What a sync does to people. On the thread of the database; each blocks. Inside replica/ only. */

/** roster_sync_write_step: @changed: (out) (transfer full); see roster_replica_sync_async(). */
gboolean roster_sync_write_step (RosterDatabase *database,
                                 const RosterSyncPoint *from,
                                 const RosterSyncPoint *to,
                                 const RosterSyncRows *rows,
                                 GCancellable *cancellable,
                                 RosterBatch **changed,
                                 GError **error);

G_END_DECLS
