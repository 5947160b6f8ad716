/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The second half of a sign-in, each step the callback of the one before. Main thread. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-code-exchange.h"

#include <libsoup/soup.h>

#include "roster-auth-fault.h"
#include "roster-error.h"
#include "roster-id-token.h"
#include "roster-json.h"
#include "roster-profile.h"
#include "roster-secret-string.h"

typedef struct
{
  RosterProviderMetadata *metadata;
  char *nonce;
  RosterTokenResponse *tokens;
  JsonObject *claims;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  roster_provider_metadata_unref (exchange->metadata);
  roster_secret_string_free (exchange->nonce);
  g_clear_pointer (&exchange->tokens, roster_token_response_free);
  g_clear_pointer (&exchange->claims, json_object_unref);
  g_free (exchange);
}

static void
end (GTask *task, JsonObject *userinfo)
{
  Exchange *exchange = g_task_get_task_data (task);
  RosterTokenResponse *tokens = exchange->tokens;
  GError *error = NULL;
  RosterIdentity *identity = roster_profile_read (exchange->claims, userinfo, &error);

  if (!identity)
    {
      g_task_return_error (task, error);
      return;
    }
  identity->access_token = g_steal_pointer (&tokens->access_token);
  identity->refresh_token = g_steal_pointer (&tokens->refresh_token);
  identity->id_token = g_steal_pointer (&tokens->id_token);
  identity->token_type = g_strdup ("bearer");
  identity->scope = g_steal_pointer (&tokens->scope);
  identity->expires_at_unix_s = tokens->expires_at_unix_s;
  g_task_return_pointer (task, identity, (GDestroyNotify) roster_identity_free);
}

static void
userinfo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterHttpResponse) response =
      roster_openid_client_load_userinfo_finish (ROSTER_OPENID_CLIENT (source), result, &error);
  g_autoptr (JsonObject) userinfo = NULL;

  if (response)
    {
      userinfo = roster_json_parse_object (response->body, response->n_bytes);
      if (!userinfo)
        roster_auth_fail (&error, ROSTER_AUTH_UNUSABLE, "userinfo: not JSON");
    }
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    end (task, userinfo);
}

static void
keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterOpenidClient *client = ROSTER_OPENID_CLIENT (source);
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  const RosterKeySet *keys = roster_openid_client_load_keys_finish (client, result, &error);
  const RosterIdTokenContext context = {
    .issuer = exchange->metadata->issuer,
    .client_id = roster_openid_client_get_provider (client)->client_id,
    .nonce = exchange->nonce,
    .access_token = exchange->tokens->access_token,
    .now_unix_s = g_get_real_time () / G_USEC_PER_SEC,
  };

  if (keys)
    exchange->claims = roster_id_token_verify (exchange->tokens->id_token, keys, &context, &error);
  if (!exchange->claims)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (roster_profile_is_complete (exchange->claims) || !exchange->metadata->userinfo_endpoint)
    end (task, NULL);
  else
    roster_openid_client_load_userinfo_async (client, exchange->metadata,
                                              exchange->tokens->access_token,
                                              g_task_get_cancellable (task), userinfo_cb,
                                              g_object_ref (task));
}

static void
tokens_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterOpenidClient *client = ROSTER_OPENID_CLIENT (source);
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *key_id = NULL;

  exchange->tokens = roster_openid_client_request_tokens_finish (client, result, &error);
  if (exchange->tokens && !exchange->tokens->id_token)
    roster_auth_fail (&error, ROSTER_AUTH_UNUSABLE, "no id token");
  if (error || !roster_id_token_read_key_id (exchange->tokens->id_token, &key_id, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    roster_openid_client_load_keys_async (client, exchange->metadata, key_id,
                                          g_task_get_cancellable (task), keys_cb,
                                          g_object_ref (task));
}

void
roster_code_exchange_async (RosterOpenidClient *client,
                            RosterProviderMetadata *metadata,
                            const RosterAuthorizationRequest *request,
                            const char *code,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);
  g_auto (RosterSecretString) grant =
      soup_form_encode ("grant_type", "authorization_code", "code", code, "redirect_uri",
                        request->redirect_uri, "code_verifier", request->code_verifier, NULL);

  g_task_set_source_tag (task, roster_code_exchange_async);
  exchange->metadata = roster_provider_metadata_ref (metadata);
  exchange->nonce = g_strdup (request->nonce);
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  roster_openid_client_request_tokens_async (client, metadata, grant, cancellable, tokens_cb,
                                             g_steal_pointer (&task));
}

RosterIdentity *
roster_code_exchange_finish (RosterOpenidClient *client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
