/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"

G_BEGIN_DECLS

/* Removing the deleted for good, with their history. On the thread of the database; each blocks.
 * Errors are the common ones of RosterReplica. Inside replica/ only. */

/** roster_purge_people: see roster_replica_purge_async(). */
gboolean roster_purge_people (RosterDatabase *database,
                              const char *const *ids,
                              GCancellable *cancellable,
                              GError **error);

/** roster_purge_expired: see roster_replica_expire_async(). */
gboolean roster_purge_expired (RosterDatabase *database,
                               gint64 retention_ms,
                               guint limit,
                               gboolean *more,
                               GError **error);

G_END_DECLS
