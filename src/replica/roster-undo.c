/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undoing: each change of a batch is taken back where the person still is as the batch left them,
 * by their values; what has become so anyway is no conflict. On the thread of the database; no
 * state. */

#include "config.h"

#include "roster-undo.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-format.h"
#include "roster-history-table.h"
#include "roster-people-table.h"
#include "roster-write.h"
#include "roster-writer.h"

/* What is under way. */
typedef struct
{
  RosterDatabase *database;
  RosterWriter *writer;
} Undo;

static gboolean
set_changed_since_error (const RosterPerson *person, GError **error)
{
  g_autofree char *name = roster_format_in_sentence (person->name);

  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
               /* Translators: %s is the name of a person. */
               _ ("%s was changed since, so this cannot be undone. Open History to bring back an "
                  "earlier version."),
               name);
  return FALSE;
}

static gboolean
set_deleted_since_error (const RosterPerson *person, GError **error)
{
  g_autofree char *name = roster_format_in_sentence (person->name);

  g_set_error (
      error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
      /* Translators: %s is the name of a person. */
      _ ("%s was deleted since, so this cannot be undone. Open Recently Deleted to restore "
         "them."),
      name);
  return FALSE;
}

static gboolean
set_purged_error (RosterError code, GError **error)
{
  g_set_error_literal (error, ROSTER_ERROR, (int) code,
                       _ ("Somebody was removed for good meanwhile. Add them again to have them "
                          "back."));
  return FALSE;
}

/* Says who has the e-mail that @person is to have again, if that is what @reason is. Returns:
 * %FALSE
 */
static gboolean
propagate_naming (Undo *undo, const RosterPerson *person, GError *reason, GError **error)
{
  g_autoptr (GError) owned = reason;
  g_autoptr (RosterPerson) other = NULL;
  g_autofree char *name = roster_format_in_sentence (person->name);
  g_autofree char *other_name = NULL;

  if (!g_error_matches (reason, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL) ||
      !roster_people_table_find_by_email (undo->database, person->email, &other, NULL) || !other)
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  other_name = roster_format_in_sentence (other->name);
  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL,
               /* Translators: both %s are names of people: first who has the e-mail now. */
               _ ("%s now has the e-mail of %s. Change it there first, then try again."),
               other_name, name);
  return FALSE;
}

static gboolean
equal_values (const RosterPerson *a, const RosterPerson *b)
{
  return g_str_equal (a->name, b->name) && g_str_equal (a->email, b->email) &&
         g_str_equal (a->phone, b->phone);
}

static gboolean
bring_back (Undo *undo, RosterPerson *person, GError **error)
{
  GError *reason = NULL;

  return roster_writer_add (undo->writer, person, &reason) ||
         propagate_naming (undo, person, reason, error);
}

/* The person as the change left them. */
static gboolean
find_after (Undo *undo,
            const RosterHistoryRow *row,
            const RosterPerson *now,
            RosterPerson **after,
            GError **error)
{
  g_autoptr (RosterHistoryRow) next = NULL;

  if (!roster_history_table_find_next (undo->database, row->person->id, row->id, &next, error))
    return FALSE;
  *after =
      roster_person_copy (next && next->operation != ROSTER_HISTORY_CREATE ? next->person : now);
  return TRUE;
}

static gboolean
undo_create (Undo *undo, const RosterHistoryRow *row, const RosterPerson *now, GError **error)
{
  g_autoptr (RosterPerson) after = NULL;

  if (!now)
    return TRUE;
  if (!find_after (undo, row, now, &after, error))
    return FALSE;
  if (!equal_values (now, after))
    return set_changed_since_error (now, error);
  return roster_writer_remove (undo->writer, roster_person_copy (now), error);
}

static gboolean
undo_update (Undo *undo, const RosterHistoryRow *row, const RosterPerson *now, GError **error)
{
  g_autoptr (RosterPerson) after = NULL;
  g_autoptr (RosterPerson) merged = NULL;
  const RosterPerson *before = row->person;
  GError *reason = NULL;
  gboolean any = FALSE;

  if (!now)
    return set_deleted_since_error (before, error);
  if (!find_after (undo, row, now, &after, error))
    return FALSE;
  merged = roster_person_copy (now);
  if (!roster_write_merge_field (after->name, before->name, &merged->name, &any) ||
      !roster_write_merge_field (after->email, before->email, &merged->email, &any) ||
      !roster_write_merge_field (after->phone, before->phone, &merged->phone, &any))
    return set_changed_since_error (now, error);
  if (!any)
    return TRUE;
  merged->updated_at_unix_ms = roster_writer_get_time_after (undo->writer, merged);
  return roster_writer_change (undo->writer, now, merged, &reason) ||
         propagate_naming (undo, merged, reason, error);
}

