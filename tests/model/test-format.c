/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-format.h"

/* The 3rd of May 2024, 12:00:00 UTC. */
#define NOON_UNIX_MS G_GINT64_CONSTANT (1714737600000)
#define HOUR_MS G_GINT64_CONSTANT (3600000)

static char *
format_added (gint64 unix_ms, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (NOON_UNIX_MS / 1000);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, zone);

  return roster_format_moment (ROSTER_MOMENT_ADDED, unix_ms, now);
}

static void
assert_added (gint64 unix_ms, const char *zone_name, const char *expected)
{
  g_autofree char *text = format_added (unix_ms, zone_name);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_moment (void)
{
  assert_added (NOON_UNIX_MS, "UTC", "Added today");
  assert_added (NOON_UNIX_MS - 12 * HOUR_MS, "UTC", "Added today");
  assert_added (NOON_UNIX_MS - 12 * HOUR_MS - 1, "UTC", "Added yesterday");
  assert_added (NOON_UNIX_MS - 36 * HOUR_MS - 1, "UTC", "Added 1 May 2024");
  assert_added (0, "UTC", "Added 1 January 1970");
  assert_added (-1000, "UTC", "Added 31 December 1969");
}

static void
test_moment_in_the_readers_zone (void)
{
  assert_added (NOON_UNIX_MS - 13 * HOUR_MS, "UTC", "Added yesterday");
  assert_added (NOON_UNIX_MS - 13 * HOUR_MS, "+02", "Added today");
  assert_added (NOON_UNIX_MS + 22 * HOUR_MS, "+14", "Added 5 May 2024");
}

static void
test_moment_out_of_range (void)
{
  assert_added (G_MAXINT64, "UTC", "");
  assert_added (G_MININT64, "UTC", "");
}

static void
test_what_was_done (void)
{
  static const struct
  {
    RosterMoment moment;
    const char *today;
    const char *yesterday;
    const char *long_ago;
  } cases[] = {
    { ROSTER_MOMENT_EDITED, "Edited today", "Edited yesterday", "Edited 1 January 1970" },
    { ROSTER_MOMENT_DELETED, "Deleted today", "Deleted yesterday", "Deleted 1 January 1970" },
    { ROSTER_MOMENT_RESTORED, "Restored today", "Restored yesterday", "Restored 1 January 1970" },
  };
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOON_UNIX_MS / 1000);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RosterMoment moment = cases[i].moment;
      g_autofree char *today = roster_format_moment (moment, NOON_UNIX_MS, now);
      g_autofree char *yesterday = roster_format_moment (moment, NOON_UNIX_MS - 22 * HOUR_MS, now);
      g_autofree char *long_ago = roster_format_moment (moment, 0, now);

      g_assert_cmpstr (today, ==, cases[i].today);
      g_assert_cmpstr (yesterday, ==, cases[i].yesterday);
      g_assert_cmpstr (long_ago, ==, cases[i].long_ago);
    }
}

static void
test_unfinished (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOON_UNIX_MS / 1000);
  g_autofree char *today = roster_format_moment (ROSTER_MOMENT_UNFINISHED, NOON_UNIX_MS, now);
  g_autofree char *yesterday =
      roster_format_moment (ROSTER_MOMENT_UNFINISHED, NOON_UNIX_MS - 22 * HOUR_MS, now);
  g_autofree char *long_ago = roster_format_moment (ROSTER_MOMENT_UNFINISHED, 0, now);

  g_assert_cmpstr (today, ==, "You did not finish this today at 12:00.");
  g_assert_cmpstr (yesterday, ==, "You did not finish this yesterday at 14:00.");
  g_assert_cmpstr (long_ago, ==, "You did not finish this on 1 January 1970 at 00:00.");
}

