/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everybody is sorted by 16 bytes a person: the first eight of the name's sort key, or the time,
 * and the slot. Those who are equal so far are compared by the collator, whose answers are those of
 * its keys; the whole keys of a million names would take 40 MB for as long as it lasts. Runs are
 * sorted and merged because qsort() takes as much memory again as what it sorts.
 *
 * A change is merged into a copy of the array: a millisecond, where to sort a million takes one
 * second. */

#include "config.h"

#include "roster-order.h"

#include <locale.h>
#include <string.h>
#include <unicode/ucol.h>
#include <unicode/uiter.h>
#include <unicode/uloc.h>

#include "roster-index-private.h"

#define PREFIX_LENGTH 8

#define RUN_LENGTH 65536

/* To merge one person costs as much as to sort this many. */
#define SORT_COST 16

/* Collation of one locale; shared by all orders that follow from one another. ICU's collators may
 * be used by several threads as long as none changes them. */
typedef struct
{
  gatomicrefcount ref_count;
  UCollator *collator;
} Collation;

struct _RosterOrder
{
  gatomicrefcount ref_count;
  RosterSort sort;
  Collation *collation;
  guint n_slots;
  guint slots[];
};

/* Somebody while everybody is sorted. */
typedef struct
{
  guint64 prefix;
  guint slot;
} Entry;