static gboolean
undo_delete (Undo *undo, const RosterHistoryRow *row, const RosterPerson *now, GError **error)
{
  g_autoptr (RosterHistoryRow) last = NULL;

  if (now)
    return TRUE;
  if (!roster_history_table_find_deleted (undo->database, row->person->id, &last, error))
    return FALSE;
  if (last && !equal_values (last->person, row->person))
    return set_deleted_since_error (last->person, error);
  return bring_back (undo, row->person, error);
}

static gboolean
undo_row (Undo *undo, const RosterHistoryRow *row, GError **error)
{
  g_autoptr (RosterPerson) now = NULL;

  if (!roster_people_table_find (undo->database, row->person->id, &now, error))
    return FALSE;
  switch (row->operation)
    {
    case ROSTER_HISTORY_CREATE:
      return undo_create (undo, row, now, error);
    case ROSTER_HISTORY_UPDATE:
      return undo_update (undo, row, now, error);
    case ROSTER_HISTORY_DELETE:
      return undo_delete (undo, row, now, error);
    case ROSTER_HISTORY_UNKNOWN:
    default:
      return set_purged_error (ROSTER_ERROR_CONFLICT, error);
    }
}

/* From the last change to the first: a batch may have put one e-mail after another. */
static gboolean
undo_rows (Undo *undo, gint64 first_id, gint64 last_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (RosterTakenStatement) changes =
      roster_database_take (undo->database, ROSTER_STATEMENT_CHANGES_OF_BATCH);
  gint64 n_left = last_id - first_id + 1;
  gboolean any;

  sqlite3_bind_int64 (changes, 1, first_id);
  sqlite3_bind_int64 (changes, 2, last_id);
  while (roster_database_step (undo->database, changes, &any, error))
    {
      g_autoptr (RosterHistoryRow) row = any ? roster_history_table_read (changes) : NULL;

      if (!row)
        return n_left == 0 || set_purged_error (ROSTER_ERROR_CONFLICT, error);
      n_left--;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !undo_row (undo, row, error))
        return FALSE;
    }
  return FALSE;
}

gboolean
roster_undo_batch (RosterDatabase *database,
                   const char *batch_to_undo,
                   const char *batch_id,
                   GCancellable *cancellable,
                   RosterBatch **changed,
                   RosterReceipt **receipt,
                   GError **error)
{
  g_autoptr (RosterWriter) writer = roster_writer_new (database, batch_id, error);
  Undo undo = { database, writer };
  gint64 first_id, last_id;

  if (!writer ||
      !roster_history_table_find_batch (database, batch_to_undo, &first_id, &last_id, error))
    return FALSE;
  if (last_id == 0)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                           _ ("There is nothing to undo any longer. Open History to see what "
                              "changed."));
      return FALSE;
    }
  roster_writer_expect (writer, (gsize) (last_id - first_id));
  if (!roster_writer_is_repeated (writer) &&
      !undo_rows (&undo, first_id, last_id, cancellable, error))
    return FALSE;
  return roster_writer_commit (writer, changed, receipt, error);
}

static gboolean
restore_one (Undo *undo, const char *id, GError **error)
{
  g_autoptr (RosterPerson) now = NULL;
  g_autoptr (RosterHistoryRow) deleted = NULL;

  if (!roster_people_table_find (undo->database, id, &now, error) ||
      (!now && !roster_history_table_find_deleted (undo->database, id, &deleted, error)))
    return FALSE;
  if (now)
    return TRUE;
  return deleted ? bring_back (undo, deleted->person, error)
                 : set_purged_error (ROSTER_ERROR_NOT_FOUND, error);
}

gboolean
roster_undo_deletions (RosterDatabase *database,
                       const char *const *ids,
                       const char *batch_id,
                       GCancellable *cancellable,
                       RosterBatch **changed,
                       RosterReceipt **receipt,
                       GError **error)
{
  g_autoptr (RosterWriter) writer = roster_writer_new (database, batch_id, error);
  Undo undo = { database, writer };

  if (!writer)
    return FALSE;
  roster_writer_expect (writer, g_strv_length ((char **) ids));
  for (gsize i = 0; ids[i] && !roster_writer_is_repeated (writer); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !restore_one (&undo, ids[i], error))
      return FALSE;
  return roster_writer_commit (writer, changed, receipt, error);
}
