/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences for what can come from a server. No state. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-server-error.h"

#include <glib/gi18n-lib.h>

#include "roster-sqlstate.h"

static const char *
describe (RosterError code)
{
  switch (code)
    {
    case ROSTER_ERROR_INVALID:
      return _ ("The team's database does not accept these values. Check them and try again.");
    case ROSTER_ERROR_DUPLICATE_EMAIL:
      return _ ("Somebody else already has this e-mail. Use another one, or change theirs first.");
    case ROSTER_ERROR_NOT_FOUND:
      return _ ("This is no longer in the team's database. Look at the directory as it is now.");
    case ROSTER_ERROR_CONFLICT:
      return _ ("Somebody else changed the same meanwhile. Look at it as it is now and try again.");
    case ROSTER_ERROR_READ_ONLY:
      return _ ("The team's database can only be read at the moment. Try again later.");
    case ROSTER_ERROR_NO_SPACE:
      return _ ("The disk of the team's database is full. Ask who runs it to make room.");
    case ROSTER_ERROR_CORRUPT:
      return _ ("The team's database sent something that cannot be read. Ask who runs it to check "
                "it.");
    case ROSTER_ERROR_NEWER_VERSION:
      return _ ("The team's database is of another version than this Roster. Update Roster, or ask "
                "who runs the database.");
    case ROSTER_ERROR_CLOSED:
      return _ ("The directory is closed. Open it and try again.");
    case ROSTER_ERROR_UNREACHABLE:
      return _ ("The team's database does not answer. Check your network and try again.");
    case ROSTER_ERROR_NOT_SIGNED_IN:
      return _ ("You are no longer signed in. Sign in again.");
    case ROSTER_ERROR_NOT_ALLOWED:
      return _ ("The team's database does not allow this. Ask who runs it.");
    case ROSTER_ERROR_NOT_A_MEMBER:
      return _ ("The team's database does not let you in. Ask who runs it for a new invitation.");
    case ROSTER_ERROR_OTHER_EMAIL:
      return _ ("Your access to the team's database was made for another e-mail. Sign in with "
                "that one, or ask who runs the database.");
    case ROSTER_ERROR_OTHER_ACCOUNT:
      return _ ("Another account of the team's already has this e-mail. Sign in with that account, "
                "or ask who runs the team's database.");
    case ROSTER_ERROR_FAILED:
    default:
      return _ ("The team's database could not do this. Try again, or ask who runs it.");
    }
}

GError *
roster_server_error_new (RosterError code)
{
  return g_error_new_literal (ROSTER_ERROR, (int) code, describe (code));
}

void
roster_server_error_set (GError **error, RosterError code)
{
  g_propagate_error (error, roster_server_error_new (code));
}

void
roster_server_error_set_from_result (GError **error, const PGresult *result, const char *name)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);

  g_info ("%s: SQLSTATE %s", name, sqlstate ? sqlstate : "none");
  roster_server_error_set (
      error,
      roster_sqlstate_to_error (sqlstate, PQresultErrorField (result, PG_DIAG_CONSTRAINT_NAME)));
}
