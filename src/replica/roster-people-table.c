/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The statements on people and their first page, as whole transactions. On the thread of the
 * database; no state. */

#define G_LOG_DOMAIN "roster-replica"

#include "config.h"

#include "roster-people-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-error.h"

/* As the table's CHECK says; a damaged file may hold anything. */
#define MAX_SLOT ((1 << 27) - 1)

typedef enum
{
  COLUMN_ID,
  COLUMN_NAME,
  COLUMN_EMAIL,
  COLUMN_PHONE,
  COLUMN_CREATED_AT,
  COLUMN_UPDATED_AT,
  COLUMN_SLOT,
} Column;

/* Whatever is in the file, the text is UTF-8: @owned is set when it had to be repaired. */
static const char *
read_text (sqlite3_stmt *row, Column column, char **owned)
{
  const char *text = (const char *) sqlite3_column_text (row, column);
  gsize n_bytes = (gsize) sqlite3_column_bytes (row, column);

  if (!text)
    return "";
  if (g_utf8_validate_len (text, n_bytes, NULL))
    return text;
  *owned = g_utf8_make_valid (text, (gssize) n_bytes);
  return *owned;
}

/* Reads a row into a person whose strings belong to the row or to @owned. */
static gboolean
read_row (RosterDatabase *database,
          sqlite3_stmt *row,
          RosterPerson *person,
          char *owned[4],
          GError **error)
{
  gint64 slot = sqlite3_column_int64 (row, COLUMN_SLOT);

  if (slot < 1 || slot > MAX_SLOT)
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  person->id = (char *) read_text (row, COLUMN_ID, &owned[0]);
  person->name = (char *) read_text (row, COLUMN_NAME, &owned[1]);
  person->email = (char *) read_text (row, COLUMN_EMAIL, &owned[2]);
  person->phone = (char *) read_text (row, COLUMN_PHONE, &owned[3]);
  person->created_at_unix_ms = sqlite3_column_int64 (row, COLUMN_CREATED_AT);
  person->updated_at_unix_ms = sqlite3_column_int64 (row, COLUMN_UPDATED_AT);
  person->slot = (guint) slot;
  return TRUE;
}

static void
free_owned (char *owned[4])
{
  for (guint i = 0; i < 4; i++)
    g_clear_pointer (&owned[i], g_free);
}

static RosterPerson *
read_person (RosterDatabase *database, sqlite3_stmt *row, GError **error)
{
  RosterPerson person = { 0 };
  RosterPerson *copy = NULL;
  char *owned[4] = { NULL };

  if (read_row (database, row, &person, owned, error))
    copy = roster_person_copy (&person);
  free_owned (owned);
  return copy;
}

