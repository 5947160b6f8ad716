/* SPDX-License-Identifier: GPL-3.0-or-later */

/* .env files, as the web application's tools write and read them: the grammar is dotenv's
 * (https://github.com/motdotla/dotenv, "parse"), except that it says what it does not understand.
 * No state. */

#include "config.h"

#include "roster-env-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "roster-error.h"
#include "roster-secret-string.h"

/* A name and its value, in quotes, over several lines even, or up to a comment; or nothing at all.
 */
#define LINE                                                                                       \
  "\\G[ \\t]*(?:(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \\t]*=[ \\t]*"                       \
  "('(?:\\\\'|[^'])*'|\"(?:\\\\\"|[^\"])*\"|`(?:\\\\`|[^`])*`|(?!['\"`])[^#\\r\\n]*+)?[ \\t]*)?"   \
  "(?:#[^\\n]*+)?(?:\\r?\\n|\\r|\\z)"

/* Without its quotes; only in double ones \n and \r are line ends. */
static char *
unquote (const char *text)
{
  g_autofree char *value = g_strstrip (g_strdup (text));
  gsize length = strlen (value);
  g_autoptr (GString) result = NULL;

  if (length < 2 || !strchr ("'\"`", value[0]))
    return g_steal_pointer (&value);
  result = g_string_new_len (value + 1, (gssize) length - 2);
  if (value[0] == '"')
    {
      g_string_replace (result, "\\n", "\n", 0);
      g_string_replace (result, "\\r", "\r", 0);
    }
  return g_string_free (g_steal_pointer (&result), FALSE);
}

static guint
count_lines (const char *text, const char *end)
{
  guint n_lines = 1;

  for (; text < end; text++)
    n_lines += *text == '\n';
  return n_lines;
}

static gboolean
set_line_error (const char *path, const char *text, const char *at, GError **error)
{
  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
               "Line %u of %s is not NAME=value. Correct it and try again.", count_lines (text, at),
               path);
  return FALSE;
}

static gboolean
parse (GHashTable *values, const char *path, const char *text, GError **error)
{
  g_autoptr (GRegex) line = g_regex_new (LINE, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  int position = 0, end;

  while (text[position] != '\0')
    {
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!g_regex_match_full (line, text, -1, position, G_REGEX_MATCH_DEFAULT, &match, NULL))
        return set_line_error (path, text, text + position, error);
      g_match_info_fetch_pos (match, 0, NULL, &end);
      name = g_match_info_fetch (match, 1);
      value = g_match_info_fetch (match, 2);
      if (name && name[0] != '\0')
        g_hash_table_insert (values, g_steal_pointer (&name), unquote (value ? value : ""));
      position = end;
    }
  return TRUE;
}

GHashTable *
roster_env_file_parse (const char *name, const char *text, gsize length, GError **error)
{
  g_autoptr (GHashTable) values =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                             (GDestroyNotify) roster_secret_string_free);
  const char *end;

  if (!g_utf8_validate_len (text, length, &end))
    {
      set_line_error (name, text, end, error);
      return NULL;
    }
  return parse (values, name, text, error) ? g_steal_pointer (&values) : NULL;
}

GHashTable *
roster_env_file_read (const char *path, gboolean *others_can_read, GError **error)
{
  g_auto (RosterSecretString) text = NULL;
  gsize length;
  GStatBuf status;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  *others_can_read = g_stat (path, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  return roster_env_file_parse (path, text, length, error);
}
