/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sync does to people, each step as one transaction. On the thread of the database; no
 * state. */

#include "config.h"

#include "roster-sync-write.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-people-table.h"
#include "roster-sync-table.h"
#include "roster-write.h"

static gboolean
check_point (RosterDatabase *database, const RosterSyncPoint *from, GError **error)
{
  g_autoptr (RosterSyncPoint) now = roster_sync_table_read (database, error);

  if (!now)
    return FALSE;
  if (!roster_sync_point_equal (now, from))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
                           _ ("Somebody else changed the same meanwhile. Look at it as it is now "
                              "and try again."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
begin (RosterDatabase *database, GError **error)
{
  return roster_database_run (database, ROSTER_STATEMENT_DROP_EMAIL_KEY, error) &&
         roster_sync_table_mark_unseen (database, error);
}

static gboolean
put_rows (RosterWriter *writer,
          RosterDatabase *database,
          const RosterSyncRows *rows,
          GCancellable *cancellable,
          GError **error)
{
  gint64 any_unseen;

  if (!roster_database_read_integer (database, ROSTER_STATEMENT_ANY_UNSEEN, &any_unseen, error))
    return FALSE;
  for (gsize i = 0; i < rows->n; i++)
    {
      RosterPerson person = { 0 };

      rows->get (rows->data, i, &person);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          (any_unseen && !roster_sync_table_mark_seen (database, person.id, error)) ||
          !(person.name ? roster_write_put_one (writer, database, &person, error)
                        : roster_write_remove_one (writer, database, person.id, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_unseen (RosterWriter *writer,
               RosterDatabase *database,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GPtrArray) unseen = roster_sync_table_take_unseen (database, error);

  if (!unseen)
    return FALSE;
  for (guint i = 0; i < unseen->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !roster_writer_remove (writer, g_steal_pointer (&unseen->pdata[i]), error))
      return FALSE;
  return TRUE;
}

gboolean
roster_sync_write_step (RosterDatabase *database,
                        const RosterSyncPoint *from,
                        const RosterSyncPoint *to,
                        const RosterSyncRows *rows,
                        GCancellable *cancellable,
                        RosterBatch **changed,
                        GError **error)
{
  g_autoptr (RosterWriter) writer = roster_writer_new (database, NULL, error);
  gboolean begins = to->is_partial && to->next_block == 0;
  gboolean ends = from->is_partial && !to->is_partial;

  return writer && check_point (database, from, error) && (!begins || begin (database, error)) &&
         put_rows (writer, database, rows, cancellable, error) &&
         (!ends || remove_unseen (writer, database, cancellable, error)) &&
         roster_sync_table_write (database, to, error) &&
         roster_writer_commit (writer, changed, NULL, error);
}
