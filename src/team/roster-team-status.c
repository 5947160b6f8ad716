/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No state. */

#include "config.h"

#include "roster-team-status.h"

#include <glib/gi18n-lib.h>

/* Returns: (nullable): such as "14:02", or a date when that was not today. */
static char *
format_as_of (gint64 unix_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (unix_ms / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean today = time != NULL && g_date_time_get_year (time) == g_date_time_get_year (now) &&
                   g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now);

  if (time == NULL || unix_ms == 0)
    return NULL;
  /* Translators: a time of day, and below a date, as g_date_time_format() writes them. */
  return g_date_time_format (time, today ? _ ("%H:%M") : _ ("%-d %B"));
}

static char *
describe_since (RosterTeam *team, const char *word, const char *words)
{
  g_autofree char *as_of = format_as_of (roster_team_get_as_of (team));

  if (as_of == NULL)
    return g_strdup (word);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (words, as_of);
#pragma GCC diagnostic pop
}

char *
roster_team_status_describe (RosterTeam *team)
{
  switch (roster_team_get_state (team))
    {
    case ROSTER_TEAM_READING:
      /* Translators: how much of everybody is on this computer, in percent. */
      return g_strdup_printf (_ ("Syncing, %d %%"), (int) (roster_team_get_progress (team) * 100));
    case ROSTER_TEAM_CONNECTING:
      return describe_since (team, _ ("Connecting…"),
                             /* Translators: %s is a time of day, or a date, here and below. */
                             _ ("Connecting, as of %s"));
    case ROSTER_TEAM_WAKING:
      return g_strdup (_ ("Waking up…"));
    case ROSTER_TEAM_ASLEEP:
      return describe_since (team, _ ("Asleep"), _ ("Asleep, as of %s"));
    case ROSTER_TEAM_OFFLINE:
      return describe_since (team, _ ("Offline"), _ ("Offline, as of %s"));
    case ROSTER_TEAM_SYNCING:
    case ROSTER_TEAM_LIVE:
      return g_strdup (_ ("Live"));
    case ROSTER_TEAM_SIGNED_OUT:
      return g_strdup (_ ("Not signed in"));
    case ROSTER_TEAM_CLOSED:
    default:
      return g_strdup (_ ("Closed"));
    }
}

char *
roster_team_status_explain (RosterTeam *team)
{
  const char *reason = roster_team_get_reason (team);

  switch (roster_team_get_state (team))
    {
    case ROSTER_TEAM_READING:
      return g_strdup (_ ("Everybody is being read from the team’s database. Who has arrived can "
                          "be searched already."));
    case ROSTER_TEAM_CONNECTING:
      return g_strdup (_ ("The team’s database is asked for what has changed."));
    case ROSTER_TEAM_WAKING:
      return g_strdup (_ ("The team’s database was asleep and takes some seconds to wake up."));
    case ROSTER_TEAM_ASLEEP:
      return g_strdup (_ ("Nobody has used the team’s database for a while, so it sleeps. It wakes "
                          "up as soon as you change something."));
    case ROSTER_TEAM_SYNCING:
    case ROSTER_TEAM_LIVE:
      return g_strdup (_ ("What you see is what the team’s database has now."));
    case ROSTER_TEAM_OFFLINE:
    case ROSTER_TEAM_SIGNED_OUT:
    case ROSTER_TEAM_CLOSED:
    default:
      return g_strdup (reason != NULL ? reason : _ ("The team’s database cannot be reached now."));
    }
}
