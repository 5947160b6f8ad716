/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-person.h"

G_BEGIN_DECLS

/** The longest values, in Unicode code points (e-mail: bytes, RFC 5321 section 4.5.3.1.3). */
#define ROSTER_NAME_MAX_CHARS 200
#define ROSTER_EMAIL_MAX_BYTES 254
#define ROSTER_PHONE_MAX_CHARS 40

/**
 * roster_validate_name:
 * @text: what was typed; need not be valid UTF-8
 * @error: return location: ROSTER_ERROR_INVALID with a translated sentence
 *
 * Trims white space (as Unicode counts it), composes (NFC) and checks: something visible is left,
 * no control or noncharacter, no bidirectional override, embedding or isolate (UAX #9), not too
 * long. Any thread.
 *
 * Returns: (transfer full) (nullable): the name as it is to be kept
 */
char *roster_validate_name (const char *text, GError **error);

/**
 * roster_validate_email:
 * @text: what was typed; need not be valid UTF-8
 * @error: return location: ROSTER_ERROR_INVALID with a translated sentence
 *
 * Trims, then checks for a valid e-mail address as the HTML Living Standard defines it, with a dot
 * in the domain, and letters outside ASCII allowed as RFC 6531 allows them. Any thread.
 *
 * Returns: (transfer full) (nullable): the address as it is to be kept
 */
char *roster_validate_email (const char *text, GError **error);

/**
 * roster_validate_phone:
 * @text: what was typed; need not be valid UTF-8
 * @error: return location: ROSTER_ERROR_INVALID with a translated sentence
 *
 * Trims, then checks: decimal digits of any script with the visual separators of RFC 3966, an
 * optional leading "+", an optional extension ("ext. 12", "x12", ";ext=12"), 2 to 15 digits before
 * the extension (ITU-T E.164). The text is kept as typed. Any thread.
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
