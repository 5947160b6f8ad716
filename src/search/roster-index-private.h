/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-index.h"

G_BEGIN_DECLS

/** ROSTER_INDEX_CHUNK_SLOTS: how many slots share one block of memory; a multiple of 64. */
#define ROSTER_INDEX_CHUNK_SLOTS 4096

/**
 * RosterFoldedChunk:
 * @text: the folded rows of all slots, one after the other, not terminated
 * @starts: (array length=ROSTER_INDEX_CHUNK_SLOTS+1): where in @text each row begins; the next
 *   one's begin is its end; an empty row is an empty slot
 *
 * A row is what roster_row_append() makes of name, e-mail and phone, in this order. Valid as long
 * as the index.
 */
typedef struct
{
  const char *text;
  const guint32 *starts;
} RosterFoldedChunk;

/** roster_index_get_folded: Returns: whether anybody is in the chunk that begins at slot @chunk *
 * ROSTER_INDEX_CHUNK_SLOTS. */
gboolean roster_index_get_folded (RosterIndex *self, guint chunk, RosterFoldedChunk *folded);

/** roster_index_get_size_bytes: Returns: the memory that the snapshot holds. */
gsize roster_index_get_size_bytes (RosterIndex *self);

G_END_DECLS
