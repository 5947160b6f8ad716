/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the team's database, kind by kind: the typed statements and their answers. Main
 * thread; no state but the call's. */

#include "config.h"

#include "roster-team-call.h"

#include <glib/gi18n-lib.h>

#include "roster-calls.h"
#include "roster-person-validation.h"
#include "roster-server-error.h"

/* The most that the server gives of a history at once. */
#define MAX_CHANGES 1000

RosterTeamCall *
roster_team_call_new (const RosterTeamCallKind *kind, const char *batch_id)
{
  RosterTeamCall *call = g_new0 (RosterTeamCall, 1);

  call->kind = kind;
  call->batch_id = g_strdup (batch_id);
  return call;
}

void
roster_team_call_free (RosterTeamCall *call)
{
  g_clear_pointer (&call->people, g_ptr_array_unref);
  roster_person_free (call->base);
  g_strfreev (call->ids);
  g_free (call->key);
  g_free (call->batch_id);
  g_clear_pointer (&call->result, g_ptr_array_unref);
  roster_person_free (call->person);
  g_clear_pointer (&call->receipt, roster_receipt_free);
  g_clear_error (&call->error);
  g_free (call);
}

gboolean
roster_team_call_validate (RosterTeamCall *call, GError **error)
{
  for (guint i = 0; call->people && i < call->people->len; i++)
    {
      RosterPerson *valid = roster_person_validate (call->people->pdata[i], error);

      if (!valid)
        return FALSE;
      roster_person_free (call->people->pdata[i]);
      call->people->pdata[i] = valid;
    }
  return TRUE;
}

gboolean
roster_team_call_is_for_nobody (const RosterTeamCall *call)
{
  return call->kind == &ROSTER_TEAM_CREATE && call->people->len == 0;
}

/* What came of it, with the replica's slots */

static guint
get_n_results (const RosterTeamCall *call)
{
  return call->result && call->kind == &ROSTER_TEAM_CREATE ? call->result->len : 0;
}

char **
roster_team_call_dup_result_ids (const RosterTeamCall *call)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < get_n_results (call); i++)
    g_ptr_array_add (ids, g_strdup (((RosterPerson *) call->result->pdata[i])->id));
  if (call->person)
    g_ptr_array_add (ids, g_strdup (call->person->id));
  if (call->receipt && call->receipt->person)
    g_ptr_array_add (ids, g_strdup (call->receipt->person->id));
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_steal (ids, NULL);
}

static void
take_slot (RosterPerson *person, GPtrArray *found, guint *next)
{
  const RosterPerson *there = *next < found->len ? found->pdata[*next] : NULL;

  if (!there || !g_str_equal (there->id, person->id))
    return;
  person->slot = there->slot;
  (*next)++;
}

void
roster_team_call_take_slots (RosterTeamCall *call, GPtrArray *found)
{
  guint next = 0;

  for (guint i = 0; i < get_n_results (call); i++)
    take_slot (call->result->pdata[i], found, &next);
  if (call->person)
    take_slot (call->person, found, &next);
  if (call->receipt && call->receipt->person)
    take_slot (call->receipt->person, found, &next);
}

static RosterPerson *
person_new (const char *id,
            const char *name,
            const char *email,
            const char *phone,
            gint64 created_at_unix_ms,
            gint64 updated_at_unix_ms)
{
  RosterPerson *person = roster_person_new (id, name, email, phone);

  person->created_at_unix_ms = created_at_unix_ms;
  person->updated_at_unix_ms = updated_at_unix_ms;
  return person;
}

/* Adding */

