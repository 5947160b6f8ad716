/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A call goes through these steps: where the replica is; the question, with what changed since
 * there; what changed, into the replica; which slots those have who came back. Main thread; a call
 * under way holds the authority. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-team-authority-private.h"

#include <glib/gi18n-lib.h>

#include "roster-calls.h"
#include "roster-secret-string.h"
#include "roster-server-error.h"
#include "roster-sync-private.h"

enum
{
  PROP_CAN_EDIT = 1,
  PROP_EDIT_REASON,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterTeamAuthority,
                               roster_team_authority,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROSTER_TYPE_AUTHORITY,
                                                      roster_team_authority_authority_init))

/* A question under way. */
typedef struct
{
  GTask *task;
  RosterSyncPoint *from; /* (nullable): since where changes were asked for */
  char *token;
  gint64 asked_at_unix_ms;
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->task);
  g_clear_pointer (&step->from, roster_sync_point_free);
  roster_secret_string_free (step->token);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void begin_write (RosterTeamAuthority *self);

/* Takes the task's call to its end, and begins the write after it. */
static void
complete (GTask *task, GError *error)
{
  g_autoptr (RosterTeamAuthority) self = g_object_ref (g_task_get_source_object (task));
  RosterTeamCall *call = g_task_get_task_data (task);
  gboolean is_read = call->kind->is_read;

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  if (is_read)
    return;
  g_object_unref (g_queue_pop_head (&self->writes));
  begin_write (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterTeamCall *call = g_task_get_task_data (task);
  g_autoptr (GPtrArray) found = roster_replica_find_finish (ROSTER_REPLICA (source), result, NULL);

  if (found)
    roster_team_call_take_slots (call, found);
  complete (task, g_steal_pointer (&call->error));
}

/* The replica has it; or, if it cannot be had now, has it after the next pull. */
static void
find_slots (GTask *task)
{
  RosterTeamAuthority *self = g_task_get_source_object (task);

  roster_replica_find_async (self->replica,
                             roster_team_call_dup_result_ids (g_task_get_task_data (task)), NULL,
                             found_cb, g_object_ref (task));
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!roster_sync_pull_finish (ROSTER_SYNC (source), result, &error))
    g_info ("What was written is not in the replica yet: %s", error->message);
  find_slots (task);
}

/* Somebody else took the replica on meanwhile, or it is to be read anew. */
static void
pull (GTask *task)
{
  RosterTeamAuthority *self = g_task_get_source_object (task);

  roster_sync_pull_async (self->sync, ROSTER_URGENCY_PERSON, NULL, pulled_cb, g_object_ref (task));
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (roster_replica_sync_finish (ROSTER_REPLICA (source), result, NULL, NULL))
    find_slots (task);
  else
    pull (task);
}

static void
apply (Step *step, RosterAnswer *changes)
{
  RosterTeamAuthority *self = g_task_get_source_object (step->task);
  RosterTeamCall *call = g_task_get_task_data (step->task);
  RosterSyncRows rows;
  g_autoptr (RosterSyncPoint) to =
      changes ? roster_sync_read_changes (changes, step->asked_at_unix_ms, &rows, NULL) : NULL;

  if (to)
    roster_replica_sync_async (self->replica, step->from, to, &rows, NULL, applied_cb,
                               g_object_ref (step->task));
  else if (call->error)
    complete (step->task, g_steal_pointer (&call->error));
  else
    pull (step->task);
}

