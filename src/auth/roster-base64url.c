/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib's base64 in the alphabet of URLs. No state. */

#include "config.h"

#include "roster-base64url.h"

#include <string.h>

#include "roster-secret-string.h"

char *
roster_base64url_encode (const guint8 *bytes, gsize n_bytes)
{
  char *text = g_base64_encode (bytes, n_bytes);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

guint8 *
roster_base64url_decode (const char *text, gsize *n_bytes)
{
  g_auto (RosterSecretString) padded = g_strconcat (text, "===", NULL);
  g_auto (RosterSecretString) again = NULL;
  gsize n_characters = strlen (text);
  guint8 *bytes;

  if (n_characters % 4 == 1 ||
      strspn (text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_") < n_characters)
    return NULL;
  padded[(n_characters + 3) / 4 * 4] = '\0';
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  bytes = g_base64_decode (padded, n_bytes);
  again = roster_base64url_encode (bytes, *n_bytes);
  if (!g_str_equal (again, text))
    g_clear_pointer (&bytes, g_free);
  return bytes;
}
