/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a session here, and telling those elsewhere. Main thread. */

#include "config.h"

#include "roster-account-private.h"

#include <glib/gi18n-lib.h>

#include "roster-calls.h"
#include "roster-folder-wipe.h"
#include "roster-secret-string.h"

/* Everything local */

static void
wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccount) self = user_data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->wiping);
  g_autoptr (GError) error = NULL;

  self->wiping = g_ptr_array_new_with_free_func (g_object_unref);
  roster_folder_wipe_finish (G_FILE (source), result, &error);
  for (guint i = 0; i < waiting->len; i++)
    if (error)
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (waiting->pdata[i], TRUE);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccount) self = user_data;

  /* One that was closed before, or does not close well, is deleted all the same. */
  roster_replica_close_finish (ROSTER_REPLICA (source), result, NULL);
  roster_folder_wipe_async (self->folder, wiped_cb, g_object_ref (self));
}

void
roster_account_wipe_async (RosterAccount *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (RosterReplica) replica = NULL;

  g_task_set_source_tag (task, roster_account_wipe_async);
  g_ptr_array_add (self->wiping, task);
  if (self->wiping->len > 1)
    return;
  replica = g_steal_pointer (&self->replica);
  if (replica)
    roster_replica_close_async (replica, NULL, closed_cb, g_object_ref (self));
  else
    roster_folder_wipe_async (self->folder, wiped_cb, g_object_ref (self));
}

gboolean
roster_account_wipe_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The end here */

typedef struct
{
  guint n_pending;
  gboolean was_in_memory;
  GError *error;
} Ending;

static void
ending_free (Ending *ending)
{
  g_clear_error (&ending->error);
  g_free (ending);
}

/* Whether the keyring or the disk, both are done, and the first that failed is told of. */
static void
step_done (GTask *task, GError *error)
{
  Ending *ending = g_task_get_task_data (task);

  if (!ending->error)
    ending->error = error;
  else
    g_clear_error (&error);
  if (--ending->n_pending > 0)
    return;
  if (ending->error)
    g_task_return_error (task, g_steal_pointer (&ending->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
ending_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterAccount *self = g_task_get_source_object (task);
  const Ending *ending = g_task_get_task_data (task);
  GError *error = NULL;

  /* What only memory knew is forgotten with it. */
  if (!roster_token_store_save_finish (self->store, result, &error) && ending->was_in_memory)
    g_clear_error (&error);
  step_done (task, error);
}

static void
ending_wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  roster_account_wipe_finish (ROSTER_ACCOUNT (source), result, &error);
  step_done (task, error);
}

void
roster_account_end_async (RosterAccount *self,
                          RosterSecrets *secrets,
                          UserSessionState state,
                          const char *reason,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Ending *ending = g_new0 (Ending, 1);

  g_task_set_source_tag (task, roster_account_end_async);
  ending->n_pending = 2;
  ending->was_in_memory =
      roster_token_store_get_state (self->store) == ROSTER_TOKEN_STORE_IN_MEMORY;
  g_task_set_task_data (task, ending, (GDestroyNotify) ending_free);
  /* The keyring first: whoever finds it empty deletes the rest. */
  roster_token_store_save_async (self->store, secrets, ending_saved_cb, g_object_ref (task));
  roster_account_tell_ended (self, state, reason);
  roster_account_wipe_async (self, ending_wiped_cb, g_object_ref (task));
}

gboolean
roster_account_end_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterAccount *self = ROSTER_ACCOUNT (source);
  GError *error = NULL;

  roster_account_settle_async (self, NULL, NULL);
  if (roster_account_end_finish (self, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What is remembered once nobody is signed in: whom to tell. */
static RosterSecrets *
make_leftover (RosterAccount *self, gboolean ends_session)
{
  RosterSecrets *secrets = roster_secrets_copy (roster_token_store_get (self->store));
  const char *token = roster_secrets_get (secrets, ROSTER_SECRET_SESSION_TOKEN);
  const char *refresh_token = roster_secrets_get (secrets, ROSTER_SECRET_REFRESH_TOKEN);

  if (token && ends_session)
    roster_secrets_add (secrets, ROSTER_SECRET_TO_END, token);
  if (refresh_token)
    roster_secrets_add (secrets, ROSTER_SECRET_TO_REVOKE, refresh_token);
  roster_secrets_forget_session (secrets);
  return secrets;
}

void
roster_account_sign_out_async (RosterAccount *self,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_account_sign_out_async);
  roster_account_cancel_attempt (self);
  roster_account_end_async (self, make_leftover (self, TRUE), USER_SESSION_SIGNED_OUT, NULL,
                            ended_cb, task);
}

gboolean
roster_account_sign_out_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterAccount *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_account_ask_finish (self, result, &error);

  if (!answers || !roster_answer_delete_my_account (answers->pdata[0], &error))
    {
      roster_account_fail_task (task, g_steal_pointer (&error));
      return;
    }
  roster_account_end_async (self, make_leftover (self, FALSE), USER_SESSION_SIGNED_OUT,
                            _ ("Your account is deleted. The people you added are still there."),
                            ended_cb, g_object_ref (task));
}

void
roster_account_delete_async (RosterAccount *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task =
      roster_account_new_task (self, roster_account_delete_async, cancellable, callback, user_data);

  roster_account_ask (self, roster_call_delete_my_account (g_task_get_task_data (task)),
                      ROSTER_URGENCY_PERSON, cancellable, deleted_cb, task);
}

gboolean
roster_account_delete_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
