/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds a few bytes in many: blocks of 16 are compared with three bytes of the needle at once, and
 * with the rest only where these agree (W. Muła, "SIMD-friendly algorithms for substring
 * searching"). GCC's vectors are SSE2, NEON or plain words, as the machine has it. 67 MB of folded
 * text take 3 to 9 ms on one core, where reading them takes 3; glibc's memmem() takes 7 to 37, with
 * two letters and with what many people match the longest. Wider vectors are no faster without AVX.
 */

#define _GNU_SOURCE
#include "config.h"

#include "roster-needle.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "roster-phone.h"

#define BLOCK_LENGTH 16

/* What 64 rows are searched in at once. */
#define MAX_TEXT_LENGTH 16384

/* In how many words of 64 places there may be some to be led to their rows one by one. */
#define MAX_SPARSE_WORDS 6

/* To look at one row by itself takes as long as to look at this many bytes of all. */
#define ROW_COST 200

typedef guint8 Block __attribute__ ((vector_size (BLOCK_LENGTH)));

RosterNeedle *
roster_needle_new (const char *bytes, gsize length)
{
  /* Compared in blocks itself, see roster_needle_contains(). */
  RosterNeedle *self = g_malloc0 (sizeof *self + length + ROSTER_NEEDLE_PADDING);

  self->part = roster_phone_is_number (bytes[0]) ? ROSTER_NEEDLE_PHONE : ROSTER_NEEDLE_TEXT;
  roster_letters_add (&self->letters, bytes, length);
  self->exact = roster_letters_are_exact (bytes, length);
  self->length = length;
  memcpy (self->bytes, bytes, length);
  memcpy (&self->head, self->bytes, sizeof self->head);
  memset (&self->head_mask, 0xFF, MIN (length, sizeof self->head_mask));
  return self;
}

#define N_PROBES 3

/* The three bytes of a needle that a block is compared with at once: its first, the one in the
 * middle and its last. */
typedef struct
{
  Block first;
  Block middle;
  Block last;
  gsize middle_at;
  gsize last_at;
} Probe;

static inline Probe
get_probe (const RosterNeedle *self)
{
  gsize last_at = self->length - 1;
  gsize middle_at = self->length / 2;

  return (Probe){ (Block){ 0 } + (guint8) self->bytes[0],
                  (Block){ 0 } + (guint8) self->bytes[middle_at],
                  (Block){ 0 } + (guint8) self->bytes[last_at], middle_at, last_at };
}

/* Returns: a bit for each byte of @block: its highest one. */
static inline guint
gather_bits (Block block)
{
#ifdef __SSE2__
  return (guint) _mm_movemask_epi8 ((__m128i) block);
#else
  guint64 words[2];

  memcpy (words, &block, BLOCK_LENGTH);
  for (guint i = 0; i < 2; i++)
    words[i] = (GUINT64_FROM_LE (words[i]) & G_GUINT64_CONSTANT (0x0101010101010101)) *
                   G_GUINT64_CONSTANT (0x0102040810204080) >>
               56;
  return (guint) (words[0] | words[1] << 8);
#endif
}

/* Returns: a bit for each of the 16 bytes from @text on: whether the needle may begin there. */
static inline guint
get_places (const Probe *probe, const char *text)
{
  Block firsts;
  Block middles;
  Block lasts;

  memcpy (&firsts, text, BLOCK_LENGTH);
  memcpy (&middles, text + probe->middle_at, BLOCK_LENGTH);
  memcpy (&lasts, text + probe->last_at, BLOCK_LENGTH);
  return gather_bits (
      (Block) ((firsts == probe->first) & (middles == probe->middle) & (lasts == probe->last)));
}

/* Whether the rest of the needle is at @text as well; reads as far as the block that was compared.
 */
static inline gboolean
is_here (const RosterNeedle *self, const char *text)
{
  guint64 word;

  memcpy (&word, text, sizeof word);
  if (((word ^ self->head) & self->head_mask) != 0)
    return FALSE;
  return self->length <= sizeof word ||
         memcmp (text + sizeof word, self->bytes + sizeof word, self->length - sizeof word) == 0;
}

static inline const char *
find (const RosterNeedle *self, const Probe *probe, const char *text, const char *end)
{
  for (; end - text > (gssize) probe->last_at; text += BLOCK_LENGTH)
    {
      for (guint places = get_places (probe, text); places != 0; places &= places - 1)
        {
          const char *place = text + __builtin_ctz (places);

          if (end - place <= (gssize) probe->last_at)
            return NULL;
          if (is_here (self, place))
            return place;
        }
    }
  return NULL;
}

const char *
roster_needle_find (const RosterNeedle *self, const char *text, const char *end)
{
  const Probe probe = get_probe (self);

  return find (self, &probe, text, end);
}

static guint64
find_one_by_one (const RosterNeedle *self, const char *text, const guint32 *starts, guint64 rows)
{
  const Probe probe = get_probe (self);
  guint64 found = 0;

  for (; rows != 0; rows &= rows - 1)
    {
      guint i = (guint) __builtin_ctzll (rows);
      gboolean is_found = find (self, &probe, text + starts[i], text + starts[i + 1]) != NULL;

      found |= (guint64) is_found << i;
    }
  return found;
}

/* Takes those of 64 places from @text on at which the needle is not after all out of @places. */
static guint64
confirm_places (const RosterNeedle *self, const char *text, guint64 places)
{
  for (guint64 rest = places; rest != 0; rest &= rest - 1)
    {
      guint i = (guint) __builtin_ctzll (rest);

      places &= ~((guint64) !is_here (self, text + i) << i);
    }
  return places;
}

/* Returns: the lowest @n of 56 bits, all for a greater @n, none for a negative one. */
static inline guint64
get_mask (gssize n)
{
  n = CLAMP (n, 0, 56);
  return (G_GUINT64_CONSTANT (1) << n) - 1;
}

/* Returns: at least 56 bits of @bits, from @first on. */
static inline guint64
get_bits (const guint8 *bits, gsize first)
{
  guint64 word;

  memcpy (&word, bits + first / 8, sizeof word);
  return GUINT64_FROM_LE (word) >> first % 8;
}

/* Returns: whether any of @n bits is set. Nearly all rows are shorter than 112 bytes, and how long
 * one is cannot be guessed: so far there is no branch. */
static inline gboolean
has_bits (const guint8 *bits, gsize first, gssize n)
{
  guint64 found = get_bits (bits, first) & get_mask (n);

  found |= get_bits (bits, first + 56) & get_mask (n - 56);
  for (gssize i = 112; G_UNLIKELY (i < n); i += 56)
    found |= get_bits (bits, first + (gsize) i) & get_mask (n - i);
  return found != 0;
}

/* Returns: in how many words of 64 there are places. */
static guint
count_words (const guint8 *places, gsize length)
{
  guint n_words = 0;

  for (gsize i = 0; i < length; i += 64)
    {
      guint64 word;

      memcpy (&word, places + i / 8, sizeof word);
      n_words += word != 0;
    }
  return n_words;
}

static void
confirm_all (const RosterNeedle *self, const char *text, gsize length, guint8 *places)
{
  for (gsize i = 0; i < length; i += 64)
    {
      guint64 word;

      memcpy (&word, places + i / 8, sizeof word);
      if (word == 0)
        continue;
      word = GUINT64_TO_LE (confirm_places (self, text + i, GUINT64_FROM_LE (word)));
      memcpy (places + i / 8, &word, sizeof word);
    }
}

/* Returns: the rows of few places. */
static guint64
get_sparse_rows (const guint8 *places, gsize length, const guint32 *starts, gsize last_at)
{
  guint64 found = 0;
  guint row = 0;

  for (gsize i = 0; i < length; i += 64)
    {
      guint64 word;

      memcpy (&word, places + i / 8, sizeof word);
      for (word = GUINT64_FROM_LE (word); word != 0; word &= word - 1)
        {
          gsize place = starts[0] + i + (gsize) __builtin_ctzll (word);

          while (row < 63 && starts[row + 1] <= place)
            row++;
          found |= (guint64) (place + last_at < starts[row + 1]) << row;
        }
    }
  return found;
}

/* All 64 rows as one text. */
static guint64
find_together (const RosterNeedle *self, const char *text, const guint32 *starts)
{
  const Probe probe = get_probe (self);
  guint8 places[MAX_TEXT_LENGTH / 8 + 16];
  gsize length = starts[64] - starts[0];
  gsize n_blocks;
  guint64 found = 0;
  guint any = 0;

  if (length <= probe.last_at)
    return 0;
  text += starts[0];
  n_blocks = (length - probe.last_at + BLOCK_LENGTH - 1) / BLOCK_LENGTH;
  for (gsize i = 0; i < n_blocks; i++)
    {
      guint16 bits = (guint16) get_places (&probe, text + i * BLOCK_LENGTH);

      any |= bits;
      bits = GUINT16_TO_LE (bits);
      memcpy (places + i * 2, &bits, sizeof bits);
    }
  if (any == 0)
    return 0;

  memset (places + n_blocks * 2, 0, length / 8 + 16 - n_blocks * 2);
  if (self->length > N_PROBES)
    confirm_all (self, text, length, places);
  if (count_words (places, length) <= MAX_SPARSE_WORDS)
    return get_sparse_rows (places, length, starts, probe.last_at);
  for (guint i = 0; i < 64; i++)
    found |= (guint64) has_bits (places, starts[i] - starts[0],
                                 (gssize) (starts[i + 1] - starts[i]) - (gssize) probe.last_at)
             << i;
  return found;
}

static gboolean
are_one_by_one (const guint32 *starts, guint64 rows)
{
  gsize length = starts[64] - starts[0];

  return length > MAX_TEXT_LENGTH || (guint) __builtin_popcountll (rows) * ROW_COST <= length;
}

void
roster_needle_prefetch_rows (const char *text, const guint32 *starts, guint64 rows)
{
  if (!are_one_by_one (starts, rows))
    return;
  for (; rows != 0; rows &= rows - 1)
    {
      const char *row = text + starts[__builtin_ctzll (rows)];

      /* Most are shorter than two lines of the cache. */
      __builtin_prefetch (row);
      __builtin_prefetch (row + 64);
    }
}

guint64
roster_needle_find_rows (const RosterNeedle *self,
                         const char *text,
                         const guint32 *starts,
                         guint64 rows)
{
  if (are_one_by_one (starts, rows))
    return find_one_by_one (self, text, starts, rows);
  return rows & find_together (self, text, starts);
}

gboolean
roster_needle_contains (const RosterNeedle *self, const RosterNeedle *part)
{
  return roster_needle_find (part, self->bytes, self->bytes + self->length) != NULL;
}

int
roster_needle_compare (const RosterNeedle *a, const RosterNeedle *b)
{
  if (a->exact != b->exact)
    return a->exact ? -1 : 1;
  if (a->part != b->part)
    return a->part > b->part ? -1 : 1;
  if (a->length != b->length)
    return a->length > b->length ? -1 : 1;
  return memcmp (a->bytes, b->bytes, a->length);
}
