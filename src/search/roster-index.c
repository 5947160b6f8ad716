/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An index is an array of chunks. A chunk is one allocation, never changed once made and shared by
 * every snapshot in which nobody in it differs. */

#define _GNU_SOURCE
#include "config.h"

#include "roster-index.h"
#include "roster-index-private.h"

#include <string.h>

#include "roster-letters.h"
#include "roster-needle.h"
#include "roster-phone.h"
#include "roster-row.h"

#define CHUNK_SLOTS ROSTER_INDEX_CHUNK_SLOTS

typedef struct
{
  guint n_people;
  guint32 shown_starts[CHUNK_SLOTS + 1];
  guint32 folded_starts[ROSTER_N_NEEDLE_PARTS][CHUNK_SLOTS + 1];
  gint64 created_at_unix_ms[CHUNK_SLOTS];
  gint64 updated_at_unix_ms[CHUNK_SLOTS];
  guint64 present[ROSTER_INDEX_CHUNK_WORDS];
  guint64 letters[ROSTER_N_LETTERS][ROSTER_INDEX_CHUNK_WORDS];
} Table;

typedef struct
{
  gatomicrefcount ref_count;
  Table table;
  char text[]; /* what is shown, then the folded parts, of everybody; then padding */
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
  GString *folded[ROSTER_N_NEEDLE_PARTS];
  guint64 letters_of_byte[256];
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
chunk_get_folded (const Chunk *chunk, guint part)
{
  const char *text = chunk->text + chunk->table.shown_starts[CHUNK_SLOTS];

  for (guint i = 0; i < part; i++)
    text += chunk->table.folded_starts[i][CHUNK_SLOTS];
  return text;
}

static gsize
chunk_get_size_bytes (const Table *table)
{
  gsize size_bytes = sizeof (Chunk) + table->shown_starts[CHUNK_SLOTS] + ROSTER_NEEDLE_PADDING;

  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    size_bytes += table->folded_starts[i][CHUNK_SLOTS];
  return size_bytes;
}

static void
writer_reset (ChunkWriter *writer)
{
  writer->n_filled = 0;
  writer->table.n_people = 0;
  memset (writer->table.present, 0, sizeof writer->table.present);
  memset (writer->table.letters, 0, sizeof writer->table.letters);
  g_string_truncate (writer->shown, 0);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    g_string_truncate (writer->folded[i], 0);
}

static void
writer_init (ChunkWriter *writer)
{
  writer->shown = g_string_new (NULL);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    writer->folded[i] = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (writer->letters_of_byte); i++)
    writer->letters_of_byte[i] = roster_letters_of_byte ((guint8) i);
  writer_reset (writer);
}

static void
writer_clear (ChunkWriter *writer)
{
  g_string_free (writer->shown, TRUE);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    g_string_free (writer->folded[i], TRUE);
}

