/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-query.h"
#include "roster-query-private.h"

#include <string.h>

#include "roster-index-private.h"
#include "roster-query-parser.h"

#define CHUNK_SLOTS ROSTER_INDEX_CHUNK_SLOTS

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

/* Whether the clauses from @first on hold in the folded row. */
static gboolean
row_matches (GPtrArray *clauses, guint first, const char *row, const char *end)
{
  for (guint i = first; i < clauses->len; i++)
    {
      RosterClause *clause = g_ptr_array_index (clauses, i);
      gboolean holds = FALSE;

      for (guint j = 0; j < clause->len && !holds; j++)
        holds = roster_needle_find (g_ptr_array_index (clause, j), row, end) != NULL;
      if (!holds)
        return FALSE;
    }
  return TRUE;
}

gboolean
roster_query_matches (RosterQuery *self, RosterIndex *index, guint slot)
{
  RosterFoldedChunk chunk;
  guint i = slot % CHUNK_SLOTS;

  return roster_index_get_folded (index, slot / CHUNK_SLOTS, &chunk) &&
         chunk.starts[i] < chunk.starts[i + 1] &&
         row_matches (self->clauses, 0, chunk.text + chunk.starts[i],
                      chunk.text + chunk.starts[i + 1]);
}

/* Sets the bits of everybody from @first to @end. */
static guint
scan_everybody (const RosterFoldedChunk *chunk, guint first, guint end, guint64 *bits)
{
  guint n_matches = 0;

  for (guint i = first; i < end; i++)
    {
      guint64 present = chunk->starts[i] < chunk->starts[i + 1];

      bits[i / 64] |= present << i % 64;
      n_matches += (guint) present;
    }
  return n_matches;
}

/* Sets the bits of those in whose row @needle occurs and the clauses after the first hold. */
static guint
scan_needle (GPtrArray *clauses,
             const RosterNeedle *needle,
             const RosterFoldedChunk *chunk,
             guint first,
             guint end,
             guint64 *bits)
{
  const char *from = chunk->text + chunk->starts[first];
  const char *to = chunk->text + chunk->starts[end];
  guint n_matches = 0;
  guint i = first;
  const char *hit;

  while ((hit = roster_needle_find (needle, from, to)) != NULL)
    {
      guint offset = (guint) (hit - chunk->text);

      while (chunk->starts[i + 1] <= offset)
        i++;
      from = chunk->text + chunk->starts[i + 1];
      if ((bits[i / 64] >> i % 64 & 1) == 0 &&
          row_matches (clauses, 1, chunk->text + chunk->starts[i], from))
        {
          bits[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
          n_matches++;
        }
    }
  return n_matches;
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
      guint first = slot % CHUNK_SLOTS;
      guint end = MIN (CHUNK_SLOTS, end_slot - number * CHUNK_SLOTS);
      guint64 *bits = bitmap + number * (CHUNK_SLOTS / 64);
      RosterFoldedChunk chunk;

      slot += end - first;
      if (!roster_index_get_folded (index, number, &chunk))
        continue;
      if (self->clauses->len == 0)
        n_matches += scan_everybody (&chunk, first, end, bits);
      else
        {
          RosterClause *clause = g_ptr_array_index (self->clauses, 0);

          for (guint i = 0; i < clause->len; i++)
            n_matches += scan_needle (self->clauses, g_ptr_array_index (clause, i), &chunk, first,
                                      end, bits);
        }
    }
  return n_matches;
}
