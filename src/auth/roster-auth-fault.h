/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterAuthFault:
 * @ROSTER_AUTH_UNREACHABLE: no answer, or the provider has trouble; trying later makes sense
 * @ROSTER_AUTH_INSECURE: there is no secure connection to the provider
 * @ROSTER_AUTH_UNUSABLE: an answer that is not what the protocol says
 * @ROSTER_AUTH_UNTRUSTED: an answer that may not be the provider's, or not to this sign-in
 * @ROSTER_AUTH_CLOCK: a token that is not valid at this computer's time
 * @ROSTER_AUTH_UNVERIFIED: nobody made sure that the e-mail is the user's
 * @ROSTER_AUTH_DENIED: the user said no in the browser
 * @ROSTER_AUTH_TIMED_OUT: the user did nothing in the browser
 * @ROSTER_AUTH_ENDED: a token that the provider does not know any more
 * @ROSTER_AUTH_NO_LISTENER: this computer lets nobody listen on its loopback address
 *
 * What can go wrong between Roster and an OpenID provider, as far as a person is concerned.
 */
typedef enum
{
  ROSTER_AUTH_UNREACHABLE,
  ROSTER_AUTH_INSECURE,
  ROSTER_AUTH_UNUSABLE,
  ROSTER_AUTH_UNTRUSTED,
  ROSTER_AUTH_CLOCK,
  ROSTER_AUTH_UNVERIFIED,
  ROSTER_AUTH_DENIED,
  ROSTER_AUTH_TIMED_OUT,
  ROSTER_AUTH_ENDED,
  ROSTER_AUTH_NO_LISTENER,
} RosterAuthFault;

/**
 * roster_auth_fail:
 * @error: set to the sentence for @fault, in ROSTER_ERROR
 * @why: for the log, which it does not leave: nothing of what came from outside
 *
 * Any thread. Returns: %FALSE
 */
gboolean roster_auth_fail (GError **error, RosterAuthFault fault, const char *why);

G_END_DECLS
