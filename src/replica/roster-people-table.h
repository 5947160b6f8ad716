/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-database.h"
#include "roster-person.h"
#include "roster-replica.h"

G_BEGIN_DECLS

/* What can be done with the people in a database. Each write is one transaction; @changed (out)
 * (transfer full) (nullable) is what it changed, with slots. On the database's thread; blocks.
 * Errors are those of the function of the same name in roster-replica.h. Inside replica/ only. */

gboolean roster_people_table_load (RosterDatabase *database,
                                   RosterReplicaRowFunc func,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);

/** Returns: (transfer full) (nullable): the people as they now are */
GPtrArray *roster_people_table_create (RosterDatabase *database,
                                       GPtrArray *people,
                                       GCancellable *cancellable,
                                       RosterBatch **changed,
                                       GError **error);

/** @now: (out): the person as it now is, unless it is not found. */
gboolean roster_people_table_update (RosterDatabase *database,
                                     const RosterPerson *base,
                                     const RosterPerson *person,
                                     RosterPerson **now,
                                     RosterBatch **changed,
                                     GError **error);

/** Returns: (transfer full) (nullable): who was deleted, without slots */
GPtrArray *roster_people_table_delete (RosterDatabase *database,
                                       const char *const *ids,
                                       GCancellable *cancellable,
                                       RosterBatch **changed,
                                       GError **error);

gboolean roster_people_table_apply (RosterDatabase *database,
                                    const RosterBatch *batch,
                                    GCancellable *cancellable,
                                    RosterBatch **changed,
                                    GError **error);

/** Returns: (transfer full) (nullable): the first page that was kept, or nobody */
GPtrArray *roster_people_table_first_page (RosterDatabase *database,
                                           const char *key,
                                           guint *n_people,
                                           GError **error);

gboolean roster_people_table_save_first_page (RosterDatabase *database,
                                              const char *key,
                                              const guint *slots,
                                              guint n_slots,
                                              GError **error);

G_END_DECLS
