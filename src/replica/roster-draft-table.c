/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of drafts: read, whatever they hold, and written. On the thread of the database; no
 * state. */

#include "config.h"

#include "roster-draft-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-error.h"
#include "roster-people-table.h"

typedef enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_EMAIL,
  COLUMN_PHONE,
  COLUMN_TYPED_AT,
  COLUMN_BASE_NAME,
  COLUMN_BASE_EMAIL,
  COLUMN_BASE_PHONE,
} Column;

static void
bind_text (sqlite3_stmt *statement, Column column, const char *text)
{
  sqlite3_bind_text (statement, (int) column + 1, text, -1, SQLITE_STATIC);
}

static gboolean
check_length (const RosterPerson *typed, GError **error)
{
  if (strlen (typed->name) + strlen (typed->email) + strlen (typed->phone) <=
      ROSTER_KEPT_DRAFT_MAX_BYTES)
    return TRUE;
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                       _ ("It is too long. Make it shorter."));
  return FALSE;
}

gboolean
roster_draft_table_save (RosterDatabase *database, const RosterKeptDraft *draft, GError **error)
{
  g_autoptr (RosterTransaction) transaction = NULL;
  g_autoptr (RosterTakenStatement) save = NULL;

  if (!check_length (draft->typed, error))
    return FALSE;
  transaction = roster_database_begin (database, error);
  if (!transaction)
    return FALSE;
  save = roster_database_take (database, ROSTER_STATEMENT_SAVE_DRAFT);
  bind_text (save, COLUMN_ID, draft->typed->id);
  bind_text (save, COLUMN_NAME, draft->typed->name);
  bind_text (save, COLUMN_EMAIL, draft->typed->email);
  bind_text (save, COLUMN_PHONE, draft->typed->phone);
  sqlite3_bind_int64 (save, COLUMN_TYPED_AT + 1, draft->typed->updated_at_unix_ms);
  bind_text (save, COLUMN_BASE_NAME, draft->base ? draft->base->name : NULL);
  bind_text (save, COLUMN_BASE_EMAIL, draft->base ? draft->base->email : NULL);
  bind_text (save, COLUMN_BASE_PHONE, draft->base ? draft->base->phone : NULL);
  return roster_database_step (database, save, NULL, error) &&
         roster_transaction_commit (transaction, error);
}

gboolean
roster_draft_table_drop (RosterDatabase *database, const char *id, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);
  g_autoptr (RosterTakenStatement) drop = NULL;

  if (!transaction)
    return FALSE;
  drop = roster_database_take (database, ROSTER_STATEMENT_DROP_DRAFT);
  sqlite3_bind_text (drop, 1, id, -1, SQLITE_STATIC);
  return roster_database_step (database, drop, NULL, error) &&
         roster_transaction_commit (transaction, error);
}

static char *
dup_text (sqlite3_stmt *row, Column column)
{
  const char *text = (const char *) sqlite3_column_text (row, (int) column);

  return text ? g_utf8_make_valid (text, sqlite3_column_bytes (row, (int) column)) : g_strdup ("");
}

static RosterPerson *
read_values (sqlite3_stmt *row, const char *id, Column name, Column email, Column phone)
{
  g_autofree char *name_text = dup_text (row, name);
  g_autofree char *email_text = dup_text (row, email);
  g_autofree char *phone_text = dup_text (row, phone);

  return roster_person_new (id, name_text, email_text, phone_text);
}

static RosterKeptDraft *
read_row (RosterDatabase *database, sqlite3_stmt *row, GError **error)
{
  g_autofree char *id = dup_text (row, COLUMN_ID);
  g_autoptr (RosterPerson) typed = read_values (row, id, COLUMN_NAME, COLUMN_EMAIL, COLUMN_PHONE);
  g_autoptr (RosterPerson) base = NULL;
  g_autoptr (RosterKeptDraft) draft = NULL;

  if (sqlite3_column_type (row, COLUMN_BASE_NAME) != SQLITE_NULL)
    base = read_values (row, id, COLUMN_BASE_NAME, COLUMN_BASE_EMAIL, COLUMN_BASE_PHONE);
  typed->updated_at_unix_ms = sqlite3_column_int64 (row, COLUMN_TYPED_AT);
  draft = roster_kept_draft_new (typed, base);
  if (!roster_people_table_find (database, id, &draft->current, error))
    return NULL;
  return g_steal_pointer (&draft);
}

GPtrArray *
roster_draft_table_load (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin_read (database, error);
  g_autoptr (RosterTakenStatement) load = NULL;
  g_autoptr (GPtrArray) drafts =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_kept_draft_free);
  gboolean row;

  if (!transaction)
    return NULL;
  load = roster_database_take (database, ROSTER_STATEMENT_LOAD_DRAFTS);
  while (roster_database_step (database, load, &row, error))
    {
      RosterKeptDraft *draft;

      if (!row)
        return g_steal_pointer (&drafts);
      draft = read_row (database, load, error);
      if (!draft)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }
  return NULL;
}
