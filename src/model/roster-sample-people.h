/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * roster_sample_person_new:
 * @number: which one, from 0 up
 *
 * Makes up a person: the same @number always gives the same person, different numbers always give
 * different ids and e-mails. Names come in nine scripts (Latin with and without diacritics,
 * Cyrillic, Greek, Arabic, Hebrew, Devanagari, Han, Hangul, Kana) in proportions of an
 * international team, phones in the formats people write them. For benchmarks, tests and throwaway
 * directories. Any thread.
 *
 * Returns: (transfer full): a valid person with id and both times, without a slot
 */
RosterPerson *roster_sample_person_new (guint64 number);

G_END_DECLS
