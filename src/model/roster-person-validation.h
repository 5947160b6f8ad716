/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-person.h"

G_BEGIN_DECLS

/** The longest values, in Unicode code points (e-mail: bytes, RFC 5321 section 4.5.3.1.3). */
#define ROSTER_NAME_MAX_CHARS 200
#define ROSTER_EMAIL_MAX_BYTES 254
#define ROSTER_PHONE_MAX_CHARS 40

/*
 * All of them keep a value in one form: white space (as Unicode counts it) is trimmed, and each run
 * of it within becomes one space, a pasted tab or line break too; soft hyphen, zero-width space,
 * word joiner, byte order mark and the directional marks, embeddings and isolates of UAX #9 are
 * dropped; what is left is composed (NFC). A value that was kept is accepted again as it is. All
 * refuse invalid UTF-8, control characters, noncharacters, and the overrides of UAX #9, with which
 * another value is read than would be kept; in e-mails and phones, which are written from left to
 * right, the override to that direction is dropped.
 */

/**
 * roster_validate_name:
 * @text: (nullable): what was typed; need not be valid UTF-8
 * @error: return location: ROSTER_ERROR_INVALID with a translated sentence
 *
 * Checks besides: something visible is left, and not too long. Any thread.
 *
 * Returns: (transfer full) (nullable): the name as it is to be kept
 */
char *roster_validate_name (const char *text, GError **error);

/**
 * roster_validate_email:
 * @text: (nullable): what was typed; need not be valid UTF-8
 * @error: return location: ROSTER_ERROR_INVALID with a translated sentence
 *
 * Checks besides: a valid e-mail address as the HTML Living Standard defines it, with a dot in the
 * domain, and letters, marks and digits outside ASCII allowed as RFC 6531 allows them. The full
 * width and full stops of East Asian keyboards become ASCII. Any thread.
 *
 * Returns: (transfer full) (nullable): the address as it is to be kept
 */
char *roster_validate_email (const char *text, GError **error);

/**
 * roster_validate_phone:
 * @text: (nullable): what was typed; need not be valid UTF-8
 * @error: return location: ROSTER_ERROR_INVALID with a translated sentence
 *
 * Checks besides: decimal digits of any script with the visual separators of RFC 3966, spaces,
 * slashes and dashes; an optional "+" before the first digit; an optional extension ("ext. 12",
 * "extension 12", "x12", "#12", ";ext=12"); 2 to 15 digits before the extension (ITU-T E.164).
 * Signs may have their East Asian full width. Any thread.
 *
 * Returns: (transfer full) (nullable): the number as it is to be kept
 */
char *roster_validate_phone (const char *text, GError **error);

/**
 * roster_person_validate:
 * @person: the values; id, times and slot are taken over as they are
 * @error: return location: ROSTER_ERROR_INVALID, the first field's that is wrong
 *
 * What every authority calls before it accepts a person. Any thread.
 *
 * Returns: (transfer full) (nullable): a copy with the values as they are to be kept
 */
RosterPerson *roster_person_validate (const RosterPerson *person, GError **error);

G_END_DECLS
