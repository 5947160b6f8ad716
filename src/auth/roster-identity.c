/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plain struct that forgets its tokens for good. */

#include "config.h"

#include "roster-identity.h"

#include "roster-secret-string.h"

RosterIdentity *
roster_identity_new (void)
{
  return g_new0 (RosterIdentity, 1);
}

RosterIdentity *
roster_identity_copy (const RosterIdentity *self)
{
  RosterIdentity *copy = roster_identity_new ();

  *copy = (RosterIdentity){
    .subject = g_strdup (self->subject),
    .email = g_strdup (self->email),
    .name = g_strdup (self->name),
    .picture = g_strdup (self->picture),
    .access_token = g_strdup (self->access_token),
    .refresh_token = g_strdup (self->refresh_token),
    .id_token = g_strdup (self->id_token),
    .token_type = g_strdup (self->token_type),
    .scope = g_strdup (self->scope),
    .expires_at_unix_s = self->expires_at_unix_s,
  };
  return copy;
}

void
roster_identity_free (RosterIdentity *self)
{
  g_free (self->subject);
  g_free (self->email);
  g_free (self->name);
  g_free (self->picture);
  roster_secret_string_free (self->access_token);
  roster_secret_string_free (self->refresh_token);
  roster_secret_string_free (self->id_token);
  g_free (self->token_type);
  g_free (self->scope);
  g_free (self);
}
