/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * RosterSyncPoint:
 * @cursor: since when changes are to be asked for; "" when nothing was read yet
 * @is_partial: whether everybody is being read: those before @next_block are there, changes come
 *   when all blocks are
 * @file: whose blocks
 * @next_block: which comes next
 * @n_blocks: how many there are
 * @as_of_unix_ms: when the copy was last what the authority had; 0 for never
 *
 * How far a copy of a directory that an authority elsewhere keeps has come. Plain data, any thread.
 */
typedef struct
{
  char *cursor;
  gboolean is_partial;
  guint32 file;
  gint64 next_block;
  gint64 n_blocks;
  gint64 as_of_unix_ms;
} RosterSyncPoint;

#define ROSTER_TYPE_SYNC_POINT (roster_sync_point_get_type ())
GType roster_sync_point_get_type (void) G_GNUC_CONST;

/** roster_sync_point_new: @cursor: copied. Returns: (transfer full): a point where nothing is being
 * read. */
RosterSyncPoint *roster_sync_point_new (const char *cursor);
RosterSyncPoint *roster_sync_point_copy (const RosterSyncPoint *self);
void roster_sync_point_free (RosterSyncPoint *self);

/** roster_sync_point_equal: Returns: whether both are the same place, at whatever time. */
gboolean roster_sync_point_equal (const RosterSyncPoint *a, const RosterSyncPoint *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSyncPoint, roster_sync_point_free)

G_END_DECLS
