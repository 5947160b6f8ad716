/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"

G_BEGIN_DECLS

/* The first people of an order, kept for the next start. On the thread of the database; each
 * blocks. Errors are the common ones of RosterReplica. Inside replica/ only. */

/** roster_first_page_read: see roster_replica_first_page_async(). */
GPtrArray *roster_first_page_read (RosterDatabase *database,
                                   const char *key,
                                   guint *n_people,
                                   GError **error);

/** roster_first_page_save: see roster_replica_save_first_page_async(). */
gboolean roster_first_page_save (RosterDatabase *database,
                                 const char *key,
                                 const guint *slots,
                                 guint n_slots,
                                 GError **error);

G_END_DECLS
