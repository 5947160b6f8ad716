/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-sync-point.h"

G_BEGIN_DECLS

/* How far a sync has come, and who was not seen by it. On the thread of the database; each blocks.
 * Errors are the common ones of RosterReplica. Inside replica/ only. */

/** roster_sync_table_read: Returns: (transfer full) (nullable): where the sync is; the beginning
 * when it cannot be where the file says. */
RosterSyncPoint *roster_sync_table_read (RosterDatabase *database, GError **error);

/** roster_sync_table_write: @point: where it is now. */
gboolean roster_sync_table_write (RosterDatabase *database,
                                  const RosterSyncPoint *point,
                                  GError **error);

/** roster_sync_table_mark_unseen: everybody is to be read: whoever is there was not seen yet. */
gboolean roster_sync_table_mark_unseen (RosterDatabase *database, GError **error);

/** roster_sync_table_mark_seen: @id: is read. */
gboolean roster_sync_table_mark_seen (RosterDatabase *database, const char *id, GError **error);

/** roster_sync_table_take_unseen: Returns: (transfer full) (element-type RosterPerson) (nullable):
 * who was there and was not seen; they are forgotten. */
GPtrArray *roster_sync_table_take_unseen (RosterDatabase *database, GError **error);

G_END_DECLS
