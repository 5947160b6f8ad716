/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterIdentity:
 * @subject: "sub" of the id token
 * @email: verified by the provider
 * @name: (nullable): cleaned of control and direction characters
 * @picture: (nullable): an https URL
 * @access_token: (nullable): secret, as the two others are
 * @refresh_token: (nullable): none when the provider gave none
 * @id_token: (nullable): as it came
 * @token_type: (nullable): "bearer"
 * @scope: (nullable): what was granted
 * @expires_at_unix_s: of the access token; 0 when the provider did not say
 *
 * Who a provider says that somebody is, in a token that was verified. One thread at a time.
 */
typedef struct
{
  char *subject;
  char *email;
  char *name;
  char *picture;
  char *access_token;
  char *refresh_token;
  char *id_token;
  char *token_type;
  char *scope;
  gint64 expires_at_unix_s;
} RosterIdentity;

RosterIdentity *roster_identity_new (void);
RosterIdentity *roster_identity_copy (const RosterIdentity *self);

/** roster_identity_free: overwrites the tokens. */
void roster_identity_free (RosterIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterIdentity, roster_identity_free)

G_END_DECLS
