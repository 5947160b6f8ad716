/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Removing the deleted for good, with their history and what was typed about them and not saved. On
 * the thread of the database; no state.
 *
 * What is too old goes by itself, but not by a clock that is wrong for a minute: a deletion is too
 * old when it is so by the present time and by the time that is sure to have come. That is one at
 * which the file was opened, confirmed by another opening at least a day later with no clock in
 * between that said less. When in doubt somebody is kept, for as long as it takes to open the file
 * on two more days. */

#include "config.h"

#include "roster-purge.h"

#include "roster-history-table.h"
#include "roster-people-table.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* Runs a statement whose only parameter is the id of a person. */
static gboolean
run_for (RosterDatabase *database, RosterStatement statement, const char *id, GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (database, statement);

  sqlite3_bind_text (taken, 1, id, -1, SQLITE_STATIC);
  return roster_database_step (database, taken, NULL, error);
}

static gboolean
purge_one (RosterDatabase *database, const char *id, GError **error)
{
  g_autoptr (RosterPerson) there = NULL;

  if (!roster_people_table_find (database, id, &there, error))
    return FALSE;
  return (there || (run_for (database, ROSTER_STATEMENT_PURGE_PERSON, id, error) &&
                    run_for (database, ROSTER_STATEMENT_DROP_DRAFT, id, error))) &&
         run_for (database, ROSTER_STATEMENT_FORGET_DELETED, id, error);
}

gboolean
roster_purge_people (RosterDatabase *database,
                     const char *const *ids,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);

  if (!transaction)
    return FALSE;
  if (!ids && (!roster_database_run (database, ROSTER_STATEMENT_PURGE_DRAFTS, error) ||
               !roster_database_run (database, ROSTER_STATEMENT_PURGE_ALL_DELETED, error) ||
               !roster_database_run (database, ROSTER_STATEMENT_FORGET_ALL_DELETED, error)))
    return FALSE;
  for (gsize i = 0; ids && ids[i]; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !purge_one (database, ids[i], error))
      return FALSE;
  if (!roster_transaction_commit (transaction, error))
    return FALSE;
  roster_database_scrub (database);
  return TRUE;
}

static gboolean
set_clock (RosterDatabase *database, gint64 seen_at, gint64 sure_at, GError **error)
{
  g_autoptr (RosterTakenStatement) set =
      roster_database_take (database, ROSTER_STATEMENT_SET_CLOCK);

  sqlite3_bind_int64 (set, 1, seen_at);
  sqlite3_bind_int64 (set, 2, sure_at);
  return roster_database_step (database, set, NULL, error);
}

/* Takes a look at the clock. Returns: the time that is sure to have come. */
static gboolean
look_at_clock (RosterDatabase *database, gint64 now, gint64 *sure_at, GError **error)
{
  gint64 seen_at;

  if (!roster_history_table_read_clock (database, &seen_at, sure_at, error))
    return FALSE;
  if (now >= seen_at && now - seen_at < DAY_MS)
    return TRUE;
  if (now >= seen_at)
    *sure_at = seen_at;
  return set_clock (database, now, *sure_at, error);
}

/* The next of those who were deleted before @at; @last_id: (out): the last of these deletions. */
static GPtrArray *
read_expired (RosterDatabase *database, gint64 at, guint limit, gint64 *last_id, GError **error)
{
  g_autoptr (RosterTakenStatement) expired =
      roster_database_take (database, ROSTER_STATEMENT_EXPIRED);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gboolean any;

  sqlite3_bind_int64 (expired, 1, at);
  sqlite3_bind_int64 (expired, 2, limit);
  while (roster_database_step (database, expired, &any, error))
    {
      if (!any)
        return g_steal_pointer (&ids);
      g_ptr_array_add (ids, g_strdup ((const char *) sqlite3_column_text (expired, 0)));
      *last_id = sqlite3_column_int64 (expired, 1);
    }
  return NULL;
}

/* Whatever their ids look like: otherwise a damaged one would be expired for ever. */
static gboolean
forget_expired (RosterDatabase *database, gint64 at, gint64 last_id, GError **error)
{
  g_autoptr (RosterTakenStatement) forget =
      roster_database_take (database, ROSTER_STATEMENT_FORGET_EXPIRED);

  sqlite3_bind_int64 (forget, 1, at);
  sqlite3_bind_int64 (forget, 2, last_id);
  return roster_database_step (database, forget, NULL, error);
}

gboolean
roster_purge_expired (RosterDatabase *database,
                      gint64 retention_ms,
                      guint limit,
                      gboolean *more,
                      GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  gint64 now = g_get_real_time () / 1000;
  gint64 sure_at, expired_at;
  gint64 last_id = 0;

  if (!transaction || !look_at_clock (database, now, &sure_at, error))
    return FALSE;
  expired_at = MIN (now, sure_at) - retention_ms;
  ids = read_expired (database, expired_at, limit, &last_id, error);
  if (!ids)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!purge_one (database, ids->pdata[i], error))
      return FALSE;
  if (!forget_expired (database, expired_at, last_id, error))
    return FALSE;
  rest = read_expired (database, expired_at, 1, &last_id, error);
  if (!rest || !roster_transaction_commit (transaction, error))
    return FALSE;
  *more = rest->len > 0;
  if (ids->len > 0 && !*more)
    roster_database_scrub (database);
  return TRUE;
}
