/* SPDX-License-Identifier: GPL-3.0-or-later */

/* roster-db member, session, prune. */

#include "config.h"

#include <gio/gio.h>
#include <sys/random.h>

#include "roster-db.h"
#include "roster-error.h"

#define INVITATION_VERSION 1

/* What goes along of what the operator's URL says: nothing that is the operator's own. */
static const char *const FOR_MEMBERS[] = {
  "channel_binding", "connect_timeout", "host", "hostaddr", "pgbouncer", "port", "sslmode", NULL,
};

/* The URL with somebody else's name and password in it; both need no escapes. */
static char *
make_members_url (const char *url, const char *role, const char *password)
{
  const char *start = strstr (url, "://") + strlen ("://");
  gsize length = strcspn (start, "/?");
  const char *at = g_strrstr_len (start, (gssize) length, "@");
  const char *place = at ? at + 1 : start;
  const char *query = strchr (place, '?');
  g_auto (GStrv) parameters = g_strsplit (query ? query + 1 : "", "&", -1);
  GString *result = g_string_new (NULL);
  char separator = '?';

  g_string_append_printf (result, "postgresql://%s:%s@%.*s", role, password,
                          (int) strcspn (place, "?"), place);
  for (guint i = 0; parameters[i]; i++)
    {
      g_autofree char *name = g_strndup (parameters[i], strcspn (parameters[i], "="));

      if (!g_strv_contains (FOR_MEMBERS, name))
        continue;
      g_string_append_printf (result, "%c%s", separator, parameters[i]);
      separator = '&';
    }
  return g_string_free (result, FALSE);
}

static gboolean
add_url (RosterDb *db,
         JsonObject *invitation,
         const char *setting,
         const char *role,
         const char *password,
         GError **error)
{
  const char *text = roster_db_get_setting (db, setting);
  g_autoptr (RosterConnectionUrl) url = NULL;
  g_autofree char *members_url = NULL;

  if (!text)
    {
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                   "%s is not set; members need it. Put it in the .env file.", setting);
      return FALSE;
    }
  url = roster_connection_url_parse (text, error);
  if (!url)
    return FALSE;
  members_url = make_members_url (text, role, password);
  json_object_set_string_member (invitation, setting, members_url);
  return TRUE;
}

/* An authority of the team's own goes along; the system's are everywhere. */
static gboolean
add_authority (RosterDb *db, JsonObject *invitation, GError **error)
{
  g_autoptr (RosterConnectionUrl) url =
      roster_connection_url_parse (roster_db_get_setting (db, "DATABASE_URL"), error);
  const char *path = url ? roster_connection_url_get (url, "sslrootcert") : NULL;
  g_autofree char *certificates = NULL;

  if (!url)
    return FALSE;
  if (!path || !strstr (roster_db_get_setting (db, "DATABASE_URL"), "sslrootcert="))
    return TRUE;
  if (!g_file_get_contents (path, &certificates, NULL, error))
    return FALSE;
  json_object_set_string_member (invitation, "ca", certificates);
  return TRUE;
}

static void
add_google_client (RosterDb *db, JsonObject *invitation)
{
  static const char *const NAMES[] = { "ROSTER_GOOGLE_ID", "ROSTER_GOOGLE_SECRET" };

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    if (roster_db_get_setting (db, NAMES[i]))
      json_object_set_string_member (invitation, NAMES[i], roster_db_get_setting (db, NAMES[i]));
}

static char *
make_invitation (RosterDb *db,
                 const char *email,
                 const char *role,
                 const char *password,
                 GError **error)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *invitation = json_object_new ();

  json_node_take_object (root, invitation);
  json_object_set_int_member (invitation, "version", INVITATION_VERSION);
  json_object_set_string_member (invitation, "email", email);
  if (!add_url (db, invitation, "DATABASE_URL", role, password, error) ||
      !add_url (db, invitation, "DATABASE_URL_UNPOOLED", role, password, error) ||
      !add_authority (db, invitation, error))
    return NULL;
  add_google_client (db, invitation);
  return json_to_string (root, TRUE);
}

/* 128 bits that nobody can guess, in hex. */
static char *
random_word (void)
{
  guint64 bits[2];

  while (getrandom (bits, sizeof bits, 0) != sizeof bits)
    continue;
  return g_strdup_printf ("%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", bits[0], bits[1]);
}

