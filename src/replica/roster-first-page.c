/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first people of an order, kept for the next start. On the thread of the database; no
 * state. */

#include "config.h"

#include "roster-first-page.h"

#include "roster-people-table.h"

GPtrArray *
roster_first_page_read (RosterDatabase *database, const char *key, guint *n_people, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin_read (database, error);
  g_autoptr (RosterTakenStatement) read =
      roster_database_take (database, ROSTER_STATEMENT_FIRST_PAGE);
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  gint64 n;
  gboolean row;

  if (!transaction ||
      !roster_database_read_integer (database, ROSTER_STATEMENT_N_PEOPLE, &n, error))
    return NULL;
  *n_people = (guint) CLAMP (n, 0, ROSTER_PEOPLE_TABLE_MAX_SLOT);
  sqlite3_bind_text (read, 1, key, -1, SQLITE_STATIC);
  while (roster_database_step (database, read, &row, error))
    {
      RosterPerson *person;

      if (!row)
        return g_steal_pointer (&people);
      person = roster_people_table_read (database, read, error);
      if (!person)
        return NULL;
      g_ptr_array_add (people, person);
    }
  return NULL;
}

static gboolean
drop (RosterDatabase *database, const char *key, GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_DROP_FIRST_PAGE);

  sqlite3_bind_text (taken, 1, key, -1, SQLITE_STATIC);
  return roster_database_step (database, taken, NULL, error);
}

static gboolean
insert (RosterDatabase *database, const char *key, guint position, guint slot, GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_INSERT_FIRST_PAGE);

  sqlite3_bind_text (taken, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (taken, 2, position);
  sqlite3_bind_int64 (taken, 3, slot);
  return roster_database_step (database, taken, NULL, error);
}

gboolean
roster_first_page_save (RosterDatabase *database,
                        const char *key,
                        const guint *slots,
                        guint n_slots,
                        GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);

  if (!transaction || !drop (database, key, error))
    return FALSE;
  for (guint i = 0; i < n_slots; i++)
    if (!insert (database, key, i, slots[i], error))
      return FALSE;
  return roster_transaction_commit (transaction, error);
}