static void
test_changed (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOON_UNIX_MS / 1000);
  g_autofree char *today = roster_format_moment (ROSTER_MOMENT_CHANGED, NOON_UNIX_MS, now);
  g_autofree char *long_ago = roster_format_moment (ROSTER_MOMENT_CHANGED, 0, now);

  g_assert_cmpstr (today, ==, "Changed today");
  g_assert_cmpstr (long_ago, ==, "Changed 1 January 1970");
}

static void
test_time (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *noon = roster_format_time (NOON_UNIX_MS, utc);
  g_autofree char *never = roster_format_time (G_MAXINT64, utc);

  g_assert_nonnull (strstr (noon, "12:00:00"));
  g_assert_cmpstr (never, ==, "");
}

static void
test_counts (void)
{
  g_autofree char *one = roster_format_people (1);
  g_autofree char *none = roster_format_people (0);
  g_autofree char *some = roster_format_matches (12, 482);

  g_assert_cmpstr (one, ==, "1 person");
  g_assert_cmpstr (none, ==, "0 people");
  g_assert_cmpstr (some, ==, "12 of 482");
}

static void
assert_uri (char *uri, const char *expected)
{
  g_assert_cmpstr (uri, ==, expected);
  g_assert_true (g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL));
  g_free (uri);
}

static void
test_email_uri (void)
{
  assert_uri (roster_format_email_uri ("grace.lee@example.com"), "mailto:grace.lee@example.com");
  assert_uri (roster_format_email_uri ("a+b&c?cc=x%41@example.com"),
              "mailto:a%2Bb%26c%3Fcc%3Dx%2541@example.com");
  assert_uri (roster_format_email_uri ("jürgen@example.com"), "mailto:j%C3%BCrgen@example.com");
}

static void
test_phone_uri (void)
{
  assert_uri (roster_format_phone_uri ("+49 (30) 123-456"), "tel:+4930123456");
  assert_uri (roster_format_phone_uri ("030 123/456"), "tel:030123456");
  assert_uri (roster_format_phone_uri ("+1 (555) 0101 ext. 12"), "tel:+15550101;ext=12");
  assert_uri (roster_format_phone_uri ("555 0101 x12"), "tel:5550101;ext=12");
  assert_uri (roster_format_phone_uri ("555 0101;ext=12"), "tel:5550101;ext=12");
  assert_uri (roster_format_phone_uri ("٠٥٥ ٥٠٠"), "tel:055500");
  assert_uri (roster_format_phone_uri ("＋８１ ９０"), "tel:+8190");
}

static void
test_in_sentence (void)
{
  g_autofree char *latin = roster_format_in_sentence ("Jörg O'Brien");
  g_autofree char *arabic = roster_format_in_sentence ("محمد");

  g_assert_cmpstr (latin, ==, "Jörg O'Brien");
  g_assert_cmpstr (arabic, ==, "\u200E\u2068محمد\u2069");
}

static void
test_path (void)
{
  g_autofree char *path = roster_format_path ("/home/محمد/people.db");
  g_autofree char *invalid = roster_format_path ("/home/\xff");

  g_assert_cmpstr (path, ==, "\u2066/home/محمد/people.db\u2069");
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/moment", test_moment);
  g_test_add_func ("/format/moment-in-the-readers-zone", test_moment_in_the_readers_zone);
  g_test_add_func ("/format/moment-out-of-range", test_moment_out_of_range);
  g_test_add_func ("/format/changed", test_changed);
  g_test_add_func ("/format/moment/what-was-done", test_what_was_done);
  g_test_add_func ("/format/moment/unfinished", test_unfinished);
  g_test_add_func ("/format/time", test_time);
  g_test_add_func ("/format/counts", test_counts);
  g_test_add_func ("/format/in-sentence", test_in_sentence);
  g_test_add_func ("/format/path", test_path);
  g_test_add_func ("/format/email-uri", test_email_uri);
  g_test_add_func ("/format/phone-uri", test_phone_uri);
  return g_test_run ();
}
