/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done to people, each as one transaction. On the thread of the database; no state. */

#include "config.h"

#include "roster-write.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-people-table.h"
#include "roster-person-validation.h"
#include "roster-writer.h"

static gboolean
validate (GPtrArray *people, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < people->len; i++)
    {
      RosterPerson *valid;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      valid = roster_person_validate (people->pdata[i], error);
      if (!valid)
        return FALSE;
      roster_person_free (people->pdata[i]);
      people->pdata[i] = valid;
    }
  return TRUE;
}

/* Adds somebody who is not there, and puts in their place who now has the id. */
static gboolean
create_one (RosterWriter *writer, RosterDatabase *database, RosterPerson **person, GError **error)
{
  gint64 now_unix_ms = roster_writer_get_now (writer);
  RosterPerson *there;

  if (!roster_people_table_find (database, (*person)->id, &there, error))
    return FALSE;
  if (there || roster_writer_is_repeated (writer))
    {
      roster_person_free (*person);
      *person = there;
      return TRUE;
    }
  if ((*person)->created_at_unix_ms == 0)
    (*person)->created_at_unix_ms = now_unix_ms;
  if ((*person)->updated_at_unix_ms == 0)
    (*person)->updated_at_unix_ms = now_unix_ms;
  return roster_writer_add (writer, *person, error);
}

/* Somebody who was added the first time may be gone again the second time. */
static void
close_gaps (GPtrArray *people)
{
  guint n = 0;

  for (guint i = 0; i < people->len; i++)
    {
      gpointer person = g_steal_pointer (&people->pdata[i]);

      if (person)
        people->pdata[n++] = person;
    }
  g_ptr_array_set_size (people, (gint) n);
}

gboolean
roster_write_create (RosterDatabase *database,
                     GPtrArray *people,
                     const char *batch_id,
                     GCancellable *cancellable,
                     RosterBatch **changed,
                     GError **error)
{
  g_autoptr (RosterWriter) writer = NULL;

  /* Before others have to wait. */
  if (!validate (people, cancellable, error))
    return FALSE;
  writer = roster_writer_new (database, batch_id, error);
  if (!writer)
    return FALSE;
  roster_writer_expect (writer, people->len);
  for (guint i = 0; i < people->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !create_one (writer, database, (RosterPerson **) &people->pdata[i], error))
      return FALSE;
  if (!roster_writer_commit (writer, changed, NULL, error))
    return FALSE;
  close_gaps (people);
  return TRUE;
}

gboolean
roster_write_merge_field (const char *base, const char *wanted, char **now, gboolean *changed)
{
  if (g_str_equal (base, wanted) || g_str_equal (*now, wanted))
    return TRUE;
  if (!g_str_equal (*now, base))
    return FALSE;
  g_free (*now);
  *now = g_strdup (wanted);
  *changed = TRUE;
  return TRUE;
}

gboolean
roster_write_update (RosterDatabase *database,
                     const RosterPerson *base,
                     const RosterPerson *person,
                     const char *batch_id,
                     RosterPerson **now,
                     RosterBatch **changed,
                     GError **error)
{
  g_autoptr (RosterWriter) writer = roster_writer_new (database, batch_id, error);
  g_autoptr (RosterPerson) merged = NULL;
  gboolean any = FALSE;

  if (!writer || !roster_people_table_find (database, base->id, now, error))
    return FALSE;
  if (!*now)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                           _ ("This person was deleted meanwhile. Add them again to keep them."));
      return FALSE;
    }
  if (roster_writer_is_repeated (writer))
    return roster_writer_commit (writer, changed, NULL, error);
  merged = roster_person_copy (*now);
  if (!roster_write_merge_field (base->name, person->name, &merged->name, &any) ||
      !roster_write_merge_field (base->email, person->email, &merged->email, &any) ||
      !roster_write_merge_field (base->phone, person->phone, &merged->phone, &any))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
                           _ ("Somebody else changed this person meanwhile. Choose what to keep."));
      return FALSE;
    }
  if (any)
    {
      merged->updated_at_unix_ms = roster_writer_get_time_after (writer, merged);
      if (!roster_writer_change (writer, *now, merged, error))
        return FALSE;
    }
  if (!roster_writer_commit (writer, changed, NULL, error))
    return FALSE;
  roster_person_free (*now);
  *now = g_steal_pointer (&merged);
  return TRUE;
}

gboolean
roster_write_remove_one (RosterWriter *writer,
                         RosterDatabase *database,
                         const char *id,
                         GError **error)
{
  RosterPerson *person;

  if (!roster_people_table_find (database, id, &person, error))
    return FALSE;
  return !person || roster_writer_remove (writer, person, error);
}

gboolean
roster_write_delete (RosterDatabase *database,
                     const char *const *ids,
                     const char *batch_id,
                     GCancellable *cancellable,
                     RosterBatch **changed,
                     RosterReceipt **receipt,
                     GError **error)
{
  g_autoptr (RosterWriter) writer = roster_writer_new (database, batch_id, error);

  if (!writer)
    return FALSE;
  roster_writer_expect (writer, g_strv_length ((char **) ids));
  for (gsize i = 0; ids[i] && !roster_writer_is_repeated (writer); i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !roster_write_remove_one (writer, database, ids[i], error))
      return FALSE;
  return roster_writer_commit (writer, changed, receipt, error);
}

gboolean
roster_write_put_one (RosterWriter *writer,
                      RosterDatabase *database,
                      const RosterPerson *person,
                      GError **error)
{
  g_autoptr (RosterPerson) there = NULL;
  RosterPerson now = *person;

  if (!roster_people_table_find (database, person->id, &there, error))
    return FALSE;
  if (!there)
    return roster_writer_add (writer, &now, error);
  now.slot = there->slot;
  return roster_person_equal (there, &now) || roster_writer_change (writer, there, &now, error);
}

gboolean
roster_write_apply (RosterDatabase *database,
                    const RosterBatch *batch,
                    GCancellable *cancellable,
                    RosterBatch **changed,
                    GError **error)
{
  g_autoptr (RosterWriter) writer = roster_writer_new (database, NULL, error);

  if (!writer)
    return FALSE;
  roster_writer_expect (writer, batch->removed->len + batch->people->len);
  for (guint i = 0; i < batch->removed->len; i++)
    {
      const RosterPerson *person = batch->removed->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !roster_write_remove_one (writer, database, person->id, error))
        return FALSE;
    }
  for (guint i = 0; i < batch->people->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !roster_write_put_one (writer, database, batch->people->pdata[i], error))
      return FALSE;
  return roster_writer_commit (writer, changed, NULL, error);
}

gboolean
roster_write_recount (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);

  return transaction && roster_database_run (database, ROSTER_STATEMENT_RECOUNT, error) &&
         roster_transaction_commit (transaction, error);
}
