/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of the history: read, whatever they hold, and written. On the thread of the database; no
 * state. */

#include "config.h"

#include "roster-history-table.h"

#include "roster-people-table.h"

/* The columns of a change, after those that a person has. */
enum
{
  COLUMN_PERSON_ID,
  COLUMN_NAME,
  COLUMN_EMAIL,
  COLUMN_PHONE,
  COLUMN_CREATED_AT,
  COLUMN_UPDATED_AT,
  COLUMN_ID,
  COLUMN_OPERATION,
  COLUMN_AT,
};

static const char *const OPERATIONS[] = {
  [ROSTER_HISTORY_CREATE] = "create",
  [ROSTER_HISTORY_UPDATE] = "update",
  [ROSTER_HISTORY_DELETE] = "delete",
};

void
roster_history_row_free (RosterHistoryRow *row)
{
  if (!row)
    return;
  roster_person_free (row->person);
  g_free (row);
}

gboolean
roster_history_table_next_id (RosterDatabase *database, gint64 *id, GError **error)
{
  if (!roster_database_read_integer (database, ROSTER_STATEMENT_NEXT_CHANGE_ID, id, error))
    return FALSE;
  /* There are 2^63 of them, so that only damage can have used them up. */
  if (*id < 1 || *id > G_MAXINT64 / 2)
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
insert_deleted (RosterDatabase *database, const RosterHistoryRow *row, GError **error)
{
  g_autoptr (RosterTakenStatement) insert =
      roster_database_take (database, ROSTER_STATEMENT_INSERT_DELETED);

  sqlite3_bind_int64 (insert, 1, row->id);
  sqlite3_bind_text (insert, 2, row->person->id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 3, row->at_unix_ms);
  return roster_database_step (database, insert, NULL, error);
}

gboolean
roster_history_table_insert (RosterDatabase *database, const RosterHistoryRow *row, GError **error)
{
  g_autoptr (RosterTakenStatement) insert =
      roster_database_take (database, ROSTER_STATEMENT_INSERT_CHANGE);

  sqlite3_bind_text (insert, COLUMN_PERSON_ID + 1, row->person->id, -1, SQLITE_STATIC);
  if (row->operation != ROSTER_HISTORY_CREATE)
    {
      sqlite3_bind_text (insert, COLUMN_NAME + 1, row->person->name, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, COLUMN_EMAIL + 1, row->person->email, -1, SQLITE_STATIC);
      sqlite3_bind_text (insert, COLUMN_PHONE + 1, row->person->phone, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, COLUMN_CREATED_AT + 1, row->person->created_at_unix_ms);
      sqlite3_bind_int64 (insert, COLUMN_UPDATED_AT + 1, row->person->updated_at_unix_ms);
    }
  sqlite3_bind_int64 (insert, COLUMN_ID + 1, row->id);
  sqlite3_bind_text (insert, COLUMN_OPERATION + 1, OPERATIONS[row->operation], -1, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, COLUMN_AT + 1, row->at_unix_ms);
  return roster_database_step (database, insert, NULL, error) &&
         (row->operation != ROSTER_HISTORY_DELETE || insert_deleted (database, row, error));
}

static RosterHistoryOperation
read_operation (sqlite3_stmt *statement)
{
  const char *text = (const char *) sqlite3_column_text (statement, COLUMN_OPERATION);

  for (guint i = ROSTER_HISTORY_CREATE; i < G_N_ELEMENTS (OPERATIONS); i++)
    if (g_strcmp0 (text, OPERATIONS[i]) == 0)
      return i;
  return ROSTER_HISTORY_UNKNOWN;
}

RosterHistoryRow *
roster_history_table_read (sqlite3_stmt *statement)
{
  RosterHistoryRow *row = g_new (RosterHistoryRow, 1);

  row->id = sqlite3_column_int64 (statement, COLUMN_ID);
  row->operation = read_operation (statement);
  row->at_unix_ms = sqlite3_column_int64 (statement, COLUMN_AT);
  row->person = roster_people_table_read_values (statement);
  return row;
}

/* Steps a statement that gives one change or none. */
static gboolean
find (RosterDatabase *database, RosterTakenStatement *taken, RosterHistoryRow **row, GError **error)
{
  gboolean any;

  *row = NULL;
  if (!roster_database_step (database, taken, &any, error))
    return FALSE;
  if (any)
    *row = roster_history_table_read (taken);
  return TRUE;
}

gboolean
roster_history_table_find_next (RosterDatabase *database,
                                const char *person_id,
                                gint64 after_id,
                                RosterHistoryRow **row,
                                GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_NEXT_CHANGE_OF_PERSON);

  sqlite3_bind_text (taken, 1, person_id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (taken, 2, after_id);
  return find (database, taken, row, error);
}

gboolean
roster_history_table_find_deleted (RosterDatabase *database,
                                   const char *person_id,
                                   RosterHistoryRow **row,
                                   GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_DELETED_CHANGE);

  sqlite3_bind_text (taken, 1, person_id, -1, SQLITE_STATIC);
  return find (database, taken, row, error);
}

/* Steps a statement that gives a row of two integers or none, which is 0 twice. */
static gboolean
read_two (RosterDatabase *database,
          RosterTakenStatement *taken,
          gint64 *first,
          gint64 *second,
          GError **error)
{
  gboolean any;

  if (!roster_database_step (database, taken, &any, error))
    return FALSE;
  *first = any ? sqlite3_column_int64 (taken, 0) : 0;
  *second = any ? sqlite3_column_int64 (taken, 1) : 0;
  return TRUE;
}

gboolean
roster_history_table_find_batch (RosterDatabase *database,
                                 const char *batch_id,
                                 gint64 *first_id,
                                 gint64 *last_id,
                                 GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_BATCH_BY_ID);

  sqlite3_bind_text (taken, 1, batch_id, -1, SQLITE_STATIC);
  if (!read_two (database, taken, first_id, last_id, error))
    return FALSE;
  if (*last_id != 0 && (*first_id < 1 || *last_id < *first_id))
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  return TRUE;
}

gboolean
roster_history_table_insert_batch (RosterDatabase *database,
                                   const char *batch_id,
                                   gint64 first_id,
                                   gint64 last_id,
                                   GError **error)
{
  g_autoptr (RosterTakenStatement) insert =
      roster_database_take (database, ROSTER_STATEMENT_INSERT_BATCH);

  sqlite3_bind_int64 (insert, 1, last_id);
  sqlite3_bind_int64 (insert, 2, first_id);
  sqlite3_bind_text (insert, 3, batch_id, -1, SQLITE_STATIC);
  return roster_database_step (database, insert, NULL, error);
}

gboolean
roster_history_table_read_clock (RosterDatabase *database,
                                 gint64 *seen_at_unix_ms,
                                 gint64 *sure_at_unix_ms,
                                 GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (database, ROSTER_STATEMENT_CLOCK);

  if (!read_two (database, taken, seen_at_unix_ms, sure_at_unix_ms, error))
    return FALSE;
  *seen_at_unix_ms = CLAMP (*seen_at_unix_ms, 0, G_MAXINT64 / 2);
  *sure_at_unix_ms = CLAMP (*sure_at_unix_ms, 0, G_MAXINT64 / 2);
  return TRUE;
}
