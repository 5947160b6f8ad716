/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an identity to a session. Main thread. An attempt that nobody waits for any longer is still
 * followed to its end: a session that it opened is nobody's, and is ended again. */

#include "config.h"

#include "roster-account-private.h"

#include "roster-calls.h"
#include "roster-cuid.h"
#include "roster-error.h"
#include "roster-seal.h"
#include "roster-secret-string.h"

struct _RosterSignInAttempt
{
  RosterAccount *self;
  /* NULL once nobody waits. */
  GTask *task;
  GSource *cancelled;
  RosterIdentity *identity;
  char *key;
  /* With the new session in it; NULL as long as there is none. */
  RosterSecrets *secrets;
};

static void
attempt_free (RosterSignInAttempt *attempt)
{
  g_object_unref (attempt->self);
  roster_identity_free (attempt->identity);
  roster_secret_string_free (attempt->key);
  g_clear_pointer (&attempt->secrets, roster_secrets_free);
  g_free (attempt);
}

/* Nobody waits any longer, whatever comes of it. Returns: (transfer full): who did. */
static GTask *
detach (RosterSignInAttempt *attempt)
{
  if (attempt->cancelled)
    {
      g_source_destroy (attempt->cancelled);
      g_clear_pointer (&attempt->cancelled, g_source_unref);
    }
  if (attempt->self->attempt == attempt)
    attempt->self->attempt = NULL;
  return g_steal_pointer (&attempt->task);
}

static void
give_up (RosterSignInAttempt *attempt)
{
  g_autoptr (RosterAccount) self = g_object_ref (attempt->self);
  g_autoptr (GTask) task = detach (attempt);

  roster_account_give_up_sign_in (self, NULL);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  give_up (user_data);
  return G_SOURCE_REMOVE;
}

/* What is remembered of the new session. */
static void
take_row (RosterSignInAttempt *attempt, const RosterNewSessionRow *row)
{
  const RosterIdentity *identity = attempt->identity;
  RosterSecrets *secrets = roster_secrets_copy (roster_token_store_get (attempt->self->store));
  g_autofree char *email = g_utf8_strdown (identity->email, -1);
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, row->expires_at_unix_ms);
  const char *old_token = roster_secrets_get (secrets, ROSTER_SECRET_SESSION_TOKEN);

  attempt->secrets = secrets;
  roster_secrets_set (secrets, ROSTER_SECRET_SEALING_KEY, attempt->key);
  if (old_token)
    roster_secrets_add (secrets, ROSTER_SECRET_TO_END, old_token);
  roster_secrets_set (secrets, ROSTER_SECRET_SESSION_TOKEN, row->token);
  roster_secrets_set (secrets, ROSTER_SECRET_EXPIRES, expires);
  roster_secrets_set (secrets, ROSTER_SECRET_USER_ID, row->user_id);
  roster_secrets_set (secrets, ROSTER_SECRET_NAME, identity->name);
  roster_secrets_set (secrets, ROSTER_SECRET_EMAIL, email);
  roster_secrets_set (secrets, ROSTER_SECRET_PICTURE, identity->picture);
  /* Providers give one with the first consent only. */
  if (identity->refresh_token)
    roster_secrets_set (secrets, ROSTER_SECRET_REFRESH_TOKEN, identity->refresh_token);
}

/* Whoever hears of it may end the program at once: the session is kept by then. */
static void
complete (RosterSignInAttempt *attempt)
{
  RosterAccount *self = attempt->self;
  g_autoptr (RosterSecrets) secrets = g_steal_pointer (&attempt->secrets);
  const char *expires = roster_secrets_get (secrets, ROSTER_SECRET_EXPIRES);
  GTask *task = detach (attempt);

  roster_account_save_and_return (self, roster_secrets_copy (secrets), task);
  self->touched_at_us = g_get_real_time ();
  user_session_set_user (self->session, roster_secrets_get (secrets, ROSTER_SECRET_NAME),
                         roster_secrets_get (secrets, ROSTER_SECRET_EMAIL),
                         roster_secrets_get (secrets, ROSTER_SECRET_PICTURE));
  roster_account_tell_expires (self, g_ascii_strtoll (expires, NULL, 10));
  roster_account_settle_async (self, NULL, NULL);
  attempt_free (attempt);
}

/* Ends what was opened for nobody. */
static void
undo (RosterSignInAttempt *attempt)
{
  RosterSecrets *secrets = roster_secrets_copy (roster_token_store_get (attempt->self->store));

  roster_secrets_add (secrets, ROSTER_SECRET_TO_END,
                      roster_secrets_get (attempt->secrets, ROSTER_SECRET_SESSION_TOKEN));
  if (attempt->identity->refresh_token)
    roster_secrets_add (secrets, ROSTER_SECRET_TO_REVOKE, attempt->identity->refresh_token);
  roster_account_save (attempt->self, secrets);
  roster_account_settle_async (attempt->self, NULL, NULL);
  attempt_free (attempt);
}

