/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libsoup's own reading cuts values at NUL and keeps the last of two. No state. */

#include "config.h"

#include "roster-redirect-query.h"

#include <string.h>

#include "roster-secret-string.h"

#define MAX_QUERY_BYTES (16 * 1024)
#define MAX_PARAMETERS 32

static char *
decode (const char *text, gsize n_bytes)
{
  g_autofree char *decoded = g_malloc (n_bytes + 1);
  gsize length = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      guchar c = (guchar) text[i];

      if (c == '%')
        {
          if (n_bytes - i < 3 || !g_ascii_isxdigit (text[i + 1]) || !g_ascii_isxdigit (text[i + 2]))
            return NULL;
          c = (guchar) (g_ascii_xdigit_value (text[i + 1]) * 16 +
                        g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      else if (c >= 0x80)
        return NULL;
      else if (c == '+')
        c = ' ';
      if (g_ascii_iscntrl ((char) c))
        return NULL;
      decoded[length++] = (char) c;
    }
  decoded[length] = '\0';
  return g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

GHashTable *
roster_redirect_query_parse (const char *query)
{
  g_autoptr (GHashTable) parameters =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                             (GDestroyNotify) roster_secret_string_free);

  if (query && strlen (query) > MAX_QUERY_BYTES)
    return NULL;
  while (query && *query)
    {
      gsize n_bytes = strcspn (query, "&");
      gsize n_name_bytes = MIN (strcspn (query, "="), n_bytes);
      gsize n_skipped = MIN (n_name_bytes + 1, n_bytes);
      g_autofree char *name = decode (query, n_name_bytes);
      char *value = decode (query + n_skipped, n_bytes - n_skipped);

      if (!name || !value || g_hash_table_size (parameters) == MAX_PARAMETERS ||
          g_hash_table_contains (parameters, name))
        {
          roster_secret_string_free (value);
          return NULL;
        }
      g_hash_table_insert (parameters, g_steal_pointer (&name), value);
      query += n_bytes + (query[n_bytes] == '&');
    }
  return g_steal_pointer (&parameters);
}
