/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line a secret, after a line that says what this is; see roster_secrets_encode(). Whoever
 * holds the struct owns it. */

#include "config.h"

#include "roster-secrets.h"

#include <string.h>

#include "roster-secret-string.h"

#define FIRST_LINE "Roster 1"
/* Neither in a UUID nor in a token of OAuth 2.0 (RFC 6749, appendix A.17). */
#define SEPARATOR "\t"
#define MAX_TEXT_BYTES (256 * 1024)

static const char *const NAMES[] = {
  [ROSTER_SECRET_DATABASE_URL] = "database-url",
  [ROSTER_SECRET_DIRECT_URL] = "direct-url",
  [ROSTER_SECRET_ISSUER] = "issuer",
  [ROSTER_SECRET_CLIENT_ID] = "client-id",
  [ROSTER_SECRET_CLIENT_SECRET] = "client-secret",
  [ROSTER_SECRET_SESSION_TOKEN] = "session-token",
  [ROSTER_SECRET_EXPIRES] = "expires",
  [ROSTER_SECRET_USER_ID] = "user-id",
  [ROSTER_SECRET_NAME] = "name",
  [ROSTER_SECRET_EMAIL] = "email",
  [ROSTER_SECRET_PICTURE] = "picture",
  [ROSTER_SECRET_REFRESH_TOKEN] = "refresh-token",
  [ROSTER_SECRET_SEALING_KEY] = "sealing-key",
  [ROSTER_SECRET_TO_END] = "to-end",
  [ROSTER_SECRET_TO_REVOKE] = "to-revoke",
};
G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == ROSTER_N_SECRETS);

struct _RosterSecrets
{
  char *values[ROSTER_N_SECRETS];
};

RosterSecrets *
roster_secrets_new (void)
{
  return g_new0 (RosterSecrets, 1);
}

RosterSecrets *
roster_secrets_copy (const RosterSecrets *self)
{
  RosterSecrets *copy = roster_secrets_new ();

  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

void
roster_secrets_free (RosterSecrets *self)
{
  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    roster_secret_string_free (self->values[i]);
  g_free (self);
}

const char *
roster_secrets_get (const RosterSecrets *self, RosterSecret secret)
{
  return self->values[secret];
}

void
roster_secrets_set (RosterSecrets *self, RosterSecret secret, const char *value)
{
  char *old = self->values[secret];

  g_return_if_fail (!value || g_utf8_validate (value, -1, NULL));

  self->values[secret] = g_strdup (value);
  roster_secret_string_free (old);
}

/* Where @token is in the list, as a whole. */
static const char *
find (const char *list, const char *token)
{
  gsize length = strlen (token);

  for (const char *start = list; start && length > 0; start = strchr (start, *SEPARATOR))
    {
      start += *start == *SEPARATOR;
      if (strncmp (start, token, length) == 0 &&
          (start[length] == '\0' || start[length] == *SEPARATOR))
        return start;
    }
  return NULL;
}

void
roster_secrets_add (RosterSecrets *self, RosterSecret list, const char *token)
{
  char *old = self->values[list];

  if (find (old, token))
    return;
  self->values[list] = old ? g_strconcat (old, SEPARATOR, token, NULL) : g_strdup (token);
  roster_secret_string_free (old);
}

void
roster_secrets_remove (RosterSecrets *self, RosterSecret list, const char *token)
{
  char *old = self->values[list];
  const char *start = find (old, token);
  const char *end;

  if (!start)
    return;
  end = start + strlen (token);
  if (start > old)
    start--;
  else if (*end)
    end++;
  self->values[list] =
      start == old && !*end ? NULL : g_strdup_printf ("%.*s%s", (int) (start - old), old, end);
  roster_secret_string_free (old);
}

char *
roster_secrets_get_first (const RosterSecrets *self, RosterSecret list)
{
  const char *value = self->values[list];

  return value ? g_strndup (value, strcspn (value, SEPARATOR)) : NULL;
}

void
roster_secrets_forget_session (RosterSecrets *self)
{
  for (guint i = ROSTER_SECRET_SESSION_TOKEN; i <= ROSTER_SECRET_SEALING_KEY; i++)
    roster_secrets_set (self, (RosterSecret) i, NULL);
}

gboolean
roster_secrets_is_empty (const RosterSecrets *self)
{
  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    if (self->values[i])
      return FALSE;
  return TRUE;
}

/* Line breaks would be read as the next secret. */
static char *
escape (const char *value, char *to)
{
  for (; *value; value++)
    {
      if (*value == '\\' || *value == '\n')
        *to++ = '\\';
      *to++ = *value == '\n' ? 'n' : *value;
    }
  return to;
}

static char *
unescape (const char *value, gsize length)
{
  char *text = g_malloc (length + 1);
  char *to = text;

  for (gsize i = 0; i < length; i++)
    {
      gboolean is_escaped = value[i] == '\\' && i + 1 < length;

      i += is_escaped;
      *to++ = is_escaped && value[i] == 'n' ? '\n' : value[i];
    }
  *to = '\0';
  return text;
}

char *
roster_secrets_encode (const RosterSecrets *self)
{
  gsize n_bytes = strlen (FIRST_LINE) + 1;
  char *text;
  char *to;

  /* Made in one piece: memory that grows leaves copies behind. */
  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    if (self->values[i])
      n_bytes += strlen (NAMES[i]) + 2 * strlen (self->values[i]) + 2;
  text = g_malloc (n_bytes);
  to = g_stpcpy (text, FIRST_LINE);
  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    if (self->values[i])
      {
        *to++ = '\n';
        to = g_stpcpy (to, NAMES[i]);
        *to++ = '=';
        to = escape (self->values[i], to);
      }
  *to = '\0';
  return text;
}

static void
decode_line (RosterSecrets *self, const char *line, gsize length)
{
  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    {
      gsize n_name = strlen (NAMES[i]);

      if (length > n_name && line[n_name] == '=' && strncmp (line, NAMES[i], n_name) == 0)
        {
          roster_secret_string_free (self->values[i]);
          self->values[i] = unescape (line + n_name + 1, length - n_name - 1);
        }
    }
}

RosterSecrets *
roster_secrets_decode (const char *text)
{
  RosterSecrets *self;

  if (!g_str_has_prefix (text, FIRST_LINE) || strlen (text) > MAX_TEXT_BYTES ||
      !g_utf8_validate (text, -1, NULL))
    return NULL;
  text += strlen (FIRST_LINE);
  if (*text && *text != '\n')
    return NULL;
  self = roster_secrets_new ();
  while (*text)
    {
      gsize length = strcspn (++text, "\n");

      decode_line (self, text, length);
      text += length;
    }
  return self;
}