/* In a new file, so that no invitation that is still needed is lost. */
static gboolean
write_invitation (GFile *file, const char *invitation, GError **error)
{
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, error);

  if (!stream)
    {
      g_prefix_error (error,
                      "The invitation cannot be written; name a new file with --output.\n  ");
      return FALSE;
    }
  return g_output_stream_write_all (G_OUTPUT_STREAM (stream), invitation, strlen (invitation), NULL,
                                    NULL, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

/* The invitation is written first: a login that nobody can be told of is no use. */
static gboolean
add_member (RosterDb *db, const char *email, GError **error)
{
  g_autofree char *word = random_word ();
  g_autofree char *role = g_strdup_printf ("roster_%.12s", word);
  g_autofree char *password = random_word ();
  g_autofree char *invitation = make_invitation (db, email, role, password, error);
  g_autofree char *name = g_strdelimit (g_strdup_printf ("%s.roster-invitation", email), "/", '_');
  g_autoptr (GFile) file = g_file_new_for_path (db->output ? db->output : name);
  g_autoptr (RosterLink) link = invitation ? roster_db_open (db, error) : NULL;
  g_autoptr (PGresult) added = NULL;
  char *verifier;

  if (!link || !write_invitation (file, invitation, error))
    return FALSE;
  verifier =
      PQencryptPasswordConn (roster_link_get_connection (link), password, role, "scram-sha-256");
  added = roster_link_query (link, "add-member", error, 3, role, email, verifier);
  PQfreemem (verifier);
  if (!added)
    {
      g_file_delete (file, NULL, NULL);
      return FALSE;
    }
  json_object_set_string_member (db->answer, "role", role);
  json_object_set_string_member (db->answer, "invitation", g_file_peek_path (file));
  return TRUE;
}

static gboolean
remove_member (RosterDb *db, const char *email, GError **error)
{
  g_autoptr (RosterLink) link = roster_db_open (db, error);
  g_autoptr (PGresult) removed =
      link ? roster_link_query (link, "remove-member", error, 1, email) : NULL;

  if (!removed)
    return FALSE;
  json_object_set_string_member (db->answer, "removed", PQgetvalue (removed, 0, 0));
  return TRUE;
}

/* The rows that a query without parameters gives. */
static gboolean
list (RosterDb *db, const char *query, const char *field, const char *const *names, GError **error)
{
  g_autoptr (RosterLink) link = roster_db_open (db, error);
  g_autoptr (PGresult) rows = link ? roster_link_query (link, query, error, 0) : NULL;

  if (rows)
    roster_db_add_rows (db, field, rows, names);
  return rows != NULL;
}

static gboolean
is_call (RosterDb *db, const char *verb, guint n_arguments)
{
  return g_strcmp0 (db->arguments[0], verb) == 0 && g_strv_length (db->arguments) == n_arguments;
}

gboolean
roster_db_member (RosterDb *db, GError **error)
{
  static const char *const NAMES[] = {
    "email", "role", "added", "has-signed-in", "has-login", NULL
  };

  if (is_call (db, "add", 2))
    return add_member (db, db->arguments[1], error);
  if (is_call (db, "remove", 2))
    return remove_member (db, db->arguments[1], error);
  if (is_call (db, "list", 1))
    return list (db, "members", "members", NAMES, error);
  g_set_error_literal (
      error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
      "Please write: roster-db member add EMAIL, member remove EMAIL or member list");
  return FALSE;
}

static gboolean
revoke_sessions (RosterDb *db, const char *whose, GError **error)
{
  g_autoptr (RosterLink) link = roster_db_open (db, error);
  g_autoptr (PGresult) ended =
      link ? roster_link_query (link, "revoke-sessions", error, 1, whose) : NULL;

  if (!ended)
    return FALSE;
  json_object_set_string_member (db->answer, "ended", PQgetvalue (ended, 0, 0));
  if (!g_str_equal (PQgetvalue (ended, 0, 0), "0"))
    return TRUE;
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                       "There is no such session. See roster-db session list.");
  return FALSE;
}

gboolean
roster_db_session (RosterDb *db, GError **error)
{
  static const char *const NAMES[] = { "id", "email", "expires", NULL };

  if (is_call (db, "list", 1))
    return list (db, "sessions", "sessions", NAMES, error);
  if (is_call (db, "revoke", 2))
    return revoke_sessions (db, db->arguments[1], error);
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                       "Please write: roster-db session list, or session revoke ID-OR-EMAIL");
  return FALSE;
}

gboolean
roster_db_prune (RosterDb *db, GError **error)
{
  static const char *const NAMES[] = { "sessions", "tokens", "changes" };
  g_autoptr (RosterLink) link = NULL;
  g_autoptr (PGresult) gone = NULL;

  if (!roster_db_check_arguments (db, 0, "prune", error))
    return FALSE;
  link = roster_db_open (db, error);
  gone = link ? roster_link_query (link, "prune", error, 0) : NULL;
  for (guint i = 0; gone && i < G_N_ELEMENTS (NAMES); i++)
    json_object_set_string_member (db->answer, NAMES[i], PQgetvalue (gone, 0, (int) i));
  return gone != NULL;
}
