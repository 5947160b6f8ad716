/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_query_parse:
 * @text: as typed, need not be valid UTF-8; at most 64 words of its first 1,024 code points are
 * read, so that a pasted book costs no more than a long name
 *
 * Understands what was typed as clauses, every one of which has to hold; a clause holds when any
 * one of its needles occurs in the folded row of a person. What follows from the rest is left out,
 * and the order is by cost, the clause that is cheapest to look for first.
 *
 * Returns: (transfer full) (element-type GPtrArray(RosterNeedle)): the clauses
 */
GPtrArray *roster_query_parse (const char *text);

G_END_DECLS
