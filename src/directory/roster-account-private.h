/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-account.h"

G_BEGIN_DECLS

/* What the parts of RosterAccount share. Inside directory/ only. */

typedef struct _RosterSignInAttempt RosterSignInAttempt;

struct _RosterAccount
{
  GObject parent_instance;

  RosterWorker *worker;
  RosterTokenStore *store;
  GFile *folder;
  RosterReplica *replica;
  UserSession *session;

  RosterRevokeAsync revoke_async;
  RosterRevokeFinish revoke_finish;
  gpointer revoke_source;

  /* The sign-in whose outcome counts. */
  RosterSignInAttempt *attempt;
  /* GTask: who waits until everybody knows, and until nothing is left; while it is going on. */
  GPtrArray *settling;
  GPtrArray *wiping;
  /* When the server last said that the session is alive, by g_get_real_time(); 0: not yet. */
  gint64 touched_at_us;
  guint expiry_id;
};

/** roster_account_new_task: Returns: (transfer full): a task with the session's token, or "", as
 * its data. */
GTask *roster_account_new_task (RosterAccount *self,
                                gpointer source_tag,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/** roster_account_fail_task: @error: (transfer full): what the server said to the task's token. */
void roster_account_fail_task (GTask *task, GError *error);

/** roster_account_ask: @call: (transfer full). Asks one question. */
void roster_account_ask (RosterAccount *self,
                         RosterCall *call,
                         RosterUrgency urgency,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/** roster_account_ask_finish: Returns: (transfer full) (nullable) (element-type RosterAnswer): one
 * answer, for the function that belongs to the call. */
GPtrArray *roster_account_ask_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/** roster_account_tell_expires: until when the session is, and watches the clock from now on. */
void roster_account_tell_expires (RosterAccount *self, gint64 expires_unix_ms);

/** roster_account_save: @secrets: (transfer full). Keeps them; the store says when it cannot. */
void roster_account_save (RosterAccount *self, RosterSecrets *secrets);

/** roster_account_save_and_return: the same; then @task (transfer full) returns TRUE, so that
 * whoever waits for it may end the program. */
void roster_account_save_and_return (RosterAccount *self, RosterSecrets *secrets, GTask *task);

/**
 * roster_account_end_async:
 * @secrets: (transfer full): what is to be remembered from now on
 * @reason: (nullable): why, for the person
 *
 * Ends the session here; see roster_account_sign_out_async().
 */
void roster_account_end_async (RosterAccount *self,
                               RosterSecrets *secrets,
                               UserSessionState state,
                               const char *reason,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean roster_account_end_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/** roster_account_tell_ended: that nobody is signed in any more, to everybody here. */
void roster_account_tell_ended (RosterAccount *self, UserSessionState state, const char *reason);

/** roster_account_wipe_async: closes the replica and deletes the folder. */
void roster_account_wipe_async (RosterAccount *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean roster_account_wipe_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/** roster_account_cancel_attempt: the sign-in under way, if any, is no longer wanted. */
void roster_account_cancel_attempt (RosterAccount *self);

G_END_DECLS
