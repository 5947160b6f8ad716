/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever holds the struct owns it. */

#include "config.h"

#include "roster-authorization-request.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <libsoup/soup.h>
#include <string.h>

#include "roster-auth-fault.h"
#include "roster-base64url.h"
#include "roster-secret-string.h"

#define RANDOM_BYTES 32
#define SHA256_BYTES 32
#define SCOPE "openid email profile"

static char *
make_random (void)
{
  guint8 bytes[RANDOM_BYTES];
  char *text;

  if (gnutls_rnd (GNUTLS_RND_KEY, bytes, sizeof bytes) != GNUTLS_E_SUCCESS)
    return NULL;
  text = roster_base64url_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  return text;
}

RosterAuthorizationRequest *
roster_authorization_request_new (const char *redirect_uri, GError **error)
{
  g_autoptr (RosterAuthorizationRequest) self = g_new0 (RosterAuthorizationRequest, 1);

  self->redirect_uri = g_strdup (redirect_uri);
  self->state = make_random ();
  self->nonce = make_random ();
  self->code_verifier = make_random ();
  if (self->state && self->nonce && self->code_verifier)
    return g_steal_pointer (&self);
  roster_auth_fail (error, ROSTER_AUTH_NO_LISTENER, "no random bytes");
  return NULL;
}

/* S256 of RFC 7636, section 4.2. */
static char *
make_challenge (const char *code_verifier)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[SHA256_BYTES];
  gsize n_bytes = sizeof digest;

  g_checksum_update (checksum, (const guint8 *) code_verifier, (gssize) strlen (code_verifier));
  g_checksum_get_digest (checksum, digest, &n_bytes);
  return roster_base64url_encode (digest, n_bytes);
}

char *
roster_authorization_request_make_uri (const RosterAuthorizationRequest *self,
                                       const RosterProviderMetadata *metadata,
                                       const char *client_id)
{
  g_autofree char *challenge = make_challenge (self->code_verifier);
  g_autofree char *query =
      soup_form_encode ("response_type", "code", "client_id", client_id, "redirect_uri",
                        self->redirect_uri, "scope", SCOPE, "state", self->state, "nonce",
                        self->nonce, "code_challenge", challenge, "code_challenge_method", "S256",
                        "access_type", "offline", NULL);

  /* The endpoint may have a query of its own, which stays (RFC 6749, section 3.1). */
  return g_strconcat (metadata->authorization_endpoint,
                      strchr (metadata->authorization_endpoint, '?') ? "&" : "?", query, NULL);
}

void
roster_authorization_request_free (RosterAuthorizationRequest *self)
{
  roster_secret_string_free (self->state);
  roster_secret_string_free (self->nonce);
  roster_secret_string_free (self->code_verifier);
  g_free (self->redirect_uri);
  g_free (self);
}
