/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-http.h"

G_BEGIN_DECLS

/**
 * RosterTokenResponse:
 * @access_token: secret, as the two others are
 * @refresh_token: (nullable)
 * @id_token: (nullable): not verified
 * @scope: (nullable): what was granted
 * @expires_at_unix_s: of the access token; 0 when the provider did not say
 *
 * What a token endpoint answers (RFC 6749, section 5.1). One thread at a time.
 */
typedef struct
{
  char *access_token;
  char *refresh_token;
  char *id_token;
  char *scope;
  gint64 expires_at_unix_s;
} RosterTokenResponse;

/** roster_token_response_parse: Returns: (transfer full) (nullable): the tokens.
 * ROSTER_ERROR_NOT_SIGNED_IN: the code or refresh token is not, or no longer, valid;
 * ROSTER_ERROR_FAILED: anything else. */
RosterTokenResponse *roster_token_response_parse (const RosterHttpResponse *response,
                                                  gint64 now_unix_s,
                                                  GError **error);

void roster_token_response_free (RosterTokenResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTokenResponse, roster_token_response_free)

G_END_DECLS
