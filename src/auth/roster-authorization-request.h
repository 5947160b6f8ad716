/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-provider-metadata.h"

G_BEGIN_DECLS

/**
 * RosterAuthorizationRequest:
 * @state: what the answer must repeat
 * @nonce: what the id token must repeat
 * @code_verifier: what only who asked knows (RFC 7636, section 4.1); secret
 * @redirect_uri: where the answer goes
 *
 * One question to a provider, by way of the browser (RFC 6749, section 4.1.1). Each has 256 random
 * bits of its own for each of the three. One thread at a time.
 */
typedef struct
{
  char *state;
  char *nonce;
  char *code_verifier;
  char *redirect_uri;
} RosterAuthorizationRequest;

/** roster_authorization_request_new: Returns: (transfer full) (nullable): a request;
 * ROSTER_ERROR_FAILED when the system gives no random bytes. */
RosterAuthorizationRequest *roster_authorization_request_new (const char *redirect_uri,
                                                              GError **error);

/** roster_authorization_request_make_uri: Returns: (transfer full): what the browser is to open. */
char *roster_authorization_request_make_uri (const RosterAuthorizationRequest *self,
                                             const RosterProviderMetadata *metadata,
                                             const char *client_id);

void roster_authorization_request_free (RosterAuthorizationRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterAuthorizationRequest, roster_authorization_request_free)

G_END_DECLS
