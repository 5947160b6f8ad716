/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterMoment:
 * @ROSTER_MOMENT_ADDED: when somebody was added
 * @ROSTER_MOMENT_CHANGED: when somebody last changed
 * @ROSTER_MOMENT_EDITED: when somebody was edited
 * @ROSTER_MOMENT_DELETED: when somebody was deleted
 * @ROSTER_MOMENT_RESTORED: when somebody came back after having been deleted
 * @ROSTER_MOMENT_UNFINISHED: when something was typed and not finished; a sentence with the time
 */
typedef enum
{
  ROSTER_MOMENT_ADDED,
  ROSTER_MOMENT_CHANGED,
  ROSTER_MOMENT_EDITED,
  ROSTER_MOMENT_DELETED,
  ROSTER_MOMENT_RESTORED,
  ROSTER_MOMENT_UNFINISHED,
} RosterMoment;

/**
 * roster_format_moment:
 * @unix_ms: when, in milliseconds since the Unix epoch
 * @now: the present, in the time zone of the person who reads it
 *
 * Returns: (transfer full): such as "Added 3 May 2024" or "Changed today", translated; empty when
 *   no calendar holds @unix_ms
 */
char *roster_format_moment (RosterMoment moment, gint64 unix_ms, GDateTime *now);

/** roster_format_time: Returns: (transfer full): date and time in full, as the locale writes them.
 */
char *roster_format_time (gint64 unix_ms, GTimeZone *zone);

/** roster_format_people: Returns: (transfer full): such as "48,210 people", translated. */
char *roster_format_people (guint n_people);

/** roster_format_matches: Returns: (transfer full): such as "12 of 48,210", translated. */
char *roster_format_matches (guint n_matches, guint n_people);

/**
 * roster_format_in_sentence:
 * @text: something that a person typed, such as a name
 *
 * Returns: (transfer full): @text for use inside a sentence, or at its beginning, isolated (UAX #9)
 *   where it could turn the direction of what is around it
 */
char *roster_format_in_sentence (const char *text);

/**
 * roster_format_path:
 * @file: (type filename): the path of a file
 *
 * Returns: (transfer full): @file for use inside a sentence, from left to right (UAX #9) whatever
 *   the sentence's direction: its slashes would jump
 */
char *roster_format_path (const char *file);

/**
 * roster_format_email_uri:
 * @email: an e-mail address
 *
 * Returns: (transfer full): the mailto: URI (RFC 6068) that writes to it
 */
char *roster_format_email_uri (const char *email);

/**
 * roster_format_phone_uri:
 * @phone: a phone number as people write it, digits of any script
 *
 * Returns: (transfer full): the tel: URI (RFC 3966) that calls it
 */
char *roster_format_phone_uri (const char *phone);

G_END_DECLS
