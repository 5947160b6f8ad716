/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"

G_BEGIN_DECLS

/** roster_digest_read: see roster_replica_digest(). On the thread of the database; blocks. Inside
 * replica/ only. */
char *roster_digest_read (RosterDatabase *database, GCancellable *cancellable, GError **error);

G_END_DECLS
