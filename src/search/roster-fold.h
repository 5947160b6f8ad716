/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_fold:
 * @text: UTF-8; invalid bytes are passed over
 *
 * Folds for searching: compatibility decomposition, full case folding, what the Unicode Collation
 * Algorithm (UTS #10) ignores at the primary level dropped, Latin letters without a decomposition
 * to ASCII as CLDR's Latin-ASCII transform does, punctuation dropped, white space as single spaces.
 * ICU answers once for each code point; the answers are kept. Any thread.
 *
 * Returns: (transfer full): the folded text
 */
char *roster_fold (const char *text);

G_END_DECLS
