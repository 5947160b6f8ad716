/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentences of signing in, in one place. No state. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-auth-fault.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"

static const struct
{
  RosterError code;
  const char *sentence;
} FAULTS[] = {
  [ROSTER_AUTH_UNREACHABLE] = { ROSTER_ERROR_UNREACHABLE,
                                N_ ("The sign-in service did not answer. Check your network and "
                                    "try again.") },
  [ROSTER_AUTH_INSECURE] = { ROSTER_ERROR_UNREACHABLE,
                             N_ ("There is no secure connection to the sign-in service. Check your "
                                 "network and the date of this computer, then try again.") },
  [ROSTER_AUTH_UNUSABLE] = { ROSTER_ERROR_FAILED,
                             N_ ("The sign-in service gave an answer that Roster cannot use. Try "
                                 "again later, or ask whoever looks after your team’s "
                                 "directory.") },
  [ROSTER_AUTH_UNTRUSTED] = { ROSTER_ERROR_FAILED,
                              N_ ("It is not certain that the answer came from your sign-in "
                                  "service, so you are not signed in. Sign in again.") },
  [ROSTER_AUTH_CLOCK] = { ROSTER_ERROR_FAILED,
                          N_ ("The answer of the sign-in service is not valid at this computer’s "
                              "time. Check the date and time, then sign in again.") },
  [ROSTER_AUTH_UNVERIFIED] = { ROSTER_ERROR_NOT_ALLOWED,
                               N_ ("The e-mail address of this account is not verified. Verify it "
                                   "with the sign-in service, then sign in again.") },
  [ROSTER_AUTH_DENIED] = { ROSTER_ERROR_NOT_ALLOWED,
                           N_ ("Signing in was refused in the browser. Sign in again and allow it "
                               "there.") },
  [ROSTER_AUTH_TIMED_OUT] = { ROSTER_ERROR_FAILED,
                              N_ ("Nobody finished signing in in the browser. Sign in again, and "
                                  "finish in the page that opens.") },
  [ROSTER_AUTH_ENDED] = { ROSTER_ERROR_NOT_SIGNED_IN,
                          N_ ("The sign-in service has ended this sign-in. Sign in again.") },
  [ROSTER_AUTH_NO_LISTENER] = { ROSTER_ERROR_FAILED,
                                N_ ("Roster cannot receive the browser’s answer on this computer. "
                                    "Restart Roster and sign in again.") },
};

gboolean
roster_auth_fail (GError **error, RosterAuthFault fault, const char *why)
{
  g_info ("Sign-in: %s", why);
  g_set_error_literal (error, ROSTER_ERROR, (int) FAULTS[fault].code, _ (FAULTS[fault].sentence));
  return FALSE;
}
