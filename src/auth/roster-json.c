/* SPDX-License-Identifier: GPL-3.0-or-later */

/* json-glib descends without end, cuts strings at NUL, keeps the last of two members of a name, and
 * takes a little more than JSON for it. What it is not to see is found before. No state. */

#include "config.h"

#include "roster-json.h"

#include <string.h>

/* Whether what nests stays within the limit, and no string has a NUL. */
static gboolean
is_harmless (const char *text, gsize n_bytes)
{
  gboolean is_in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < n_bytes; i++)
    {
      char c = text[i];

      if (c == '"')
        is_in_string = !is_in_string;
      else if (is_in_string)
        {
          if (c == '\\' && n_bytes - i > 5 && strncmp (text + i, "\\u0000", 6) == 0)
            return FALSE;
          i += c == '\\';
        }
      else if (c == '/' || c == '\'')
        /* Comments and such, in which json-glib and this would count differently. */
        return FALSE;
      else if ((c == '[' || c == '{') && ++depth > ROSTER_JSON_MAX_DEPTH)
        return FALSE;
      else if ((c == ']' || c == '}') && depth-- == 0)
        return FALSE;
    }
  return !is_in_string && depth == 0;
}

static void
member_cb (JsonParser *parser, JsonObject *object, const char *name, gpointer user_data)
{
  gint64 *n_lost = user_data;

  ++*n_lost;
}

static void
object_end_cb (JsonParser *parser, JsonObject *object, gpointer user_data)
{
  gint64 *n_lost = user_data;

  *n_lost -= json_object_get_size (object);
}

JsonObject *
roster_json_parse_object (const char *text, gsize n_bytes)
{
  g_autoptr (JsonParser) parser = NULL;
  gint64 n_lost = 0;
  JsonNode *root;

  if (n_bytes == 0 || n_bytes > ROSTER_JSON_MAX_BYTES ||
      !g_utf8_validate_len (text, n_bytes, NULL) || !is_harmless (text, n_bytes))
    return NULL;
  parser = json_parser_new_immutable ();
  g_signal_connect (parser, "object-member", G_CALLBACK (member_cb), &n_lost);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), &n_lost);
  if (!json_parser_load_from_data (parser, text, (gssize) n_bytes, NULL) || n_lost != 0 ||
      json_parser_has_assignment (parser, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

/* %FALSE: of another type. @node is %NULL without a member, and for null. */
static gboolean
find (JsonObject *object, const char *name, GType type, JsonNode **node)
{
  JsonNode *found = json_object_get_member (object, name);

  *node = found && !JSON_NODE_HOLDS_NULL (found) ? found : NULL;
  return !*node || (JSON_NODE_HOLDS_VALUE (found) && json_node_get_value_type (found) == type);
}

gboolean
roster_json_read_string (JsonObject *object, const char *name, const char **value)
{
  JsonNode *node;

  *value = NULL;
  if (!find (object, name, G_TYPE_STRING, &node))
    return FALSE;
  *value = node ? json_node_get_string (node) : NULL;
  if (!*value || g_utf8_validate (*value, -1, NULL))
    return TRUE;
  *value = NULL;
  return FALSE;
}

gboolean
roster_json_read_boolean (JsonObject *object, const char *name, gboolean *value)
{
  JsonNode *node;
  gboolean is_right = find (object, name, G_TYPE_BOOLEAN, &node);

  *value = is_right && node && json_node_get_boolean (node);
  return is_right;
}

gboolean
roster_json_read_seconds (JsonObject *object, const char *name, gint64 *value)
{
  /* To where every whole number is a double too. */
  const double largest = 9007199254740992.0;
  JsonNode *node;
  double number;

  *value = 0;
  if (!find (object, name, G_TYPE_INT64, &node) && !find (object, name, G_TYPE_DOUBLE, &node))
    return FALSE;
  if (!node)
    return TRUE;
  number = json_node_get_double (node);
  if (!(number >= -largest && number <= largest))
    return FALSE;
  *value = (gint64) number;
  return TRUE;
}

gboolean
roster_json_read_strings (JsonObject *object, const char *name, JsonArray **value)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;

  *value = NULL;
  if (!node || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return FALSE;
    }
  *value = array;
  return TRUE;
}

gboolean
roster_json_has_string (JsonArray *array, const char *text)
{
  for (guint i = 0; array && i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), text))
      return TRUE;
  return FALSE;
}
