/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-query.h"

G_BEGIN_DECLS

/** ROSTER_ROW_SEPARATOR: never in folded text, so that nothing is found across two fields. */
#define ROSTER_ROW_SEPARATOR '\n'

/**
 * roster_row_append:
 * @row: (inout): where it is added
 * @text: the value as shown, UTF-8
 * @field: which value it is
 * @origins: (nullable) (element-type guint): as roster_fold_append() has it; a separator has the
 *   origin %G_MAXUINT
 *
 * Adds the text that one field of a person is found by: folded, in both spellings where they
 * differ, each ended by a separator. A phone has text only where there are letters in it (an
 * extension, a word spelled in digits), without the spaces beside them; its numbers are added by
 * roster_phone_append_forms(). Any thread.
 */
void roster_row_append (GString *row, const char *text, RosterField field, GArray *origins);

G_END_DECLS