static UCollator *
open_collator (const char *locale)
{
  UErrorCode status = U_ZERO_ERROR;
  char canonical[ULOC_FULLNAME_CAPACITY] = "";
  UCollator *collator;

  if (locale == NULL)
    locale = setlocale (LC_COLLATE, NULL);
  /* "C" is nobody's language: the root order. ICU would read the names as en_US_POSIX, which puts
   * all capitals first. */
  if (locale != NULL && !g_str_equal (locale, "POSIX") && !g_str_equal (locale, "C") &&
      !g_str_has_prefix (locale, "C."))
    uloc_canonicalize (locale, canonical, sizeof canonical, &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
    canonical[0] = '\0';

  status = U_ZERO_ERROR;
  collator = ucol_open (canonical, &status);
  if (U_FAILURE (status))
    {
      status = U_ZERO_ERROR;
      collator = ucol_open ("", &status);
    }
  if (U_FAILURE (status))
    g_error ("ICU lacks its data: %s", u_errorName (status));
  ucol_setAttribute (collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
  return collator;
}

static Collation *
collation_new (const char *locale)
{
  Collation *collation = g_new (Collation, 1);

  g_atomic_ref_count_init (&collation->ref_count);
  collation->collator = open_collator (locale);
  return collation;
}

static Collation *
collation_ref (Collation *collation)
{
  g_atomic_ref_count_inc (&collation->ref_count);
  return collation;
}

static void
collation_unref (Collation *collation)
{
  if (!g_atomic_ref_count_dec (&collation->ref_count))
    return;
  ucol_close (collation->collator);
  g_free (collation);
}

/* @collation: (transfer full) */
static RosterOrder *
order_new (Collation *collation, RosterSort sort, guint n_slots)
{
  RosterOrder *self = g_malloc (sizeof *self + n_slots * sizeof (guint));

  g_atomic_ref_count_init (&self->ref_count);
  self->sort = sort;
  self->collation = collation;
  self->n_slots = n_slots;
  return self;
}

/* What decides before the name: smaller is first. */
static guint64
get_time_rank (RosterSort sort, const RosterPersonView *view)
{
  gint64 time_unix_ms =
      sort == ROSTER_SORT_ADDED ? view->created_at_unix_ms : view->updated_at_unix_ms;

  /* Most recent first; the sign bit is turned so that times before 1970 are the smaller ones. */
  return ~((guint64) time_unix_ms ^ (G_GUINT64_CONSTANT (1) << 63));
}

static guint64
get_name_prefix (const UCollator *collator, const char *name)
{
  UErrorCode status = U_ZERO_ERROR;
  guint8 bytes[PREFIX_LENGTH] = { 0 };
  guint64 prefix = 0;
  guint32 state[2] = { 0, 0 };
  UCharIterator iterator;

  uiter_setUTF8 (&iterator, name, -1);
  ucol_nextSortKeyPart (collator, &iterator, state, bytes, PREFIX_LENGTH, &status);
  for (guint i = 0; i < PREFIX_LENGTH; i++)
    prefix = prefix << 8 | bytes[i];
  return prefix;
}

/* What two slots are compared with. */
typedef struct
{
  RosterIndex *index;
  RosterSort sort;
  const UCollator *collator;
} Context;

/* The order itself: no two slots are equal. Both hold somebody. */
static int
compare_slots (const Context *context, guint one, guint other)
{
  UErrorCode status = U_ZERO_ERROR;
  int result = 0;

  if (context->sort != ROSTER_SORT_NAME)
    {
      RosterPersonView view;
      guint64 rank;
      guint64 other_rank;

      roster_index_get (context->index, one, &view);
      rank = get_time_rank (context->sort, &view);
      roster_index_get (context->index, other, &view);
      other_rank = get_time_rank (context->sort, &view);
      result = (rank > other_rank) - (rank < other_rank);
    }
  if (result == 0)
    result =
        (int) ucol_strcollUTF8 (context->collator, roster_index_get_name (context->index, one), -1,
                                roster_index_get_name (context->index, other), -1, &status);
  return result != 0 ? result : (one > other) - (one < other);
}

static int
compare_slots_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return compare_slots (user_data, *(const guint *) a, *(const guint *) b);
}

static int
compare_prefixes (gconstpointer a, gconstpointer b)
{
  const Entry *one = a;
  const Entry *other = b;

  return (one->prefix > other->prefix) - (one->prefix < other->prefix);
}

static void
get_entries (const Context *context, Entry *entries)
{
  guint n_slots = roster_index_get_n_slots (context->index);
  guint n_entries = 0;

  for (guint slot = 0; slot < n_slots; slot++)
    {
      RosterPersonView view;

      if (!roster_index_get (context->index, slot, &view))
        continue;
      entries[n_entries].slot = slot;
      entries[n_entries].prefix = context->sort == ROSTER_SORT_NAME
                                      ? get_name_prefix (context->collator, view.name)
                                      : get_time_rank (context->sort, &view);
      n_entries++;
    }
}

/* Merges runs of @entries, each sorted by itself, into @slots; those whose prefixes are equal are
 * put in order as soon as they are together. */
static void
merge_runs (Context *context, const Entry *entries, guint n_entries, guint *slots)
{
  guint n_runs = (n_entries + RUN_LENGTH - 1) / RUN_LENGTH;
  g_autofree guint *next = g_new (guint, n_runs + 1);
  guint64 prefix = 0;
  guint start = 0;

  for (guint run = 0; run < n_runs; run++)
    next[run] = run * RUN_LENGTH;
  for (guint n = 0; n <= n_entries; n++)
    {
      guint first = G_MAXUINT;

      for (guint run = 0; run < n_runs; run++)
        {
          if (next[run] < MIN ((run + 1) * RUN_LENGTH, n_entries) &&
              (first == G_MAXUINT || entries[next[run]].prefix < entries[next[first]].prefix))
            first = run;
        }
      if (n == n_entries || entries[next[first]].prefix != prefix)
        {
          if (n - start > 1)
            g_qsort_with_data (slots + start, (int) (n - start), sizeof *slots, compare_slots_cb,
                               context);
          start = n;
        }
      if (n < n_entries)
        {
          prefix = entries[next[first]].prefix;
          slots[n] = entries[next[first]++].slot;
        }
    }
}

/* @collation: (transfer full) */
static RosterOrder *
sort_everybody (RosterIndex *index, RosterSort sort, Collation *collation)
{
  guint n_people = roster_index_get_n_people (index);
  RosterOrder *self = order_new (collation, sort, n_people);
  Context context = { index, sort, collation->collator };
  g_autofree Entry *entries = g_new (Entry, n_people + 1);

  get_entries (&context, entries);
  for (guint start = 0; start < n_people; start += RUN_LENGTH)
    qsort (entries + start, MIN (RUN_LENGTH, n_people - start), sizeof *entries, compare_prefixes);
  merge_runs (&context, entries, n_people, self->slots);
  return self;
}

RosterOrder *
roster_order_new (RosterIndex *index, RosterSort sort, const char *locale)
{
  return sort_everybody (index, sort, collation_new (locale));
}

RosterOrder *
roster_order_ref (RosterOrder *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_order_unref (RosterOrder *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  collation_unref (self->collation);
  g_free (self);
}

RosterSort
roster_order_get_sort (RosterOrder *self)
{
  return self->sort;
}

const guint *
roster_order_get_slots (RosterOrder *self, guint *n_slots)
{
  *n_slots = self->n_slots;
  return self->slots;
}

/* Returns: (transfer full): a bit for each slot of @changed. */
static guint64 *
get_changed_bits (const guint *changed, gsize n_changed, guint *n_bits)
{
  guint64 *bits;

  *n_bits = 0;
  for (gsize i = 0; i < n_changed; i++)
    *n_bits = MAX (*n_bits, changed[i] + 1);
  bits = g_new0 (guint64, *n_bits / 64 + 1);
  for (gsize i = 0; i < n_changed; i++)
    bits[changed[i] / 64] |= G_GUINT64_CONSTANT (1) << changed[i] % 64;
  return bits;
}

static inline gboolean
has_bit (const guint64 *bits, guint n_bits, guint slot)
{
  return slot < n_bits && (bits[slot / 64] >> slot % 64 & 1) != 0;
}

/* Merges @added, in order, into the first of @slots; the others, in order, are behind them. */
static void
merge (const Context *context, const guint *added, guint n_added, guint *slots, guint n_slots)
{
  guint from = n_added;
  guint n = 0;

  for (guint i = 0; i < n_added; i++)
    {
      guint low = from;
      guint high = n_slots;

      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (compare_slots (context, slots[middle], added[i]) < 0)
            low = middle + 1;
          else
            high = middle;
        }
      memmove (slots + n, slots + from, (low - from) * sizeof *slots);
      n += low - from;
      from = low;
      slots[n++] = added[i];
    }
}

RosterOrder *
roster_order_apply (RosterOrder *self, RosterIndex *index, const guint *changed, gsize n_changed)
{
  Context context = { index, self->sort, self->collation->collator };
  guint n_people = roster_index_get_n_people (index);
  RosterOrder *next;
  g_autofree guint *added = NULL;
  g_autofree guint64 *bits = NULL;
  guint n_bits;
  guint n_added = 0;
  guint n;

  added = g_new (guint, n_changed + 1);
  bits = get_changed_bits (changed, n_changed, &n_bits);
  for (gsize i = 0; i < n_changed; i++)
    {
      /* A slot that is given twice is added once. */
      if (has_bit (bits, n_bits, changed[i]) && roster_index_get_name (index, changed[i]) != NULL)
        added[n_added++] = changed[i];
      bits[changed[i] / 64] &= ~(G_GUINT64_CONSTANT (1) << changed[i] % 64);
    }
  for (gsize i = 0; i < n_changed; i++)
    bits[changed[i] / 64] |= G_GUINT64_CONSTANT (1) << changed[i] % 64;
  /* Those who are gone cost no more than to be left out. */
  if (n_added > n_people / SORT_COST)
    return sort_everybody (index, self->sort, collation_ref (self->collation));
  g_qsort_with_data (added, (int) n_added, sizeof *added, compare_slots_cb, &context);

  next = order_new (collation_ref (self->collation), self->sort, n_people);
  n = n_added;
  for (guint i = 0; i < self->n_slots && n < n_people; i++)
    {
      next->slots[n] = self->slots[i];
      n += !has_bit (bits, n_bits, self->slots[i]);
    }
  g_assert (n == n_people);
  merge (&context, added, n_added, next->slots, n_people);
  return next;
}

guint
roster_order_filter_range (RosterOrder *self,
                           const guint64 *bitmap,
                           guint first,
                           guint end,
                           guint *slots)
{
  guint n = 0;

  for (guint i = first; i < end; i++)
    {
      guint slot = self->slots[i];

      /* Always written, so that nothing has to be guessed. */
      slots[n] = slot;
      n += bitmap[slot / 64] >> slot % 64 & 1;
    }
  return n;
}

guint *
roster_order_filter (RosterOrder *self, const guint64 *bitmap, guint *n_matches)
{
  guint *slots = g_new (guint, (gsize) self->n_slots + 1);

  *n_matches = roster_order_filter_range (self, bitmap, 0, self->n_slots, slots);
  return g_renew (guint, slots, (gsize) *n_matches + 1);
}
