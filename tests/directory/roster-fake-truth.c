/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everybody and their history, in memory. Changes have both sides, so that nothing is worked out.
 */

#include "config.h"

#include "roster-fake-truth.h"

#include "roster-error.h"

typedef struct
{
  char *batch_id;
  RosterChange *change;
} Entry;

struct _RosterFakeTruth
{
  GHashTable *people;
  GPtrArray *entries; /* oldest first */
  gint64 last_id;
};

static void
entry_free (Entry *entry)
{
  g_free (entry->batch_id);
  roster_change_free (entry->change);
  g_free (entry);
}

static gpointer
entry_copy_cb (gconstpointer entry, gpointer user_data)
{
  Entry *copy = g_new (Entry, 1);

  copy->batch_id = g_strdup (((const Entry *) entry)->batch_id);
  copy->change = roster_change_copy (((const Entry *) entry)->change);
  return copy;
}

RosterFakeTruth *
roster_fake_truth_new (void)
{
  RosterFakeTruth *self = g_new0 (RosterFakeTruth, 1);

  self->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) roster_person_free);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  return self;
}

static void
hold (RosterFakeTruth *self, const RosterPerson *person)
{
  RosterPerson *copy = roster_person_copy (person);

  g_hash_table_replace (self->people, copy->id, copy);
}

RosterFakeTruth *
roster_fake_truth_copy (RosterFakeTruth *self)
{
  RosterFakeTruth *copy = roster_fake_truth_new ();
  GHashTableIter iter;
  gpointer person;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &person))
    hold (copy, person);
  for (guint i = 0; i < self->entries->len; i++)
    g_ptr_array_add (copy->entries, entry_copy_cb (self->entries->pdata[i], NULL));
  copy->last_id = self->last_id;
  return copy;
}

void
roster_fake_truth_free (RosterFakeTruth *self)
{
  g_hash_table_unref (self->people);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

const RosterPerson *
roster_fake_truth_look_up (RosterFakeTruth *self, const char *id)
{
  return g_hash_table_lookup (self->people, id);
}

static const char *
get_id (const Entry *entry)
{
  return entry->change->before ? entry->change->before->id : entry->change->after->id;
}

/* The latest change of whoever has @id; NULL when nobody is known by it. */
static const Entry *
find_latest (RosterFakeTruth *self, const char *id)
{
  for (guint i = self->entries->len; i > 0; i--)
    if (g_str_equal (get_id (self->entries->pdata[i - 1]), id))
      return self->entries->pdata[i - 1];
  return NULL;
}

RosterReceipt *
roster_fake_truth_find_batch (RosterFakeTruth *self, const char *batch_id)
{
  guint n_people = 0;
  const RosterPerson *person = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = self->entries->pdata[i];

      if (g_strcmp0 (entry->batch_id, batch_id) != 0)
        continue;
      n_people++;
      person = entry->change->after ? entry->change->after : entry->change->before;
    }
  return n_people > 0 ? roster_receipt_new (n_people, person) : NULL;
}

static void
record (RosterFakeTruth *self,
        const char *batch_id,
        RosterChangeKind kind,
        const RosterPerson *before,
        const RosterPerson *after)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->batch_id = g_strdup (batch_id);
  entry->change = g_new0 (RosterChange, 1);
  entry->change->id = ++self->last_id;
  entry->change->kind = kind;
  entry->change->at_unix_ms = g_get_real_time () / 1000;
  entry->change->before = before ? roster_person_copy (before) : NULL;
  entry->change->after = after ? roster_person_copy (after) : NULL;
  g_ptr_array_add (self->entries, entry);
}

static gboolean
is_email_free (RosterFakeTruth *self, const RosterPerson *person, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const RosterPerson *other = value;

      if (g_strcmp0 (other->id, person->id) != 0 &&
          g_ascii_strcasecmp (other->email, person->email) == 0)
        {
          g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL, "%s has it.",
                       other->name);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
roster_fake_truth_put (RosterFakeTruth *self,
                       const RosterPerson *person,
                       const char *batch_id,
                       RosterBatch *batch,
                       GError **error)
{
  const RosterPerson *before = roster_fake_truth_look_up (self, person->id);
  RosterChangeKind kind = before                           ? ROSTER_CHANGE_EDITED
                          : find_latest (self, person->id) ? ROSTER_CHANGE_RESTORED
                                                           : ROSTER_CHANGE_ADDED;

  if (!is_email_free (self, person, error))
    return FALSE;
  record (self, batch_id, kind, before, person);
  hold (self, person);
  g_ptr_array_add (batch->people, roster_person_copy (person));
  return TRUE;
}

void
roster_fake_truth_remove (RosterFakeTruth *self,
                          const char *id,
                          const char *batch_id,
                          RosterBatch *batch)
{
  const RosterPerson *before = roster_fake_truth_look_up (self, id);

  if (!before)
    return;
  record (self, batch_id, ROSTER_CHANGE_DELETED, before, NULL);
  g_ptr_array_add (batch->removed, roster_person_copy (before));
  g_hash_table_remove (self->people, id);
}

gboolean
roster_fake_truth_merge_field (const char *base, const char *wanted, char **now)
{
  if (g_str_equal (base, wanted) || g_str_equal (*now, wanted))
    return TRUE;
  if (!g_str_equal (*now, base))
    return FALSE;
  g_free (*now);
  *now = g_strdup (wanted);
  return TRUE;
}

static gboolean
equal_values (const RosterPerson *a, const RosterPerson *b)
{
  return g_str_equal (a->name, b->name) && g_str_equal (a->email, b->email) &&
         g_str_equal (a->phone, b->phone);
}

static gboolean
set_conflict (const RosterPerson *person, GError **error)
{
  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT, "%s changed. See History.",
               person->name);
  return FALSE;
}

