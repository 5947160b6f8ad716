/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One function for each of the provider's endpoints. Main thread; a call under way holds the
 * client.
 */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-openid-client.h"

#include <libsoup/soup.h>
#include <string.h>

#include "roster-auth-fault.h"
#include "roster-json.h"
#include "roster-secret-string.h"

static const char *const JSON_TYPES[] = { "application/json", NULL };
static const char *const KEY_SET_TYPES[] = { "application/json", "application/jwk-set+json", NULL };

struct _RosterOpenidClient
{
  GObject parent_instance;

  RosterProvider *provider;
  RosterHttp *http;
  RosterProviderMetadata *metadata;
  gint64 metadata_until_s;
  RosterKeySet *keys;
  gint64 keys_until_s;
};

G_DEFINE_FINAL_TYPE (RosterOpenidClient, roster_openid_client, G_TYPE_OBJECT)

static gint64
get_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* Metadata */

static void
metadata_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterOpenidClient *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterHttpResponse) response =
      roster_http_send_finish (ROSTER_HTTP (source), result, &error);
  g_autoptr (RosterProviderMetadata) metadata = NULL;

  if (response)
    metadata = roster_provider_metadata_parse (response->body, response->n_bytes,
                                               self->provider->issuer, &error);
  if (!metadata)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&self->metadata, roster_provider_metadata_unref);
  self->metadata = roster_provider_metadata_ref (metadata);
  self->metadata_until_s = get_now_s () + response->fresh_s;
  g_task_return_pointer (task, g_steal_pointer (&metadata),
                         (GDestroyNotify) roster_provider_metadata_unref);
}

void
roster_openid_client_load_metadata_async (RosterOpenidClient *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *uri = roster_provider_metadata_make_uri (self->provider->issuer);
  const RosterHttpRequest request = {
    .uri = uri,
    .content_types = JSON_TYPES,
    .max_bytes = ROSTER_JSON_MAX_BYTES,
  };

  g_task_set_source_tag (task, roster_openid_client_load_metadata_async);
  if (self->metadata && get_now_s () < self->metadata_until_s)
    g_task_return_pointer (task, roster_provider_metadata_ref (self->metadata),
                           (GDestroyNotify) roster_provider_metadata_unref);
  else
    roster_http_send_async (self->http, &request, cancellable, metadata_cb,
                            g_steal_pointer (&task));
}

RosterProviderMetadata *
roster_openid_client_load_metadata_finish (RosterOpenidClient *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Keys */

static void
keys_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterOpenidClient *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterHttpResponse) response =
      roster_http_send_finish (ROSTER_HTTP (source), result, &error);
  g_autoptr (RosterKeySet) keys = NULL;

  if (response)
    keys = roster_key_set_parse (response->body, response->n_bytes, &error);
  if (!keys)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&self->keys, roster_key_set_free);
  self->keys = g_steal_pointer (&keys);
  self->keys_until_s = get_now_s () + response->fresh_s;
  g_task_return_boolean (task, TRUE);
}

void
roster_openid_client_load_keys_async (RosterOpenidClient *self,
                                      RosterProviderMetadata *metadata,
                                      const char *key_id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const RosterHttpRequest request = {
    .uri = metadata->jwks_uri,
    .content_types = KEY_SET_TYPES,
    .max_bytes = ROSTER_JSON_MAX_BYTES,
  };

  g_task_set_source_tag (task, roster_openid_client_load_keys_async);
  if (self->keys && get_now_s () < self->keys_until_s && roster_key_set_has (self->keys, key_id))
    g_task_return_boolean (task, TRUE);
  else
    roster_http_send_async (self->http, &request, cancellable, keys_cb, g_steal_pointer (&task));
}

const RosterKeySet *
roster_openid_client_load_keys_finish (RosterOpenidClient *self,
                                       GAsyncResult *result,
                                       GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? self->keys : NULL;
}

/* Tokens */

/* With who asks (RFC 6749, section 2.3.1). */
static void
post_form (RosterOpenidClient *self,
           const RosterProviderMetadata *metadata,
           const char *uri,
           const char *fields,
           const char *const *content_types,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  const char *secret = self->provider->client_secret;
  gboolean is_in_form = !secret || metadata->takes_secret_in_form;
  g_autofree char *id = g_uri_escape_string (self->provider->client_id, NULL, FALSE);
  g_auto (RosterSecretString) escaped = g_uri_escape_string (secret ? secret : "", NULL, FALSE);
  g_auto (RosterSecretString) pair = g_strconcat (id, ":", escaped, NULL);
  g_auto (RosterSecretString) basic = g_base64_encode ((const guint8 *) pair, strlen (pair));
  g_auto (RosterSecretString) authorization = g_strconcat ("Basic ", basic, NULL);
  g_auto (RosterSecretString) form =
      !is_in_form ? g_strdup (fields)
                  : g_strconcat (fields, "&client_id=", id, secret ? "&client_secret=" : NULL,
                                 escaped, NULL);
  const RosterHttpRequest request = {
    .uri = uri,
    .form = form,
    .authorization = is_in_form ? NULL : authorization,
    .content_types = content_types,
    .max_bytes = ROSTER_JSON_MAX_BYTES,
    .takes_errors = TRUE,
  };

  roster_http_send_async (self->http, &request, cancellable, callback, user_data);
}

