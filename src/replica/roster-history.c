/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of the history, read as changes. On the thread of the database; no state. */

#include "config.h"

#include "roster-history.h"

#include "roster-change.h"
#include "roster-history-table.h"
#include "roster-people-table.h"

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) roster_change_free);
}

/* @after: (transfer full) (nullable): as far as it is known. */
static RosterChange *
new_change (RosterHistoryRow *row, RosterPerson *after)
{
  RosterChange *change = g_new0 (RosterChange, 1);

  change->id = row->id;
  change->at_unix_ms = row->at_unix_ms;
  change->after = after;
  switch (row->operation)
    {
    case ROSTER_HISTORY_DELETE:
      change->kind = ROSTER_CHANGE_DELETED;
      break;
    case ROSTER_HISTORY_UPDATE:
      change->kind = ROSTER_CHANGE_EDITED;
      break;
    case ROSTER_HISTORY_CREATE:
    case ROSTER_HISTORY_UNKNOWN:
    default:
      change->kind = ROSTER_CHANGE_ADDED;
      return change;
    }
  change->before = g_steal_pointer (&row->person);
  return change;
}

/* Whoever is there again after a deletion was restored. */
static void
tell_restored (GPtrArray *changes)
{
  gboolean was_there = FALSE;

  for (guint i = changes->len; i > 0; i--)
    {
      RosterChange *change = changes->pdata[i - 1];

      if (was_there && change->kind == ROSTER_CHANGE_ADDED)
        change->kind = ROSTER_CHANGE_RESTORED;
      was_there = TRUE;
    }
}

static gboolean
read_changes (RosterDatabase *database,
              const char *id,
              RosterPerson *now,
              GPtrArray *changes,
              GError **error)
{
  g_autoptr (RosterTakenStatement) read =
      roster_database_take (database, ROSTER_STATEMENT_CHANGES_OF_PERSON);
  g_autoptr (RosterPerson) after = now;
  gboolean any;

  sqlite3_bind_text (read, 1, id, -1, SQLITE_STATIC);
  while (roster_database_step (database, read, &any, error))
    {
      g_autoptr (RosterHistoryRow) row = any ? roster_history_table_read (read) : NULL;
      RosterChange *change;

      if (!row)
        return TRUE;
      if (row->operation == ROSTER_HISTORY_UNKNOWN)
        continue;
      if (row->operation == ROSTER_HISTORY_DELETE)
        g_clear_pointer (&after, roster_person_free);
      change = new_change (row, g_steal_pointer (&after));
      after = change->before ? roster_person_copy (change->before) : NULL;
      g_ptr_array_add (changes, change);
    }
  return FALSE;
}

GPtrArray *
roster_history_read_person (RosterDatabase *database, const char *id, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin_read (database, error);
  g_autoptr (GPtrArray) changes = new_changes ();
  RosterPerson *now;

  if (!transaction || !roster_people_table_find (database, id, &now, error))
    return NULL;
  if (now)
    now->slot = ROSTER_NO_SLOT;
  if (!read_changes (database, id, now, changes, error))
    return NULL;
  tell_restored (changes);
  return g_steal_pointer (&changes);
}

static gboolean
count_deleted (RosterDatabase *database, gint64 since_unix_ms, guint *n_total, GError **error)
{
  g_autoptr (RosterTakenStatement) count =
      roster_database_take (database, ROSTER_STATEMENT_N_DELETED);
  gboolean any;

  sqlite3_bind_int64 (count, 1, since_unix_ms);
  if (!roster_database_step (database, count, &any, error))
    return FALSE;
  *n_total = (guint) CLAMP (sqlite3_column_int64 (count, 0), 0, G_MAXUINT);
  return TRUE;
}

GPtrArray *
roster_history_read_deleted (RosterDatabase *database,
                             gint64 before_change_id,
                             gint64 since_unix_ms,
                             guint limit,
                             guint *n_total,
                             GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin_read (database, error);
  g_autoptr (RosterTakenStatement) page =
      roster_database_take (database, ROSTER_STATEMENT_DELETED_PAGE);
  g_autoptr (GPtrArray) changes = new_changes ();
  gboolean any;

  if (!transaction || !count_deleted (database, since_unix_ms, n_total, error))
    return NULL;
  sqlite3_bind_int64 (page, 1, before_change_id > 0 ? before_change_id : G_MAXINT64);
  sqlite3_bind_int64 (page, 2, since_unix_ms);
  sqlite3_bind_int64 (page, 3, limit);
  while (roster_database_step (database, page, &any, error))
    {
      g_autoptr (RosterHistoryRow) row = any ? roster_history_table_read (page) : NULL;

      if (!row)
        return g_steal_pointer (&changes);
      /* It is listed, so it was a deletion, whatever another program made of the row. */
      row->operation = ROSTER_HISTORY_DELETE;
      g_ptr_array_add (changes, new_change (row, NULL));
    }
  return NULL;
}
