/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterProvider:
 * @issuer: the OpenID provider's issuer identifier; https, or plain http on this computer
 * @client_id: under which it knows Roster
 * @client_secret: (nullable): its secret; overwritten when it is freed
 *
 * An OpenID provider and Roster's registration there. One thread at a time.
 */
typedef struct
{
  char *issuer;
  char *client_id;
  char *client_secret;
} RosterProvider;

#define ROSTER_GOOGLE_ISSUER "https://accounts.google.com"

/**
 * roster_provider_new:
 * @issuer: (nullable): %NULL or empty: Google
 * @client_secret: (nullable): %NULL or empty: none
 *
 * Returns: (transfer full) (nullable): a provider; ROSTER_ERROR_INVALID with a sentence
 */
RosterProvider *roster_provider_new (const char *issuer,
                                     const char *client_id,
                                     const char *client_secret,
                                     GError **error);

/**
 * roster_provider_new_from_values:
 * @values: by name, of the environment or an invitation
 *
 * From AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET and AUTH_GOOGLE_ISSUER; without the first from what
 * Roster was built with.
 *
 * Returns: (transfer full) (nullable): a provider; %NULL without an error when there is none;
 *   ROSTER_ERROR_INVALID with a sentence
 */
RosterProvider *roster_provider_new_from_values (GHashTable *values, GError **error);

/**
 * roster_provider_new_from_client_json:
 * @json: the file of a desktop app's client, as Google's console offers it for download
 *
 * Returns: (transfer full) (nullable): a provider; ROSTER_ERROR_INVALID with a sentence
 */
RosterProvider *roster_provider_new_from_client_json (GBytes *json, GError **error);

RosterProvider *roster_provider_copy (const RosterProvider *self);
void roster_provider_free (RosterProvider *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterProvider, roster_provider_free)

G_END_DECLS
