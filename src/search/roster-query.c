/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-query.h"
#include "roster-query-private.h"

#include <string.h>

#include "roster-index-private.h"
#include "roster-query-parser.h"

#define CHUNK_SLOTS ROSTER_INDEX_CHUNK_SLOTS
#define ALL_SLOTS (~G_GUINT64_CONSTANT (0))

/* How many rows are read together, and how many before it is clear how rare matches are. */
#define BATCH_LENGTH 32
#define TRIAL_LENGTH 4096

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

/* Asks for what is going to be read of @slots: memory is what a scan waits for. */
static void
prefetch_rows (const RosterNeedle *needle,
               const RosterFoldedChunk *chunk,
               guint word,
               guint64 slots)
{
  const RosterFoldedPart *part = &chunk->parts[needle->part];

  if (!needle->exact && slots != 0)
    roster_needle_prefetch_rows (part->text, part->starts + word * 64,
                                 keep_letters (needle, chunk, word, slots));
}

/* Returns: those of @slots in whose rows any needle of @clause occurs. */
static guint64
find_clause (RosterClause *clause,
             const RosterFoldedChunk *chunk,
             guint word,
             guint64 slots,
             guint64 next_slots)
{
  guint64 found = 0;

  for (guint i = 0; i < clause->len && found != slots; i++)
    {
      const RosterNeedle *needle = g_ptr_array_index (clause, i);
      const RosterFoldedPart *part = &chunk->parts[needle->part];
      guint64 own = keep_letters (needle, chunk, word, slots & ~found);

      prefetch_rows (needle, chunk, word + 1, next_slots);
      if (needle->exact)
        found |= own;
      else if (own != 0)
        found |= roster_needle_find_rows (needle, part->text, part->starts + word * 64, own);
    }
  return found;
}

/* Returns: those of @slots whom the letters alone do not rule out; others are never read. */
static guint64
get_candidates (GPtrArray *clauses, const RosterFoldedChunk *chunk, guint word, guint64 slots)
{
  slots &= chunk->present[word];
  for (guint i = 0; i < clauses->len && slots != 0; i++)
    {
      RosterClause *clause = g_ptr_array_index (clauses, i);
      guint64 allowed = 0;

      for (guint j = 0; j < clause->len && allowed != slots; j++)
        allowed |= keep_letters (g_ptr_array_index (clause, j), chunk, word, slots);
      slots = allowed;
    }
  return slots;
}

/* @next_slots: the candidates of the word after it, if they are going to be checked next. Returns:
 * those of the candidates @slots in whom all clauses hold. */
static guint64
check_candidates (GPtrArray *clauses,
                  const RosterFoldedChunk *chunk,
                  guint word,
                  guint64 slots,
                  guint64 next_slots)
{
  for (guint i = 0; i < clauses->len && slots != 0; i++)
    slots = find_clause (g_ptr_array_index (clauses, i), chunk, word, slots, next_slots);
  return slots;
}

/* Looks through the words from @word to @end. Returns: how many matched */
static guint
scan_words (GPtrArray *clauses,
            const RosterFoldedChunk *chunk,
            guint word,
            guint end,
            guint64 *bitmap)
{
  guint64 next = get_candidates (clauses, chunk, word, ALL_SLOTS);
  guint n_matches = 0;

  for (; word < end; word++, bitmap++)
    {
      guint64 slots = next;

      next = word + 1 < end ? get_candidates (clauses, chunk, word + 1, ALL_SLOTS) : 0;
      *bitmap = check_candidates (clauses, chunk, word, slots, next);
      n_matches += (guint) __builtin_popcountll (*bitmap);
    }
  return n_matches;
}

