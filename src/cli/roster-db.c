/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The operator's tool: finds the command, the settings and the connection, prints the answer. One
 * thread. */

#include "config.h"

#include "roster-db.h"

#include <locale.h>

#include "roster-env-file.h"
#include "roster-error.h"
#include "roster-migrations.h"

static const struct
{
  const char *name;
  RosterDbCommand run;
} COMMANDS[] = {
  { "member", roster_db_member },   { "migrate", roster_db_migrate },
  { "prune", roster_db_prune },     { "push", roster_db_push },
  { "repair", roster_db_repair },   { "seed", roster_db_seed },
  { "session", roster_db_session }, { "status", roster_db_status },
  { "verify", roster_db_verify },
};

static const char SUMMARY[] =
    "Sets up and looks after a team's directory on PostgreSQL.\n\n"
    "Commands:\n"
    "  migrate                 bring the database up to date; --create NAME begins a new "
    "migration\n"
    "  push                    the same end state, without writing the web application's history\n"
    "  status                  what is applied, what is pending, what is different\n"
    "  repair                  set right the record of a migration that failed or was edited\n"
    "  seed                    ten sample people; --generate N adds made-up ones\n"
    "  verify                  counts and digests, and whether all belongs together\n"
    "  prune                   forget expired sessions and old history\n"
    "  member add EMAIL        a login for somebody, and an invitation (--output FILE)\n"
    "  member remove EMAIL\n"
    "  member list\n"
    "  session list\n"
    "  session revoke ID-OR-EMAIL";

/* Anybody may have put into a database what steers a terminal, or turns the line around. */
static char *
make_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *result = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_LINE_SEPARATOR &&
          g_unichar_type (c) != G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_unichar (result, c);
      else
        g_string_append_printf (result, "\\u%04x", c);
    }
  return g_string_free (result, FALSE);
}

void
roster_db_say (const char *what, gpointer user_data)
{
  g_autofree char *text = make_printable (what);

  g_printerr ("%s%s\n", user_data ? (const char *) user_data : "", text);
}

const char *
roster_db_get_setting (RosterDb *db, const char *name)
{
  const char *value = g_hash_table_lookup (db->environment, name);

  if (!value)
    value = g_getenv (name);
  return value && value[0] != '\0' ? value : NULL;
}

gboolean
roster_db_check_arguments (RosterDb *db, guint n_arguments, const char *usage, GError **error)
{
  if (g_strv_length (db->arguments) == n_arguments)
    return TRUE;
  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID, "Please write: roster-db %s", usage);
  return FALSE;
}

static gboolean
set_pooler_error (GError **error)
{
  g_set_error_literal (
      error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
      "DATABASE_URL_UNPOOLED leads to a pooler, which migrations cannot go through. "
      "Put the direct URL there (at Neon: the host without \"-pooler\").");
  return FALSE;
}

static gboolean
check_direct (RosterLink *link, GError **error)
{
  g_autoptr (PGresult) server = roster_link_query (link, "server", error, 0);

  if (!server)
    return FALSE;
  return !roster_link_is_pooled (link,
                                 (int) g_ascii_strtoll (PQgetvalue (server, 0, 0), NULL, 10)) ||
         set_pooler_error (error);
}

RosterLink *
roster_db_open (RosterDb *db, GError **error)
{
  const char *text = roster_db_get_setting (db, "DATABASE_URL_UNPOOLED");
  g_autoptr (RosterConnectionUrl) url = NULL;
  g_autoptr (RosterLink) link = NULL;

  if (!text)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                           "DATABASE_URL_UNPOOLED is not set. Put it in a .env file here, or name "
                           "one with --env-file.");
      return NULL;
    }
  url = roster_connection_url_parse (text, error);
  if (!url)
    return NULL;
  if (roster_connection_url_names_pooler (url))
    {
      set_pooler_error (error);
      return NULL;
    }
  link = roster_link_open (url, error);
  if (!link || !check_direct (link, error) || !roster_link_run (link, "direct-session", error))
    return NULL;
  return g_steal_pointer (&link);
}

void
roster_db_add_rows (RosterDb *db,
                    const char *field,
                    const PGresult *result,
                    const char *const *names)
{
  JsonArray *rows = json_array_new ();

  for (int i = 0; i < PQntuples (result); i++)
    {
      JsonObject *row = json_object_new ();

      for (int j = 0; names[j]; j++)
        json_object_set_string_member (row, names[j], PQgetvalue (result, i, j));
      json_array_add_object_element (rows, row);
    }
  json_object_set_array_member (db->answer, field, rows);
}

static char *
describe_value (JsonNode *node)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;

  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
  json_node_get_value (node, &value);
  g_value_init (&text, G_TYPE_STRING);
  g_value_transform (&value, &text);
  return g_value_dup_string (&text);
}

