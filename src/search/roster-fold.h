/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterSpelling:
 * @ROSTER_SPELLING_PLAIN: letters without their marks: Müller is muller
 * @ROSTER_SPELLING_EXPANDED: as it is spelled where the marks are not at hand: ä ö ü ø å are ae oe
 *   ue oe aa, Müller is mueller
 */
typedef enum
{
  ROSTER_SPELLING_PLAIN,
  ROSTER_SPELLING_EXPANDED,
} RosterSpelling;

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

/**
 * roster_fold_append:
 * @folded: (inout): where the folded text is added
 * @text: UTF-8; invalid bytes are passed over
 * @spelling: which of two spellings
 * @origins: (nullable) (element-type guint): one element is added for each byte added to @folded:
 *   where in @text the code point begins that it came from
 *
 * roster_fold() without an allocation of its own. Any thread.
 *
 * Returns: whether the two spellings of @text differ
 */
gboolean roster_fold_append (GString *folded,
                             const char *text,
                             RosterSpelling spelling,
                             GArray *origins);

/**
 * roster_fold_code_point:
 * @code_point: a Unicode scalar value
 * @length: (out): how many bytes; 0 when it is dropped
 *
 * Returns: (transfer none): what @code_point alone folds to, not terminated. Any thread.
 */
const char *roster_fold_code_point (gunichar code_point, gsize *length);

G_END_DECLS
