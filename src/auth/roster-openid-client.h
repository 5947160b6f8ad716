/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-http.h"
#include "roster-key-set.h"
#include "roster-provider-metadata.h"
#include "roster-provider.h"
#include "roster-token-response.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_OPENID_CLIENT (roster_openid_client_get_type ())
G_DECLARE_FINAL_TYPE (RosterOpenidClient, roster_openid_client, ROSTER, OPENID_CLIENT, GObject)

/**
 * RosterOpenidClient:
 *
 * Roster as a client of one OpenID provider. What the provider publishes is asked for again only
 * when its header fields say that it is old. Every error is a sentence in ROSTER_ERROR, see
 * roster-auth-fault.h. Main thread.
 */

/** roster_openid_client_new: Returns: (transfer full): a client that has asked for nothing yet. */
RosterOpenidClient *roster_openid_client_new (const RosterProvider *provider);

const RosterProvider *roster_openid_client_get_provider (RosterOpenidClient *self);

/** roster_openid_client_set_deadline: @deadline_ms: how long a request may take as a whole. */
void roster_openid_client_set_deadline (RosterOpenidClient *self, guint deadline_ms);

/** roster_openid_client_load_metadata_finish: Returns: (transfer full) (nullable): the provider's.
 */
void roster_openid_client_load_metadata_async (RosterOpenidClient *self,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
RosterProviderMetadata *roster_openid_client_load_metadata_finish (RosterOpenidClient *self,
                                                                   GAsyncResult *result,
                                                                   GError **error);

/**
 * roster_openid_client_load_keys_async:
 * @key_id: (nullable): keys that are here are asked for again when they lack it
 *
 * roster_openid_client_load_keys_finish: Returns: (transfer none) (nullable): the provider's keys,
 *   until the next iteration of the main context; may lack @key_id all the same
 */
void roster_openid_client_load_keys_async (RosterOpenidClient *self,
                                           RosterProviderMetadata *metadata,
                                           const char *key_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
const RosterKeySet *roster_openid_client_load_keys_finish (RosterOpenidClient *self,
                                                           GAsyncResult *result,
                                                           GError **error);

/**
 * roster_openid_client_request_tokens_async:
 * @grant: an encoded form: the grant, without who asks
 *
 * Asks the token endpoint.
 *
 * roster_openid_client_request_tokens_finish: Returns: (transfer full) (nullable): the tokens; see
 *   roster_token_response_parse()
 */
void roster_openid_client_request_tokens_async (RosterOpenidClient *self,
                                                RosterProviderMetadata *metadata,
                                                const char *grant,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer user_data);
RosterTokenResponse *roster_openid_client_request_tokens_finish (RosterOpenidClient *self,
                                                                 GAsyncResult *result,
                                                                 GError **error);

/** roster_openid_client_load_userinfo_finish: Returns: (transfer full) (nullable): the answer, not
 * looked into. */
void roster_openid_client_load_userinfo_async (RosterOpenidClient *self,
                                               RosterProviderMetadata *metadata,
                                               const char *access_token,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data);
RosterHttpResponse *roster_openid_client_load_userinfo_finish (RosterOpenidClient *self,
                                                               GAsyncResult *result,
                                                               GError **error);

/** roster_openid_client_refresh_finish: Returns: (transfer full) (nullable): new tokens (RFC 6749,
 * section 6); ROSTER_ERROR_NOT_SIGNED_IN: the refresh token is dead. */
void roster_openid_client_refresh_async (RosterOpenidClient *self,
                                         const char *refresh_token,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
RosterTokenResponse *roster_openid_client_refresh_finish (RosterOpenidClient *self,
                                                          GAsyncResult *result,
                                                          GError **error);

/**
 * roster_openid_client_revoke_async:
 * @client: a RosterOpenidClient
 * @token: the refresh token
 *
 * Has the provider end what the user granted (RFC 7009).
 *
 * roster_openid_client_revoke_finish: Returns: %TRUE when there is nothing more to do.
 *   ROSTER_ERROR_UNREACHABLE: trying later makes sense; any other: it does not
 */
void roster_openid_client_revoke_async (gpointer client,
                                        const char *token,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean roster_openid_client_revoke_finish (gpointer client, GAsyncResult *result, GError **error);

G_END_DECLS