static void
print_element (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      for (GList *l = values; l; l = l->next)
        {
          g_autofree char *value = describe_value (l->data);
          g_autofree char *text = make_printable (value);

          g_print ("%s%s", l == values ? "  " : "\t", text);
        }
      g_print ("\n");
    }
  else
    {
      g_autofree char *text = make_printable (json_node_get_string (node));

      g_print ("  %s\n", text);
    }
}

static void
print_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autofree char *value = describe_value (node);
      g_autofree char *text = make_printable (value);

      g_print ("%s: %s\n", name, text);
      return;
    }
  array = json_node_get_array (node);
  if (json_array_get_length (array) > 0)
    g_print ("%s:\n", name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    print_element (json_array_get_element (array, i));
}

static void
print_answer (RosterDb *db)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  if (!db->json)
    {
      json_object_foreach_member (db->answer, print_member, NULL);
      return;
    }
  json_node_set_object (root, db->answer);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
}

static gboolean
is_in_environment_cb (gpointer name, gpointer value, gpointer user_data)
{
  return g_getenv (name) != NULL;
}

/* What the URLs leave open is not for libpq's own variables to say: they could name another server.
 */
static void
forget_libpq_variables (void)
{
  g_auto (GStrv) names = g_listenv ();

  for (guint i = 0; names[i]; i++)
    if (g_str_has_prefix (names[i], "PG"))
      g_unsetenv (names[i]);
}

/* A file that is named counts; else one that is here, as far as the environment is silent. */
static gboolean
read_environment (RosterDb *db, const char *path, GError **error)
{
  const char *file = path ? path : ".env";
  gboolean others_can_read = FALSE;

  if (!path && !g_file_test (file, G_FILE_TEST_EXISTS))
    {
      db->environment = g_hash_table_new (g_str_hash, g_str_equal);
      return TRUE;
    }
  db->environment = roster_env_file_read (file, &others_can_read, error);
  if (!db->environment)
    return FALSE;
  if (others_can_read)
    g_printerr ("roster-db: %s can be read by others, and has a password in it: chmod 600 %s\n",
                file, file);
  if (!path)
    g_hash_table_foreach_remove (db->environment, is_in_environment_cb, NULL);
  return TRUE;
}

static RosterDbCommand
find_command (const char *name, GError **error)
{
  for (guint i = 0; name && i < G_N_ELEMENTS (COMMANDS); i++)
    if (g_str_equal (COMMANDS[i].name, name))
      return COMMANDS[i].run;
  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID, "%s%s. See roster-db --help.",
               name ? "There is no command " : "Which command?", name ? name : " There is none");
  return NULL;
}

static gboolean
run (RosterDb *db, const char *env_file, char **words, GError **error)
{
  RosterDbCommand command = find_command (words ? words[0] : NULL, error);

  if (!command || !read_environment (db, env_file, error))
    return FALSE;
  db->arguments = words + 1;
  return command (db, error);
}

/* One line for what happened, and others below it for what the server said. */
static void
print_error (RosterDb *db, const GError *error)
{
  g_auto (GStrv) lines = g_strsplit (error->message, "\n", -1);

  g_printerr ("roster-db: ");
  for (guint i = 0; lines[i]; i++)
    roster_db_say (lines[i], NULL);
  if (db->json)
    {
      g_autofree char *valid = g_utf8_make_valid (error->message, -1);

      json_object_set_string_member (db->answer, "error", valid);
    }
}

int
main (int argc, char **argv)
{
  RosterDb db = { .answer = json_object_new () };
  g_autofree char *env_file = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("COMMAND");
  gboolean show_version = FALSE, wants_json, fine;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &db.json, "Answer in JSON", NULL },
    { "env-file", 0, 0, G_OPTION_ARG_FILENAME, &env_file, "Where the URLs are", "FILE" },
    { "create", 0, 0, G_OPTION_ARG_STRING, &db.create, "Begin a new migration", "NAME" },
    { "generate", 0, 0, G_OPTION_ARG_INT64, &db.n_generated, "Add made-up people", "N" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &db.output, "Where the invitation goes", "FILE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, "Say which version this is", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { NULL },
  };

  /* It speaks English, and so must libpq, which tells by words why there is no connection. */
  setlocale (LC_CTYPE, "");
  forget_libpq_variables ();
  wants_json = g_strv_contains ((const char *const *) argv, "--json");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, SUMMARY);
  fine = g_option_context_parse (context, &argc, &argv, &error);
  /* Also what cannot be understood is answered in JSON. */
  db.json = wants_json;
  if (fine && show_version)
    json_object_set_string_member (db.answer, "roster-db", PACKAGE_VERSION);
  else if (fine)
    fine = run (&db, env_file, words, &error);
  if (error)
    print_error (&db, error);
  if (db.json || !error)
    print_answer (&db);
  if (fine && (fflush (stdout) != 0 || ferror (stdout)))
    {
      g_printerr ("roster-db: it is done, but the answer could not be written.\n");
      fine = FALSE;
    }
  g_clear_pointer (&db.environment, g_hash_table_unref);
  json_object_unref (db.answer);
  g_free (db.create);
  g_free (db.output);
  return fine ? 0 : 1;
}
