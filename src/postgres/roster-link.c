/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A blocking connection and its errors. Owned by the one thread that opened it. */

#include "config.h"

#include "roster-link.h"

#include <gio/gio.h>

#include "roster-sqlstate.h"

#define OLDEST_SERVER 150000
#define RESOURCES "/io/github/rosterapp/Roster/sql/"
#define MAX_VALUES 8

struct _RosterLink
{
  PGconn *connection;
};

char *
roster_link_read_resource (const char *path)
{
  g_autofree char *name = g_strconcat (RESOURCES, path, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resources_lookup_data (name, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (!bytes)
    g_error ("%s: %s", name, error->message);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
said (const char *message, const char *words)
{
  return strstr (message, words) != NULL;
}

/* Before there is a connection libpq tells no SQLSTATE, only words. */
static gboolean
set_connect_error (PGconn *connection, GError **error)
{
  g_autofree char *message = g_strstrip (g_strdup (PQerrorMessage (connection)));
  RosterError code = ROSTER_ERROR_UNREACHABLE;
  const char *what = "The database does not answer. Check the host and port in the URL and your "
                     "network, then try again.";

  if (PQconnectionNeedsPassword (connection) || PQconnectionUsedPassword (connection) ||
      said (message, "authentication failed"))
    {
      code = ROSTER_ERROR_NOT_ALLOWED;
      what = "The database does not accept this user and password. Check both in the URL.";
    }
  if (said (message, "could not translate host name"))
    {
      code = ROSTER_ERROR_UNREACHABLE;
      what = "There is no host of that name. Check the URL, and your network.";
    }
  else if (said (message, "certificate") || said (message, "SSL"))
    {
      code = ROSTER_ERROR_NOT_ALLOWED;
      what =
          "The server cannot prove who it is. Check the host name; when its certificate is of an "
          "authority of your own, name that with sslrootcert= in the URL.";
    }
  else if (said (message, "too many") || said (message, "connection slots") ||
           said (message, "starting up") || said (message, "shutting down"))
    {
      code = ROSTER_ERROR_UNREACHABLE;
      what = "The database takes no connection at the moment. Try again soon.";
    }
  else if (said (message, "does not exist") && said (message, "database"))
    {
      code = ROSTER_ERROR_NOT_FOUND;
      what = "The server has no database of that name. Create it, or correct the URL.";
    }
  g_set_error (error, ROSTER_ERROR, (int) code, "%s\n  %s", what, message);
  return FALSE;
}

static gboolean
set_result_error (RosterLink *self, const PGresult *result, const char *name, GError **error)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *primary = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  RosterError code =
      roster_sqlstate_to_error (sqlstate, PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME));
  const char *what = "The database refused.";

  if (code == ROSTER_ERROR_NOT_ALLOWED)
    what = "This user has no right to do that. Use the URL of the database's owner.";
  else if (code == ROSTER_ERROR_UNREACHABLE)
    what = "The connection broke. Try again.";
  else if (code == ROSTER_ERROR_NOT_FOUND)
    what = "There is nothing of that name.";
  else if (code == ROSTER_ERROR_CONFLICT)
    what = "It is there already.";
  else if (code == ROSTER_ERROR_INVALID)
    what = "That is not acceptable: look at how it is written.";
  else if (code == ROSTER_ERROR_NO_SPACE)
    what = "The server's disk is full. Make room there, then try again.";
  g_set_error (error, ROSTER_ERROR, (int) code, "%s\n  %s: %s (%s)", what, name,
               primary ? primary : PQerrorMessage (self->connection), sqlstate ? sqlstate : "none");
  return FALSE;
}

RosterLink *
roster_link_open (const RosterConnectionUrl *url, GError **error)
{
  g_autoptr (RosterLink) self = g_new0 (RosterLink, 1);

  self->connection = PQconnectdbParams (roster_connection_url_get_keywords (url),
                                        roster_connection_url_get_values (url), 0);
  if (PQstatus (self->connection) != CONNECTION_OK)
    {
      set_connect_error (self->connection, error);
      return NULL;
    }
  if (PQserverVersion (self->connection) < OLDEST_SERVER)
    {
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                   "The server is PostgreSQL %d. Roster needs 15 or newer: upgrade the server.",
                   PQserverVersion (self->connection) / 10000);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
roster_link_close (RosterLink *self)
{
  PQfinish (self->connection);
  g_free (self);
}

PGconn *
roster_link_get_connection (RosterLink *self)
{
  return self->connection;
}

gboolean
roster_link_is_pooled (RosterLink *self, int server_pid)
{
  /* A pooler answers with a process number of its own. */
  return PQbackendPID (self->connection) != server_pid;
}

static gboolean
is_fine (RosterLink *self, const PGresult *result, const char *name, GError **error)
{
  ExecStatusType status = PQresultStatus (result);

  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY ||
         status == PGRES_COPY_IN || set_result_error (self, result, name, error);
}

PGresult *
roster_link_query (RosterLink *self, const char *name, GError **error, guint n_values, ...)
{
  g_autofree char *path = g_strdup_printf ("operator/%s.sql", name);
  g_autofree char *text = roster_link_read_resource (path);
  g_autoptr (PGresult) result = NULL;
  const char *values[MAX_VALUES];
  va_list arguments;

  g_assert (n_values <= MAX_VALUES);
  va_start (arguments, n_values);
  for (guint i = 0; i < n_values; i++)
    values[i] = va_arg (arguments, const char *);
  va_end (arguments);
  result = PQexecParams (self->connection, text, (int) n_values, NULL, values, NULL, NULL, 0);
  return is_fine (self, result, name, error) ? g_steal_pointer (&result) : NULL;
}

gboolean
roster_link_run (RosterLink *self, const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("operator/%s.sql", name);
  g_autofree char *text = roster_link_read_resource (path);

  return roster_link_run_script (self, name, text, error);
}

gboolean
roster_link_run_script (RosterLink *self, const char *name, const char *script, GError **error)
{
  g_autoptr (PGresult) result = PQexec (self->connection, script);

  return is_fine (self, result, name, error);
}