static void
wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterSignInAttempt *attempt = user_data;
  g_autoptr (GError) error = NULL;

  roster_account_wipe_finish (ROSTER_ACCOUNT (source), result, &error);
  if (attempt->task && !error)
    {
      complete (attempt);
      return;
    }
  /* What is another's stays another's. */
  if (attempt->task)
    {
      g_autoptr (GTask) task = detach (attempt);

      roster_account_give_up_sign_in (attempt->self, error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  undo (attempt);
}

static void
fail (RosterSignInAttempt *attempt, GError *error)
{
  RosterAccount *self = attempt->self;
  g_autoptr (GTask) task = detach (attempt);

  /* Not worth remembering: what is not revoked now is of no use to anybody. */
  if (self->revoke_async && attempt->identity->refresh_token &&
      !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE))
    self->revoke_async (self->revoke_source, attempt->identity->refresh_token, NULL, NULL, NULL);
  /* An older session, that has run out, may be no member's any more either. */
  if (!roster_account_heard (self,
                             roster_secrets_get (roster_token_store_get (self->store),
                                                 ROSTER_SECRET_SESSION_TOKEN),
                             error))
    roster_account_give_up_sign_in (self, error);
  g_task_return_error (task, error);
  attempt_free (attempt);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterSignInAttempt *attempt = user_data;
  RosterAccount *self = attempt->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_account_ask_finish (self, result, &error);
  const RosterNewSessionRow *row =
      answers ? roster_answer_sign_in (answers->pdata[0], &error) : NULL;
  const char *old_user =
      roster_secrets_get (roster_token_store_get (self->store), ROSTER_SECRET_USER_ID);
  gboolean is_another = row && old_user && !g_str_equal (old_user, row->user_id);

  if (row)
    take_row (attempt, row);
  if (row && !attempt->task)
    undo (attempt);
  else if (is_another)
    roster_account_wipe_async (self, wiped_cb, attempt);
  else if (row)
    complete (attempt);
  else if (attempt->task)
    fail (attempt, g_steal_pointer (&error));
  else
    attempt_free (attempt);
}

static char *
seal (RosterSignInAttempt *attempt,
      const char *token,
      const char *account_id,
      const char *column,
      GError **error)
{
  return token && !*error ? roster_seal (attempt->key, token, account_id, column, error) : NULL;
}

static RosterCall *
make_call (RosterSignInAttempt *attempt, GError **error)
{
  const RosterIdentity *identity = attempt->identity;
  g_autofree char *user_id = roster_cuid_new ();
  g_autofree char *account_id = roster_cuid_new ();
  g_autofree char *session_id = roster_cuid_new ();
  g_autoptr (GError) failure = NULL;
  g_autofree char *access_token =
      seal (attempt, identity->access_token, account_id, "access_token", &failure);
  g_autofree char *refresh_token =
      seal (attempt, identity->refresh_token, account_id, "refresh_token", &failure);
  g_autofree char *id_token = seal (attempt, identity->id_token, account_id, "id_token", &failure);
  gint32 expires_at_unix_s = (gint32) CLAMP (identity->expires_at_unix_s, 0, G_MAXINT32);

  if (failure)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return roster_call_sign_in (user_id, account_id, session_id, identity->subject, identity->email,
                              TRUE, identity->name, identity->picture, access_token, refresh_token,
                              id_token, expires_at_unix_s > 0 ? &expires_at_unix_s : NULL,
                              identity->scope);
}

void
roster_account_cancel_attempt (RosterAccount *self)
{
  if (self->attempt)
    give_up (self->attempt);
}

void
roster_account_begin_sign_in (RosterAccount *self)
{
  roster_account_cancel_attempt (self);
  user_session_set_state (self->session, USER_SESSION_SIGNING_IN, NULL);
  /* A provider may take everything back that the same person was granted; so not later than now. */
  roster_account_settle_async (self, NULL, NULL);
}

void
roster_account_give_up_sign_in (RosterAccount *self, const GError *error)
{
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* An older one may be there that has run out. */
  gboolean was_somebody = roster_secrets_get (roster_token_store_get (self->store),
                                              ROSTER_SECRET_SESSION_TOKEN) != NULL;

  user_session_set_state (self->session,
                          was_somebody ? USER_SESSION_EXPIRED : USER_SESSION_SIGNED_OUT,
                          error && !cancelled ? error->message : NULL);
}

void
roster_account_sign_in_async (RosterAccount *self,
                              const RosterIdentity *identity,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RosterSignInAttempt *attempt = g_new0 (RosterSignInAttempt, 1);
  const char *key =
      roster_secrets_get (roster_token_store_get (self->store), ROSTER_SECRET_SEALING_KEY);
  GError *error = NULL;
  RosterCall *call;

  roster_account_cancel_attempt (self);
  attempt->self = g_object_ref (self);
  attempt->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (attempt->task, roster_account_sign_in_async);
  g_task_set_check_cancellable (attempt->task, FALSE);
  attempt->identity = roster_identity_copy (identity);
  attempt->key = key ? g_strdup (key) : roster_seal_make_key (&error);
  self->attempt = attempt;
  user_session_set_state (self->session, USER_SESSION_SIGNING_IN, NULL);

  call = attempt->key ? make_call (attempt, &error) : NULL;
  if (!call)
    {
      fail (attempt, error);
      return;
    }
  if (cancellable)
    {
      attempt->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (attempt->cancelled, (GSourceFunc) (void (*) (void)) cancelled_cb,
                             attempt, NULL);
      g_source_attach (attempt->cancelled, g_task_get_context (attempt->task));
    }
  roster_account_ask (self, call, ROSTER_URGENCY_PERSON, NULL, answered_cb, attempt);
}

gboolean
roster_account_sign_in_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
