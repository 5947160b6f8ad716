/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of the session on this computer, and what others say of it; how it begins and ends
 * is in roster-account-sign-in.c and roster-account-sign-out.c. Main thread; a call under way holds
 * the account. */

#include "config.h"

#include "roster-account-private.h"

#include <glib/gi18n-lib.h>

#include "roster-calls.h"
#include "roster-secret-string.h"
#include "roster-server-error.h"

#define DAY_S (24 * 60 * 60)

static guint ended_signal;

G_DEFINE_FINAL_TYPE (RosterAccount, roster_account, G_TYPE_OBJECT)

/* Asking the server */

void
roster_account_ask (RosterAccount *self,
                    RosterCall *call,
                    RosterUrgency urgency,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);

  g_ptr_array_add (calls, call);
  roster_worker_run_async (self->worker, calls, urgency, ROSTER_WORKER_TIMEOUT_MS, cancellable,
                           callback, user_data);
}

GPtrArray *
roster_account_ask_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  return roster_worker_run_finish (self->worker, result, error);
}

/* Until when */

static const char *
expired_reason (void)
{
  return _ ("You were signed out because Roster was not used for a long time. Sign in again.");
}

static gboolean
has_expired (RosterAccount *self)
{
  return user_session_get_expires (self->session) <= g_get_real_time () / 1000;
}

static gboolean
clock_cb (gpointer user_data)
{
  RosterAccount *self = user_data;

  self->expiry_id = 0;
  roster_account_check_clock (self);
  return G_SOURCE_REMOVE;
}

void
roster_account_check_clock (RosterAccount *self)
{
  gint64 left_ms = user_session_get_expires (self->session) - g_get_real_time () / 1000;

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  if (user_session_get_state (self->session) != USER_SESSION_SIGNED_IN)
    return;
  if (left_ms <= 0)
    user_session_set_state (self->session, USER_SESSION_EXPIRED, expired_reason ());
  else
    /* The timer stands still while the computer sleeps, and clocks are set. */
    self->expiry_id =
        g_timeout_add_seconds ((guint) CLAMP (left_ms / 1000 + 1, 1, DAY_S), clock_cb, self);
}

void
roster_account_tell_expires (RosterAccount *self, gint64 expires_unix_ms)
{
  user_session_set_expires (self->session, expires_unix_ms);
  user_session_set_state (self->session, USER_SESSION_SIGNED_IN,
                          roster_token_store_get_reason (self->store));
  roster_account_check_clock (self);
}

