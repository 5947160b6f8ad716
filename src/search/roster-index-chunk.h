/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-index-private.h"

G_BEGIN_DECLS

/**
 * RosterIndexChunk:
 *
 * Everybody in ROSTER_INDEX_CHUNK_SLOTS consecutive slots: one allocation, immutable. Any thread;
 * reference counts are atomic.
 */
typedef struct _RosterIndexChunk RosterIndexChunk;

/**
 * RosterIndexChunkWriter:
 *
 * Makes one chunk after the other; the slots of each are filled from the first to the last. One
 * thread.
 */
typedef struct _RosterIndexChunkWriter RosterIndexChunkWriter;

/** roster_index_chunk_ref: @self: (nullable). Returns: (transfer full) (nullable): @self. */
RosterIndexChunk *roster_index_chunk_ref (RosterIndexChunk *self);

/** roster_index_chunk_unref: @self: (nullable) (transfer full): what is no longer needed. */
void roster_index_chunk_unref (RosterIndexChunk *self);

guint roster_index_chunk_get_n_people (const RosterIndexChunk *self);
gsize roster_index_chunk_get_size_bytes (const RosterIndexChunk *self);

/** roster_index_chunk_get_n_slots: Returns: one more than the last slot of the chunk in use. */
guint roster_index_chunk_get_n_slots (const RosterIndexChunk *self);

/** roster_index_chunk_get: as roster_index_get(); @i: counted from the chunk's first slot. */
gboolean roster_index_chunk_get (const RosterIndexChunk *self, guint i, RosterPersonView *view);

/** roster_index_chunk_get_name: Returns: (nullable): the name of who is at slot @i. */
const char *roster_index_chunk_get_name (const RosterIndexChunk *self, guint i);

/** roster_index_chunk_get_folded: @folded: (out caller-allocates): valid as long as the chunk. */
void roster_index_chunk_get_folded (const RosterIndexChunk *self, RosterFoldedChunk *folded);

/** roster_index_chunk_writer_new: Returns: (transfer full): at the first slot of a chunk. */
RosterIndexChunkWriter *roster_index_chunk_writer_new (void);
void roster_index_chunk_writer_free (RosterIndexChunkWriter *self);

/** roster_index_chunk_writer_get_n_filled: Returns: the next slot to be filled. */
guint roster_index_chunk_writer_get_n_filled (RosterIndexChunkWriter *self);

/** roster_index_chunk_writer_add: fills the next slot. @view: copied. */
void roster_index_chunk_writer_add (RosterIndexChunkWriter *self, const RosterPersonView *view);

/** roster_index_chunk_writer_skip: leaves the slots up to @end, one past the last, empty. */
void roster_index_chunk_writer_skip (RosterIndexChunkWriter *self, guint end);

/** roster_index_chunk_writer_copy: fills the slots up to @end as they are in @chunk, which may be
 * %NULL for one of nobody. */
void roster_index_chunk_writer_copy (RosterIndexChunkWriter *self,
                                     const RosterIndexChunk *chunk,
                                     guint end);

/** roster_index_chunk_writer_end: leaves the rest empty and begins the next chunk. Returns:
 * (transfer full) (nullable): the chunk; %NULL when nobody is in it. */
RosterIndexChunk *roster_index_chunk_writer_end (RosterIndexChunkWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterIndexChunkWriter, roster_index_chunk_writer_free)

G_END_DECLS
