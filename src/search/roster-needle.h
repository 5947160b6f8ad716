/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-letters.h"

G_BEGIN_DECLS

/** ROSTER_NEEDLE_PADDING: how many bytes behind a text have to be readable, whatever they are, for
 * it to be searched in blocks. */
#define ROSTER_NEEDLE_PADDING 24

/**
 * RosterNeedlePart:
 * @ROSTER_NEEDLE_TEXT: names, e-mails and the words in phones (roster-row.h)
 * @ROSTER_NEEDLE_PHONE: the numbers of phones (roster-phone.h)
 *
 * What is looked through for a needle.
 */
typedef enum
{
  ROSTER_NEEDLE_TEXT,
  ROSTER_NEEDLE_PHONE,
  ROSTER_N_NEEDLE_PARTS,
} RosterNeedlePart;

/**
 * RosterNeedle:
 * @part: where it may occur
 * @letters: the letters that a text has that contains the needle; see roster-letters.h
 * @exact: whether every text with these letters contains it
 * @head: the first bytes as they are in memory, as far as @head_mask says
 *
 * Some bytes, at least one, that are looked for in folded text.
 */
typedef struct
{
  RosterNeedlePart part;
  RosterLetters letters;
  gboolean exact;
  guint64 head;
  guint64 head_mask;
  gsize length;
  char bytes[];
} RosterNeedle;

/** roster_needle_new: Returns: (transfer full): to be freed with g_free(). */
RosterNeedle *roster_needle_new (const char *bytes, gsize length);

/**
 * roster_needle_find:
 * @text: where to look; %ROSTER_NEEDLE_PADDING bytes from @end on are readable too
 *
 * Returns: (nullable): where it first occurs in @text
 */
const char *roster_needle_find (const RosterNeedle *self, const char *text, const char *end);

/**
 * roster_needle_find_rows:
 * @text: as for roster_needle_find()
 * @starts: (array fixed-size=65): where in @text each of 64 rows begins and the last one ends
 * @rows: a bit for each row: whether to look there
 *
 * Returns: those of @rows in which it occurs
 */
guint64 roster_needle_find_rows (const RosterNeedle *self,
                                 const char *text,
                                 const guint32 *starts,
                                 guint64 rows);

/** roster_needle_prefetch_rows: asks for what roster_needle_find_rows() is going to read, where
 * that is not one piece of memory, which the machine asks for itself. */
void roster_needle_prefetch_rows (const char *text, const guint32 *starts, guint64 rows);

/** roster_needle_contains: Returns: whether @part occurs in @self. */
gboolean roster_needle_contains (const RosterNeedle *self, const RosterNeedle *part);

/** roster_needle_compare: Returns: a total order of needles, the ones that are cheaper to look for
 * first. */
int roster_needle_compare (const RosterNeedle *a, const RosterNeedle *b);

G_END_DECLS