void
roster_account_save (RosterAccount *self, RosterSecrets *secrets)
{
  roster_token_store_save_async (self->store, secrets, NULL, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* Where there is no keyring, memory keeps it; the store says so. */
  roster_token_store_save_finish (ROSTER_TOKEN_STORE (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

void
roster_account_save_and_return (RosterAccount *self, RosterSecrets *secrets, GTask *task)
{
  roster_token_store_save_async (self->store, secrets, saved_cb, task);
}

/* From the keyring */

static void
store_cb (RosterAccount *self)
{
  const char *reason = roster_token_store_get_reason (self->store);
  UserSessionState state = user_session_get_state (self->session);

  if (roster_token_store_get_state (self->store) == ROSTER_TOKEN_STORE_LOCKED)
    user_session_set_state (self->session, USER_SESSION_LOCKED, reason);
  else if (state == USER_SESSION_SIGNED_IN)
    user_session_set_state (self->session, state, reason);
}

static void
wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  roster_account_wipe_finish (ROSTER_ACCOUNT (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Whose it was is over; what is left of it is nobody's. Only the keyring can tell. */
static void
restore_nobody (GTask *task)
{
  RosterAccount *self = g_task_get_source_object (task);

  user_session_set_user (self->session, NULL, NULL, NULL);
  user_session_set_expires (self->session, 0);
  user_session_set_state (self->session, USER_SESSION_SIGNED_OUT,
                          roster_token_store_get_reason (self->store));
  if (roster_token_store_get_state (self->store) == ROSTER_TOKEN_STORE_KEPT)
    roster_account_wipe_async (self, wiped_cb, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterAccount *self = g_task_get_source_object (task);
  const RosterSecrets *secrets = roster_token_store_get (self->store);
  const char *expires = roster_secrets_get (secrets, ROSTER_SECRET_EXPIRES);
  g_autoptr (GError) error = NULL;

  if (!roster_token_store_load_finish (self->store, result, &error))
    {
      user_session_set_state (self->session, USER_SESSION_SIGNED_OUT, NULL);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  roster_account_settle_async (self, NULL, NULL);
  if (!roster_secrets_get (secrets, ROSTER_SECRET_SESSION_TOKEN))
    {
      restore_nobody (task);
      return;
    }
  user_session_set_user (self->session, roster_secrets_get (secrets, ROSTER_SECRET_NAME),
                         roster_secrets_get (secrets, ROSTER_SECRET_EMAIL),
                         roster_secrets_get (secrets, ROSTER_SECRET_PICTURE));
  roster_account_tell_expires (self, expires ? MAX (0, g_ascii_strtoll (expires, NULL, 10)) : 0);
  g_task_return_boolean (task, TRUE);
}

/* What others say */

static const char *
ended_reason (gboolean is_member, gboolean expired)
{
  if (!is_member)
    return _ ("The team's database no longer lets you in. What was on this computer is deleted. "
              "Ask who runs the database for a new invitation.");
  if (expired)
    return expired_reason ();
  return _ ("Your sign-in was ended on another device, or by who runs the team's database. What "
            "was on this computer is deleted. Sign in again to get it back.");
}

gboolean
roster_account_heard (RosterAccount *self, const char *token, const GError *error)
{
  const RosterSecrets *known = roster_token_store_get (self->store);
  gboolean is_member = !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_A_MEMBER);
  gboolean expired = is_member && has_expired (self);
  RosterSecrets *secrets;

  if (is_member && !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN))
    return FALSE;
  /* What was said of an older session says nothing of this one. */
  if (!token || g_strcmp0 (token, roster_secrets_get (known, ROSTER_SECRET_SESSION_TOKEN)) != 0)
    return FALSE;
  secrets = roster_secrets_copy (known);
  roster_secrets_forget_session (secrets);
  roster_account_end_async (self, secrets, expired ? USER_SESSION_EXPIRED : USER_SESSION_REVOKED,
                            ended_reason (is_member, expired), NULL, NULL);
  return TRUE;
}

GTask *
roster_account_new_task (RosterAccount *self,
                         gpointer source_tag,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const char *token =
      roster_secrets_get (roster_token_store_get (self->store), ROSTER_SECRET_SESSION_TOKEN);

  g_task_set_source_tag (task, source_tag);
  /* What was done is reported as done, cancelled or not. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (token ? token : ""),
                        (GDestroyNotify) roster_secret_string_free);
  return task;
}

void
roster_account_fail_task (GTask *task, GError *error)
{
  roster_account_heard (g_task_get_source_object (task), g_task_get_task_data (task), error);
  g_task_return_error (task, error);
}

static void
touched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterAccount *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_account_ask_finish (self, result, &error);
  const RosterSessionEndRow *row =
      answers ? roster_answer_touch_session (answers->pdata[0], &error) : NULL;
  const RosterSecrets *known = roster_token_store_get (self->store);

  if (!row)
    {
      roster_account_fail_task (task, g_steal_pointer (&error));
      return;
    }
  /* It may have ended here meanwhile. */
  if (g_strcmp0 (roster_secrets_get (known, ROSTER_SECRET_SESSION_TOKEN),
                 g_task_get_task_data (task)) == 0)
    {
      g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, row->expires_at_unix_ms);

      self->touched_at_us = g_get_real_time ();
      if (g_strcmp0 (expires, roster_secrets_get (known, ROSTER_SECRET_EXPIRES)) != 0)
        {
          RosterSecrets *secrets = roster_secrets_copy (known);

          roster_secrets_set (secrets, ROSTER_SECRET_EXPIRES, expires);
          roster_account_save (self, secrets);
        }
      roster_account_tell_expires (self, row->expires_at_unix_ms);
    }
  g_task_return_boolean (task, TRUE);
}

static gboolean
was_touched_today (RosterAccount *self)
{
  gint64 since_us = g_get_real_time () - self->touched_at_us;

  return self->touched_at_us > 0 && since_us >= 0 && since_us / G_USEC_PER_SEC < DAY_S &&
         user_session_get_state (self->session) == USER_SESSION_SIGNED_IN;
}

/* GObject */

static void
roster_account_dispose (GObject *object)
{
  RosterAccount *self = ROSTER_ACCOUNT (object);

  g_clear_handle_id (&self->expiry_id, g_source_remove);
  g_clear_object (&self->worker);
  g_clear_object (&self->store);
  g_clear_object (&self->folder);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (roster_account_parent_class)->dispose (object);
}

static void
roster_account_finalize (GObject *object)
{
  RosterAccount *self = ROSTER_ACCOUNT (object);

  g_clear_object (&self->session);
  g_ptr_array_unref (self->settling);
  g_ptr_array_unref (self->wiping);

  G_OBJECT_CLASS (roster_account_parent_class)->finalize (object);
}

static void
roster_account_class_init (RosterAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_account_dispose;
  object_class->finalize = roster_account_finalize;

  ended_signal = g_signal_new ("ended", ROSTER_TYPE_ACCOUNT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
}

static void
roster_account_init (RosterAccount *self)
{
  self->session = user_session_new ();
  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
  self->wiping = g_ptr_array_new_with_free_func (g_object_unref);
}

RosterAccount *
roster_account_new (RosterWorker *worker, RosterTokenStore *store, GFile *folder)
{
  RosterAccount *self = g_object_new (ROSTER_TYPE_ACCOUNT, NULL);

  self->worker = g_object_ref (worker);
  self->store = g_object_ref (store);
  self->folder = g_object_ref (folder);
  g_signal_connect_object (store, "notify", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
roster_account_set_replica (RosterAccount *self, RosterReplica *replica)
{
  g_set_object (&self->replica, replica);
}

void
roster_account_set_revoker (RosterAccount *self,
                            RosterRevokeAsync revoke_async,
                            RosterRevokeFinish revoke_finish,
                            gpointer source)
{
  self->revoke_async = revoke_async;
  self->revoke_finish = revoke_finish;
  self->revoke_source = source;
}

UserSession *
roster_account_get_session (RosterAccount *self)
{
  return self->session;
}

const char *
roster_account_get_token (RosterAccount *self)
{
  if (user_session_get_state (self->session) != USER_SESSION_SIGNED_IN)
    return NULL;
  return roster_secrets_get (roster_token_store_get (self->store), ROSTER_SECRET_SESSION_TOKEN);
}

void
roster_account_tell_ended (RosterAccount *self, UserSessionState state, const char *reason)
{
  g_object_freeze_notify (G_OBJECT (self->session));
  user_session_set_user (self->session, NULL, NULL, NULL);
  user_session_set_expires (self->session, 0);
  user_session_set_state (self->session, state, reason);
  g_object_thaw_notify (G_OBJECT (self->session));
  self->touched_at_us = 0;
  roster_account_check_clock (self);
  g_signal_emit (self, ended_signal, 0);
}

void
roster_account_restore_async (RosterAccount *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  const RosterSecrets *secrets = roster_token_store_get (self->store);

  g_task_set_source_tag (task, roster_account_restore_async);
  /* Whoever signed in meanwhile counts, not who the keyring knows. */
  if (roster_secrets_get (secrets, ROSTER_SECRET_SESSION_TOKEN))
    roster_account_save_and_return (self, roster_secrets_copy (secrets), task);
  else
    roster_token_store_load_async (self->store, cancellable, loaded_cb, task);
}

gboolean
roster_account_restore_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_account_touch_async (RosterAccount *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task =
      roster_account_new_task (self, roster_account_touch_async, cancellable, callback, user_data);
  const char *token = g_task_get_task_data (task);

  if (!*token)
    g_task_return_error (task, roster_server_error_new (ROSTER_ERROR_NOT_SIGNED_IN));
  else if (was_touched_today (self))
    g_task_return_boolean (task, TRUE);
  else
    roster_account_ask (self, roster_call_touch_session (token), ROSTER_URGENCY_PERSON, cancellable,
                        touched_cb, g_steal_pointer (&task));
}

gboolean
roster_account_touch_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
