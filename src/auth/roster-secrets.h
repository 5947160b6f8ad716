/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterSecret:
 * @ROSTER_SECRET_DATABASE_URL: where the team's database is, with its password
 * @ROSTER_SECRET_DIRECT_URL: the same without a pooler
 * @ROSTER_SECRET_ISSUER: of the provider
 * @ROSTER_SECRET_CLIENT_ID: what Roster is to the provider
 * @ROSTER_SECRET_CLIENT_SECRET: with its secret
 * @ROSTER_SECRET_SESSION_TOKEN: of the session; this and all up to the sealing key are known while
 *   somebody is signed in, and only then
 * @ROSTER_SECRET_EXPIRES: until when, in milliseconds since the Unix epoch, in decimal
 * @ROSTER_SECRET_USER_ID: whose session
 * @ROSTER_SECRET_NAME: theirs
 * @ROSTER_SECRET_EMAIL: theirs
 * @ROSTER_SECRET_PICTURE: theirs
 * @ROSTER_SECRET_REFRESH_TOKEN: of the provider's
 * @ROSTER_SECRET_SEALING_KEY: for roster_seal()
 * @ROSTER_SECRET_TO_END: tokens of sessions that the server is still to be told are over
 * @ROSTER_SECRET_TO_REVOKE: refresh tokens, likewise for the provider
 *
 * What is to be known of one directory when Roster starts, and is nobody else's business.
 */
typedef enum
{
  ROSTER_SECRET_DATABASE_URL,
  ROSTER_SECRET_DIRECT_URL,
  ROSTER_SECRET_ISSUER,
  ROSTER_SECRET_CLIENT_ID,
  ROSTER_SECRET_CLIENT_SECRET,
  ROSTER_SECRET_SESSION_TOKEN,
  ROSTER_SECRET_EXPIRES,
  ROSTER_SECRET_USER_ID,
  ROSTER_SECRET_NAME,
  ROSTER_SECRET_EMAIL,
  ROSTER_SECRET_PICTURE,
  ROSTER_SECRET_REFRESH_TOKEN,
  ROSTER_SECRET_SEALING_KEY,
  ROSTER_SECRET_TO_END,
  ROSTER_SECRET_TO_REVOKE,
  ROSTER_N_SECRETS,
} RosterSecret;

/**
 * RosterSecrets:
 *
 * All of them, as one text for the keyring: what is written in one piece is never there by half.
 * Every copy is overwritten before it is freed. One thread at a time.
 */
typedef struct _RosterSecrets RosterSecrets;

RosterSecrets *roster_secrets_new (void);
RosterSecrets *roster_secrets_copy (const RosterSecrets *self);
void roster_secrets_free (RosterSecrets *self);

/** roster_secrets_get: Returns: (transfer none) (nullable): the secret. */
const char *roster_secrets_get (const RosterSecrets *self, RosterSecret secret);

/** roster_secrets_set: @value: (nullable): UTF-8; %NULL to forget it. */
void roster_secrets_set (RosterSecrets *self, RosterSecret secret, const char *value);

/** roster_secrets_add: adds a token to a list of them, unless it is there already. */
void roster_secrets_add (RosterSecrets *self, RosterSecret list, const char *token);

/** roster_secrets_remove: takes a token out of a list of them. */
void roster_secrets_remove (RosterSecrets *self, RosterSecret list, const char *token);

/** roster_secrets_get_first: Returns: (transfer full) (nullable): the first token of a list, a
 * RosterSecretString. */
char *roster_secrets_get_first (const RosterSecrets *self, RosterSecret list);

/** roster_secrets_forget_session: forgets all that is known while somebody is signed in. */
void roster_secrets_forget_session (RosterSecrets *self);

/** roster_secrets_is_empty: Returns: whether there is none. */
gboolean roster_secrets_is_empty (const RosterSecrets *self);

/** roster_secrets_encode: Returns: (transfer full): the text, a RosterSecretString. */
char *roster_secrets_encode (const RosterSecrets *self);

/** roster_secrets_decode: Returns: (transfer full) (nullable): what the text says; %NULL when it is
 * none of Roster's. Passes over what a newer version added. */
RosterSecrets *roster_secrets_decode (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSecrets, roster_secrets_free)

G_END_DECLS
