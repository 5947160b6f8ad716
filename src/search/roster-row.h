/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-query.h"

G_BEGIN_DECLS

/** ROSTER_ROW_SEPARATOR: stands between the parts of a row; never in folded text. */
#define ROSTER_ROW_SEPARATOR '\n'

/**
 * roster_row_append:
 * @row: (inout): where it is added
 * @text: the value as shown, UTF-8
 * @field: which value it is
 * @origins: (nullable) (element-type guint): as roster_fold_append() has it; a byte that stands for
 *   nothing that is shown has the origin %G_MAXUINT
 *
 * Adds all that one field of a person is found by: the folded text, in both spellings where they
 * differ, each ended by a separator; of a phone the forms of roster_phone_append_forms(), and the
 * text as well where it has letters (an extension, a word spelled in digits). Any thread.
 */
void roster_row_append (GString *row, const char *text, RosterField field, GArray *origins);

G_END_DECLS
