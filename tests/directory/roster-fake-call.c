/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a fake authority is asked for: run on the truth, one by one. Main thread. */

#include "config.h"

#include "roster-fake-call.h"

#include "roster-error.h"
#include "roster-person-validation.h"

static GPtrArray *
new_people (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
}

void
roster_fake_call_free (RosterFakeCall *call)
{
  g_free (call->batch_id);
  g_free (call->key);
  g_ptr_array_unref (call->people);
  g_clear_pointer (&call->base, roster_person_free);
  g_strfreev (call->ids);
  roster_batch_free (call->batch);
  g_clear_pointer (&call->result, g_ptr_array_unref);
  g_clear_pointer (&call->result_person, roster_person_free);
  g_clear_pointer (&call->result_receipt, roster_receipt_free);
  g_free (call);
}

RosterFakeCall *
roster_fake_call_new (RosterFakeCallFunc run, char **ids, const char *batch_id)
{
  RosterFakeCall *call = g_new0 (RosterFakeCall, 1);

  call->run = run;
  call->ids = ids;
  call->batch_id = g_strdup (batch_id);
  call->people = new_people ();
  call->batch = roster_batch_new ();
  return call;
}

gboolean
roster_fake_call_validate (RosterFakeCall *call, GError **error)
{
  for (guint i = 0; i < call->people->len; i++)
    {
      RosterPerson *valid = roster_person_validate (call->people->pdata[i], error);

      if (!valid)
        return FALSE;
      roster_person_free (call->people->pdata[i]);
      call->people->pdata[i] = valid;
    }
  return TRUE;
}

static gboolean
is_repeated (RosterFakeTruth *truth, RosterFakeCall *call)
{
  call->result_receipt = roster_fake_truth_find_batch (truth, call->batch_id);
  return call->result_receipt != NULL;
}

static void
set_receipt (RosterFakeCall *call)
{
  GPtrArray *people = call->batch->people->len > 0 ? call->batch->people : call->batch->removed;

  if (!call->result_receipt)
    call->result_receipt =
        roster_receipt_new (call->batch->people->len + call->batch->removed->len,
                            people->len > 0 ? people->pdata[people->len - 1] : NULL);
}

gboolean
roster_fake_call_create (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  gint64 now_unix_ms = g_get_real_time () / 1000;
  gboolean repeated = is_repeated (truth, call);

  call->result = new_people ();
  for (guint i = 0; i < call->people->len; i++)
    {
      RosterPerson *person = call->people->pdata[i];
      const RosterPerson *there = roster_fake_truth_look_up (truth, person->id);

      if (!there && !repeated)
        {
          if (person->created_at_unix_ms == 0)
            person->created_at_unix_ms = now_unix_ms;
          if (person->updated_at_unix_ms == 0)
            person->updated_at_unix_ms = now_unix_ms;
          if (!roster_fake_truth_put (truth, person, call->batch_id, call->batch, error))
            return FALSE;
          there = person;
        }
      if (there)
        g_ptr_array_add (call->result, roster_person_copy (there));
    }
  return TRUE;
}

gboolean
roster_fake_call_update (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  const RosterPerson *base = call->base;
  const RosterPerson *wanted = call->people->pdata[0];
  const RosterPerson *there = roster_fake_truth_look_up (truth, base->id);
  g_autoptr (RosterPerson) now = NULL;

  if (!there)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "Gone.");
      return FALSE;
    }
  now = roster_person_copy (there);
  if (is_repeated (truth, call))
    {
      call->result_person = g_steal_pointer (&now);
      return TRUE;
    }
  if (!roster_fake_truth_merge_field (base->name, wanted->name, &now->name) ||
      !roster_fake_truth_merge_field (base->email, wanted->email, &now->email) ||
      !roster_fake_truth_merge_field (base->phone, wanted->phone, &now->phone))
    {
      call->result_person = roster_person_copy (there);
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT, "Changed meanwhile.");
      return FALSE;
    }
  if (!roster_person_equal (now, there))
    {
      now->updated_at_unix_ms = MAX (g_get_real_time () / 1000, now->updated_at_unix_ms + 1);
      if (!roster_fake_truth_put (truth, now, call->batch_id, call->batch, error))
        return FALSE;
    }
  call->result_person = g_steal_pointer (&now);
  return TRUE;
}

gboolean
roster_fake_call_delete (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  gboolean repeated = is_repeated (truth, call);

  for (guint i = 0; call->ids[i] && !repeated; i++)
    roster_fake_truth_remove (truth, call->ids[i], call->batch_id, call->batch);
  set_receipt (call);
  return TRUE;
}

gboolean
roster_fake_call_undo (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  if (!is_repeated (truth, call) &&
      !roster_fake_truth_undo (truth, call->key, call->batch_id, call->batch, error))
    return FALSE;
  set_receipt (call);
  return TRUE;
}

gboolean
roster_fake_call_restore (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  gboolean repeated = is_repeated (truth, call);

  for (guint i = 0; call->ids[i] && !repeated; i++)
    if (!roster_fake_truth_restore (truth, call->ids[i], call->batch_id, call->batch, error))
      return FALSE;
  set_receipt (call);
  return TRUE;
}

gboolean
roster_fake_call_purge (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  roster_fake_truth_purge (truth, (const char *const *) call->ids);
  return TRUE;
}

gboolean
roster_fake_call_history (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  call->result = roster_fake_truth_get_history (truth, call->key);
  return TRUE;
}

gboolean
roster_fake_call_deleted (RosterFakeTruth *truth, RosterFakeCall *call, GError **error)
{
  call->result = roster_fake_truth_get_deleted (truth, call->change_id, call->n, &call->n);
  return TRUE;
}