/* Nobody knows whether it was done: that is read as soon as it can be. */
static GError *
say_unknown (RosterTeamAuthority *self, GError *error)
{
  roster_sync_pull_async (self->sync, ROSTER_URGENCY_BACKGROUND, NULL, NULL, NULL);
  if (!g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE))
    return error;
  g_error_free (error);
  return g_error_new_literal (
      ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE,
      _ ("The team's database did not answer, so Roster does not know yet whether this was saved. "
         "Check your network and try again. Nothing is saved twice."));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  RosterTeamAuthority *self = g_task_get_source_object (step->task);
  RosterTeamCall *call = g_task_get_task_data (step->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_worker_run_finish (ROSTER_WORKER (source), result, &error);

  if (!answers)
    {
      roster_account_heard (self->account, step->token, error);
      if (!call->kind->is_read &&
          (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
        error = say_unknown (self, error);
      complete (step->task, g_steal_pointer (&error));
      return;
    }
  call->kind->take_answers (call, answers, &call->error);
  roster_account_heard (self->account, step->token, call->error);
  if (call->kind->is_read)
    complete (step->task, g_steal_pointer (&call->error));
  else
    apply (step, step->from ? g_ptr_array_steal_index (answers, answers->len - 1) : NULL);
}

static void
ask (GTask *task, RosterSyncPoint *from)
{
  RosterTeamAuthority *self = g_task_get_source_object (task);
  RosterTeamCall *call = g_task_get_task_data (task);
  g_autoptr (RosterSyncPoint) owned = from;
  const char *token = roster_account_get_token (self->account);
  g_autoptr (GPtrArray) questions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);
  Step *step;

  if (!token)
    {
      complete (task, roster_server_error_new (ROSTER_ERROR_NOT_SIGNED_IN));
      return;
    }
  step = g_new0 (Step, 1);
  step->task = g_object_ref (task);
  step->token = g_strdup (token);
  step->asked_at_unix_ms = g_get_real_time () / 1000;
  call->kind->add_questions (call, token, questions);
  if (!call->kind->is_read && !from->is_partial && *from->cursor)
    {
      g_ptr_array_add (questions, roster_call_changes_since (token, from->cursor));
      step->from = g_steal_pointer (&owned);
    }
  roster_worker_run_async (self->worker, g_steal_pointer (&questions), ROSTER_URGENCY_PERSON,
                           ROSTER_WORKER_TIMEOUT_MS, g_task_get_cancellable (task), answered_cb,
                           step);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RosterSyncPoint *from =
      roster_replica_sync_point_finish (ROSTER_REPLICA (source), result, &error);

  if (from)
    ask (task, from);
  else
    complete (task, g_steal_pointer (&error));
}

static void
begin (GTask *task)
{
  RosterTeamAuthority *self = g_task_get_source_object (task);
  RosterTeamCall *call = g_task_get_task_data (task);

  if (self->edit_reason && !call->kind->is_read)
    complete (task, g_error_new_literal (ROSTER_ERROR, ROSTER_ERROR_READ_ONLY, self->edit_reason));
  else
    roster_replica_sync_point_async (self->replica, g_task_get_cancellable (task), looked_cb,
                                     g_object_ref (task));
}

static void
begin_write (RosterTeamAuthority *self)
{
  GTask *task = g_queue_peek_head (&self->writes);

  if (task)
    {
      begin (task);
      return;
    }
  for (guint i = 0; i < self->waiting->len; i++)
    g_task_return_boolean (self->waiting->pdata[i], TRUE);
  g_ptr_array_set_size (self->waiting, 0);
}

/* GObject */

static void
roster_team_authority_dispose (GObject *object)
{
  RosterTeamAuthority *self = ROSTER_TEAM_AUTHORITY (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->account);
  g_clear_object (&self->replica);
  g_clear_object (&self->sync);
  g_clear_pointer (&self->edit_reason, g_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (roster_team_authority_parent_class)->dispose (object);
}

static void
roster_team_authority_get_property (GObject *object,
                                    guint property_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  RosterTeamAuthority *self = ROSTER_TEAM_AUTHORITY (object);

  switch (property_id)
    {
    case PROP_CAN_EDIT:
      g_value_set_boolean (value, self->edit_reason == NULL);
      break;
    case PROP_EDIT_REASON:
      g_value_set_string (value, self->edit_reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_team_authority_class_init (RosterTeamAuthorityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_team_authority_dispose;
  object_class->get_property = roster_team_authority_get_property;

  g_object_class_override_property (object_class, PROP_CAN_EDIT, "can-edit");
  g_object_class_override_property (object_class, PROP_EDIT_REASON, "edit-reason");
}

static void
roster_team_authority_init (RosterTeamAuthority *self)
{
  g_queue_init (&self->writes);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

RosterAuthority *
roster_team_authority_new (RosterWorker *worker,
                           RosterAccount *account,
                           RosterReplica *replica,
                           RosterSync *sync)
{
  RosterTeamAuthority *self = g_object_new (ROSTER_TYPE_TEAM_AUTHORITY, NULL);

  self->worker = g_object_ref (worker);
  self->account = g_object_ref (account);
  self->replica = g_object_ref (replica);
  self->sync = g_object_ref (sync);
  return ROSTER_AUTHORITY (self);
}

void
roster_team_authority_set_edit_reason (RosterTeamAuthority *self, const char *edit_reason)
{
  gboolean could_edit = self->edit_reason == NULL;

  if (g_strcmp0 (self->edit_reason, edit_reason) == 0)
    return;
  g_free (self->edit_reason);
  self->edit_reason = g_strdup (edit_reason);
  g_object_notify (G_OBJECT (self), "edit-reason");
  if (could_edit != (self->edit_reason == NULL))
    g_object_notify (G_OBJECT (self), "can-edit");
}

void
roster_team_authority_push (RosterTeamAuthority *self,
                            RosterTeamCall *call,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, (gpointer) call->kind);
  /* What was written is reported as such, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, (GDestroyNotify) roster_team_call_free);
  if (!roster_team_call_validate (call, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (roster_team_call_is_for_nobody (call))
    {
      call->result = g_ptr_array_new ();
      g_task_return_boolean (task, TRUE);
    }
  else if (call->kind->is_read)
    begin (task);
  else
    {
      g_queue_push_tail (&self->writes, g_object_ref (task));
      if (self->writes.length == 1)
        begin (task);
    }
}

void
roster_team_authority_wait_async (RosterTeamAuthority *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_team_authority_wait_async);
  if (g_queue_is_empty (&self->writes))
    g_task_return_boolean (task, TRUE);
  else
    g_ptr_array_add (self->waiting, g_steal_pointer (&task));
}

gboolean
roster_team_authority_wait_finish (RosterTeamAuthority *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
