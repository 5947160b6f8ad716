/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An index is an array of chunks. A chunk is one allocation, never changed once made and shared by
 * every snapshot in which nobody in it differs. */

#include "config.h"

#include "roster-index.h"
#include "roster-index-private.h"

#include <string.h>

#include "roster-row.h"

#define CHUNK_SLOTS ROSTER_INDEX_CHUNK_SLOTS

typedef struct
{
  guint n_people;
  guint32 shown_starts[CHUNK_SLOTS + 1];
  guint32 folded_starts[CHUNK_SLOTS + 1];
  gint64 created_at_unix_ms[CHUNK_SLOTS];
  gint64 updated_at_unix_ms[CHUNK_SLOTS];
} Table;

typedef struct
{
  gatomicrefcount ref_count;
  Table table;
  char text[]; /* what is shown of everybody, then the folded rows */
} Chunk;

struct _RosterIndex
{
  gatomicrefcount ref_count;
  guint n_people;
  guint n_slots;
  guint n_chunks;
  Chunk *chunks[]; /* NULL where nobody is */
};

/* A chunk in the making: slots are filled from the first to the last. */
typedef struct
{
  Table table;
  guint n_filled;
  GString *shown;
  GString *folded;
} ChunkWriter;

struct _RosterIndexBuilder
{
  ChunkWriter writer;
  GPtrArray *chunks;
};

static Chunk *
chunk_ref (Chunk *chunk)
{
  if (chunk != NULL)
    g_atomic_ref_count_inc (&chunk->ref_count);
  return chunk;
}

static void
chunk_unref (Chunk *chunk)
{
  if (chunk != NULL && g_atomic_ref_count_dec (&chunk->ref_count))
    g_free (chunk);
}

static const char *
chunk_get_folded (const Chunk *chunk)
{
  return chunk->text + chunk->table.shown_starts[CHUNK_SLOTS];
}

static void
writer_init (ChunkWriter *writer)
{
  writer->n_filled = 0;
  writer->table.n_people = 0;
  writer->shown = g_string_new (NULL);
  writer->folded = g_string_new (NULL);
}

static void
writer_clear (ChunkWriter *writer)
{
  g_string_free (writer->shown, TRUE);
  g_string_free (writer->folded, TRUE);
}

/* Begins the next slot. */
static guint
writer_advance (ChunkWriter *writer)
{
  guint i = writer->n_filled++;

  writer->table.shown_starts[i] = (guint32) writer->shown->len;
  writer->table.folded_starts[i] = (guint32) writer->folded->len;
  writer->table.created_at_unix_ms[i] = 0;
  writer->table.updated_at_unix_ms[i] = 0;
  return i;
}

static void
writer_skip_to (ChunkWriter *writer, guint end)
{
  while (writer->n_filled < end)
    writer_advance (writer);
}

static void
writer_add (ChunkWriter *writer, const RosterPersonView *view)
{
  guint i = writer_advance (writer);

  writer->table.n_people++;
  writer->table.created_at_unix_ms[i] = view->created_at_unix_ms;
  writer->table.updated_at_unix_ms[i] = view->updated_at_unix_ms;
  g_string_append_len (writer->shown, view->id, (gssize) strlen (view->id) + 1);
  g_string_append_len (writer->shown, view->name, (gssize) strlen (view->name) + 1);
  g_string_append_len (writer->shown, view->email, (gssize) strlen (view->email) + 1);
  g_string_append_len (writer->shown, view->phone, (gssize) strlen (view->phone) + 1);

  roster_row_append (writer->folded, view->name, ROSTER_FIELD_NAME, NULL);
  roster_row_append (writer->folded, view->email, ROSTER_FIELD_EMAIL, NULL);
  roster_row_append (writer->folded, view->phone, ROSTER_FIELD_PHONE, NULL);
}

/* Copies the slots from where the writer is up to @end out of an older chunk. */
static void
writer_copy (ChunkWriter *writer, const Chunk *chunk, guint end)
{
  guint first = writer->n_filled;
  guint32 shown;
  guint32 folded;

  if (chunk == NULL)
    {
      writer_skip_to (writer, end);
      return;
    }
  shown = (guint32) writer->shown->len - chunk->table.shown_starts[first];
  folded = (guint32) writer->folded->len - chunk->table.folded_starts[first];
  g_string_append_len (writer->shown, chunk->text + chunk->table.shown_starts[first],
                       chunk->table.shown_starts[end] - chunk->table.shown_starts[first]);
  g_string_append_len (writer->folded, chunk_get_folded (chunk) + chunk->table.folded_starts[first],
                       chunk->table.folded_starts[end] - chunk->table.folded_starts[first]);
  for (guint i = first; i < end; i++)
    {
      writer->table.shown_starts[i] = chunk->table.shown_starts[i] + shown;
      writer->table.folded_starts[i] = chunk->table.folded_starts[i] + folded;
      writer->table.n_people += chunk->table.shown_starts[i + 1] > chunk->table.shown_starts[i];
    }
  memcpy (writer->table.created_at_unix_ms + first, chunk->table.created_at_unix_ms + first,
          (end - first) * sizeof (gint64));
  memcpy (writer->table.updated_at_unix_ms + first, chunk->table.updated_at_unix_ms + first,
          (end - first) * sizeof (gint64));
  writer->n_filled = end;
}