static void
tokens_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterHttpResponse) response =
      roster_http_send_finish (ROSTER_HTTP (source), result, &error);
  RosterTokenResponse *tokens = NULL;

  if (response)
    tokens = roster_token_response_parse (response, get_now_s (), &error);
  if (tokens)
    g_task_return_pointer (task, tokens, (GDestroyNotify) roster_token_response_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
roster_openid_client_request_tokens_async (RosterOpenidClient *self,
                                           RosterProviderMetadata *metadata,
                                           const char *grant,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_openid_client_request_tokens_async);
  post_form (self, metadata, metadata->token_endpoint, grant, JSON_TYPES, cancellable, tokens_cb,
             g_steal_pointer (&task));
}

RosterTokenResponse *
roster_openid_client_request_tokens_finish (RosterOpenidClient *self,
                                            GAsyncResult *result,
                                            GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Userinfo */

static void
userinfo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RosterHttpResponse *response = roster_http_send_finish (ROSTER_HTTP (source), result, &error);

  if (response)
    g_task_return_pointer (task, response, (GDestroyNotify) roster_http_response_free);
  else
    g_task_return_error (task, error);
}

void
roster_openid_client_load_userinfo_async (RosterOpenidClient *self,
                                          RosterProviderMetadata *metadata,
                                          const char *access_token,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_auto (RosterSecretString) authorization = g_strconcat ("Bearer ", access_token, NULL);
  const RosterHttpRequest request = {
    .uri = metadata->userinfo_endpoint,
    .authorization = authorization,
    .content_types = JSON_TYPES,
    .max_bytes = ROSTER_JSON_MAX_BYTES,
  };

  g_task_set_source_tag (task, roster_openid_client_load_userinfo_async);
  roster_http_send_async (self->http, &request, cancellable, userinfo_cb, g_steal_pointer (&task));
}

RosterHttpResponse *
roster_openid_client_load_userinfo_finish (RosterOpenidClient *self,
                                           GAsyncResult *result,
                                           GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Refreshing and revoking */

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RosterTokenResponse *tokens =
      roster_openid_client_request_tokens_finish (ROSTER_OPENID_CLIENT (source), result, &error);

  if (tokens)
    g_task_return_pointer (task, tokens, (GDestroyNotify) roster_token_response_free);
  else
    g_task_return_error (task, error);
}

static void
refresh_at_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterOpenidClient *self = ROSTER_OPENID_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterProviderMetadata) metadata =
      roster_openid_client_load_metadata_finish (self, result, &error);
  g_auto (RosterSecretString) grant = NULL;

  if (!metadata)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  grant = soup_form_encode ("grant_type", "refresh_token", "refresh_token",
                            g_task_get_task_data (task), NULL);
  roster_openid_client_request_tokens_async (self, metadata, grant, g_task_get_cancellable (task),
                                             refreshed_cb, g_object_ref (task));
}

void
roster_openid_client_refresh_async (RosterOpenidClient *self,
                                    const char *refresh_token,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_openid_client_refresh_async);
  g_task_set_task_data (task, g_strdup (refresh_token), (GDestroyNotify) roster_secret_string_free);
  roster_openid_client_load_metadata_async (self, cancellable, refresh_at_cb,
                                            g_steal_pointer (&task));
}

RosterTokenResponse *
roster_openid_client_refresh_finish (RosterOpenidClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterHttpResponse) response =
      roster_http_send_finish (ROSTER_HTTP (source), result, &error);

  if (response && response->status != SOUP_STATUS_OK)
    roster_auth_fail (&error, ROSTER_AUTH_ENDED, "revocation: refused");
  if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
revoke_at_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterOpenidClient *self = ROSTER_OPENID_CLIENT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterProviderMetadata) metadata =
      roster_openid_client_load_metadata_finish (self, result, &error);
  g_auto (RosterSecretString) fields = NULL;

  if (!metadata)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!metadata->revocation_endpoint)
    g_task_return_boolean (task, TRUE);
  else
    {
      fields = soup_form_encode ("token", g_task_get_task_data (task), "token_type_hint",
                                 "refresh_token", NULL);
      post_form (self, metadata, metadata->revocation_endpoint, fields, NULL,
                 g_task_get_cancellable (task), revoked_cb, g_object_ref (task));
    }
}

void
roster_openid_client_revoke_async (gpointer client,
                                   const char *token,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RosterOpenidClient *self = ROSTER_OPENID_CLIENT (client);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_openid_client_revoke_async);
  g_task_set_task_data (task, g_strdup (token), (GDestroyNotify) roster_secret_string_free);
  roster_openid_client_load_metadata_async (self, cancellable, revoke_at_cb,
                                            g_steal_pointer (&task));
}

gboolean
roster_openid_client_revoke_finish (gpointer client, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* GObject */

static void
roster_openid_client_finalize (GObject *object)
{
  RosterOpenidClient *self = ROSTER_OPENID_CLIENT (object);

  roster_provider_free (self->provider);
  g_object_unref (self->http);
  g_clear_pointer (&self->metadata, roster_provider_metadata_unref);
  g_clear_pointer (&self->keys, roster_key_set_free);

  G_OBJECT_CLASS (roster_openid_client_parent_class)->finalize (object);
}

static void
roster_openid_client_class_init (RosterOpenidClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_openid_client_finalize;
}

static void
roster_openid_client_init (RosterOpenidClient *self)
{
  self->http = roster_http_new ();
}

RosterOpenidClient *
roster_openid_client_new (const RosterProvider *provider)
{
  RosterOpenidClient *self = g_object_new (ROSTER_TYPE_OPENID_CLIENT, NULL);

  self->provider = roster_provider_copy (provider);
  return self;
}

const RosterProvider *
roster_openid_client_get_provider (RosterOpenidClient *self)
{
  return self->provider;
}

void
roster_openid_client_set_deadline (RosterOpenidClient *self, guint deadline_ms)
{
  roster_http_set_deadline (self->http, deadline_ms);
}
