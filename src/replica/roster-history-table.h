/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-person.h"

G_BEGIN_DECLS

/* The statements on the tables of the history. On the thread of the database; each blocks. Errors
 * are the common ones of RosterReplica. Inside replica/ only. */

/**
 * RosterHistoryOperation:
 * @ROSTER_HISTORY_UNKNOWN: what only another program can have written
 */
typedef enum
{
  ROSTER_HISTORY_UNKNOWN,
  ROSTER_HISTORY_CREATE,
  ROSTER_HISTORY_UPDATE,
  ROSTER_HISTORY_DELETE,
} RosterHistoryOperation;

/**
 * RosterHistoryRow:
 * @person: the values before, without a slot; of one that was created only the id
 */
typedef struct
{
  gint64 id;
  RosterHistoryOperation operation;
  gint64 at_unix_ms;
  RosterPerson *person;
} RosterHistoryRow;

void roster_history_row_free (RosterHistoryRow *row);

/** roster_history_table_next_id: like roster_people_table_next_slot(), for the ids of changes. */
gboolean roster_history_table_next_id (RosterDatabase *database, gint64 *id, GError **error);

/** roster_history_table_insert: puts @row; those who were deleted or are back are known as such. */
gboolean roster_history_table_insert (RosterDatabase *database,
                                      const RosterHistoryRow *row,
                                      GError **error);

/** roster_history_table_read: Returns: (transfer full): the row that @statement is at. */
RosterHistoryRow *roster_history_table_read (sqlite3_stmt *statement);

/**
 * roster_history_table_find_next:
 * @after_id: a change of whoever has @person_id, or 0
 * @row: (out) (nullable): their next one; %NULL when there is none
 */
gboolean roster_history_table_find_next (RosterDatabase *database,
                                         const char *person_id,
                                         gint64 after_id,
                                         RosterHistoryRow **row,
                                         GError **error);

/** roster_history_table_find_deleted: @row: (out) (nullable): the change that deleted whoever had
 * @person_id; %NULL when they are there, were never or were removed for good. */
gboolean roster_history_table_find_deleted (RosterDatabase *database,
                                            const char *person_id,
                                            RosterHistoryRow **row,
                                            GError **error);

/** roster_history_table_find_batch: @last_id: (out): 0 when there is no such batch. */
gboolean roster_history_table_find_batch (RosterDatabase *database,
                                          const char *batch_id,
                                          gint64 *first_id,
                                          gint64 *last_id,
                                          GError **error);

gboolean roster_history_table_insert_batch (RosterDatabase *database,
                                            const char *batch_id,
                                            gint64 first_id,
                                            gint64 last_id,
                                            GError **error);

/** roster_history_table_read_clock: see roster-purge.c. */
gboolean roster_history_table_read_clock (RosterDatabase *database,
                                          gint64 *seen_at_unix_ms,
                                          gint64 *sure_at_unix_ms,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterHistoryRow, roster_history_row_free)

G_END_DECLS
