/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A phone number is indexed as its digits, in bytes that UTF-8 never uses, so that digits searched
 * for in phones cannot be found in names, nor the other way round. A byte that says what kind of
 * number follows stands before the first digit. */
#define ROSTER_PHONE_DIGIT_0 0xF5
#define ROSTER_PHONE_INTERNATIONAL 0xC0
#define ROSTER_PHONE_NATIONAL 0xC1
#define ROSTER_PHONE_LITERAL 0xFF

/** roster_phone_is_number: Returns: whether @byte belongs to a number, not to text. */
static inline gboolean
roster_phone_is_number (char byte)
{
  return (guint8) byte >= ROSTER_PHONE_DIGIT_0 || (guint8) byte == ROSTER_PHONE_INTERNATIONAL ||
         (guint8) byte == ROSTER_PHONE_NATIONAL;
}

/**
 * roster_phone_append_forms:
 * @row: (inout): where the forms are added
 * @phone: as it is shown, UTF-8
 * @origins: (nullable) (element-type guint): as roster_fold_append() has it; a byte that stands for
 *   nothing that is shown has the origin %G_MAXUINT
 *
 * Adds the forms in which @phone can be found: international without prefix and "(0)", national
 * with the trunk prefix (ITU-T E.164), and as it stands. Any thread.
 */
void roster_phone_append_forms (GString *row, const char *phone, GArray *origins);

/**
 * roster_phone_get_needles:
 * @typed: a number or a part of one
 *
 * Returns: (transfer full) (element-type GBytes): what to look for in the forms of
 *   roster_phone_append_forms(); any one of them suffices; empty when nothing in @typed belongs to
 * a number. Any thread.
 */
GPtrArray *roster_phone_get_needles (const char *typed);

G_END_DECLS
