/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * UserSessionState:
 * @USER_SESSION_SIGNED_OUT: nobody is signed in
 * @USER_SESSION_SIGNING_IN: somebody is about to be
 * @USER_SESSION_SIGNED_IN: somebody is; may be without a network
 * @USER_SESSION_EXPIRED: the time until which somebody was has passed, by this computer's clock, or
 *   by the server's: then everything local is gone
 * @USER_SESSION_REVOKED: the server knows the session no more; everything local is gone
 * @USER_SESSION_LOCKED: the keyring that knows is locked, and its owner is asked to unlock it; what
 *   is on this computer can be read meanwhile
 */
typedef enum
{
  USER_SESSION_SIGNED_OUT,
  USER_SESSION_SIGNING_IN,
  USER_SESSION_SIGNED_IN,
  USER_SESSION_EXPIRED,
  USER_SESSION_REVOKED,
  USER_SESSION_LOCKED,
} UserSessionState;

#define USER_TYPE_SESSION_STATE (user_session_state_get_type ())
GType user_session_state_get_type (void) G_GNUC_CONST;

#define USER_TYPE_SESSION (user_session_get_type ())
G_DECLARE_FINAL_TYPE (UserSession, user_session, USER, SESSION, GObject)

/**
 * UserSession:
 *
 * Who is signed in, as the UI binds to it; never a token. Main thread.
 *
 * Properties, read-only, that notify when they change and only then: "name", "email" and "picture"
 * (strings, nullable; the picture is a URL), "expires" (gint64: until when, in milliseconds since
 * the Unix epoch; 0: nobody is signed in), "state" (UserSessionState) and "reason" (string,
 * nullable: a translated sentence, why the state is what it is).
 */

/** user_session_new: Returns: (transfer full): a session of nobody. */
UserSession *user_session_new (void);

/** user_session_set_user: whose it is; %NULL for what is not known. */
void user_session_set_user (UserSession *self,
                            const char *name,
                            const char *email,
                            const char *picture);

/** user_session_set_expires: @expires_unix_ms: until when; 0 for nobody's. */
void user_session_set_expires (UserSession *self, gint64 expires_unix_ms);

/** user_session_set_state: @reason: (nullable): a translated sentence. */
void user_session_set_state (UserSession *self, UserSessionState state, const char *reason);

const char *user_session_get_name (UserSession *self);
const char *user_session_get_email (UserSession *self);
const char *user_session_get_picture (UserSession *self);
gint64 user_session_get_expires (UserSession *self);
UserSessionState user_session_get_state (UserSession *self);
const char *user_session_get_reason (UserSession *self);

G_END_DECLS
