/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JWS in compact form (RFC 7515, section 3.1) with the claims of OpenID Connect. No state. */

#include "config.h"

#include "roster-id-token.h"

#include <string.h>

#include "roster-auth-fault.h"
#include "roster-base64url.h"
#include "roster-json.h"
#include "roster-provider.h"

#define MAX_TOKEN_BYTES (32 * 1024)
#define MAX_SUBJECT_BYTES 255
/* How much this computer's clock and the provider's may differ. */
#define MAX_SKEW_S (5 * 60)
/* The token was made for this sign-in, a moment ago. */
#define MAX_AGE_S (10 * 60)
#define SHA256_BYTES 32

static JsonObject *
decode_object (const char *text)
{
  gsize n_bytes = 0;
  g_autofree guint8 *bytes = roster_base64url_decode (text, &n_bytes);

  return bytes ? roster_json_parse_object ((const char *) bytes, n_bytes) : NULL;
}

/* Of header, claims and signature. */
static char **
split (const char *token)
{
  g_auto (GStrv) parts = NULL;

  if (strlen (token) > MAX_TOKEN_BYTES)
    return NULL;
  parts = g_strsplit (token, ".", 4);
  return g_strv_length (parts) == 3 ? g_steal_pointer (&parts) : NULL;
}

gboolean
roster_id_token_read_key_id (const char *token, char **key_id, GError **error)
{
  g_auto (GStrv) parts = split (token);
  g_autoptr (JsonObject) header = parts ? decode_object (parts[0]) : NULL;
  const char *algorithm;
  const char *id;

  *key_id = NULL;
  if (!header || !roster_json_read_string (header, "kid", &id) ||
      !roster_json_read_string (header, "alg", &algorithm))
    return roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "id token: not a JWS");
  if (g_strcmp0 (algorithm, "RS256") != 0)
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: not RS256");
  /* Extensions that must be understood (RFC 7515, section 4.1.11): there are none here. */
  if (json_object_has_member (header, "crit"))
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: crit");
  *key_id = g_strdup (id);
  return TRUE;
}

static gboolean
is_from (const char *issuer, const char *expected)
{
  if (!issuer)
    return FALSE;
  /* Google's other spelling, that it documents. */
  return g_str_equal (issuer, expected) || (g_str_equal (expected, ROSTER_GOOGLE_ISSUER) &&
                                            g_str_equal (issuer, "accounts.google.com"));
}

/* Roster trusts no other audience, so there may be no other. */
static gboolean
is_for (JsonObject *claims, const char *client_id)
{
  const char *one;
  JsonArray *several;

  if (roster_json_read_string (claims, "aud", &one))
    return g_strcmp0 (one, client_id) == 0;
  return roster_json_read_strings (claims, "aud", &several) &&
         json_array_get_length (several) == 1 && roster_json_has_string (several, client_id);
}

static gboolean
is_hash_of (const char *hash, const char *access_token)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *expected = NULL;
  guint8 digest[SHA256_BYTES];
  gsize n_bytes = sizeof digest;

  g_checksum_update (checksum, (const guint8 *) access_token, (gssize) strlen (access_token));
  g_checksum_get_digest (checksum, digest, &n_bytes);
  expected = roster_base64url_encode (digest, n_bytes / 2);
  return g_str_equal (hash, expected);
}

static gboolean
check_whose (JsonObject *claims, const RosterIdTokenContext *context, GError **error)
{
  const char *issuer;
  const char *party;
  const char *subject;
  const char *nonce;
  const char *hash;

  if (!roster_json_read_string (claims, "iss", &issuer) || !is_from (issuer, context->issuer))
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: iss");
  if (!is_for (claims, context->client_id))
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: aud");
  if (!roster_json_read_string (claims, "azp", &party) ||
      (party && !g_str_equal (party, context->client_id)))
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: azp");
  if (!roster_json_read_string (claims, "nonce", &nonce) || g_strcmp0 (nonce, context->nonce) != 0)
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: nonce");
  if (!roster_json_read_string (claims, "at_hash", &hash) ||
      (hash && !is_hash_of (hash, context->access_token)))
    return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: at_hash");
  if (!roster_json_read_string (claims, "sub", &subject) || !subject || !*subject ||
      strlen (subject) > MAX_SUBJECT_BYTES || !g_str_is_ascii (subject))
    return roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "id token: sub");
  return TRUE;
}

static gboolean
check_when (JsonObject *claims, gint64 now_unix_s, GError **error)
{
  gint64 expires_unix_s;
  gint64 issued_unix_s;
  gint64 begins_unix_s;

  if (!json_object_has_member (claims, "exp") || !json_object_has_member (claims, "iat") ||
      !roster_json_read_seconds (claims, "exp", &expires_unix_s) ||
      !roster_json_read_seconds (claims, "iat", &issued_unix_s) ||
      !roster_json_read_seconds (claims, "nbf", &begins_unix_s))
    return roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "id token: exp, iat or nbf");
  if (now_unix_s >= expires_unix_s + MAX_SKEW_S || expires_unix_s < issued_unix_s)
    return roster_auth_fail (error, ROSTER_AUTH_CLOCK, "id token: exp");
  if (issued_unix_s > now_unix_s + MAX_SKEW_S || issued_unix_s < now_unix_s - MAX_AGE_S)
    return roster_auth_fail (error, ROSTER_AUTH_CLOCK, "id token: iat");
  if (begins_unix_s > now_unix_s + MAX_SKEW_S)
    return roster_auth_fail (error, ROSTER_AUTH_CLOCK, "id token: nbf");
  return TRUE;
}

JsonObject *
roster_id_token_verify (const char *token,
                        const RosterKeySet *keys,
                        const RosterIdTokenContext *context,
                        GError **error)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *key_id = NULL;
  g_autofree guint8 *signature = NULL;
  g_autoptr (JsonObject) claims = NULL;
  gsize n_bytes = 0;

  if (!roster_id_token_read_key_id (token, &key_id, error))
    return NULL;
  parts = split (token);
  signature = roster_base64url_decode (parts[2], &n_bytes);
  if (!signature ||
      !roster_key_set_verify (keys, key_id, token, strlen (parts[0]) + 1 + strlen (parts[1]),
                              signature, n_bytes))
    {
      roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "id token: signature");
      return NULL;
    }
  claims = decode_object (parts[1]);
  if (!claims)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "id token: claims");
      return NULL;
    }
  if (!check_whose (claims, context, error) || !check_when (claims, context->now_unix_s, error))
    return NULL;
  return g_steal_pointer (&claims);
}