/* Begins the next slot. */
static guint
writer_advance (ChunkWriter *writer)
{
  guint i = writer->n_filled++;

  writer->table.shown_starts[i] = (guint32) writer->shown->len;
  for (guint j = 0; j < ROSTER_N_NEEDLE_PARTS; j++)
    writer->table.folded_starts[j][i] = (guint32) writer->folded[j]->len;
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
writer_add_letters (ChunkWriter *writer, guint i)
{
  guint64 letters = 0;

  for (guint j = 0; j < ROSTER_N_NEEDLE_PARTS; j++)
    {
      const GString *folded = writer->folded[j];

      for (gsize k = writer->table.folded_starts[j][i]; k < folded->len; k++)
        letters |= writer->letters_of_byte[(guint8) folded->str[k]];
    }
  for (; letters != 0; letters &= letters - 1)
    writer->table.letters[__builtin_ctzll (letters)][i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
}

static void
writer_add (ChunkWriter *writer, const RosterPersonView *view)
{
  guint i = writer_advance (writer);
  GString *text = writer->folded[ROSTER_NEEDLE_TEXT];

  writer->table.n_people++;
  writer->table.present[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
  writer->table.created_at_unix_ms[i] = view->created_at_unix_ms;
  writer->table.updated_at_unix_ms[i] = view->updated_at_unix_ms;
  g_string_append_len (writer->shown, view->id, (gssize) strlen (view->id) + 1);
  g_string_append_len (writer->shown, view->name, (gssize) strlen (view->name) + 1);
  g_string_append_len (writer->shown, view->email, (gssize) strlen (view->email) + 1);
  g_string_append_len (writer->shown, view->phone, (gssize) strlen (view->phone) + 1);

  roster_row_append (text, view->name, ROSTER_FIELD_NAME, NULL);
  roster_row_append (text, view->email, ROSTER_FIELD_EMAIL, NULL);
  roster_row_append (text, view->phone, ROSTER_FIELD_PHONE, NULL);
  roster_phone_append_forms (writer->folded[ROSTER_NEEDLE_PHONE], view->phone, NULL);
  writer_add_letters (writer, i);
}

static void
writer_copy_bits (ChunkWriter *writer, const Chunk *chunk, guint first, guint end)
{
  for (guint i = first; i < end; i = (i / 64 + 1) * 64)
    {
      guint64 mask = ~G_GUINT64_CONSTANT (0) << i % 64;
      guint64 present;

      if (end - i / 64 * 64 < 64)
        mask &= ~(~G_GUINT64_CONSTANT (0) << end % 64);
      present = chunk->table.present[i / 64] & mask;
      writer->table.present[i / 64] |= present;
      writer->table.n_people += (guint) __builtin_popcountll (present);
      for (guint j = 0; j < ROSTER_N_LETTERS; j++)
        writer->table.letters[j][i / 64] |= chunk->table.letters[j][i / 64] & mask;
    }
}

/* Appends the rows from @first to @end of @text to @rows. */
static void
copy_rows (GString *rows,
           guint32 *starts,
           const char *text,
           const guint32 *old_starts,
           guint first,
           guint end)
{
  guint32 shift = (guint32) rows->len - old_starts[first];

  g_string_append_len (rows, text + old_starts[first], old_starts[end] - old_starts[first]);
  for (guint i = first; i < end; i++)
    starts[i] = old_starts[i] + shift;
}

/* Copies the slots from where the writer is up to @end out of an older chunk. */
static void
writer_copy (ChunkWriter *writer, const Chunk *chunk, guint end)
{
  guint first = writer->n_filled;

  if (chunk == NULL)
    {
      writer_skip_to (writer, end);
      return;
    }
  copy_rows (writer->shown, writer->table.shown_starts, chunk->text, chunk->table.shown_starts,
             first, end);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    copy_rows (writer->folded[i], writer->table.folded_starts[i], chunk_get_folded (chunk, i),
               chunk->table.folded_starts[i], first, end);
  memcpy (writer->table.created_at_unix_ms + first, chunk->table.created_at_unix_ms + first,
          (end - first) * sizeof (gint64));
  memcpy (writer->table.updated_at_unix_ms + first, chunk->table.updated_at_unix_ms + first,
          (end - first) * sizeof (gint64));
  writer_copy_bits (writer, chunk, first, end);
  writer->n_filled = end;
}

/* Returns: (transfer full) (nullable): the chunk; the writer is ready for the next one. */
static Chunk *
writer_end (ChunkWriter *writer)
{
  Chunk *chunk = NULL;
  char *text;

  if (writer->table.n_people > 0)
    {
      writer_skip_to (writer, CHUNK_SLOTS);
      writer->table.shown_starts[CHUNK_SLOTS] = (guint32) writer->shown->len;
      for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
        writer->table.folded_starts[i][CHUNK_SLOTS] = (guint32) writer->folded[i]->len;

      chunk = g_malloc (chunk_get_size_bytes (&writer->table));
      g_atomic_ref_count_init (&chunk->ref_count);
      chunk->table = writer->table;
      text = mempcpy (chunk->text, writer->shown->str, writer->shown->len);
      for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
        text = mempcpy (text, writer->folded[i]->str, writer->folded[i]->len);
      memset (text, 0, ROSTER_NEEDLE_PADDING);
    }
  writer_reset (writer);
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
roster_index_get_folded (RosterIndex *self, guint number, RosterFoldedChunk *folded)
{
  const Chunk *chunk;

  if (number >= self->n_chunks || self->chunks[number] == NULL)
    return FALSE;
  chunk = self->chunks[number];
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    {
      folded->parts[i].text = chunk_get_folded (chunk, i);
      folded->parts[i].starts = chunk->table.folded_starts[i];
    }
  folded->present = chunk->table.present;
  folded->letters = (const guint64 (*)[ROSTER_INDEX_CHUNK_WORDS]) chunk->table.letters;
  return TRUE;
}

gsize
roster_index_get_size_bytes (RosterIndex *self)
{
  gsize size_bytes = sizeof *self + self->n_chunks * sizeof (Chunk *);

  for (guint i = 0; i < self->n_chunks; i++)
    {
      if (self->chunks[i] != NULL)
        size_bytes += chunk_get_size_bytes (&self->chunks[i]->table);
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