/* @person: (out) (nullable): %NULL when nobody has the id. */
static gboolean
find (RosterDatabase *database, const char *id, RosterPerson **person, GError **error)
{
  g_autoptr (RosterTakenStatement) by_id =
      roster_database_take (database, ROSTER_STATEMENT_PERSON_BY_ID);
  gboolean row;

  *person = NULL;
  sqlite3_bind_text (by_id, 1, id, -1, SQLITE_STATIC);
  if (!roster_database_step (database, by_id, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  *person = read_person (database, by_id, error);
  return *person != NULL;
}

/* Runs insert-person or update-person, which have the same parameters. */
static gboolean
put (RosterDatabase *database,
     RosterStatement statement,
     const RosterPerson *person,
     GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (database, statement);

  sqlite3_bind_text (taken, COLUMN_ID + 1, person->id, -1, SQLITE_STATIC);
  sqlite3_bind_text (taken, COLUMN_NAME + 1, person->name, -1, SQLITE_STATIC);
  sqlite3_bind_text (taken, COLUMN_EMAIL + 1, person->email, -1, SQLITE_STATIC);
  sqlite3_bind_text (taken, COLUMN_PHONE + 1, person->phone, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (taken, COLUMN_CREATED_AT + 1, person->created_at_unix_ms);
  sqlite3_bind_int64 (taken, COLUMN_UPDATED_AT + 1, person->updated_at_unix_ms);
  sqlite3_bind_int64 (taken, COLUMN_SLOT + 1, person->slot);
  return roster_database_step (database, taken, NULL, error);
}

static gboolean
delete_slot (RosterDatabase *database, guint slot, GError **error)
{
  g_autoptr (RosterTakenStatement) taken =
      roster_database_take (database, ROSTER_STATEMENT_DELETE_PERSON);

  sqlite3_bind_int64 (taken, 1, slot);
  return roster_database_step (database, taken, NULL, error);
}

static gboolean
read_integer (RosterDatabase *database, RosterStatement statement, gint64 *value, GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (database, statement);
  gboolean row;

  if (!roster_database_step (database, taken, &row, error))
    return FALSE;
  if (!row)
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  *value = sqlite3_column_int64 (taken, 0);
  return TRUE;
}

/* Slots are given out from the highest in use when the transaction began, so that none is freed
 * and given again in the same one. */
static gboolean
read_next_slot (RosterDatabase *database, guint *slot, GError **error)
{
  gint64 value;

  if (!read_integer (database, ROSTER_STATEMENT_NEXT_SLOT, &value, error))
    return FALSE;
  if (value < 1 || value > MAX_SLOT)
    {
      roster_database_set_corrupt_error (database, error);
      return FALSE;
    }
  *slot = (guint) value;
  return TRUE;
}

/* Ends a transaction that changed what @batch says, if it changed anything. */
static gboolean
commit (RosterDatabase *database, const RosterBatch *batch, gint64 n_more, GError **error)
{
  if (n_more != 0)
    {
      g_autoptr (RosterTakenStatement) add =
          roster_database_take (database, ROSTER_STATEMENT_ADD_TO_N_PEOPLE);

      sqlite3_bind_int64 (add, 1, n_more);
      if (!roster_database_step (database, add, NULL, error))
        return FALSE;
    }
  if (!roster_batch_is_empty (batch) &&
      !roster_database_run (database, ROSTER_STATEMENT_DROP_FIRST_PAGES, error))
    return FALSE;
  return roster_database_commit (database, error);
}

static gint64
get_now_unix_ms (void)
{
  return g_get_real_time () / 1000;
}

gboolean
roster_people_table_load (RosterDatabase *database,
                          RosterReplicaRowFunc func,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (RosterTakenStatement) load =
      roster_database_take (database, ROSTER_STATEMENT_LOAD_PEOPLE);
  guint last_slot = 0;
  gboolean row;

  while (roster_database_step (database, load, &row, error))
    {
      RosterPerson person = { 0 };
      char *owned[4] = { NULL };
      gboolean fine;

      if (!row)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      fine = read_row (database, load, &person, owned, error);
      if (fine && person.slot <= last_slot)
        {
          roster_database_set_corrupt_error (database, error);
          fine = FALSE;
        }
      if (fine)
        func (&person, user_data);
      free_owned (owned);
      if (!fine)
        return FALSE;
      last_slot = person.slot;
    }
  return FALSE;
}

static gboolean
create_all (RosterDatabase *database,
            GPtrArray *people,
            GCancellable *cancellable,
            GPtrArray *created,
            RosterBatch *batch,
            GError **error)
{
  gint64 now_unix_ms = get_now_unix_ms ();
  guint slot;

  if (!read_next_slot (database, &slot, error))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      RosterPerson *person = people->pdata[i];
      RosterPerson *there = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !find (database, person->id, &there, error))
        return FALSE;
      if (there)
        {
          g_ptr_array_add (created, there);
          continue;
        }
      if (person->created_at_unix_ms == 0)
        person->created_at_unix_ms = now_unix_ms;
      if (person->updated_at_unix_ms == 0)
        person->updated_at_unix_ms = now_unix_ms;
      person->slot = slot++;
      if (!put (database, ROSTER_STATEMENT_INSERT_PERSON, person, error))
        return FALSE;
      g_ptr_array_add (created, roster_person_copy (person));
      g_ptr_array_add (batch->people, roster_person_copy (person));
    }
  return commit (database, batch, batch->people->len, error);
}

GPtrArray *
roster_people_table_create (RosterDatabase *database,
                            GPtrArray *people,
                            GCancellable *cancellable,
                            RosterBatch **changed,
                            GError **error)
{
  g_autoptr (GPtrArray) created =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  if (!roster_database_begin (database, error))
    return NULL;
  if (!create_all (database, people, cancellable, created, batch, error))
    {
      roster_database_rollback (database);
      return NULL;
    }
  *changed = g_steal_pointer (&batch);
  return g_steal_pointer (&created);
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

static gboolean
update_one (RosterDatabase *database,
            const RosterPerson *base,
            const RosterPerson *person,
            RosterPerson **now,
            RosterBatch *batch,
            GError **error)
{
  g_autoptr (RosterPerson) merged = NULL;
  gint64 now_unix_ms = get_now_unix_ms ();
  gboolean changed = FALSE;

  if (!find (database, base->id, now, error))
    return FALSE;
  if (!*now)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                           _ ("This person was deleted meanwhile. Add them again to keep them."));
      return FALSE;
    }
  merged = roster_person_copy (*now);
  if (!merge_field (base->name, person->name, &merged->name, &changed) ||
      !merge_field (base->email, person->email, &merged->email, &changed) ||
      !merge_field (base->phone, person->phone, &merged->phone, &changed))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
                           _ ("Somebody else changed this person meanwhile. Choose what to keep."));
      return FALSE;
    }
  if (!changed)
    return roster_database_commit (database, error);

  merged->updated_at_unix_ms = MAX (now_unix_ms, merged->updated_at_unix_ms + 1);
  if (!put (database, ROSTER_STATEMENT_UPDATE_PERSON, merged, error))
    return FALSE;
  g_ptr_array_add (batch->people, roster_person_copy (merged));
  if (!commit (database, batch, 0, error))
    return FALSE;
  roster_person_free (*now);
  *now = g_steal_pointer (&merged);
  return TRUE;
}

