/* SPDX-License-Identifier: GPL-3.0-or-later */

/* .env files, as the web application's tools write and read them. No state. */

#include "config.h"

#include "roster-env-file.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "roster-error.h"

/* The value after "=": up to the closing quote, or to a comment. NULL when a quote is not closed.
 */
static char *
parse_value (const char *text)
{
  g_autofree char *value = g_strstrip (g_strdup (text));
  char quote = value[0];
  char *end;

  if (quote == '"' || quote == '\'' || quote == '`')
    {
      end = strchr (value + 1, quote);
      if (!end)
        return NULL;
      *end = '\0';
      return quote == '"' ? g_strcompress (value + 1) : g_strdup (value + 1);
    }
  end = strstr (value, " #");
  if (end)
    *end = '\0';
  return g_strdup (g_strchomp (value));
}

static gboolean
is_name (const char *text)
{
  if (!g_ascii_isalpha (text[0]) && text[0] != '_')
    return FALSE;
  while (g_ascii_isalnum (*text) || *text == '_')
    text++;
  return *text == '\0';
}

static gboolean
parse_line (GHashTable *values, char *line)
{
  char *name = g_strstrip (line);
  char *equals, *value;

  if (name[0] == '\0' || name[0] == '#')
    return TRUE;
  if (g_str_has_prefix (name, "export "))
    name = g_strchug (name + strlen ("export "));
  equals = strchr (name, '=');
  if (!equals)
    return FALSE;
  *equals = '\0';
  g_strchomp (name);
  value = is_name (name) ? parse_value (equals + 1) : NULL;
  if (!value)
    return FALSE;
  g_hash_table_insert (values, g_strdup (name), value);
  return TRUE;
}

GHashTable *
roster_env_file_read (const char *path, gboolean *others_can_read, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GStatBuf status;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  *others_can_read = g_stat (path, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (!parse_line (values, lines[i]))
      {
        g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                     "Line %u of %s is not NAME=value. Correct it and try again.", i + 1, path);
        return NULL;
      }
  return g_steal_pointer (&values);
}
