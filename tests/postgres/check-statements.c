/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prepares every statement of the application on a server, whose URL is the argument, and prints
 * where it describes parameters or columns otherwise than the statement's comment. */

#include "config.h"

#include <gio/gio.h>

#include "roster-call-private.h"
#include "roster-link.h"

static void
check_parameters (const RosterCallSpec *spec, const PGresult *description)
{
  if (PQnparams (description) != (int) spec->n_parameters)
    g_print ("%s: %d parameters\n", spec->name, PQnparams (description));
  for (guint i = 0; i < spec->n_parameters; i++)
    if (PQparamtype (description, (int) i) != roster_sql_type_get_oid (spec->parameters[i].type))
      g_print ("%s: parameter %s is of type %u\n", spec->name, spec->parameters[i].name,
               PQparamtype (description, (int) i));
}

static void
check_columns (const RosterCallSpec *spec, const PGresult *description)
{
  if (spec->rows == ROSTER_ROWS_NOTHING)
    return;
  if (PQnfields (description) != (int) spec->n_columns)
    {
      g_print ("%s: %d columns\n", spec->name, PQnfields (description));
      return;
    }
  for (guint i = 0; i < spec->n_columns; i++)
    {
      const RosterValueSpec *column = &spec->columns[i];

      if (PQftype (description, (int) i) != roster_sql_type_get_oid (column->type))
        g_print ("%s: column %s is of type %u\n", spec->name, column->name,
                 PQftype (description, (int) i));
      if (g_strcmp0 (PQfname (description, (int) i), column->name) != 0)
        g_print ("%s: column %s is called %s\n", spec->name, column->name,
                 PQfname (description, (int) i));
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterConnectionUrl) url = roster_connection_url_parse (argv[1], &error);
  g_autoptr (RosterLink) link = url ? roster_link_open (url, &error) : NULL;

  g_assert_no_error (error);
  for (guint i = 0; ROSTER_CALL_SPECS[i]; i++)
    {
      const RosterCallSpec *spec = ROSTER_CALL_SPECS[i];
      PGconn *connection = roster_link_get_connection (link);
      /* The server finds the types out by itself here. */
      g_autoptr (PGresult) prepared = PQprepare (connection, spec->name, spec->text, 0, NULL);
      g_autoptr (PGresult) description = PQdescribePrepared (connection, spec->name);

      if (PQresultStatus (prepared) != PGRES_COMMAND_OK)
        {
          g_print ("%s: %s", spec->name, PQresultErrorMessage (prepared));
          continue;
        }
      check_parameters (spec, description);
      check_columns (spec, description);
    }
  return 0;
}
