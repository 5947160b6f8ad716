/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-sync-point.h"

G_BEGIN_DECLS

/** roster_digest_read: see roster_replica_digest(). On the thread of the database; blocks. Inside
 * replica/ only. */
char *roster_digest_read (RosterDatabase *database,
                          RosterSyncPoint **point,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