/* Returns: (transfer full) (nullable): the chunk; the writer is ready for the next one. */
static Chunk *
writer_end (ChunkWriter *writer)
{
  Chunk *chunk = NULL;

  if (writer->table.n_people > 0)
    {
      writer_skip_to (writer, CHUNK_SLOTS);
      writer->table.shown_starts[CHUNK_SLOTS] = (guint32) writer->shown->len;
      writer->table.folded_starts[CHUNK_SLOTS] = (guint32) writer->folded->len;
      chunk = g_malloc (sizeof *chunk + writer->shown->len + writer->folded->len);
      chunk->table = writer->table;
      memcpy (chunk->text, writer->shown->str, writer->shown->len);
      memcpy (chunk->text + writer->shown->len, writer->folded->str, writer->folded->len);
      g_atomic_ref_count_init (&chunk->ref_count);
    }
  writer->n_filled = 0;
  writer->table.n_people = 0;
  g_string_truncate (writer->shown, 0);
  g_string_truncate (writer->folded, 0);
  return chunk;
}

/* @chunks: (transfer full) (element-type Chunk) (array length=n_chunks) */
static RosterIndex *
index_new (Chunk **chunks, guint n_chunks)
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
        self->n_people += chunks[i]->table.n_people;
    }
  if (n_chunks > 0)
    {
      const Chunk *last = chunks[n_chunks - 1];
      guint i = CHUNK_SLOTS;

      while (last->table.shown_starts[i - 1] == last->table.shown_starts[i])
        i--;
      self->n_slots = (n_chunks - 1) * CHUNK_SLOTS + i;
    }
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
    chunk_unref (self->chunks[i]);
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
  const Chunk *chunk;
  guint i = slot % CHUNK_SLOTS;

  if (slot >= self->n_slots || self->chunks[slot / CHUNK_SLOTS] == NULL)
    return FALSE;
  chunk = self->chunks[slot / CHUNK_SLOTS];
  if (chunk->table.shown_starts[i] == chunk->table.shown_starts[i + 1])
    return FALSE;

  view->id = chunk->text + chunk->table.shown_starts[i];
  view->name = view->id + strlen (view->id) + 1;
  view->email = view->name + strlen (view->name) + 1;
  view->phone = view->email + strlen (view->email) + 1;
  view->created_at_unix_ms = chunk->table.created_at_unix_ms[i];
  view->updated_at_unix_ms = chunk->table.updated_at_unix_ms[i];
  return TRUE;
}

gboolean
roster_index_get_folded (RosterIndex *self, guint chunk, RosterFoldedChunk *folded)
{
  if (chunk >= self->n_chunks || self->chunks[chunk] == NULL)
    return FALSE;
  folded->text = chunk_get_folded (self->chunks[chunk]);
  folded->starts = self->chunks[chunk]->table.folded_starts;
  return TRUE;
}

gsize
roster_index_get_size_bytes (RosterIndex *self)
{
  gsize size_bytes = sizeof *self + self->n_chunks * sizeof (Chunk *);

  for (guint i = 0; i < self->n_chunks; i++)
    {
      const Chunk *chunk = self->chunks[i];

      if (chunk != NULL)
        size_bytes += sizeof *chunk + chunk->table.shown_starts[CHUNK_SLOTS] +
                      chunk->table.folded_starts[CHUNK_SLOTS];
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
  g_autofree Chunk **chunks = NULL;
  g_autofree ChunkWriter *writer = g_new (ChunkWriter, 1);
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
  chunks = g_new0 (Chunk *, n_chunks);
  for (guint j = 0; j < self->n_chunks; j++)
    chunks[j] = self->chunks[j];

  writer_init (writer);
  for (guint j = 0; j < n_chunks; j++)
    {
      Chunk *old = chunks[j];
      guint first = j * CHUNK_SLOTS;

      if (i == changes->len || g_array_index (changes, Change, i).slot - first >= CHUNK_SLOTS)
        {
          chunk_ref (old);
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
          writer_copy (writer, old, change->slot - first);
          if (change->person == NULL)
            {
              writer_advance (writer);
              continue;
            }
          view.id = change->person->id != NULL ? change->person->id : "";
          view.name = change->person->name;
          view.email = change->person->email;
          view.phone = change->person->phone;
          view.created_at_unix_ms = change->person->created_at_unix_ms;
          view.updated_at_unix_ms = change->person->updated_at_unix_ms;
          writer_add (writer, &view);
        }
      writer_copy (writer, old, CHUNK_SLOTS);
      chunks[j] = writer_end (writer);
    }
  writer_clear (writer);
  return index_new (chunks, n_chunks);
}

RosterIndexBuilder *
roster_index_builder_new (void)
{
  RosterIndexBuilder *self = g_new (RosterIndexBuilder, 1);

  writer_init (&self->writer);
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) chunk_unref);
  return self;
}

void
roster_index_builder_add (RosterIndexBuilder *self, guint slot, const RosterPersonView *view)
{
  g_return_if_fail (slot != ROSTER_NO_SLOT);
  g_return_if_fail (slot >= self->chunks->len * CHUNK_SLOTS + self->writer.n_filled);

  while (slot / CHUNK_SLOTS > self->chunks->len)
    g_ptr_array_add (self->chunks, writer_end (&self->writer));
  writer_skip_to (&self->writer, slot % CHUNK_SLOTS);
  writer_add (&self->writer, view);
}

RosterIndex *
roster_index_builder_end (RosterIndexBuilder *self)
{
  RosterIndex *index;
  gsize n_chunks;
  g_autofree Chunk **chunks = NULL;

  g_ptr_array_add (self->chunks, writer_end (&self->writer));
  chunks = (Chunk **) g_ptr_array_steal (self->chunks, &n_chunks);
  index = index_new (chunks, (guint) n_chunks);
  roster_index_builder_free (self);
  return index;
}

void
roster_index_builder_free (RosterIndexBuilder *self)
{
  writer_clear (&self->writer);
  g_ptr_array_unref (self->chunks);
  g_free (self);
}
