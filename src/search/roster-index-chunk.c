/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "roster-index-chunk.h"

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

struct _RosterIndexChunk
{
  gatomicrefcount ref_count;
  Table table;
  char text[]; /* what is shown, then the folded parts, of everybody; then padding */
};

struct _RosterIndexChunkWriter
{
  Table table;
  guint n_filled;
  GString *shown;
  GString *folded[ROSTER_N_NEEDLE_PARTS];
};

RosterIndexChunk *
roster_index_chunk_ref (RosterIndexChunk *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_index_chunk_unref (RosterIndexChunk *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

static const char *
get_folded (const RosterIndexChunk *self, guint part)
{
  const char *text = self->text + self->table.shown_starts[CHUNK_SLOTS];

  for (guint i = 0; i < part; i++)
    text += self->table.folded_starts[i][CHUNK_SLOTS];
  return text;
}

static gsize
get_size_bytes (const Table *table)
{
  gsize size_bytes =
      sizeof (RosterIndexChunk) + table->shown_starts[CHUNK_SLOTS] + ROSTER_NEEDLE_PADDING;

  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    size_bytes += table->folded_starts[i][CHUNK_SLOTS];
  return size_bytes;
}

guint
roster_index_chunk_get_n_people (const RosterIndexChunk *self)
{
  return self->table.n_people;
}

gsize
roster_index_chunk_get_size_bytes (const RosterIndexChunk *self)
{
  return get_size_bytes (&self->table);
}

static gboolean
is_present (const RosterIndexChunk *self, guint i)
{
  return (self->table.present[i / 64] >> i % 64 & 1) != 0;
}

guint
roster_index_chunk_get_n_slots (const RosterIndexChunk *self)
{
  guint n_slots = CHUNK_SLOTS;

  while (n_slots > 0 && !is_present (self, n_slots - 1))
    n_slots--;
  return n_slots;
}

gboolean
roster_index_chunk_get (const RosterIndexChunk *self, guint i, RosterPersonView *view)
{
  if (!is_present (self, i))
    return FALSE;

  view->id = self->text + self->table.shown_starts[i];
  view->name = view->id + strlen (view->id) + 1;
  view->email = view->name + strlen (view->name) + 1;
  view->phone = view->email + strlen (view->email) + 1;
  view->created_at_unix_ms = self->table.created_at_unix_ms[i];
  view->updated_at_unix_ms = self->table.updated_at_unix_ms[i];
  return TRUE;
}

const char *
roster_index_chunk_get_name (const RosterIndexChunk *self, guint i)
{
  const char *id = self->text + self->table.shown_starts[i];

  return is_present (self, i) ? id + strlen (id) + 1 : NULL;
}

void
roster_index_chunk_get_folded (const RosterIndexChunk *self, RosterFoldedChunk *folded)
{
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    {
      folded->parts[i].text = get_folded (self, i);
      folded->parts[i].starts = self->table.folded_starts[i];
    }
  folded->present = self->table.present;
  folded->letters = (const guint64 (*)[ROSTER_INDEX_CHUNK_WORDS]) self->table.letters;
}

static void
reset (RosterIndexChunkWriter *self)
{
  self->n_filled = 0;
  self->table.n_people = 0;
  memset (self->table.present, 0, sizeof self->table.present);
  memset (self->table.letters, 0, sizeof self->table.letters);
  g_string_truncate (self->shown, 0);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    g_string_truncate (self->folded[i], 0);
}

RosterIndexChunkWriter *
roster_index_chunk_writer_new (void)
{
  RosterIndexChunkWriter *self = g_new (RosterIndexChunkWriter, 1);

  self->shown = g_string_new (NULL);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    self->folded[i] = g_string_new (NULL);
  reset (self);
  return self;
}

void
roster_index_chunk_writer_free (RosterIndexChunkWriter *self)
{
  g_string_free (self->shown, TRUE);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    g_string_free (self->folded[i], TRUE);
  g_free (self);
}

guint
roster_index_chunk_writer_get_n_filled (RosterIndexChunkWriter *self)
{
  return self->n_filled;
}

/* Begins the next slot. */
static guint
advance (RosterIndexChunkWriter *self)
{
  guint i = self->n_filled++;

  self->table.shown_starts[i] = (guint32) self->shown->len;
  for (guint j = 0; j < ROSTER_N_NEEDLE_PARTS; j++)
    self->table.folded_starts[j][i] = (guint32) self->folded[j]->len;
  self->table.created_at_unix_ms[i] = 0;
  self->table.updated_at_unix_ms[i] = 0;
  return i;
}

void
roster_index_chunk_writer_skip (RosterIndexChunkWriter *self, guint end)
{
  while (self->n_filled < end)
    advance (self);
}

/* Sets the bits of slot @i in the columns from @first on. */
static void
set_bits (RosterIndexChunkWriter *self, guint i, guint first, guint64 letters)
{
  for (; letters != 0; letters &= letters - 1)
    self->table.letters[first + (guint) __builtin_ctzll (letters)][i / 64] |= G_GUINT64_CONSTANT (1)
                                                                              << i % 64;
}

static void
add_letters (RosterIndexChunkWriter *self, guint i)
{
  RosterLetters letters = { 0 };

  for (guint j = 0; j < ROSTER_N_NEEDLE_PARTS; j++)
    {
      gsize start = self->table.folded_starts[j][i];

      roster_letters_add (&letters, self->folded[j]->str + start, self->folded[j]->len - start);
    }
  set_bits (self, i, 0, letters.single);
  set_bits (self, i, 64, letters.pairs);
}

void
roster_index_chunk_writer_add (RosterIndexChunkWriter *self, const RosterPersonView *view)
{
  guint i = advance (self);
  GString *text = self->folded[ROSTER_NEEDLE_TEXT];

  self->table.n_people++;
  self->table.present[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
  self->table.created_at_unix_ms[i] = view->created_at_unix_ms;
  self->table.updated_at_unix_ms[i] = view->updated_at_unix_ms;
  g_string_append_len (self->shown, view->id, (gssize) strlen (view->id) + 1);
  g_string_append_len (self->shown, view->name, (gssize) strlen (view->name) + 1);
  g_string_append_len (self->shown, view->email, (gssize) strlen (view->email) + 1);
  g_string_append_len (self->shown, view->phone, (gssize) strlen (view->phone) + 1);

  roster_row_append (text, view->name, ROSTER_FIELD_NAME, NULL);
  roster_row_append (text, view->email, ROSTER_FIELD_EMAIL, NULL);
  roster_row_append (text, view->phone, ROSTER_FIELD_PHONE, NULL);
  roster_phone_append_forms (self->folded[ROSTER_NEEDLE_PHONE], view->phone, NULL);
  add_letters (self, i);
}

static void
copy_bits (RosterIndexChunkWriter *self, const RosterIndexChunk *chunk, guint first, guint end)
{
  for (guint i = first; i < end; i = (i / 64 + 1) * 64)
    {
      guint64 mask = ~G_GUINT64_CONSTANT (0) << i % 64;
      guint64 present;

      if (end - i / 64 * 64 < 64)
        mask &= ~(~G_GUINT64_CONSTANT (0) << end % 64);
      present = chunk->table.present[i / 64] & mask;
      self->table.present[i / 64] |= present;
      self->table.n_people += (guint) __builtin_popcountll (present);
      for (guint j = 0; j < ROSTER_N_LETTERS; j++)
        self->table.letters[j][i / 64] |= chunk->table.letters[j][i / 64] & mask;
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

void
roster_index_chunk_writer_copy (RosterIndexChunkWriter *self,
                                const RosterIndexChunk *chunk,
                                guint end)
{
  guint first = self->n_filled;

  if (chunk == NULL)
    {
      roster_index_chunk_writer_skip (self, end);
      return;
    }
  copy_rows (self->shown, self->table.shown_starts, chunk->text, chunk->table.shown_starts, first,
             end);
  for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
    copy_rows (self->folded[i], self->table.folded_starts[i], get_folded (chunk, i),
               chunk->table.folded_starts[i], first, end);
  memcpy (self->table.created_at_unix_ms + first, chunk->table.created_at_unix_ms + first,
          (end - first) * sizeof (gint64));
  memcpy (self->table.updated_at_unix_ms + first, chunk->table.updated_at_unix_ms + first,
          (end - first) * sizeof (gint64));
  copy_bits (self, chunk, first, end);
  self->n_filled = end;
}

RosterIndexChunk *
roster_index_chunk_writer_end (RosterIndexChunkWriter *self)
{
  RosterIndexChunk *chunk = NULL;
  char *text;

  if (self->table.n_people > 0)
    {
      roster_index_chunk_writer_skip (self, CHUNK_SLOTS);
      self->table.shown_starts[CHUNK_SLOTS] = (guint32) self->shown->len;
      for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
        self->table.folded_starts[i][CHUNK_SLOTS] = (guint32) self->folded[i]->len;

      chunk = g_malloc (get_size_bytes (&self->table));
      g_atomic_ref_count_init (&chunk->ref_count);
      chunk->table = self->table;
      text = mempcpy (chunk->text, self->shown->str, self->shown->len);
      for (guint i = 0; i < ROSTER_N_NEEDLE_PARTS; i++)
        text = mempcpy (text, self->folded[i]->str, self->folded[i]->len);
      memset (text, 0, ROSTER_NEEDLE_PADDING);
    }
  reset (self);
  return chunk;
}
