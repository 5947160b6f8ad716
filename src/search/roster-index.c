/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An index is an array of chunks, each shared by every snapshot in which nobody in it differs. */

#include "config.h"

#include "roster-index.h"
#include "roster-index-private.h"

#include "roster-index-chunk.h"

#define CHUNK_SLOTS ROSTER_INDEX_CHUNK_SLOTS

struct _RosterIndex
{
  gatomicrefcount ref_count;
  guint n_people;
  guint n_slots;
  guint n_chunks;
  RosterIndexChunk *chunks[]; /* NULL where nobody is */
};

struct _RosterIndexBuilder
{
  RosterIndexChunkWriter *writer;
  GPtrArray *chunks;
};

/* @chunks: (transfer full) (element-type RosterIndexChunk) (array length=n_chunks) */
static RosterIndex *
index_new (RosterIndexChunk **chunks, guint n_chunks)
{
  RosterIndex *self;

  while (n_chunks > 0 && chunks[n_chunks - 1] == NULL)
    n_chunks--;
  self = g_malloc0 (sizeof *self + n_chunks * sizeof *chunks);
  g_atomic_ref_count_init (&self->ref_count);
  self->n_chunks = n_chunks;
  for (guint i = 0; i < n_chunks; i++)
    {
      self->chunks[i] = chunks[i];
      if (chunks[i] != NULL)
        self->n_people += roster_index_chunk_get_n_people (chunks[i]);
    }
  if (n_chunks > 0)
    self->n_slots =
        (n_chunks - 1) * CHUNK_SLOTS + roster_index_chunk_get_n_slots (chunks[n_chunks - 1]);
  return self;
}

RosterIndex *
roster_index_new_empty (void)
{
  return index_new (NULL, 0);
}

RosterIndex *
roster_index_ref (RosterIndex *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_index_unref (RosterIndex *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_chunks; i++)
    roster_index_chunk_unref (self->chunks[i]);
  g_free (self);
}

guint
roster_index_get_n_people (RosterIndex *self)
{
  return self->n_people;
}

guint
roster_index_get_n_slots (RosterIndex *self)
{
  return self->n_slots;
}

gboolean
roster_index_get (RosterIndex *self, guint slot, RosterPersonView *view)
{
  if (slot >= self->n_slots || self->chunks[slot / CHUNK_SLOTS] == NULL)
    return FALSE;
  return roster_index_chunk_get (self->chunks[slot / CHUNK_SLOTS], slot % CHUNK_SLOTS, view);
}

const char *
roster_index_get_name (RosterIndex *self, guint slot)
{
  if (slot >= self->n_slots || self->chunks[slot / CHUNK_SLOTS] == NULL)
    return NULL;
  return roster_index_chunk_get_name (self->chunks[slot / CHUNK_SLOTS], slot % CHUNK_SLOTS);
}

gboolean
roster_index_get_folded (RosterIndex *self, guint number, RosterFoldedChunk *folded)
{
  if (number >= self->n_chunks || self->chunks[number] == NULL)
    return FALSE;
  roster_index_chunk_get_folded (self->chunks[number], folded);
  return TRUE;
}

gsize
roster_index_get_size_bytes (RosterIndex *self)
{
  gsize size_bytes = sizeof *self + self->n_chunks * sizeof (RosterIndexChunk *);

  for (guint i = 0; i < self->n_chunks; i++)
    {
      if (self->chunks[i] != NULL)
        size_bytes += roster_index_chunk_get_size_bytes (self->chunks[i]);
    }
  return size_bytes;
}

typedef struct
{
  guint slot;
  const RosterPerson *person; /* NULL: to be emptied */
} Change;

/* By slot, and among those of one slot in the order given. */
static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *one = a;
  const Change *other = b;

  if (one->slot != other->slot)
    return one->slot < other->slot ? -1 : 1;
  return 0;
}

static void
add_change (GArray *changes, guint slot, const RosterPerson *person)
{
  Change change = { slot, person };

  if (slot != ROSTER_NO_SLOT)
    g_array_append_val (changes, change);
}

