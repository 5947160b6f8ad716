/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What changed in one transaction. Any thread; the arrays own their people. */

#include "config.h"

#include "roster-batch.h"

G_DEFINE_BOXED_TYPE (RosterBatch, roster_batch, roster_batch_copy, roster_batch_free)

RosterBatch *
roster_batch_new (void)
{
  RosterBatch *self = g_new0 (RosterBatch, 1);

  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  self->removed = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  return self;
}

RosterBatch *
roster_batch_copy (const RosterBatch *self)
{
  RosterBatch *copy = g_new0 (RosterBatch, 1);

  copy->people = g_ptr_array_ref (self->people);
  copy->removed = g_ptr_array_ref (self->removed);
  return copy;
}

void
roster_batch_free (RosterBatch *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->removed);
  g_free (self);
}

gboolean
roster_batch_is_empty (const RosterBatch *self)
{
  return self->people->len == 0 && self->removed->len == 0;
}
