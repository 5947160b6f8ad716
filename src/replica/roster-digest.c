/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells whether two directories have the same people. On the thread of the database; no state. */

#include "config.h"

#include "roster-digest.h"

#include "roster-people-table.h"

/* As roster.people_digest() of sql/roster/ does it: of the values with U+001F between. */
static void
add_to_digest (GChecksum *digest, const RosterPerson *person)
{
  g_autoptr (GChecksum) one = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *times = g_strdup_printf ("%" G_GINT64_FORMAT "\x1f%" G_GINT64_FORMAT,
                                            person->created_at_unix_ms, person->updated_at_unix_ms);
  const char *const values[] = { person->id, person->name, person->email, person->phone, times };
  guint8 sum[32];
  gsize n_bytes = sizeof sum;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      if (i > 0)
        g_checksum_update (one, (const guchar *) "\x1f", 1);
      g_checksum_update (one, (const guchar *) values[i], -1);
    }
  g_checksum_get_digest (one, sum, &n_bytes);
  g_checksum_update (digest, sum, sizeof sum);
}

char *
roster_digest_read (RosterDatabase *database, GCancellable *cancellable, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin_read (database, error);
  g_autoptr (RosterTakenStatement) read =
      roster_database_take (database, ROSTER_STATEMENT_PEOPLE_BY_ID);
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean row = TRUE;

  if (!transaction)
    return NULL;
  while (row)
    {
      g_autoptr (RosterPerson) person = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !roster_database_step (database, read, &row, error))
        return NULL;
      if (!row)
        break;
      person = roster_people_table_read_values (read);
      add_to_digest (digest, person);
    }
  return g_strdup (g_checksum_get_string (digest));
}