gboolean
roster_people_table_update (RosterDatabase *database,
                            const RosterPerson *base,
                            const RosterPerson *person,
                            RosterPerson **now,
                            RosterBatch **changed,
                            GError **error)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  if (!roster_database_begin (database, error))
    return FALSE;
  if (!update_one (database, base, person, now, batch, error))
    {
      roster_database_rollback (database);
      return FALSE;
    }
  *changed = g_steal_pointer (&batch);
  return TRUE;
}

static gboolean
remove_one (RosterDatabase *database, const char *id, RosterBatch *batch, GError **error)
{
  RosterPerson *person;

  if (!find (database, id, &person, error))
    return FALSE;
  if (!person)
    return TRUE;
  g_ptr_array_add (batch->removed, person);
  return delete_slot (database, person->slot, error);
}

static gboolean
delete_all (RosterDatabase *database,
            const char *const *ids,
            GCancellable *cancellable,
            RosterBatch *batch,
            GError **error)
{
  for (gsize i = 0; ids[i]; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !remove_one (database, ids[i], batch, error))
        return FALSE;
    }
  return commit (database, batch, -(gint64) batch->removed->len, error);
}

GPtrArray *
roster_people_table_delete (RosterDatabase *database,
                            const char *const *ids,
                            GCancellable *cancellable,
                            RosterBatch **changed,
                            GError **error)
{
  g_autoptr (GPtrArray) deleted =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  if (!roster_database_begin (database, error))
    return NULL;
  if (!delete_all (database, ids, cancellable, batch, error))
    {
      roster_database_rollback (database);
      return NULL;
    }
  for (guint i = 0; i < batch->removed->len; i++)
    {
      RosterPerson *person = roster_person_copy (batch->removed->pdata[i]);

      person->slot = ROSTER_NO_SLOT;
      g_ptr_array_add (deleted, person);
    }
  *changed = g_steal_pointer (&batch);
  return g_steal_pointer (&deleted);
}