gboolean
roster_query_matches (RosterQuery *self, RosterIndex *index, guint slot)
{
  guint word = slot % CHUNK_SLOTS / 64;
  RosterFoldedChunk chunk;
  guint64 candidate;

  if (!roster_index_get_folded (index, slot / CHUNK_SLOTS, &chunk))
    return FALSE;
  candidate = get_candidates (self->clauses, &chunk, word, G_GUINT64_CONSTANT (1) << slot % 64);
  return check_candidates (self->clauses, &chunk, word, candidate, 0) != 0;
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
  for (guint slot = first_slot, end; slot < end_slot; slot = end)
    {
      guint word = slot % CHUNK_SLOTS / 64;
      RosterFoldedChunk chunk;

      end = slot + MIN (end_slot - slot, CHUNK_SLOTS - slot % CHUNK_SLOTS);
      if (roster_index_get_folded (index, slot / CHUNK_SLOTS, &chunk))
        n_matches += scan_words (self->clauses, &chunk, word, word + (end - slot + 63) / 64,
                                 bitmap + slot / 64);
    }
  return n_matches;
}

/* Returns: (transfer full): a bit for each slot: whether the letters do not rule it out: for a
 * million people in 0.3 ms, where to look up the letters of each in order takes 2 µs. */
static guint64 *
get_all_candidates (RosterQuery *self, RosterIndex *index)
{
  guint n_slots = roster_index_get_n_slots (index);
  guint64 *bitmap = g_new0 (guint64, n_slots / 64 + 1);
  RosterFoldedChunk chunk;

  for (guint first = 0; first < n_slots; first += CHUNK_SLOTS)
    {
      if (!roster_index_get_folded (index, first / CHUNK_SLOTS, &chunk))
        continue;
      for (guint i = 0; i < MIN (n_slots - first, CHUNK_SLOTS); i += 64)
        bitmap[(first + i) / 64] = get_candidates (self->clauses, &chunk, i / 64, ALL_SLOTS);
    }
  return bitmap;
}

/* Somebody whose row is about to be read. */
typedef struct
{
  RosterFoldedChunk chunk;
  guint slot;
} Candidate;

/* Rows in order lie anywhere in memory: all of a batch are asked for before the first is read. */
static void
prefetch (const Candidate *candidates, guint n)
{
  for (guint i = 0; i < n; i++)
    __builtin_prefetch (candidates[i].chunk.parts[ROSTER_NEEDLE_TEXT].starts +
                        candidates[i].slot % CHUNK_SLOTS);
  for (guint i = 0; i < n; i++)
    {
      const RosterFoldedPart *part = &candidates[i].chunk.parts[ROSTER_NEEDLE_TEXT];

      __builtin_prefetch (part->text + part->starts[candidates[i].slot % CHUNK_SLOTS]);
    }
}

static void
add_matches (RosterQuery *self, const Candidate *candidates, guint n, GArray *matches)
{
  prefetch (candidates, n);
  for (guint i = 0; i < n; i++)
    {
      guint slot = candidates[i].slot;

      if (check_candidates (self->clauses, &candidates[i].chunk, slot % CHUNK_SLOTS / 64,
                            G_GUINT64_CONSTANT (1) << slot % 64, 0) != 0)
        g_array_append_val (matches, slot);
    }
}

guint
roster_query_find_first (RosterQuery *self,
                         RosterIndex *index,
                         const guint *slots,
                         guint n_slots,
                         guint max_matches,
                         guint max_read,
                         GArray *matches)
{
  g_autofree guint64 *bitmap = get_all_candidates (self, index);
  Candidate candidates[BATCH_LENGTH];
  guint n = 0;
  guint n_read = 0;
  guint i;

  for (i = 0; i < n_slots && matches->len < max_matches; i++)
    {
      guint slot = slots[i];

      if ((bitmap[slot / 64] >> slot % 64 & 1) == 0)
        continue;
      roster_index_get_folded (index, slot / CHUNK_SLOTS, &candidates[n].chunk);
      candidates[n].slot = slot;
      if (++n < BATCH_LENGTH)
        continue;
      add_matches (self, candidates, n, matches);
      n_read += n;
      n = 0;
      if (n_read >= TRIAL_LENGTH &&
          (guint64) matches->len * max_read < (guint64) max_matches * n_read)
        return i + 1;
    }
  add_matches (self, candidates, n, matches);
  return i;
}
