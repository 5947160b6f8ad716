/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-identity.h"
#include "roster-replica.h"
#include "roster-token-store.h"
#include "roster-worker.h"
#include "user-session.h"

G_BEGIN_DECLS

/**
 * RosterRevokeAsync, RosterRevokeFinish:
 * @source: what roster_account_set_revoker() was given
 *
 * Tells the provider that a refresh token is no longer needed (RFC 7009). Finish: Errors:
 * ROSTER_ERROR_UNREACHABLE when it is worth trying again; any other: there is nothing to revoke.
 */
typedef void (*RosterRevokeAsync) (gpointer source,
                                   const char *refresh_token,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
typedef gboolean (*RosterRevokeFinish) (gpointer source, GAsyncResult *result, GError **error);

/**
 * RosterOpenSession:
 * @is_this: whether it is the session of this computer
 *
 * One of one's own sessions.
 */
typedef struct
{
  char *id;
  gint64 expires_unix_ms;
  gboolean is_this;
} RosterOpenSession;

void roster_open_session_free (RosterOpenSession *session);

#define ROSTER_TYPE_ACCOUNT (roster_account_get_type ())
G_DECLARE_FINAL_TYPE (RosterAccount, roster_account, ROSTER, ACCOUNT, GObject)

/**
 * RosterAccount:
 *
 * Who is signed in to the team's database on this computer, and what has to happen when that begins
 * and ends; its UserSession says so to everybody else. Main thread. Must not be used before
 * roster_account_restore_async() completes.
 *
 * Signal "ended": the session is over on this computer. Whoever reads or syncs the replica lets it
 * go at once; after that it is closed and deleted, with everything in the folder.
 *
 * Errors of every call that asks the server: ROSTER_ERROR_NOT_SIGNED_IN and
 * ROSTER_ERROR_NOT_A_MEMBER (and the session is over here, too), ROSTER_ERROR_NOT_ALLOWED,
 * ROSTER_ERROR_UNREACHABLE, ROSTER_ERROR_NEWER_VERSION, ROSTER_ERROR_CLOSED, ROSTER_ERROR_FAILED,
 * G_IO_ERROR_CANCELLED.
 */

/**
 * roster_account_new:
 * @worker: asks the team's database
 * @store: keeps what is secret
 * @folder: has everything of the team's that is on this computer and is nobody's when nobody is
 *   signed in: the replica with its log, what was set aside of it, drafts, pictures
 *
 * Returns: (transfer full): an account that does not know yet
 */
RosterAccount *roster_account_new (RosterWorker *worker, RosterTokenStore *store, GFile *folder);

/** roster_account_set_replica: @replica: (nullable): the one in the folder, while it is open. */
void roster_account_set_replica (RosterAccount *self, RosterReplica *replica);

/** roster_account_set_revoker: @source: (nullable): outlives the account. Without one, refresh
 * tokens wait. */
void roster_account_set_revoker (RosterAccount *self,
                                 RosterRevokeAsync revoke_async,
                                 RosterRevokeFinish revoke_finish,
                                 gpointer source);

/** roster_account_get_session: Returns: (transfer none): what the UI binds to. */
UserSession *roster_account_get_session (RosterAccount *self);

/** roster_account_get_token: Returns: (transfer none) (nullable): the session's, while somebody is
 * signed in. */
const char *roster_account_get_token (RosterAccount *self);

/**
 * roster_account_restore_async:
 *
 * Finds out from the keyring, without a network, who is signed in; while the keyring is locked the
 * session's state says so. What a session that is over left behind is deleted. To be called again
 * when the user wants to unlock the keyring after all. Finish: Errors: G_IO_ERROR_CANCELLED.
 */
void roster_account_restore_async (RosterAccount *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_account_restore_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/** roster_account_begin_sign_in: somebody is being asked in the browser who they are. */
void roster_account_begin_sign_in (RosterAccount *self);

/** roster_account_give_up_sign_in: @error: (nullable): why; nothing for who cancelled it. */
void roster_account_give_up_sign_in (RosterAccount *self, const GError *error);

/**
 * roster_account_sign_in_async:
 * @identity: copied; of who the provider says that it is
 *
 * Makes user, account and session, or finds the user, in one round trip. Another call replaces one
 * under way, which is cancelled; whatever a cancelled one opened on the server is ended.
 *
 * roster_account_sign_in_finish: Errors besides: ROSTER_ERROR_OTHER_EMAIL (this way into the
 * database is somebody else's), ROSTER_ERROR_OTHER_ACCOUNT (the e-mail is another account's).
 */
void roster_account_sign_in_async (RosterAccount *self,
                                   const RosterIdentity *identity,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_account_sign_in_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/**
 * roster_account_touch_async:
 *
 * Keeps a session that is used alive. Asks the server once a day at most, so that it may be called
 * whenever somebody does something.
 */
void roster_account_touch_async (RosterAccount *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean roster_account_touch_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/**
 * roster_account_heard:
 * @token: (nullable): of a call, when it was made
 * @error: (nullable): what the call came to
 *
 * Tells of what the server said to somebody else's call. Returns: whether the session is over by
 * it.
 */
gboolean roster_account_heard (RosterAccount *self, const char *token, const GError *error);

/** roster_account_check_clock: to be called when time may have leapt, as after a suspend. */
void roster_account_check_clock (RosterAccount *self);

/** roster_account_sessions_async: Finish: Returns: (transfer full) (element-type RosterOpenSession)
 * (nullable): one's own, the one that lasts longest first. */
void roster_account_sessions_async (RosterAccount *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *roster_account_sessions_finish (RosterAccount *self,
                                           GAsyncResult *result,
                                           GError **error);

/** roster_account_end_session_async: @id: of one of one's own that is not this one. */
void roster_account_end_session_async (RosterAccount *self,
                                       const char *id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean roster_account_end_session_finish (RosterAccount *self,
                                            GAsyncResult *result,
                                            GError **error);

/** roster_account_end_others_async: Finish: Returns: how many sessions were ended; -1 on error. */
void roster_account_end_others_async (RosterAccount *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
int roster_account_end_others_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/**
 * roster_account_sign_out_async:
 *
 * Ends the session here at once, network or not: keyring and folder are empty when it completes.
 * The server and the provider are told after that, see roster_account_settle_async(). Finish:
 * Errors: ROSTER_ERROR_FAILED: the keyring or the disk did not let go of something.
 */
void roster_account_sign_out_async (RosterAccount *self,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean roster_account_sign_out_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/** roster_account_delete_async: deletes one's own user on the server, with all accounts and
 * sessions, and then everything here; people stay. */
void roster_account_delete_async (RosterAccount *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean roster_account_delete_finish (RosterAccount *self, GAsyncResult *result, GError **error);

/**
 * roster_account_settle_async:
 *
 * Tells the server and the provider what they could not be told when somebody signed out; what
 * still cannot be told stays in the keyring for the next time. Done by itself when Roster starts,
 * and after signing out; to be called when the network is there again. Finish: Returns: whether
 * everybody knows
 */
void roster_account_settle_async (RosterAccount *self,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean roster_account_settle_finish (RosterAccount *self, GAsyncResult *result);

G_END_DECLS
