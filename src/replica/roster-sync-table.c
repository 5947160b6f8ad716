/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a sync has come, and who was not seen by it. On the thread of the database; no state. */

#include "config.h"

#include "roster-sync-table.h"

#include "roster-people-table.h"

typedef enum
{
  COLUMN_CURSOR,
  COLUMN_IS_PARTIAL,
  COLUMN_FILE,
  COLUMN_NEXT_BLOCK,
  COLUMN_N_BLOCKS,
  COLUMN_AS_OF,
} Column;

static RosterSyncPoint *
read_row (sqlite3_stmt *row)
{
  const char *cursor = (const char *) sqlite3_column_text (row, COLUMN_CURSOR);
  gint64 file = sqlite3_column_int64 (row, COLUMN_FILE);
  gint64 next_block = sqlite3_column_int64 (row, COLUMN_NEXT_BLOCK);
  gint64 n_blocks = sqlite3_column_int64 (row, COLUMN_N_BLOCKS);
  RosterSyncPoint *point;

  if (!cursor || !g_str_is_ascii (cursor) || file < 0 || file > G_MAXUINT32 || next_block < 0 ||
      next_block > n_blocks)
    return roster_sync_point_new ("");
  point = roster_sync_point_new (cursor);
  point->is_partial = sqlite3_column_int (row, COLUMN_IS_PARTIAL) != 0;
  point->file = (guint32) file;
  point->next_block = next_block;
  point->n_blocks = n_blocks;
  point->as_of_unix_ms = sqlite3_column_int64 (row, COLUMN_AS_OF);
  return point;
}

RosterSyncPoint *
roster_sync_table_read (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTakenStatement) read =
      roster_database_take (database, ROSTER_STATEMENT_SYNC_POINT);
  gboolean row;

  if (!roster_database_step (database, read, &row, error))
    return NULL;
  return row ? read_row (read) : roster_sync_point_new ("");
}

gboolean
roster_sync_table_write (RosterDatabase *database, const RosterSyncPoint *point, GError **error)
{
  g_autoptr (RosterTakenStatement) write =
      roster_database_take (database, ROSTER_STATEMENT_SET_SYNC_POINT);

  sqlite3_bind_text (write, COLUMN_CURSOR + 1, point->cursor, -1, SQLITE_STATIC);
  sqlite3_bind_int (write, COLUMN_IS_PARTIAL + 1, point->is_partial);
  sqlite3_bind_int64 (write, COLUMN_FILE + 1, point->file);
  sqlite3_bind_int64 (write, COLUMN_NEXT_BLOCK + 1, point->next_block);
  sqlite3_bind_int64 (write, COLUMN_N_BLOCKS + 1, point->n_blocks);
  sqlite3_bind_int64 (write, COLUMN_AS_OF + 1, point->as_of_unix_ms);
  return roster_database_step (database, write, NULL, error);
}

gboolean
roster_sync_table_mark_unseen (RosterDatabase *database, GError **error)
{
  return roster_database_run (database, ROSTER_STATEMENT_DROP_UNSEEN, error) &&
         roster_database_run (database, ROSTER_STATEMENT_MARK_UNSEEN, error);
}

gboolean
roster_sync_table_mark_seen (RosterDatabase *database, const char *id, GError **error)
{
  g_autoptr (RosterTakenStatement) mark =
      roster_database_take (database, ROSTER_STATEMENT_MARK_SEEN);

  sqlite3_bind_text (mark, 1, id, -1, SQLITE_STATIC);
  return roster_database_step (database, mark, NULL, error);
}

GPtrArray *
roster_sync_table_take_unseen (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTakenStatement) unseen =
      roster_database_take (database, ROSTER_STATEMENT_UNSEEN_PEOPLE);
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  gboolean row;

  while (roster_database_step (database, unseen, &row, error))
    {
      RosterPerson *person;

      if (!row)
        return roster_database_run (database, ROSTER_STATEMENT_DROP_UNSEEN, error)
                   ? g_steal_pointer (&people)
                   : NULL;
      person = roster_people_table_read (database, unseen, error);
      if (!person)
        return NULL;
      g_ptr_array_add (people, person);
    }
  return NULL;
}
