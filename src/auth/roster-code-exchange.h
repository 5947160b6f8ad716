/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-authorization-request.h"
#include "roster-identity.h"
#include "roster-openid-client.h"

G_BEGIN_DECLS

/**
 * roster_code_exchange_async:
 * @client: whose provider gave the code
 * @metadata: the provider's
 * @request: what the code answers
 * @code: the code
 *
 * Has the provider say who it is: tokens for the code, the id token verified, userinfo where the
 * provider says e-mail or name only there. Main thread.
 *
 * roster_code_exchange_finish: Returns: (transfer full) (nullable): somebody, with the tokens;
 *   ROSTER_ERROR with a sentence
 */
void roster_code_exchange_async (RosterOpenidClient *client,
                                 RosterProviderMetadata *metadata,
                                 const RosterAuthorizationRequest *request,
                                 const char *code,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RosterIdentity *roster_code_exchange_finish (RosterOpenidClient *client,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
