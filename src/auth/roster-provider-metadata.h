/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterProviderMetadata:
 * @authorization_endpoint: for the browser
 * @token_endpoint: for codes and refresh tokens
 * @jwks_uri: its keys
 * @userinfo_endpoint: (nullable)
 * @revocation_endpoint: (nullable): RFC 7009
 * @sends_iss: whether every answer to the browser names the issuer (RFC 9207)
 * @takes_secret_in_form: "client_secret_post" rather than "client_secret_basic"
 *
 * What a provider publishes of itself (OpenID Connect Discovery 1.0, section 3). One thread at a
 * time.
 */
typedef struct
{
  char *issuer;
  char *authorization_endpoint;
  char *token_endpoint;
  char *jwks_uri;
  char *userinfo_endpoint;
  char *revocation_endpoint;
  gboolean sends_iss;
  gboolean takes_secret_in_form;
} RosterProviderMetadata;

/** roster_provider_metadata_make_uri: @issuer: an issuer identifier. Returns: (transfer full):
 * where its metadata is. */
char *roster_provider_metadata_make_uri (const char *issuer);

/**
 * roster_provider_metadata_parse:
 * @issuer: whose it must be, to the letter
 *
 * Returns: (transfer full) (nullable): the metadata; ROSTER_ERROR_FAILED when it is another's, or
 * not of a provider that Roster can sign in with: code flow, RS256, S256, https (plain http on this
 * computer, for an issuer that is there too)
 */
RosterProviderMetadata *roster_provider_metadata_parse (const char *text,
                                                        gsize n_bytes,
                                                        const char *issuer,
                                                        GError **error);

RosterProviderMetadata *roster_provider_metadata_ref (RosterProviderMetadata *self);
void roster_provider_metadata_unref (RosterProviderMetadata *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterProviderMetadata, roster_provider_metadata_unref)

G_END_DECLS
