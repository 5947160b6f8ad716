/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-person.h"
#include "roster-replica.h"

G_BEGIN_DECLS

/* The statements on the table of people. On the thread of the database; each blocks. Errors are the
 * common ones of RosterReplica; what puts an e-mail can give ROSTER_ERROR_DUPLICATE_EMAIL. Inside
 * replica/ only. */

/** ROSTER_PEOPLE_TABLE_MAX_SLOT: as the table's CHECK says; a damaged file may hold anything. */
#define ROSTER_PEOPLE_TABLE_MAX_SLOT ((1 << 27) - 1)

/**
 * roster_people_table_load:
 * @miscounted: (out): whether there are more or fewer than the file says; that is no error when
 * nothing else is wrong with it: another program has edited it
 *
 * See roster_replica_load().
 */
gboolean roster_people_table_load (RosterDatabase *database,
                                   RosterReplicaRowFunc func,
                                   gpointer user_data,
                                   gboolean *miscounted,
                                   GCancellable *cancellable,
                                   GError **error);

/**
 * roster_people_table_read:
 * @row: a row with the columns of person-by-id
 *
 * Returns: (transfer full) (nullable): who is in it, with valid UTF-8 whatever the file holds
 */
RosterPerson *roster_people_table_read (RosterDatabase *database,
                                        sqlite3_stmt *row,
                                        GError **error);

/**
 * roster_people_table_read_values:
 * @row: a row with the columns of person-by-id but the slot
 *
 * Returns: (transfer full): who is in it, without a slot; what is missing is empty
 */
RosterPerson *roster_people_table_read_values (sqlite3_stmt *row);

/** roster_people_table_find: @person: (out) (nullable): %NULL when nobody has the id. */
gboolean roster_people_table_find (RosterDatabase *database,
                                   const char *id,
                                   RosterPerson **person,
                                   GError **error);

/** roster_people_table_find_by_email: @person: (out) (nullable): %NULL when nobody has it. */
gboolean roster_people_table_find_by_email (RosterDatabase *database,
                                            const char *email,
                                            RosterPerson **person,
                                            GError **error);

/**
 * roster_people_table_next_slot:
 *
 * Says which slot to give out next. Read it when a transaction begins and count on from there, so
 * that none is freed and given again in the same one.
 */
gboolean roster_people_table_next_slot (RosterDatabase *database, guint *slot, GError **error);

/** roster_people_table_insert: puts @person at their slot, which is free. */
gboolean roster_people_table_insert (RosterDatabase *database,
                                     const RosterPerson *person,
                                     GError **error);

/** roster_people_table_update: puts @person at their slot instead of whoever is there. */
gboolean roster_people_table_update (RosterDatabase *database,
                                     const RosterPerson *person,
                                     GError **error);

/** roster_people_table_delete: frees @slot. */
gboolean roster_people_table_delete (RosterDatabase *database, guint slot, GError **error);

G_END_DECLS