static char *
dup_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static void
ask_create (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  guint n = call->people->len;
  g_autofree const char **ids = g_new0 (const char *, n + 1);
  g_autofree const char **names = g_new0 (const char *, n + 1);
  g_autofree const char **emails = g_new0 (const char *, n + 1);
  g_autofree const char **phones = g_new0 (const char *, n + 1);
  g_auto (GStrv) created = g_new0 (char *, n + 1);
  g_auto (GStrv) updated = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      const RosterPerson *person = call->people->pdata[i];

      ids[i] = person->id;
      names[i] = person->name;
      emails[i] = person->email;
      phones[i] = person->phone;
      created[i] = dup_number (person->created_at_unix_ms);
      updated[i] = dup_number (person->updated_at_unix_ms);
    }
  g_ptr_array_add (questions, roster_call_create_people (token, call->batch_id, ids, names, emails,
                                                         phones, (const char *const *) created,
                                                         (const char *const *) updated));
}

static gboolean
take_created (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  gsize n;
  const RosterPersonRow *rows = roster_answer_create_people (answers->pdata[0], &n, error);

  if (!rows)
    return FALSE;
  call->result = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (call->result,
                     person_new (rows[i].id, rows[i].name, rows[i].email, rows[i].phone,
                                 rows[i].created_at_unix_ms, rows[i].updated_at_unix_ms));
  return TRUE;
}

const RosterTeamCallKind ROSTER_TEAM_CREATE = { FALSE, ask_create, take_created };

/* Editing */

/* Returns: (nullable): the new value, if it is another one */
static const char *
get_other (const char *base, const char *wanted)
{
  return g_str_equal (base, wanted) ? NULL : wanted;
}

static void
ask_update (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  const RosterPerson *base = call->base;
  const RosterPerson *person = call->people->pdata[0];

  g_ptr_array_add (questions,
                   roster_call_update_person (token, call->batch_id, base->id, base->name,
                                              get_other (base->name, person->name), base->email,
                                              get_other (base->email, person->email), base->phone,
                                              get_other (base->phone, person->phone)));
}

static gboolean
take_updated (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  const RosterUpdatedRow *row = roster_answer_update_person (answers->pdata[0], error);

  if (!row)
    return FALSE;
  call->person = person_new (row->id, row->name, row->email, row->phone, row->created_at_unix_ms,
                             row->updated_at_unix_ms);
  if (!row->name_conflicts && !row->email_conflicts && !row->phone_conflicts)
    return TRUE;
  roster_server_error_set (error, ROSTER_ERROR_CONFLICT);
  return FALSE;
}

const RosterTeamCallKind ROSTER_TEAM_UPDATE = { FALSE, ask_update, take_updated };

/* What is about many */

static gboolean
take_receipt (RosterTeamCall *call, const RosterReceiptRow *row)
{
  g_autoptr (RosterPerson) person = NULL;

  if (!row)
    return FALSE;
  if (row->id && row->name && row->email && row->phone)
    person = person_new (row->id, row->name, row->email, row->phone, row->created_at_unix_ms,
                         row->updated_at_unix_ms);
  call->receipt = roster_receipt_new ((guint) CLAMP (row->n_people, 0, G_MAXUINT), person);
  return TRUE;
}

static void
ask_delete (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  g_ptr_array_add (questions, roster_call_delete_people (token, call->batch_id,
                                                         (const char *const *) call->ids));
}

static gboolean
take_deleted_receipt (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  return take_receipt (call, roster_answer_delete_people (answers->pdata[0], error));
}

const RosterTeamCallKind ROSTER_TEAM_DELETE = { FALSE, ask_delete, take_deleted_receipt };

static void
ask_undo (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  g_ptr_array_add (questions, roster_call_undo_batch (token, call->batch_id, call->key));
}

static gboolean
take_undone (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  return take_receipt (call, roster_answer_undo_batch (answers->pdata[0], error));
}

const RosterTeamCallKind ROSTER_TEAM_UNDO = { FALSE, ask_undo, take_undone };

static void
ask_restore (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  g_ptr_array_add (questions, roster_call_restore_people (token, call->batch_id,
                                                          (const char *const *) call->ids));
}

static gboolean
take_restored (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  return take_receipt (call, roster_answer_restore_people (answers->pdata[0], error));
}

const RosterTeamCallKind ROSTER_TEAM_RESTORE = { FALSE, ask_restore, take_restored };

