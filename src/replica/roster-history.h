/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"

G_BEGIN_DECLS

/* What was done, read. On the thread of the database; each blocks. Errors are the common ones of
 * RosterReplica. Inside replica/ only. */

/** roster_history_read_person: see roster_replica_history_async(). */
GPtrArray *roster_history_read_person (RosterDatabase *database, const char *id, GError **error);

/** roster_history_read_deleted: see roster_replica_deleted_async(). */
GPtrArray *roster_history_read_deleted (RosterDatabase *database,
                                        gint64 before_change_id,
                                        gint64 since_unix_ms,
                                        guint limit,
                                        guint *n_total,
                                        GError **error);

G_END_DECLS
