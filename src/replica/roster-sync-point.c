/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a copy of a directory has come. Any thread; the struct owns its string. */

#include "config.h"

#include "roster-sync-point.h"

G_DEFINE_BOXED_TYPE (RosterSyncPoint,
                     roster_sync_point,
                     roster_sync_point_copy,
                     roster_sync_point_free)

RosterSyncPoint *
roster_sync_point_new (const char *cursor)
{
  RosterSyncPoint *self = g_new0 (RosterSyncPoint, 1);

  self->cursor = g_strdup (cursor);
  return self;
}

RosterSyncPoint *
roster_sync_point_copy (const RosterSyncPoint *self)
{
  RosterSyncPoint *copy = g_memdup2 (self, sizeof *self);

  copy->cursor = g_strdup (self->cursor);
  return copy;
}

void
roster_sync_point_free (RosterSyncPoint *self)
{
  if (!self)
    return;
  g_free (self->cursor);
  g_free (self);
}

gboolean
roster_sync_point_equal (const RosterSyncPoint *a, const RosterSyncPoint *b)
{
  return g_str_equal (a->cursor, b->cursor) && a->is_partial == b->is_partial &&
         a->file == b->file && a->next_block == b->next_block && a->n_blocks == b->n_blocks;
}
