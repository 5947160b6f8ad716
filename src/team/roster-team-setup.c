/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever holds the struct owns it. */

#include "config.h"

#include "roster-team-setup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-connection-url.h"
#include "roster-error.h"
#include "roster-secret-string.h"
#include "roster-team-module.h"

#define N_NAME_DIGITS 16

/* What is kept, by its name in the environment. */
static const struct
{
  RosterSecret secret;
  const char *name;
} VALUES[] = {
  { ROSTER_SECRET_DATABASE_URL, "DATABASE_URL" },
  { ROSTER_SECRET_DIRECT_URL, "DATABASE_URL_UNPOOLED" },
  { ROSTER_SECRET_ISSUER, "AUTH_GOOGLE_ISSUER" },
  { ROSTER_SECRET_CLIENT_ID, "AUTH_GOOGLE_ID" },
  { ROSTER_SECRET_CLIENT_SECRET, "AUTH_GOOGLE_SECRET" },
};

static gboolean
is_url (const char *text, GError **error)
{
  g_autoptr (RosterConnectionUrl) url = roster_connection_url_parse (text, NULL);

  if (url != NULL)
    return TRUE;
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                       _ ("The address of the team’s database cannot be read. It looks like "
                          "postgresql://user:password@host/database; copy it again."));
  return FALSE;
}

static gboolean
fail_for_missing (GError **error)
{
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                       _ ("The address of the team’s database and the client ID for signing in are "
                          "both needed. Open your invitation, or type them."));
  return FALSE;
}

RosterTeamSetup *
roster_team_setup_new_from_values (GHashTable *values, GError **error)
{
  const char *database_url = g_hash_table_lookup (values, "DATABASE_URL");
  const char *direct_url = g_hash_table_lookup (values, "DATABASE_URL_UNPOOLED");
  g_autoptr (GError) failure = NULL;
  g_autoptr (RosterTeamSetup) self = g_new0 (RosterTeamSetup, 1);

  self->provider = roster_provider_new_from_values (values, &failure);
  if (direct_url != NULL && direct_url[0] == '\0')
    direct_url = NULL;
  if (database_url == NULL || database_url[0] == '\0' ||
      (self->provider == NULL && failure == NULL))
    fail_for_missing (&failure);
  if (failure == NULL && is_url (database_url, &failure) && direct_url != NULL)
    is_url (direct_url, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  self->database_url = g_strdup (database_url);
  self->direct_url = g_strdup (direct_url);
  return g_steal_pointer (&self);
}

RosterTeamSetup *
roster_team_setup_new_from_secrets (const RosterSecrets *secrets, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      const char *value = roster_secrets_get (secrets, VALUES[i].secret);

      if (value != NULL)
        g_hash_table_insert (values, (gpointer) VALUES[i].name, (gpointer) value);
    }
  return roster_team_setup_new_from_values (values, error);
}

void
roster_team_setup_keep (const RosterTeamSetup *self, RosterSecrets *secrets)
{
  roster_secrets_set (secrets, ROSTER_SECRET_DATABASE_URL, self->database_url);
  roster_secrets_set (secrets, ROSTER_SECRET_DIRECT_URL, self->direct_url);
  roster_secrets_set (secrets, ROSTER_SECRET_ISSUER, self->provider->issuer);
  roster_secrets_set (secrets, ROSTER_SECRET_CLIENT_ID, self->provider->client_id);
  roster_secrets_set (secrets, ROSTER_SECRET_CLIENT_SECRET, self->provider->client_secret);
}

/* A password may change, and the directory stays the same. */
char *
roster_team_setup_make_name (const RosterTeamSetup *self)
{
  static const char *const PARTS[] = { "host", "hostaddr", "port", "dbname", "user" };
  g_autoptr (RosterConnectionUrl) url = roster_connection_url_parse (self->database_url, NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    {
      const char *part = roster_connection_url_get (url, PARTS[i]);

      g_checksum_update (checksum, (const guchar *) (part != NULL ? part : ""),
                         (part != NULL ? (gssize) strlen (part) : 0) + 1);
    }
  return g_strdup_printf (ROSTER_TEAM_NAME_PREFIX "%.*s", N_NAME_DIGITS,
                          g_checksum_get_string (checksum));
}

RosterTeamSetup *
roster_team_setup_copy (const RosterTeamSetup *self)
{
  RosterTeamSetup *copy = g_new (RosterTeamSetup, 1);

  *copy = (RosterTeamSetup){ g_strdup (self->database_url), g_strdup (self->direct_url),
                             roster_provider_copy (self->provider) };
  return copy;
}

void
roster_team_setup_free (RosterTeamSetup *self)
{
  roster_secret_string_free (self->database_url);
  roster_secret_string_free (self->direct_url);
  g_clear_pointer (&self->provider, roster_provider_free);
  g_free (self);
}