RosterIndex *
roster_index_apply (RosterIndex *self,
                    RosterPerson *const *people,
                    gsize n_people,
                    const guint *removed,
                    gsize n_removed)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_autofree RosterIndexChunk **chunks = NULL;
  g_autoptr (RosterIndexChunkWriter) writer = NULL;
  guint n_chunks = self->n_chunks;
  guint i = 0;

  for (gsize j = 0; j < n_removed; j++)
    {
      if (removed[j] < self->n_slots)
        add_change (changes, removed[j], NULL);
    }
  for (gsize j = 0; j < n_people; j++)
    add_change (changes, people[j]->slot, people[j]);
  if (changes->len == 0)
    return roster_index_ref (self);
  g_array_sort (changes, compare_changes);

  n_chunks =
      MAX (n_chunks, g_array_index (changes, Change, changes->len - 1).slot / CHUNK_SLOTS + 1);
  chunks = g_new0 (RosterIndexChunk *, n_chunks);
  for (guint j = 0; j < self->n_chunks; j++)
    chunks[j] = self->chunks[j];

  writer = roster_index_chunk_writer_new ();
  for (guint j = 0; j < n_chunks; j++)
    {
      RosterIndexChunk *old = chunks[j];
      guint first = j * CHUNK_SLOTS;

      if (i == changes->len || g_array_index (changes, Change, i).slot - first >= CHUNK_SLOTS)
        {
          roster_index_chunk_ref (old);
          continue;
        }
      for (; i < changes->len; i++)
        {
          const Change *change = &g_array_index (changes, Change, i);
          RosterPersonView view;

          if (change->slot - first >= CHUNK_SLOTS)
            break;
          if (i + 1 < changes->len && change[1].slot == change->slot)
            continue;
          roster_index_chunk_writer_copy (writer, old, change->slot - first);
          if (change->person == NULL)
            {
              roster_index_chunk_writer_skip (writer, change->slot - first + 1);
              continue;
            }
          view.id = change->person->id != NULL ? change->person->id : "";
          view.name = change->person->name;
          view.email = change->person->email;
          view.phone = change->person->phone;
          view.created_at_unix_ms = change->person->created_at_unix_ms;
          view.updated_at_unix_ms = change->person->updated_at_unix_ms;
          roster_index_chunk_writer_add (writer, &view);
        }
      roster_index_chunk_writer_copy (writer, old, CHUNK_SLOTS);
      chunks[j] = roster_index_chunk_writer_end (writer);
    }
  return index_new (chunks, n_chunks);
}

RosterIndexBuilder *
roster_index_builder_new (void)
{
  RosterIndexBuilder *self = g_new (RosterIndexBuilder, 1);

  self->writer = roster_index_chunk_writer_new ();
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_index_chunk_unref);
  return self;
}

void
roster_index_builder_add (RosterIndexBuilder *self, guint slot, const RosterPersonView *view)
{
  g_return_if_fail (slot != ROSTER_NO_SLOT);
  g_return_if_fail (slot >= self->chunks->len * CHUNK_SLOTS +
                                roster_index_chunk_writer_get_n_filled (self->writer));

  while (slot / CHUNK_SLOTS > self->chunks->len)
    g_ptr_array_add (self->chunks, roster_index_chunk_writer_end (self->writer));
  roster_index_chunk_writer_skip (self->writer, slot % CHUNK_SLOTS);
  roster_index_chunk_writer_add (self->writer, view);
}

RosterIndex *
roster_index_builder_end (RosterIndexBuilder *self)
{
  RosterIndex *index;
  gsize n_chunks;
  g_autofree RosterIndexChunk **chunks = NULL;

  g_ptr_array_add (self->chunks, roster_index_chunk_writer_end (self->writer));
  chunks = (RosterIndexChunk **) g_ptr_array_steal (self->chunks, &n_chunks);
  index = index_new (chunks, (guint) n_chunks);
  roster_index_builder_free (self);
  return index;
}

void
roster_index_builder_free (RosterIndexBuilder *self)
{
  roster_index_chunk_writer_free (self->writer);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}
