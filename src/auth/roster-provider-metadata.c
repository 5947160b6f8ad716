/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A struct that does not change. */

#include "config.h"

#include "roster-provider-metadata.h"

#include "roster-auth-fault.h"
#include "roster-endpoint.h"
#include "roster-json.h"

char *
roster_provider_metadata_make_uri (const char *issuer)
{
  return g_strconcat (issuer, g_str_has_suffix (issuer, "/") ? "" : "/",
                      ".well-known/openid-configuration", NULL);
}

/* A provider elsewhere has no business with this computer's own ports. */
static gboolean
read_endpoint (JsonObject *object, const char *name, const char *issuer, char **endpoint)
{
  g_autoptr (GUri) issuer_uri = roster_endpoint_parse (issuer);
  g_autoptr (GUri) uri = NULL;
  const char *text;

  if (!roster_json_read_string (object, name, &text))
    return FALSE;
  *endpoint = g_strdup (text);
  if (!text)
    return TRUE;
  uri = roster_endpoint_parse (text);
  return uri && (!roster_endpoint_is_on_this_computer (uri) ||
                 roster_endpoint_is_on_this_computer (issuer_uri));
}

/* What is not said is as the specification has it when it is not said. */
static gboolean
offers (JsonObject *object, const char *name, const char *value)
{
  JsonArray *values;

  return roster_json_read_strings (object, name, &values) &&
         (!values || roster_json_has_string (values, value));
}

RosterProviderMetadata *
roster_provider_metadata_parse (const char *text, gsize n_bytes, const char *issuer, GError **error)
{
  g_autoptr (RosterProviderMetadata) self = g_rc_box_new0 (RosterProviderMetadata);
  g_autoptr (JsonObject) object = roster_json_parse_object (text, n_bytes);
  JsonArray *methods;
  const char *found_issuer;

  if (!object || !roster_json_read_string (object, "issuer", &found_issuer))
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "metadata: not JSON");
      return NULL;
    }
  if (g_strcmp0 (found_issuer, issuer) != 0)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "metadata: another issuer");
      return NULL;
    }
  self->issuer = g_strdup (issuer);
  if (!read_endpoint (object, "authorization_endpoint", issuer, &self->authorization_endpoint) ||
      !read_endpoint (object, "token_endpoint", issuer, &self->token_endpoint) ||
      !read_endpoint (object, "jwks_uri", issuer, &self->jwks_uri) ||
      !read_endpoint (object, "userinfo_endpoint", issuer, &self->userinfo_endpoint) ||
      !read_endpoint (object, "revocation_endpoint", issuer, &self->revocation_endpoint) ||
      !self->authorization_endpoint || !self->token_endpoint || !self->jwks_uri)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "metadata: an endpoint");
      return NULL;
    }
  if (!offers (object, "response_types_supported", "code") ||
      !offers (object, "id_token_signing_alg_values_supported", "RS256") ||
      !offers (object, "code_challenge_methods_supported", "S256") ||
      !roster_json_read_boolean (object, "authorization_response_iss_parameter_supported",
                                 &self->sends_iss) ||
      !roster_json_read_strings (object, "token_endpoint_auth_methods_supported", &methods))
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "metadata: no common way to sign in");
      return NULL;
    }
  self->takes_secret_in_form = roster_json_has_string (methods, "client_secret_post");
  return g_steal_pointer (&self);
}

RosterProviderMetadata *
roster_provider_metadata_ref (RosterProviderMetadata *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (RosterProviderMetadata *self)
{
  g_free (self->issuer);
  g_free (self->authorization_endpoint);
  g_free (self->token_endpoint);
  g_free (self->jwks_uri);
  g_free (self->userinfo_endpoint);
  g_free (self->revocation_endpoint);
}

void
roster_provider_metadata_unref (RosterProviderMetadata *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) clear);
}