static gboolean
undo_change (RosterFakeTruth *self,
             const RosterChange *change,
             const char *batch_id,
             RosterBatch *batch,
             GError **error)
{
  const RosterPerson *before = change->before;
  const RosterPerson *after = change->after;
  const RosterPerson *there = roster_fake_truth_look_up (self, before ? before->id : after->id);
  g_autoptr (RosterPerson) now = NULL;

  if (!before && there && !equal_values (there, after))
    return set_conflict (there, error);
  if (!before)
    roster_fake_truth_remove (self, after->id, batch_id, batch);
  if (!before || (!after && there))
    return TRUE;
  if (!after && !equal_values (find_latest (self, before->id)->change->before, before))
    return set_conflict (before, error);
  if (!after)
    return roster_fake_truth_put (self, before, batch_id, batch, error);
  if (!there)
    return set_conflict (before, error);
  now = roster_person_copy (there);
  if (!roster_fake_truth_merge_field (after->name, before->name, &now->name) ||
      !roster_fake_truth_merge_field (after->email, before->email, &now->email) ||
      !roster_fake_truth_merge_field (after->phone, before->phone, &now->phone))
    return set_conflict (there, error);
  if (equal_values (now, there))
    return TRUE;
  now->updated_at_unix_ms = MAX (g_get_real_time () / 1000, now->updated_at_unix_ms + 1);
  return roster_fake_truth_put (self, now, batch_id, batch, error);
}

gboolean
roster_fake_truth_undo (RosterFakeTruth *self,
                        const char *batch_to_undo,
                        const char *batch_id,
                        RosterBatch *batch,
                        GError **error)
{
  gboolean any = FALSE;

  for (guint i = self->entries->len; i > 0; i--)
    {
      const Entry *entry = self->entries->pdata[i - 1];

      if (g_strcmp0 (entry->batch_id, batch_to_undo) != 0)
        continue;
      any = TRUE;
      if (!undo_change (self, entry->change, batch_id, batch, error))
        return FALSE;
    }
  if (!any)
    g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "No such batch.");
  return any;
}

gboolean
roster_fake_truth_restore (RosterFakeTruth *self,
                           const char *id,
                           const char *batch_id,
                           RosterBatch *batch,
                           GError **error)
{
  const Entry *latest = find_latest (self, id);

  if (roster_fake_truth_look_up (self, id))
    return TRUE;
  if (latest)
    return roster_fake_truth_put (self, latest->change->before, batch_id, batch, error);
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "Gone for good.");
  return FALSE;
}

void
roster_fake_truth_purge (RosterFakeTruth *self, const char *const *ids)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const char *id = get_id (self->entries->pdata[i - 1]);

      if (!roster_fake_truth_look_up (self, id) && (!ids || g_strv_contains (ids, id)))
        g_ptr_array_remove_index (self->entries, i - 1);
    }
}

static GPtrArray *
new_changes (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) roster_change_free);
}

GPtrArray *
roster_fake_truth_get_history (RosterFakeTruth *self, const char *id)
{
  GPtrArray *changes = new_changes ();

  for (guint i = self->entries->len; i > 0; i--)
    {
      const Entry *entry = self->entries->pdata[i - 1];

      if (g_str_equal (get_id (entry), id))
        g_ptr_array_add (changes, roster_change_copy (entry->change));
    }
  return changes;
}

GPtrArray *
roster_fake_truth_get_deleted (RosterFakeTruth *self,
                               gint64 before_change_id,
                               guint limit,
                               guint *n_total)
{
  GPtrArray *changes = new_changes ();

  *n_total = 0;
  for (guint i = self->entries->len; i > 0; i--)
    {
      const Entry *entry = self->entries->pdata[i - 1];

      if (entry->change->after || find_latest (self, get_id (entry)) != entry)
        continue;
      ++*n_total;
      if (changes->len < limit && (before_change_id == 0 || entry->change->id < before_change_id))
        g_ptr_array_add (changes, roster_change_copy (entry->change));
    }
  return changes;
}
