/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A transaction that changes people, and its history. On the thread of the database. */

#include "config.h"

#include "roster-writer.h"

#include "roster-history-table.h"
#include "roster-people-table.h"

/* Fewer do not outgrow the cache that is there. */
#define MANY_PEOPLE 1000

struct _RosterWriter
{
  RosterDatabase *database;
  RosterTransaction *transaction;
  gboolean is_large;
  char *batch_id;
  gboolean is_repeated;
  gint64 now_unix_ms;
  gint64 first_change_id;
  gint64 next_change_id;
  gboolean any_deleted;
  guint next_slot;
  gint64 n_more;
  RosterBatch *batch;
  RosterPerson *last_removed;
};

void
roster_writer_free (RosterWriter *self)
{
  if (self->transaction)
    roster_transaction_end (self->transaction);
  if (self->is_large)
    roster_database_expect (self->database, ROSTER_AMOUNT_FEW);
  g_free (self->batch_id);
  roster_batch_free (self->batch);
  roster_person_free (self->last_removed);
  g_free (self);
}

static gboolean
begin_history (RosterWriter *self, GError **error)
{
  RosterDatabase *database = self->transaction;
  gint64 first_id, last_id, seen_at_unix_ms, sure_at_unix_ms, any_deleted;

  if (!self->batch_id)
    return TRUE;
  if (!roster_history_table_find_batch (database, self->batch_id, &first_id, &last_id, error) ||
      !roster_history_table_next_id (database, &self->first_change_id, error) ||
      !roster_history_table_read_clock (database, &seen_at_unix_ms, &sure_at_unix_ms, error) ||
      !roster_database_read_integer (database, ROSTER_STATEMENT_ANY_DELETED, &any_deleted, error))
    return FALSE;
  self->is_repeated = last_id != 0;
  self->next_change_id = self->first_change_id;
  self->any_deleted = any_deleted != 0;
  /* A clock that lost its battery says 1970: what is deleted by it would be expired at once. */
  self->now_unix_ms = MAX (self->now_unix_ms, sure_at_unix_ms);
  return TRUE;
}

