/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-index.h"
#include "roster-letters.h"
#include "roster-needle.h"

G_BEGIN_DECLS

/** ROSTER_INDEX_CHUNK_SLOTS: how many slots share one block of memory; a multiple of 64. */
#define ROSTER_INDEX_CHUNK_SLOTS 4096
#define ROSTER_INDEX_CHUNK_WORDS (ROSTER_INDEX_CHUNK_SLOTS / 64)

/**
 * RosterFoldedPart:
 * @text: the folded rows of all slots, one after the other, and %ROSTER_NEEDLE_PADDING more bytes
 * @starts: (array length=ROSTER_INDEX_CHUNK_SLOTS+1): where in @text each row begins; the next
 *   one's begin is its end
 */
typedef struct
{
  const char *text;
  const guint32 *starts;
} RosterFoldedPart;

/**
 * RosterFoldedChunk:
 * @parts: what people are found by: by RosterNeedlePart
 * @present: a bit a slot: whether anybody is there
 * @letters: for each letter of roster-letters.h a bit a slot: whether it occurs in either part
 *
 * Valid as long as the index.
 */
typedef struct
{
  RosterFoldedPart parts[ROSTER_N_NEEDLE_PARTS];
  const guint64 *present;
  const guint64 (*letters)[ROSTER_INDEX_CHUNK_WORDS];
} RosterFoldedChunk;

/** roster_index_get_folded: Returns: whether anybody is in the chunk that begins at slot @number *
 * ROSTER_INDEX_CHUNK_SLOTS. */
gboolean roster_index_get_folded (RosterIndex *self, guint number, RosterFoldedChunk *folded);

/** roster_index_get_name: Returns: (nullable): the name alone of who is at @slot, which is faster
 * than all of roster_index_get(). */
const char *roster_index_get_name (RosterIndex *self, guint slot);

/** roster_index_get_size_bytes: Returns: the memory that the snapshot holds. */
gsize roster_index_get_size_bytes (RosterIndex *self);

G_END_DECLS
