/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Slots that nobody has. On the thread of the database; no state. */

#include "config.h"

#include "roster-slot-gaps.h"

#include "roster-people-table.h"

/* Whoever deletes most of a large directory does not wait for it at the next start. */
#define MAX_SLOTS_A_PERSON 8
#define MAX_SLOTS_TO_SPARE 65536

/* Returns: (nullable): the slots in use, ascending; %NULL as well where they are not fit to use. */
static GArray *
read_slots (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTakenStatement) slots = roster_database_take (database, ROSTER_STATEMENT_SLOTS);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 last = 0;
  gboolean row;

  while (roster_database_step (database, slots, &row, error))
    {
      gint64 slot;

      if (!row)
        return g_steal_pointer (&values);
      slot = sqlite3_column_int64 (slots, 0);
      if (slot <= last || slot > ROSTER_PEOPLE_TABLE_MAX_SLOT)
        break;
      g_array_append_val (values, slot);
      last = slot;
    }
  return NULL;
}

static gboolean
move (RosterDatabase *database, gint64 slot, gint64 new_slot, GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_MOVE_PERSON);

  sqlite3_bind_int64 (taken, 1, slot);
  sqlite3_bind_int64 (taken, 2, new_slot);
  return roster_database_step (database, taken, NULL, error);
}

gboolean
roster_slot_gaps_close (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTransaction) transaction = NULL;
  g_autoptr (GArray) slots = NULL;
  gint64 next_slot;
  gint64 n_people;

  if (!roster_database_read_integer (database, ROSTER_STATEMENT_NEXT_SLOT, &next_slot, error) ||
      !roster_database_read_integer (database, ROSTER_STATEMENT_N_PEOPLE, &n_people, error))
    return FALSE;
  if (next_slot / MAX_SLOTS_A_PERSON <= MAX (n_people, 0) + MAX_SLOTS_TO_SPARE / MAX_SLOTS_A_PERSON)
    return TRUE;

  transaction = roster_database_begin (database, error);
  if (!transaction)
    return FALSE;
  slots = read_slots (database, error);
  for (guint i = 0; slots && i < slots->len; i++)
    {
      /* From the first on, so that each goes where nobody is any more. */
      gint64 slot = g_array_index (slots, gint64, i);

      if (slot != i + 1 && !move (database, slot, i + 1, error))
        return FALSE;
    }
  return slots && roster_database_run (database, ROSTER_STATEMENT_DROP_FIRST_PAGES, error) &&
         roster_transaction_commit (transaction, error);
}
