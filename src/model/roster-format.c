/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values as people and other programs read them. Pure; any thread. */

#include "config.h"

#include "roster-format.h"

#include <glib/gi18n-lib.h>

static GDateTime *
from_unix_ms (gint64 unix_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (unix_ms / 1000);

  return utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

static const struct
{
  const char *today;
  const char *yesterday;
  const char *date;
} MOMENTS[] = {
  [ROSTER_MOMENT_ADDED] = {
      N_ ("Added today"),
      N_ ("Added yesterday"),
      /* Translators: a date as g_date_time_format() writes it, such as "Added 3 May 2024". */
      N_ ("Added %-d %B %Y"),
  },
  [ROSTER_MOMENT_CHANGED] = {
      N_ ("Changed today"),
      N_ ("Changed yesterday"),
      /* Translators: likewise, "Changed 3 May 2024". */
      N_ ("Changed %-d %B %Y"),
  },
  [ROSTER_MOMENT_EDITED] = {
      N_ ("Edited today"),
      N_ ("Edited yesterday"),
      /* Translators: likewise, "Edited 3 May 2024". */
      N_ ("Edited %-d %B %Y"),
  },
  [ROSTER_MOMENT_DELETED] = {
      N_ ("Deleted today"),
      N_ ("Deleted yesterday"),
      /* Translators: likewise, "Deleted 3 May 2024". */
      N_ ("Deleted %-d %B %Y"),
  },
  [ROSTER_MOMENT_RESTORED] = {
      N_ ("Restored today"),
      N_ ("Restored yesterday"),
      /* Translators: likewise, "Restored 3 May 2024". */
      N_ ("Restored %-d %B %Y"),
  },
  [ROSTER_MOMENT_UNFINISHED] = {
      /* Translators: likewise, "You did not finish this today at 14:02." */
      N_ ("You did not finish this today at %H:%M."),
      /* Translators: likewise, "You did not finish this yesterday at 14:02." */
      N_ ("You did not finish this yesterday at %H:%M."),
      /* Translators: likewise, "You did not finish this on 3 May 2024 at 14:02." */
      N_ ("You did not finish this on %-d %B %Y at %H:%M."),
  },
};

char *
roster_format_moment (RosterMoment moment, gint64 unix_ms, GDateTime *now)
{
  g_autoptr (GDateTime) then = from_unix_ms (unix_ms, g_date_time_get_timezone (now));
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  const char *format = MOMENTS[moment].date;

  if (then == NULL)
    return g_strdup ("");
  if (is_same_day (then, now))
    format = MOMENTS[moment].today;
  else if (is_same_day (then, yesterday))
    format = MOMENTS[moment].yesterday;
  return g_date_time_format (then, _ (format));
}

char *
roster_format_time (gint64 unix_ms, GTimeZone *zone)
{
  g_autoptr (GDateTime) then = from_unix_ms (unix_ms, zone);

  return then != NULL ? g_date_time_format (then, "%c") : g_strdup ("");
}

char *
roster_format_people (guint n_people)
{
  return g_strdup_printf (ngettext ("%'u person", "%'u people", n_people), n_people);
}

char *
roster_format_matches (guint n_matches, guint n_people)
{
  /* Translators: how many people a search found, of how many there are. */
  return g_strdup_printf (_ ("%'u of %'u"), n_matches, n_people);
}

/* Below this no script is written from right to left. */
#define FIRST_RIGHT_TO_LEFT 0x590

/* By the translation that tells GTK, too, how the language of the program is written. */
static gboolean
is_written_right_to_left (void)
{
  return g_str_equal (g_dgettext ("gtk40", "default:LTR"), "default:RTL");
}

char *
roster_format_in_sentence (const char *text)
{
  gboolean right_to_left = is_written_right_to_left ();
  gboolean may_turn = right_to_left;

  for (const char *p = text; *p != '\0' && !may_turn; p = g_utf8_next_char (p))
    may_turn = g_utf8_get_char (p) >= FIRST_RIGHT_TO_LEFT;
  if (!may_turn)
    return g_strdup (text);
  /* Pango takes the direction of a sentence from its first letter, one that is isolated too. */
  return g_strconcat (right_to_left ? "\u200F" : "\u200E", "\u2068", text, "\u2069", NULL);
}

char *
roster_format_path (const char *file)
{
  g_autofree char *name = g_filename_display_name (file);

  return g_strconcat ("\u2066", name, "\u2069", NULL);
}

char *
roster_format_email_uri (const char *email)
{
  g_autofree char *escaped = g_uri_escape_string (email, "@", FALSE);

  return g_strconcat ("mailto:", escaped, NULL);
}

char *
roster_format_phone_uri (const char *phone)
{
  g_autoptr (GString) uri = g_string_new ("tel:");
  gboolean has_digits = FALSE, is_extension = FALSE;

  for (const char *p = phone; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      int digit = g_unichar_isdigit (c) ? g_unichar_digit_value (c) : -1;

      if (digit >= 0)
        {
          g_string_append_c (uri, (char) ('0' + digit));
          has_digits = TRUE;
        }
      else if (!has_digits && (c == '+' || c == 0xff0b))
        {
          g_string_append_c (uri, '+');
          has_digits = TRUE;
        }
      else if (has_digits && !is_extension && g_unichar_isalpha (c))
        {
          g_string_append (uri, ";ext=");
          is_extension = TRUE;
        }
    }
  return g_string_free (g_steal_pointer (&uri), FALSE);
}
