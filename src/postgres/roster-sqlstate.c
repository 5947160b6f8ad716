/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server's answer means (PostgreSQL documentation, appendix A; RS is Roster's own class, see
 * sql/roster/0003-gate.sql). No state. */

#include "config.h"

#include "roster-sqlstate.h"

#include <glib.h>

static const struct
{
  const char *prefix;
  RosterError code;
} MEANINGS[] = {
  { "RS001", ROSTER_ERROR_NOT_SIGNED_IN }, { "RS002", ROSTER_ERROR_NOT_ALLOWED },
  { "RS003", ROSTER_ERROR_CONFLICT },      { "RS004", ROSTER_ERROR_NOT_FOUND },
  { "RS005", ROSTER_ERROR_INVALID },       { "RS006", ROSTER_ERROR_CONFLICT },
  { "RS007", ROSTER_ERROR_OTHER_EMAIL },   { "RS008", ROSTER_ERROR_OTHER_ACCOUNT },
  { "RS009", ROSTER_ERROR_NOT_A_MEMBER },  { "28P01", ROSTER_ERROR_NOT_A_MEMBER },
  { "22021", ROSTER_ERROR_INVALID },       { "28", ROSTER_ERROR_NOT_ALLOWED },
  { "42501", ROSTER_ERROR_NOT_ALLOWED },   { "25006", ROSTER_ERROR_READ_ONLY },
  { "53100", ROSTER_ERROR_NO_SPACE },      { "08", ROSTER_ERROR_UNREACHABLE },
  { "57P", ROSTER_ERROR_UNREACHABLE },     { "53300", ROSTER_ERROR_UNREACHABLE },
  { "3F000", ROSTER_ERROR_NEWER_VERSION }, { "42883", ROSTER_ERROR_NEWER_VERSION },
  { "42703", ROSTER_ERROR_NEWER_VERSION }, { "42P01", ROSTER_ERROR_NEWER_VERSION },
  { "XX001", ROSTER_ERROR_CORRUPT },       { "XX002", ROSTER_ERROR_CORRUPT },
};

RosterError
roster_sqlstate_to_error (const char *sqlstate, const char *constraint)
{
  if (!sqlstate)
    return ROSTER_ERROR_UNREACHABLE;
  if (g_str_equal (sqlstate, "23505") && g_strcmp0 (constraint, "people_email_key") == 0)
    return ROSTER_ERROR_DUPLICATE_EMAIL;
  for (guint i = 0; i < G_N_ELEMENTS (MEANINGS); i++)
    if (g_str_has_prefix (sqlstate, MEANINGS[i].prefix))
      return MEANINGS[i].code;
  return ROSTER_ERROR_FAILED;
}
