/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells apart why a connection cannot be had or is gone. No state. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-loss.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "roster-server-error.h"
#include "roster-sqlstate.h"

/* Before there is a connection, libpq tells it only at the end of a message, as "FATAL:  28P01". */
static const char *
find_sqlstate (const char *message)
{
  const char *colon = g_strrstr (message, ":  ");

  return colon && strlen (colon + 3) == 5 ? colon + 3 : NULL;
}

static gboolean
is_of_certificate (const char *message)
{
  return strstr (message, "certificate") || strstr (message, "does not support SSL");
}

RosterLoss
roster_loss_of_connecting (PGconn *pg, GError **error)
{
  g_autofree char *message = g_strchomp (g_strdup (PQerrorMessage (pg)));
  const char *sqlstate = find_sqlstate (message);
  RosterError code = roster_sqlstate_to_error (sqlstate, NULL);

  g_info ("Connecting failed: SQLSTATE %s", sqlstate ? sqlstate : "none");
  if (is_of_certificate (message))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_ALLOWED,
                           _ ("The server cannot prove that it is the team's database. Nothing was "
                              "sent to it. Ask who runs the database."));
      return ROSTER_LOSS_REFUSED;
    }
  if (PQconnectionNeedsPassword (pg))
    code = ROSTER_ERROR_NOT_ALLOWED;
  roster_server_error_set (error, code);
  if (code != ROSTER_ERROR_UNREACHABLE)
    return ROSTER_LOSS_REFUSED;
  return sqlstate ? ROSTER_LOSS_WAKING : ROSTER_LOSS_UNREACHABLE;
}

gboolean
roster_loss_is_meant (PGconn *pg, const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);

  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY ||
      status == PGRES_PIPELINE_SYNC)
    return FALSE;
  /* What has no SQLSTATE is libpq's own word; a server or pooler that shuts down says so. */
  return status != PGRES_FATAL_ERROR || PQstatus (pg) == CONNECTION_BAD ||
         roster_sqlstate_to_error (PQresultErrorField (result, PG_DIAG_SQLSTATE), NULL) ==
             ROSTER_ERROR_UNREACHABLE;
}
