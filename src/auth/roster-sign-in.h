/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-identity.h"
#include "roster-provider.h"

G_BEGIN_DECLS

/**
 * RosterSignInState:
 * @ROSTER_SIGN_IN_IDLE: nobody is signing in
 * @ROSTER_SIGN_IN_CONNECTING: the provider is asked where its page is
 * @ROSTER_SIGN_IN_WAITING: the page is open in the browser; "authorization-uri" is its address
 * @ROSTER_SIGN_IN_FINISHING: the browser has brought the answer, the provider is asked who it is
 */
typedef enum
{
  ROSTER_SIGN_IN_IDLE,
  ROSTER_SIGN_IN_CONNECTING,
  ROSTER_SIGN_IN_WAITING,
  ROSTER_SIGN_IN_FINISHING,
} RosterSignInState;

#define ROSTER_TYPE_SIGN_IN_STATE (roster_sign_in_state_get_type ())
GType roster_sign_in_state_get_type (void) G_GNUC_CONST;

#define ROSTER_TYPE_SIGN_IN (roster_sign_in_get_type ())
G_DECLARE_FINAL_TYPE (RosterSignIn, roster_sign_in, ROSTER, SIGN_IN, GObject)

/**
 * RosterSignIn:
 *
 * Signing in with an OpenID provider by way of the system's browser (RFC 8252). Main thread.
 *
 * Properties that notify when they change and only then: "state" (RosterSignInState, read-only);
 * "authorization-uri" (string, nullable, read-only: what the browser has to open; to be copied,
 * too); "timeout-ms" (guint: how long the user may take in the browser); "deadline-ms" (guint: how
 * long the provider may take for each answer).
 */

/** RosterOpenUri: opens @uri in the system's browser; whether that works is not waited for. */
typedef void (*RosterOpenUri) (const char *uri, gpointer user_data);

/** roster_sign_in_new: Returns: (transfer full): nobody is signing in yet. */
RosterSignIn *roster_sign_in_new (RosterOpenUri open_uri,
                                  gpointer user_data,
                                  GDestroyNotify destroy);

/**
 * roster_sign_in_run_async:
 *
 * Has somebody sign in. A run that is still under way ends with G_IO_ERROR_CANCELLED; nothing of it
 * is of any use to the new one.
 *
 * roster_sign_in_run_finish: Returns: (transfer full) (nullable): who it is. Every error but
 *   G_IO_ERROR_CANCELLED is in ROSTER_ERROR, with a translated sentence to show; afterwards nobody
 *   listens, and another run may succeed
 */
void roster_sign_in_run_async (RosterSignIn *self,
                               const RosterProvider *provider,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RosterIdentity *roster_sign_in_run_finish (RosterSignIn *self,
                                           GAsyncResult *result,
                                           GError **error);

/** roster_sign_in_open_again: opens the browser again; does nothing but in ROSTER_SIGN_IN_WAITING.
 */
void roster_sign_in_open_again (RosterSignIn *self);

RosterSignInState roster_sign_in_get_state (RosterSignIn *self);
const char *roster_sign_in_get_authorization_uri (RosterSignIn *self);

G_END_DECLS