static gboolean
apply_one (RosterDatabase *database,
           const RosterPerson *person,
           guint *next_slot,
           RosterBatch *batch,
           GError **error)
{
  g_autoptr (RosterPerson) there = NULL;
  g_autoptr (RosterPerson) copy = NULL;

  if (!find (database, person->id, &there, error))
    return FALSE;
  if (there && roster_person_equal (there, person))
    return TRUE;
  copy = roster_person_copy (person);
  copy->slot = there ? there->slot : (*next_slot)++;
  if (!put (database, there ? ROSTER_STATEMENT_UPDATE_PERSON : ROSTER_STATEMENT_INSERT_PERSON, copy,
            error))
    return FALSE;
  g_ptr_array_add (batch->people, g_steal_pointer (&copy));
  return TRUE;
}

static gboolean
apply_all (RosterDatabase *database,
           const RosterBatch *batch,
           GCancellable *cancellable,
           RosterBatch *applied,
           GError **error)
{
  guint first_slot, next_slot;

  if (!read_next_slot (database, &first_slot, error))
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
  return commit (database, applied,
                 (gint64) next_slot - first_slot - (gint64) applied->removed->len, error);
}

gboolean
roster_people_table_apply (RosterDatabase *database,
                           const RosterBatch *batch,
                           GCancellable *cancellable,
                           RosterBatch **changed,
                           GError **error)
{
  g_autoptr (RosterBatch) applied = roster_batch_new ();

  if (!roster_database_begin (database, error))
    return FALSE;
  if (!apply_all (database, batch, cancellable, applied, error))
    {
      roster_database_rollback (database);
      return FALSE;
    }
  *changed = g_steal_pointer (&applied);
  return TRUE;
}

static gboolean
read_first_page (RosterDatabase *database,
                 const char *key,
                 GPtrArray *people,
                 guint *n_people,
                 GError **error)
{
  g_autoptr (RosterTakenStatement) first_page =
      roster_database_take (database, ROSTER_STATEMENT_FIRST_PAGE);
  gint64 n;
  gboolean row;

  if (!read_integer (database, ROSTER_STATEMENT_N_PEOPLE, &n, error))
    return FALSE;
  *n_people = (guint) CLAMP (n, 0, MAX_SLOT);
  sqlite3_bind_text (first_page, 1, key, -1, SQLITE_STATIC);
  while (roster_database_step (database, first_page, &row, error))
    {
      RosterPerson *person;

      if (!row)
        return TRUE;
      person = read_person (database, first_page, error);
      if (!person)
        return FALSE;
      g_ptr_array_add (people, person);
    }
  return FALSE;
}

GPtrArray *
roster_people_table_first_page (RosterDatabase *database,
                                const char *key,
                                guint *n_people,
                                GError **error)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  gboolean fine;

  if (!roster_database_begin_read (database, error))
    return NULL;
  fine = read_first_page (database, key, people, n_people, error);
  roster_database_rollback (database);
  return fine ? g_steal_pointer (&people) : NULL;
}

static gboolean
write_first_page (RosterDatabase *database,
                  const char *key,
                  const guint *slots,
                  guint n_slots,
                  GError **error)
{
  g_autoptr (RosterTakenStatement) drop =
      roster_database_take (database, ROSTER_STATEMENT_DROP_FIRST_PAGE);

  sqlite3_bind_text (drop, 1, key, -1, SQLITE_STATIC);
  if (!roster_database_step (database, drop, NULL, error))
    return FALSE;
  for (guint i = 0; i < n_slots; i++)
    {
      g_autoptr (RosterTakenStatement) insert =
          roster_database_take (database, ROSTER_STATEMENT_INSERT_FIRST_PAGE);

      sqlite3_bind_text (insert, 1, key, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 2, i);
      sqlite3_bind_int64 (insert, 3, slots[i]);
      if (!roster_database_step (database, insert, NULL, error))
        return FALSE;
    }
  return roster_database_commit (database, error);
}

gboolean
roster_people_table_save_first_page (RosterDatabase *database,
                                     const char *key,
                                     const guint *slots,
                                     guint n_slots,
                                     GError **error)
{
  if (!roster_database_begin (database, error))
    return FALSE;
  if (!write_first_page (database, key, slots, n_slots, error))
    {
      roster_database_rollback (database);
      return FALSE;
    }
  return TRUE;
}
