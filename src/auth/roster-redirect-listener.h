/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_REDIRECT_LISTENER (roster_redirect_listener_get_type ())
G_DECLARE_FINAL_TYPE (RosterRedirectListener,
                      roster_redirect_listener,
                      ROSTER,
                      REDIRECT_LISTENER,
                      GObject)

/**
 * RosterRedirectListener:
 *
 * Where the browser brings the provider's answer (RFC 8252, section 7.3): 127.0.0.1, at a port of
 * the system's choice, for one answer. Any program and any web page of this computer's user may
 * knock too; none can end the wait, or hold it. Main thread.
 */

/** roster_redirect_listener_new: Returns: (transfer full) (nullable): it listens;
 * ROSTER_ERROR_FAILED when the system does not let it. */
RosterRedirectListener *roster_redirect_listener_new (GError **error);

/** roster_redirect_listener_get_uri: Returns: the redirect URI. */
const char *roster_redirect_listener_get_uri (RosterRedirectListener *self);

/** roster_redirect_listener_set_deadline: @deadline_ms: how long one connection may last. */
void roster_redirect_listener_set_deadline (RosterRedirectListener *self, guint deadline_ms);

/**
 * roster_redirect_listener_wait_async:
 * @state: of the question; what comes with another, or none, is refused and the wait goes on
 * @issuer: whom an answer may name (RFC 9207)
 * @must_name_issuer: whether it has to
 *
 * Waits once, for an answer; after it, and when it is cancelled, nobody listens any more.
 *
 * roster_redirect_listener_wait_finish: Returns: (transfer full) (nullable): the code, a
 *   RosterSecretString. ROSTER_ERROR_NOT_ALLOWED: the user said no; ROSTER_ERROR_FAILED: the
 * provider did, or the answer names another
 */
void roster_redirect_listener_wait_async (RosterRedirectListener *self,
                                          const char *state,
                                          const char *issuer,
                                          gboolean must_name_issuer,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
char *roster_redirect_listener_wait_finish (RosterRedirectListener *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
