/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever a provider lets people write about themselves is a stranger's. No state. */

#include "config.h"

#include "roster-profile.h"

#include <string.h>

#include "roster-auth-fault.h"
#include "roster-endpoint.h"
#include "roster-json.h"
#include "roster-person-validation.h"

gboolean
roster_profile_is_complete (JsonObject *claims)
{
  return json_object_has_member (claims, "email") &&
         json_object_has_member (claims, "email_verified") &&
         json_object_has_member (claims, "name");
}

static JsonObject *
choose (JsonObject *claims, JsonObject *userinfo, const char *name)
{
  return json_object_has_member (claims, name) || !userinfo ? claims : userinfo;
}

static gboolean
is_to_be_dropped (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  /* Both joiners belong to how Persian, Indian scripts and emoji are written. */
  return type == G_UNICODE_UNASSIGNED || type == G_UNICODE_PRIVATE_USE ||
         (type == G_UNICODE_FORMAT && c != 0x200c && c != 0x200d);
}

static char *
clean_name (const char *text)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  glong n_characters = 0;

  for (; text && *text && n_characters < ROSTER_NAME_MAX_CHARS; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (is_to_be_dropped (c))
        continue;
      n_characters++;
      g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
    }
  return roster_validate_name (clean->str, NULL);
}

static char *
read_email (JsonObject *object)
{
  const char *text;
  g_autofree char *email = NULL;

  if (!roster_json_read_string (object, "email", &text) || !text)
    return NULL;
  email = roster_validate_email (text, NULL);
  return email ? g_utf8_strdown (email, -1) : NULL;
}

static char *
read_picture (JsonObject *object)
{
  const char *text;
  g_autoptr (GUri) uri = NULL;

  if (!roster_json_read_string (object, "picture", &text) || !text)
    return NULL;
  uri = roster_endpoint_parse (text);
  return uri && g_str_equal (g_uri_get_scheme (uri), "https") ? g_strdup (text) : NULL;
}

RosterIdentity *
roster_profile_read (JsonObject *claims, JsonObject *userinfo, GError **error)
{
  g_autoptr (RosterIdentity) self = roster_identity_new ();
  JsonObject *of_email = choose (claims, userinfo, "email");
  const char *name = NULL;
  const char *subject;
  const char *same_subject;
  gboolean is_verified;

  roster_json_read_string (claims, "sub", &subject);
  /* OpenID Connect Core 1.0, section 5.3.2. */
  if (userinfo && (!roster_json_read_string (userinfo, "sub", &same_subject) ||
                   g_strcmp0 (subject, same_subject) != 0))
    {
      roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "userinfo: sub");
      return NULL;
    }
  self->subject = g_strdup (subject);
  self->email = read_email (of_email);
  if (!self->email)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "email");
      return NULL;
    }
  /* Said of that address, so looked for where the address is. */
  if (!roster_json_read_boolean (of_email, "email_verified", &is_verified) || !is_verified)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNVERIFIED, "email_verified");
      return NULL;
    }
  roster_json_read_string (choose (claims, userinfo, "name"), "name", &name);
  self->name = clean_name (name);
  self->picture = read_picture (choose (claims, userinfo, "picture"));
  return g_steal_pointer (&self);
}