RosterWriter *
roster_writer_new (RosterDatabase *database, const char *batch_id, GError **error)
{
  g_autoptr (RosterWriter) self = g_new0 (RosterWriter, 1);

  self->database = database;
  self->batch = roster_batch_new ();
  self->batch_id = g_strdup (batch_id);
  self->now_unix_ms = g_get_real_time () / 1000;
  self->transaction = roster_database_begin (database, error);
  if (!self->transaction || !begin_history (self, error) ||
      !roster_people_table_next_slot (database, &self->next_slot, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
roster_writer_expect (RosterWriter *self, gsize n_people)
{
  self->is_large = n_people >= MANY_PEOPLE;
  if (self->is_large)
    roster_database_expect (self->database, ROSTER_AMOUNT_MANY);
}

gboolean
roster_writer_is_repeated (RosterWriter *self)
{
  return self->is_repeated;
}

gint64
roster_writer_get_now (RosterWriter *self)
{
  return self->now_unix_ms;
}

gint64
roster_writer_get_time_after (RosterWriter *self, const RosterPerson *person)
{
  return MAX (self->now_unix_ms, MIN (person->updated_at_unix_ms, G_MAXINT64 - 1) + 1);
}

static gboolean
record (RosterWriter *self,
        RosterHistoryOperation operation,
        const RosterPerson *person,
        GError **error)
{
  const RosterHistoryRow row = { self->next_change_id, operation, self->now_unix_ms,
                                 (RosterPerson *) person };

  if (!self->batch_id)
    return TRUE;
  self->next_change_id++;
  return roster_history_table_insert (self->transaction, &row, error);
}

static gboolean
forget_deleted (RosterWriter *self, const char *id, GError **error)
{
  g_autoptr (RosterTakenStatement) forget =
      roster_database_take (self->transaction, ROSTER_STATEMENT_FORGET_DELETED);

  sqlite3_bind_text (forget, 1, id, -1, SQLITE_STATIC);
  return roster_database_step (self->transaction, forget, NULL, error);
}

gboolean
roster_writer_add (RosterWriter *self, RosterPerson *person, GError **error)
{
  person->slot = self->next_slot++;
  if (!roster_people_table_insert (self->transaction, person, error) ||
      !record (self, ROSTER_HISTORY_CREATE, person, error) ||
      (self->any_deleted && !forget_deleted (self, person->id, error)))
    return FALSE;
  self->n_more++;
  g_ptr_array_add (self->batch->people, roster_person_copy (person));
  return TRUE;
}

gboolean
roster_writer_change (RosterWriter *self,
                      const RosterPerson *before,
                      const RosterPerson *after,
                      GError **error)
{
  if (!roster_people_table_update (self->transaction, after, error) ||
      !record (self, ROSTER_HISTORY_UPDATE, before, error))
    return FALSE;
  g_ptr_array_add (self->batch->people, roster_person_copy (after));
  return TRUE;
}

gboolean
roster_writer_remove (RosterWriter *self, RosterPerson *person, GError **error)
{
  RosterPerson *removed = roster_person_new (person->id, NULL, NULL, NULL);

  removed->slot = person->slot;
  g_ptr_array_add (self->batch->removed, removed);
  person->slot = ROSTER_NO_SLOT;
  roster_person_free (self->last_removed);
  self->last_removed = person;
  self->n_more--;
  return roster_people_table_delete (self->transaction, removed->slot, error) &&
         record (self, ROSTER_HISTORY_DELETE, person, error);
}

static gboolean
read_receipt (RosterWriter *self, RosterReceipt **receipt, GError **error)
{
  RosterDatabase *database = self->transaction;
  g_autoptr (RosterHistoryRow) last = NULL;
  g_autoptr (RosterPerson) now = NULL;
  gint64 first_id, last_id;
  gboolean row;

  if (!roster_history_table_find_batch (database, self->batch_id, &first_id, &last_id, error))
    return FALSE;
  {
    g_autoptr (RosterTakenStatement) changes =
        roster_database_take (database, ROSTER_STATEMENT_CHANGES_OF_BATCH);

    sqlite3_bind_int64 (changes, 1, first_id);
    sqlite3_bind_int64 (changes, 2, last_id);
    if (!roster_database_step (database, changes, &row, error))
      return FALSE;
    if (row)
      last = roster_history_table_read (changes);
  }
  if (last && !roster_people_table_find (database, last->person->id, &now, error))
    return FALSE;
  *receipt = roster_receipt_new ((guint) CLAMP (last_id - first_id + 1, 0, G_MAXUINT),
                                 now    ? now
                                 : last ? last->person
                                        : NULL);
  return TRUE;
}

static RosterReceipt *
make_receipt (RosterWriter *self)
{
  GPtrArray *people = self->batch->people;

  return roster_receipt_new (people->len + self->batch->removed->len,
                             people->len > 0 ? people->pdata[people->len - 1] : self->last_removed);
}

static gboolean
write_counts (RosterWriter *self, GError **error)
{
  RosterDatabase *database = self->transaction;

  if (self->n_more != 0)
    {
      g_autoptr (RosterTakenStatement) add =
          roster_database_take (database, ROSTER_STATEMENT_ADD_TO_N_PEOPLE);

      sqlite3_bind_int64 (add, 1, self->n_more);
      if (!roster_database_step (database, add, NULL, error))
        return FALSE;
    }
  if (roster_batch_is_empty (self->batch))
    return TRUE;
  return roster_database_run (database, ROSTER_STATEMENT_DROP_FIRST_PAGES, error) &&
         (!self->batch_id ||
          roster_history_table_insert_batch (database, self->batch_id, self->first_change_id,
                                             self->next_change_id - 1, error));
}

gboolean
roster_writer_commit (RosterWriter *self,
                      RosterBatch **changed,
                      RosterReceipt **receipt,
                      GError **error)
{
  g_autoptr (RosterReceipt) made = NULL;

  if (!write_counts (self, error) ||
      (self->is_repeated && receipt && !read_receipt (self, &made, error)) ||
      !roster_transaction_commit (self->transaction, error))
    return FALSE;
  self->transaction = NULL;
  if (receipt)
    *receipt = made ? g_steal_pointer (&made) : make_receipt (self);
  *changed = g_steal_pointer (&self->batch);
  return TRUE;
}
