/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of people: read, whatever they hold, and written. On the thread of the database; no
 * state. */

#include "config.h"

#include "roster-people-table.h"

typedef enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_EMAIL,
  COLUMN_PHONE,
  COLUMN_CREATED_AT,
  COLUMN_UPDATED_AT,
  COLUMN_SLOT,
} Column;

/* Whatever is in the file, the text is UTF-8: @owned is set when it had to be repaired. */
static const char *
read_text (sqlite3_stmt *row, Column column, char **owned)
{
  const char *text = (const char *) sqlite3_column_text (row, column);
  gsize n_bytes = (gsize) sqlite3_column_bytes (row, column);

  if (!text)
    return "";
  if (g_utf8_validate_len (text, n_bytes, NULL))
    return text;
  *owned = g_utf8_make_valid (text, (gssize) n_bytes);
  return *owned;
}

/* Reads a row into a person whose strings belong to the row or to @owned. */
static void
read_values (sqlite3_stmt *row, RosterPerson *person, char *owned[4])
{
  person->id = (char *) read_text (row, COLUMN_ID, &owned[0]);
  person->name = (char *) read_text (row, COLUMN_NAME, &owned[1]);
  person->email = (char *) read_text (row, COLUMN_EMAIL, &owned[2]);
  person->phone = (char *) read_text (row, COLUMN_PHONE, &owned[3]);
  person->created_at_unix_ms = sqlite3_column_int64 (row, COLUMN_CREATED_AT);
  person->updated_at_unix_ms = sqlite3_column_int64 (row, COLUMN_UPDATED_AT);
  person->slot = ROSTER_NO_SLOT;
}

static gboolean
read_row (RosterDatabase *database,
          sqlite3_stmt *row,
          RosterPerson *person,
          char *owned[4],
          GError **error)
{
  gint64 slot = sqlite3_column_int64 (row, COLUMN_SLOT);

  if (slot < 1 || slot > ROSTER_PEOPLE_TABLE_MAX_SLOT)
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  read_values (row, person, owned);
  person->slot = (guint) slot;
  return TRUE;
}

static void
free_owned (char *owned[4])
{
  for (guint i = 0; i < 4; i++)
    g_clear_pointer (&owned[i], g_free);
}

RosterPerson *
roster_people_table_read (RosterDatabase *database, sqlite3_stmt *row, GError **error)
{
  RosterPerson person = { 0 };
  RosterPerson *copy = NULL;
  char *owned[4] = { NULL };

  if (read_row (database, row, &person, owned, error))
    copy = roster_person_copy (&person);
  free_owned (owned);
  return copy;
}

RosterPerson *
roster_people_table_read_values (sqlite3_stmt *row)
{
  RosterPerson person = { 0 };
  RosterPerson *copy;
  char *owned[4] = { NULL };

  read_values (row, &person, owned);
  copy = roster_person_copy (&person);
  free_owned (owned);
  return copy;
}

/* Runs person-by-id or person-by-email. */
static gboolean
find (RosterDatabase *database,
      RosterStatement statement,
      const char *key,
      RosterPerson **person,
      GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (database, statement);
  gboolean row;

  *person = NULL;
  sqlite3_bind_text (taken, 1, key, -1, SQLITE_STATIC);
  if (!roster_database_step (database, taken, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *person = roster_people_table_read (database, taken, error);
  return *person != NULL;
}

gboolean
roster_people_table_find (RosterDatabase *database,
                          const char *id,
                          RosterPerson **person,
                          GError **error)
{
  return find (database, ROSTER_STATEMENT_PERSON_BY_ID, id, person, error);
}

gboolean
roster_people_table_find_by_email (RosterDatabase *database,
                                   const char *email,
                                   RosterPerson **person,
                                   GError **error)
{
  return find (database, ROSTER_STATEMENT_PERSON_BY_EMAIL, email, person, error);
}

/* Runs insert-person or update-person, which have the same parameters. */
static gboolean
put (RosterDatabase *database,
     RosterStatement statement,
     const RosterPerson *person,
     GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (database, statement);

  sqlite3_bind_text (taken, COLUMN_ID + 1, person->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (taken, COLUMN_NAME + 1, person->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (taken, COLUMN_EMAIL + 1, person->email, -1, SQLITE_STATIC);
  sqlite3_bind_text (taken, COLUMN_PHONE + 1, person->phone, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (taken, COLUMN_CREATED_AT + 1, person->created_at_unix_ms);
  sqlite3_bind_int64 (taken, COLUMN_UPDATED_AT + 1, person->updated_at_unix_ms);
  sqlite3_bind_int64 (taken, COLUMN_SLOT + 1, person->slot);
  return roster_database_step (database, taken, NULL, error);
}

gboolean
roster_people_table_insert (RosterDatabase *database, const RosterPerson *person, GError **error)
{
  return put (database, ROSTER_STATEMENT_INSERT_PERSON, person, error);
}

gboolean
roster_people_table_update (RosterDatabase *database, const RosterPerson *person, GError **error)
{
  return put (database, ROSTER_STATEMENT_UPDATE_PERSON, person, error);
}

gboolean
roster_people_table_delete (RosterDatabase *database, guint slot, GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_DELETE_PERSON);

  sqlite3_bind_int64 (taken, 1, slot);
  return roster_database_step (database, taken, NULL, error);
}

gboolean
roster_people_table_next_slot (RosterDatabase *database, guint *slot, GError **error)
{
  gint64 value;

  if (!roster_database_read_integer (database, ROSTER_STATEMENT_NEXT_SLOT, &value, error))
    return FALSE;
  if (value < 1 || value > ROSTER_PEOPLE_TABLE_MAX_SLOT)
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  *slot = (guint) value;
  return TRUE;
}

static gboolean
load_row (RosterDatabase *database,
          sqlite3_stmt *row,
          guint *last_slot,
          RosterReplicaRowFunc func,
          gpointer user_data,
          GError **error)
{
  RosterPerson person = { 0 };
  char *owned[4] = { NULL };
  gboolean fine = read_row (database, row, &person, owned, error);

  if (fine && person.slot <= *last_slot)
    {
      roster_database_set_corrupt_error (database, error);
      fine = FALSE;
    }
  if (fine)
    {
      func (&person, user_data);
      *last_slot = person.slot;
    }
  free_owned (owned);
  return fine;
}

gboolean
roster_people_table_load (RosterDatabase *database,
                          RosterReplicaRowFunc func,
                          gpointer user_data,
                          gboolean *miscounted,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin_read (database, error);
  g_autoptr (RosterTakenStatement) load =
      roster_database_take (database, ROSTER_STATEMENT_LOAD_PEOPLE);
  gint64 n_people;
  gint64 n_rows = 0;
  guint last_slot = 0;
  gboolean row = TRUE;

  if (!transaction ||
      !roster_database_read_integer (database, ROSTER_STATEMENT_N_PEOPLE, &n_people, error))
    return FALSE;
  while (row)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !roster_database_step (database, load, &row, error) ||
          (row && !load_row (database, load, &last_slot, func, user_data, error)))
        return FALSE;
      n_rows += row;
    }
  *miscounted = n_rows != n_people;
  return !*miscounted || roster_database_quick_check (database, error);
}
