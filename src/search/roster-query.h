/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-index.h"

G_BEGIN_DECLS

/**
 * RosterQuery:
 *
 * What was typed, understood: words in any order, each of which must occur somewhere in name,
 * e-mail or phone. Immutable; any thread; reference counts are atomic.
 */
typedef struct _RosterQuery RosterQuery;

/** RosterTextRange: @start: first byte; @end: one past the last byte; of the text that was given.
 */
typedef struct
{
  guint start;
  guint end;
} RosterTextRange;

typedef enum
{
  ROSTER_FIELD_NAME,
  ROSTER_FIELD_EMAIL,
  ROSTER_FIELD_PHONE,
} RosterField;

/**
 * roster_query_new:
 * @text: as typed, need not be valid UTF-8; what comes after 64 words or 1,024 code points is not
 *   looked for, so that a pasted book costs no more than a long name
 *
 * Words of digits that stand beside each other are one phone number, or the beginning or some
 * other part of one. Marks within a word stand for nothing or for a space: "anne-marie" finds
 * Annemarie, Anne-Marie and Anne Marie.
 *
 * Returns: (transfer full): the query
 */
RosterQuery *roster_query_new (const char *text);
RosterQuery *roster_query_ref (RosterQuery *self);
void roster_query_unref (RosterQuery *self);

/** roster_query_is_empty: Returns: whether it asks for nothing, and so everybody matches. */
gboolean roster_query_is_empty (RosterQuery *self);

/** roster_query_equal: Returns: whether both say the same, and so always match the same people. */
gboolean roster_query_equal (RosterQuery *a, RosterQuery *b);

/** roster_query_matches: Returns: whether the person at @slot of @index matches; FALSE for an empty
 * slot. */
gboolean roster_query_matches (RosterQuery *self, RosterIndex *index, guint slot);

/**
 * roster_query_scan:
 * @first_slot: where to begin; a multiple of 64
 * @end_slot: where to stop, one past the last; a multiple of 64, or the number of slots
 * @bitmap: (inout): one bit a slot, bit s % 64 of word s / 64, zeroed by the caller; bits of people
 * who match are set. Different ranges may be scanned on different threads at the same time.
 *
 * Returns: how many matched
 */
guint roster_query_scan (RosterQuery *self,
                         RosterIndex *index,
                         guint first_slot,
                         guint end_slot,
                         guint64 *bitmap);

/**
 * roster_query_find_first:
 * @slots: (array length=n_slots): slots of @index in any order
 * @max_matches: how many are wanted
 * @max_read: how many people may be read, of those whom the letters of the index do not rule out:
 * gives up as soon as more would have to be, as the matches so far show
 * @matches: (element-type guint): where the matches are added, in the order of @slots
 *
 * Returns: how many of @slots were looked at
 */
guint roster_query_find_first (RosterQuery *self,
                               RosterIndex *index,
                               const guint *slots,
                               guint n_slots,
                               guint max_matches,
                               guint max_read,
                               GArray *matches);

/**
 * roster_query_highlight:
 * @text: the value as shown, UTF-8
 * @field: which value it is
 *
 * Returns: (transfer full) (element-type RosterTextRange): what of @text matched, in order, not
 *   overlapping, on grapheme boundaries
 */
GArray *roster_query_highlight (RosterQuery *self, const char *text, RosterField field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterQuery, roster_query_unref)

G_END_DECLS