static void
ask_purge (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  g_ptr_array_add (questions, roster_call_purge_people (token, call->batch_id,
                                                        (const char *const *) call->ids));
}

static gboolean
take_purged (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  return roster_answer_purge_people (answers->pdata[0], error) != NULL;
}

const RosterTeamCallKind ROSTER_TEAM_PURGE = { FALSE, ask_purge, take_purged };

/* What is kept */

static char *
dup_author (const char *author, gboolean is_mine)
{
  if (is_mine)
    return NULL;
  /* Translators: who changed somebody, in a history. */
  return g_strdup (author ? author : _ ("Somebody outside Roster"));
}

static void
ask_history (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  g_ptr_array_add (questions, roster_call_person_history (token, call->key, NULL, MAX_CHANGES));
}

static RosterChangeKind
get_change_kind (const char *operation)
{
  if (g_str_equal (operation, "create"))
    return ROSTER_CHANGE_ADDED;
  if (g_str_equal (operation, "restore"))
    return ROSTER_CHANGE_RESTORED;
  return g_str_equal (operation, "delete") ? ROSTER_CHANGE_DELETED : ROSTER_CHANGE_EDITED;
}

static gboolean
take_history (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  gsize n;
  const RosterHistoryRow *rows = roster_answer_person_history (answers->pdata[0], &n, error);

  if (!rows)
    return FALSE;
  call->result = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_change_free);
  for (gsize i = 0; i < n; i++)
    {
      const RosterHistoryRow *row = &rows[i];
      RosterChange *change = g_new0 (RosterChange, 1);

      change->id = row->key;
      change->kind = get_change_kind (row->operation);
      change->at_unix_ms = row->at_unix_ms;
      change->author = dup_author (row->author, row->is_mine);
      if (row->name && row->email && row->phone)
        change->before = person_new (call->key, row->name, row->email, row->phone,
                                     row->created_at_unix_ms, row->updated_at_unix_ms);
      if (row->new_name && row->new_email && row->new_phone)
        change->after = person_new (call->key, row->new_name, row->new_email, row->new_phone,
                                    row->new_created_at_unix_ms, row->new_updated_at_unix_ms);
      g_ptr_array_add (call->result, change);
    }
  return TRUE;
}

const RosterTeamCallKind ROSTER_TEAM_HISTORY = { TRUE, ask_history, take_history };

static void
ask_deleted (const RosterTeamCall *call, const char *token, GPtrArray *questions)
{
  g_ptr_array_add (
      questions, roster_call_recently_deleted (token, call->change_id > 0 ? &call->change_id : NULL,
                                               (gint32) MIN (call->limit, MAX_CHANGES)));
  g_ptr_array_add (questions, roster_call_count_deleted (token));
}

static gboolean
take_deleted (RosterTeamCall *call, GPtrArray *answers, GError **error)
{
  gsize n;
  const RosterDeletionRow *rows = roster_answer_recently_deleted (answers->pdata[0], &n, error);
  const RosterDeletedTotalRow *total =
      rows ? roster_answer_count_deleted (answers->pdata[1], error) : NULL;

  if (!total)
    return FALSE;
  call->n_total = (guint) CLAMP (total->n_people, 0, G_MAXUINT);
  call->result = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_change_free);
  for (gsize i = 0; i < n; i++)
    {
      const RosterDeletionRow *row = &rows[i];
      RosterChange *change = g_new0 (RosterChange, 1);

      change->id = row->key;
      change->kind = ROSTER_CHANGE_DELETED;
      change->at_unix_ms = row->at_unix_ms;
      change->author = dup_author (row->author, row->is_mine);
      change->before = person_new (row->id, row->name ? row->name : "",
                                   row->email ? row->email : "", row->phone ? row->phone : "",
                                   row->created_at_unix_ms, row->updated_at_unix_ms);
      g_ptr_array_add (call->result, change);
    }
  return TRUE;
}

const RosterTeamCallKind ROSTER_TEAM_DELETED = { TRUE, ask_deleted, take_deleted };
