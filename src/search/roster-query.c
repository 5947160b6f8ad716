/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-query.h"
#include "roster-query-private.h"

#include <string.h>

#include "roster-index-private.h"
#include "roster-query-parser.h"

#define CHUNK_SLOTS ROSTER_INDEX_CHUNK_SLOTS
#define ALL_SLOTS (~G_GUINT64_CONSTANT (0))

struct _RosterQuery
{
  gatomicrefcount ref_count;
  GPtrArray *clauses;
};

RosterQuery *
roster_query_new (const char *text)
{
  RosterQuery *self = g_new (RosterQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->clauses = roster_query_parse (text);
  return self;
}

RosterQuery *
roster_query_ref (RosterQuery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_query_unref (RosterQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->clauses);
  g_free (self);
}

gboolean
roster_query_is_empty (RosterQuery *self)
{
  return self->clauses->len == 0;
}

static gboolean
clauses_equal (RosterClause *a, RosterClause *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const RosterNeedle *one = g_ptr_array_index (a, i);
      const RosterNeedle *other = g_ptr_array_index (b, i);

      if (one->length != other->length || memcmp (one->bytes, other->bytes, one->length) != 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
roster_query_equal (RosterQuery *a, RosterQuery *b)
{
  if (a->clauses->len != b->clauses->len)
    return FALSE;
  for (guint i = 0; i < a->clauses->len; i++)
    {
      if (!clauses_equal (g_ptr_array_index (a->clauses, i), g_ptr_array_index (b->clauses, i)))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
roster_query_get_clauses (RosterQuery *self)
{
  return self->clauses;
}

/* 64 slots that begin at a multiple of 64 are a word; a set of them is a bit each. */

static guint64
keep_columns (const RosterFoldedChunk *chunk,
              guint first,
              guint64 letters,
              guint word,
              guint64 slots)
{
  for (; letters != 0 && slots != 0; letters &= letters - 1)
    slots &= chunk->letters[first + (guint) __builtin_ctzll (letters)][word];
  return slots;
}

/* Returns: those of @slots that have all letters of @needle. */
static guint64
keep_letters (const RosterNeedle *needle, const RosterFoldedChunk *chunk, guint word, guint64 slots)
{
  slots = keep_columns (chunk, 0, needle->letters.single, word, slots);
  return keep_columns (chunk, 64, needle->letters.pairs, word, slots);
}

/* Returns: those of @slots in whose rows any needle of @clause occurs. */
static guint64
find_clause (RosterClause *clause, const RosterFoldedChunk *chunk, guint word, guint64 slots)
{
  guint64 found = 0;

  for (guint i = 0; i < clause->len && found != slots; i++)
    {
      const RosterNeedle *needle = g_ptr_array_index (clause, i);
      const RosterFoldedPart *part = &chunk->parts[needle->part];
      guint64 own = keep_letters (needle, chunk, word, slots & ~found);

      if (needle->exact)
        found |= own;
      else if (own != 0)
        found |= roster_needle_find_rows (needle, part->text, part->starts + word * 64, own);
    }
  return found;
}

/* Returns: those of @slots in which all clauses hold. */
static guint64
scan_word (GPtrArray *clauses, const RosterFoldedChunk *chunk, guint word, guint64 slots)
{
  slots &= chunk->present[word];

  /* What the letters alone rule out is never read. */
  for (guint i = 0; i < clauses->len && slots != 0; i++)
    {
      RosterClause *clause = g_ptr_array_index (clauses, i);
      guint64 allowed = 0;

      for (guint j = 0; j < clause->len && allowed != slots; j++)
        allowed |= keep_letters (g_ptr_array_index (clause, j), chunk, word, slots);
      slots = allowed;
    }
  for (guint i = 0; i < clauses->len && slots != 0; i++)
    slots = find_clause (g_ptr_array_index (clauses, i), chunk, word, slots);
  return slots;
}

gboolean
roster_query_matches (RosterQuery *self, RosterIndex *index, guint slot)
{
  RosterFoldedChunk chunk;

  return roster_index_get_folded (index, slot / CHUNK_SLOTS, &chunk) &&
         scan_word (self->clauses, &chunk, slot % CHUNK_SLOTS / 64,
                    G_GUINT64_CONSTANT (1) << slot % 64) != 0;
}

guint
roster_query_scan (RosterQuery *self,
                   RosterIndex *index,
                   guint first_slot,
                   guint end_slot,
                   guint64 *bitmap)
{
  guint n_matches = 0;

  g_return_val_if_fail (first_slot % 64 == 0, 0);

  end_slot = MIN (end_slot, roster_index_get_n_slots (index));
  for (guint slot = first_slot; slot < end_slot;)
    {
      guint number = slot / CHUNK_SLOTS;
      guint end = slot + MIN (end_slot - slot, CHUNK_SLOTS - slot % CHUNK_SLOTS);
      RosterFoldedChunk chunk;

      if (!roster_index_get_folded (index, number, &chunk))
        {
          slot = end;
          continue;
        }
      for (; slot < end; slot += 64)
        {
          guint64 found = scan_word (self->clauses, &chunk, slot % CHUNK_SLOTS / 64, ALL_SLOTS);

          bitmap[slot / 64] |= found;
          n_matches += (guint) __builtin_popcountll (found);
        }
    }
  return n_matches;
}
