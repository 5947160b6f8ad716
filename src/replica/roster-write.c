/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done to people, each as one transaction. On the thread of the database; no state. */

#include "config.h"

#include "roster-write.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-people-table.h"

/* Commits what @batch says was changed, if anything was. */
static gboolean
commit (RosterTransaction *transaction, const RosterBatch *batch, gint64 n_more, GError **error)
{
  if (n_more != 0)
    {
      g_autoptr (RosterTakenStatement) add =
          roster_database_take (transaction, ROSTER_STATEMENT_ADD_TO_N_PEOPLE);

      sqlite3_bind_int64 (add, 1, n_more);
      if (!roster_database_step (transaction, add, NULL, error))
        return FALSE;
    }
  if (!roster_batch_is_empty (batch) &&
      !roster_database_run (transaction, ROSTER_STATEMENT_DROP_FIRST_PAGES, error))
    return FALSE;
  return roster_transaction_commit (transaction, error);
}

static gint64
get_now_unix_ms (void)
{
  return g_get_real_time () / 1000;
}

gboolean
roster_write_create (RosterDatabase *database,
                     GPtrArray *people,
                     GCancellable *cancellable,
                     RosterBatch **changed,
                     GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  gint64 now_unix_ms = get_now_unix_ms ();
  guint slot;

  if (!transaction || !roster_people_table_next_slot (database, &slot, error))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      RosterPerson *person = people->pdata[i];
      RosterPerson *there = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !roster_people_table_find (database, person->id, &there, error))
        return FALSE;
      if (there)
        {
          roster_person_free (person);
          people->pdata[i] = there;
          continue;
        }
      if (person->created_at_unix_ms == 0)
        person->created_at_unix_ms = now_unix_ms;
      if (person->updated_at_unix_ms == 0)
        person->updated_at_unix_ms = now_unix_ms;
      person->slot = slot++;
      if (!roster_people_table_insert (database, person, error))
        return FALSE;
      g_ptr_array_add (batch->people, roster_person_copy (person));
    }
  if (!commit (transaction, batch, batch->people->len, error))
    return FALSE;
  *changed = g_steal_pointer (&batch);
  return TRUE;
}

/* Compares and sets one field of @now. */
static gboolean
merge_field (const char *base, const char *wanted, char **now, gboolean *changed)
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
                     RosterPerson **now,
                     RosterBatch **changed,
                     GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  g_autoptr (RosterPerson) merged = NULL;
  gint64 now_unix_ms = get_now_unix_ms ();
  gboolean any = FALSE;

  if (!transaction || !roster_people_table_find (database, base->id, now, error))
    return FALSE;
  if (!*now)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                           _ ("This person was deleted meanwhile. Add them again to keep them."));
      return FALSE;
    }
  merged = roster_person_copy (*now);
  if (!merge_field (base->name, person->name, &merged->name, &any) ||
      !merge_field (base->email, person->email, &merged->email, &any) ||
      !merge_field (base->phone, person->phone, &merged->phone, &any))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
                           _ ("Somebody else changed this person meanwhile. Choose what to keep."));
      return FALSE;
    }
  if (any)
    {
      merged->updated_at_unix_ms = MAX (now_unix_ms, merged->updated_at_unix_ms + 1);
      if (!roster_people_table_update (database, merged, error))
        return FALSE;
      g_ptr_array_add (batch->people, roster_person_copy (merged));
      if (!commit (transaction, batch, 0, error))
        return FALSE;
    }
  roster_person_free (*now);
  *now = g_steal_pointer (&merged);
  *changed = g_steal_pointer (&batch);
  return TRUE;
}

static gboolean
remove_one (RosterDatabase *database, const char *id, RosterBatch *batch, GError **error)
{
  RosterPerson *person;

  if (!roster_people_table_find (database, id, &person, error))
    return FALSE;
  if (!person)
    return TRUE;
  g_ptr_array_add (batch->removed, person);
  return roster_people_table_delete (database, person->slot, error);
}

static gpointer
copy_without_slot_cb (gconstpointer person, gpointer user_data)
{
  RosterPerson *copy = roster_person_copy (person);

  copy->slot = ROSTER_NO_SLOT;
  return copy;
}

GPtrArray *
roster_write_delete (RosterDatabase *database,
                     const char *const *ids,
                     GCancellable *cancellable,
                     RosterBatch **changed,
                     GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  GPtrArray *deleted;

  if (!transaction)
    return NULL;
  for (gsize i = 0; ids[i]; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !remove_one (database, ids[i], batch, error))
        return NULL;
    }
  if (!commit (transaction, batch, -(gint64) batch->removed->len, error))
    return NULL;
  deleted = g_ptr_array_copy (batch->removed, copy_without_slot_cb, NULL);
  *changed = g_steal_pointer (&batch);
  return deleted;
}

static gboolean
apply_one (RosterDatabase *database,
           const RosterPerson *person,
           guint *next_slot,
           RosterBatch *batch,
           GError **error)
{
  g_autoptr (RosterPerson) there = NULL;
  RosterPerson *copy;

  if (!roster_people_table_find (database, person->id, &there, error))
    return FALSE;
  if (there && roster_person_equal (there, person))
    return TRUE;
  copy = roster_person_copy (person);
  copy->slot = there ? there->slot : (*next_slot)++;
  g_ptr_array_add (batch->people, copy);
  return there ? roster_people_table_update (database, copy, error)
               : roster_people_table_insert (database, copy, error);
}

gboolean
roster_write_apply (RosterDatabase *database,
                    const RosterBatch *batch,
                    GCancellable *cancellable,
                    RosterBatch **changed,
                    GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);
  g_autoptr (RosterBatch) applied = roster_batch_new ();
  guint first_slot, next_slot;

  if (!transaction || !roster_people_table_next_slot (database, &first_slot, error))
    return FALSE;
  next_slot = first_slot;
  for (guint i = 0; i < batch->removed->len; i++)
    {
      const RosterPerson *person = batch->removed->pdata[i];

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !remove_one (database, person->id, applied, error))
        return FALSE;
    }
  for (guint i = 0; i < batch->people->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !apply_one (database, batch->people->pdata[i], &next_slot, applied, error))
        return FALSE;
    }
  if (!commit (transaction, applied,
               (gint64) next_slot - first_slot - (gint64) applied->removed->len, error))
    return FALSE;
  *changed = g_steal_pointer (&applied);
  return TRUE;
}

gboolean
roster_write_recount (RosterDatabase *database, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (database, error);

  return transaction && roster_database_run (database, ROSTER_STATEMENT_RECOUNT, error) &&
         roster_transaction_commit (transaction, error);
}
