/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "roster-key-set.h"

G_BEGIN_DECLS

/**
 * RosterIdTokenContext:
 * @issuer: whose token it must be
 * @client_id: for whom
 * @nonce: of the authorization request
 * @access_token: that came with it
 * @now_unix_s: the time
 *
 * What an id token must belong to.
 */
typedef struct
{
  const char *issuer;
  const char *client_id;
  const char *nonce;
  const char *access_token;
  gint64 now_unix_s;
} RosterIdTokenContext;

/**
 * roster_id_token_read_key_id:
 * @key_id: (out) (nullable) (transfer full): which key it names, if any
 *
 * Any thread. Returns: %FALSE, with ROSTER_ERROR_FAILED, for what is no JWS (RFC 7515) by RS256
 */
gboolean roster_id_token_read_key_id (const char *token, char **key_id, GError **error);

/**
 * roster_id_token_verify:
 *
 * The checks of OpenID Connect Core 1.0, section 3.1.3.7, and at_hash of section 3.1.3.6. Any
 * thread.
 *
 * Returns: (transfer full) (nullable): the claims; ROSTER_ERROR_FAILED with a sentence
 */
JsonObject *roster_id_token_verify (const char *token,
                                    const RosterKeySet *keys,
                                    const RosterIdTokenContext *context,
                                    GError **error);

G_END_DECLS
