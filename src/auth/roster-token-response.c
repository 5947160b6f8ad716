/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whoever holds the struct owns it. */

#include "config.h"

#include "roster-token-response.h"

#include <string.h>

#include "roster-auth-fault.h"
#include "roster-json.h"
#include "roster-secret-string.h"

#define MAX_TOKEN_BYTES (32 * 1024)
#define MAX_SCOPE_BYTES 4096
#define MAX_LIFE_S (10LL * 365 * 24 * 60 * 60)

/* VSCHAR of RFC 6749, appendix A, of which spaces belong in scopes only. */
static gboolean
read_token (JsonObject *object,
            const char *name,
            gsize max_bytes,
            gboolean has_spaces,
            char **token)
{
  const char *text;

  if (!roster_json_read_string (object, name, &text) || (text && strlen (text) > max_bytes))
    return FALSE;
  for (const char *c = text; c && *c; c++)
    if (!(g_ascii_isgraph (*c) || (has_spaces && *c == ' ')))
      return FALSE;
  *token = text && *text ? g_strdup (text) : NULL;
  return TRUE;
}

static void
set_refused (JsonObject *object, GError **error)
{
  const char *code = NULL;

  roster_json_read_string (object, "error", &code);
  if (g_strcmp0 (code, "invalid_grant") == 0)
    roster_auth_fail (error, ROSTER_AUTH_ENDED, "token endpoint: invalid_grant");
  else
    roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "token endpoint: an error");
}

RosterTokenResponse *
roster_token_response_parse (const RosterHttpResponse *response, gint64 now_unix_s, GError **error)
{
  g_autoptr (RosterTokenResponse) self = g_new0 (RosterTokenResponse, 1);
  g_autoptr (JsonObject) object = roster_json_parse_object (response->body, response->n_bytes);
  const char *type;
  gint64 expires_in_s;

  if (!object)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "token endpoint: not JSON");
      return NULL;
    }
  if (response->status != 200)
    {
      set_refused (object, error);
      return NULL;
    }
  if (!read_token (object, "access_token", MAX_TOKEN_BYTES, FALSE, &self->access_token) ||
      !read_token (object, "refresh_token", MAX_TOKEN_BYTES, FALSE, &self->refresh_token) ||
      !read_token (object, "id_token", MAX_TOKEN_BYTES, FALSE, &self->id_token) ||
      !read_token (object, "scope", MAX_SCOPE_BYTES, TRUE, &self->scope) ||
      !roster_json_read_seconds (object, "expires_in", &expires_in_s) ||
      !roster_json_read_string (object, "token_type", &type) || !self->access_token || !type ||
      g_ascii_strcasecmp (type, "bearer") != 0)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "token endpoint: not tokens");
      return NULL;
    }
  if (expires_in_s > 0)
    self->expires_at_unix_s = now_unix_s + MIN (expires_in_s, MAX_LIFE_S);
  return g_steal_pointer (&self);
}

void
roster_token_response_free (RosterTokenResponse *self)
{
  roster_secret_string_free (self->access_token);
  roster_secret_string_free (self->refresh_token);
  roster_secret_string_free (self->id_token);
  g_free (self->scope);
  g_free (self);
}
