/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever holds the struct owns it. */

#include "config.h"

#include "roster-provider.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-endpoint.h"
#include "roster-error.h"
#include "roster-json.h"
#include "roster-secret-string.h"

#define MAX_CLIENT_BYTES 512

/* VSCHAR of RFC 6749, appendix A: what a client's id and secret consist of. */
static gboolean
is_of_client (const char *text)
{
  gsize length = text ? strlen (text) : 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (text[i]))
      return FALSE;
  return length > 0 && length <= MAX_CLIENT_BYTES;
}

static gboolean
is_issuer (const char *text)
{
  g_autoptr (GUri) uri = roster_endpoint_parse (text);

  /* OpenID Connect Discovery 1.0, section 2. */
  return uri && !g_uri_get_query (uri);
}

RosterProvider *
roster_provider_new (const char *issuer,
                     const char *client_id,
                     const char *client_secret,
                     GError **error)
{
  const RosterProvider self = {
    (char *) (issuer && *issuer ? issuer : ROSTER_GOOGLE_ISSUER),
    (char *) client_id,
    (char *) (client_secret && *client_secret ? client_secret : NULL),
  };

  if (!is_issuer (self.issuer))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                           _ ("The address of the sign-in service is not valid. It has to begin "
                              "with https://; correct it and try again."));
      return NULL;
    }
  if (!is_of_client (self.client_id) || (self.client_secret && !is_of_client (self.client_secret)))
    {
      g_set_error_literal (
          error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
          _ ("The client ID or secret for signing in is not valid. Copy both again "
             "from the sign-in service."));
      return NULL;
    }
  return roster_provider_copy (&self);
}

RosterProvider *
roster_provider_new_from_values (GHashTable *values, GError **error)
{
  const char *client_id = g_hash_table_lookup (values, "AUTH_GOOGLE_ID");

  if (client_id && *client_id)
    return roster_provider_new (g_hash_table_lookup (values, "AUTH_GOOGLE_ISSUER"), client_id,
                                g_hash_table_lookup (values, "AUTH_GOOGLE_SECRET"), error);
  if (*AUTH_GOOGLE_ID)
    return roster_provider_new (AUTH_GOOGLE_ISSUER, AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET, error);
  return NULL;
}

RosterProvider *
roster_provider_new_from_client_json (GBytes *json, GError **error)
{
  gsize n_bytes = 0;
  const char *text = g_bytes_get_data (json, &n_bytes);
  g_autoptr (JsonObject) object = roster_json_parse_object (text, n_bytes);
  JsonNode *installed = object ? json_object_get_member (object, "installed") : NULL;
  const char *client_id = NULL;
  const char *client_secret = NULL;

  if (!installed || !JSON_NODE_HOLDS_OBJECT (installed) ||
      !roster_json_read_string (json_node_get_object (installed), "client_id", &client_id) ||
      !roster_json_read_string (json_node_get_object (installed), "client_secret",
                                &client_secret) ||
      !client_id)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                           _ ("This file is not the client of a desktop app. In Google’s console, "
                              "make a client of the type “Desktop app” and download its JSON "
                              "file."));
      return NULL;
    }
  return roster_provider_new (NULL, client_id, client_secret, error);
}

RosterProvider *
roster_provider_copy (const RosterProvider *self)
{
  RosterProvider *copy = g_new0 (RosterProvider, 1);

  copy->issuer = g_strdup (self->issuer);
  copy->client_id = g_strdup (self->client_id);
  copy->client_secret = g_strdup (self->client_secret);
  return copy;
}

void
roster_provider_free (RosterProvider *self)
{
  g_free (self->issuer);
  g_free (self->client_id);
  roster_secret_string_free (self->client_secret);
  g_free (self);
}
