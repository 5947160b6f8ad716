/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searching a directory: what roster_query_scan() and roster_query_matches() find is what a matcher
 * finds that only knows the words of the documentation and looks at one person after the other. */

#define _GNU_SOURCE
#include "config.h"

#include <locale.h>
#include <string.h>

#include "roster-fold.h"
#include "roster-phone.h"
#include "roster-query.h"
#include "search-people.h"

static gboolean
contains (const GString *text, gconstpointer bytes, gsize length)
{
  return memmem (text->str, text->len, bytes, length) != NULL;
}

/* What a person is found by, each field apart. */
typedef struct
{
  GPtrArray *texts;
  GString *phone;
} Found;

static void
add_texts (Found *found, const char *text)
{
  for (RosterSpelling spelling = ROSTER_SPELLING_PLAIN; spelling <= ROSTER_SPELLING_EXPANDED;
       spelling++)
    {
      GString *folded = g_string_new (NULL);

      roster_fold_append (folded, text, spelling, NULL);
      g_ptr_array_add (found->texts, folded);
    }
}

static void
string_free (gpointer string)
{
  g_string_free (string, TRUE);
}

static void
found_init (Found *found, const RosterPerson *person)
{
  found->texts = g_ptr_array_new_with_free_func (string_free);
  found->phone = g_string_new (NULL);
  add_texts (found, person->name);
  add_texts (found, person->email);
  if (strpbrk (person->phone, "extn") != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (person->phone, " ext. ", 2);
      g_autofree char *joined = g_strjoinv ("ext", parts);
      g_auto (GStrv) others = g_strsplit (joined, " x", 2);
      g_autofree char *closed_up = g_strjoinv ("x", others);

      add_texts (found, closed_up);
    }
  roster_phone_append_forms (found->phone, person->phone, NULL);
}

static void
found_clear (Found *found)
{
  g_ptr_array_unref (found->texts);
  g_string_free (found->phone, TRUE);
}

static gboolean
has_as_typed (const Found *found, const char *word)
{
  for (RosterSpelling spelling = ROSTER_SPELLING_PLAIN; spelling <= ROSTER_SPELLING_EXPANDED;
       spelling++)
    {
      g_autoptr (GString) folded = g_string_new (NULL);

      roster_fold_append (folded, word, spelling, NULL);
      for (guint i = 0; i < found->texts->len; i++)
        {
          if (contains (g_ptr_array_index (found->texts, i), folded->str, folded->len))
            return TRUE;
        }
    }
  return FALSE;
}

/* Marks within a word stand for nothing or for a space. */
static gboolean
text_has (const Found *found, const char *word)
{
  g_autoptr (GString) spaced = g_string_new (NULL);

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *character = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
      g_autofree char *folded = roster_fold (character);
      gboolean is_mark = g_unichar_ispunct (g_utf8_get_char (p)) && folded[0] == '\0';

      g_string_append (spaced, is_mark ? " " : character);
    }
  return has_as_typed (found, word) || has_as_typed (found, spaced->str);
}

static gboolean
phone_has (const Found *found, const char *number)
{
  g_autoptr (GPtrArray) needles = roster_phone_get_needles (number);

  for (guint i = 0; i < needles->len; i++)
    {
      GBytes *needle = g_ptr_array_index (needles, i);

      if (contains (found->phone, g_bytes_get_data (needle, NULL), g_bytes_get_size (needle)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_number (const char *word)
{
  g_autofree char *folded = roster_fold (word);

  return folded[strspn (folded, "0123456789+")] == '\0';
}

static gboolean
is_led_by_plus (const char *word)
{
  g_autofree char *folded = roster_fold (word);

  return folded[0] == '+';
}

static gsize
count_digits (const char *word)
{
  g_autofree char *folded = roster_fold (word);
  gsize n = 0;

  for (gsize i = 0; folded[i] != '\0'; i++)
    n += g_ascii_isdigit (folded[i]);
  return n;
}

/* @words: what was typed, split at single spaces, no word of ignored characters alone. */
static gboolean
is_match (const Found *found, char **words)
{
  for (guint i = 0; words[i] != NULL;)
    {
      g_autoptr (GString) number = g_string_new (words[i]);
      guint end = i + 1;

      if (!is_number (words[i]))
        {
          if (!text_has (found, words[i++]))
            return FALSE;
          continue;
        }
      for (; words[end] != NULL && is_number (words[end]) && !is_led_by_plus (words[end]); end++)
        g_string_append_printf (number, " %s", words[end]);
      for (; i < end; i++)
        {
          if (!has_as_typed (found, words[i]) && !phone_has (found, number->str) &&
              !(count_digits (words[i]) >= 3 && phone_has (found, words[i])))
            return FALSE;
        }
    }
  return TRUE;
}

/* Something that somebody in @people may be looked for with: a piece or two of what they are. */
static char *
make_query (SearchPeople *people)
{
  GString *query = g_string_new (NULL);
  guint n_words = (guint) g_test_rand_int_range (1, 4);
  const RosterPerson *person = NULL;

  while (person == NULL)
    person = g_ptr_array_index (people->by_slot,
                                g_test_rand_int_range (0, (gint32) people->by_slot->len));
  for (guint i = 0; i < n_words; i++)
    {
      const char *const fields[] = { person->name, person->email, person->phone };
      g_autofree char *field =
          g_utf8_make_valid (fields[g_test_rand_int_range (0, G_N_ELEMENTS (fields))], -1);
      glong length = g_utf8_strlen (field, -1);
      glong start = length > 0 ? g_test_rand_int_range (0, (gint32) length) : 0;
      glong end = start + g_test_rand_int_range (1, 9);
      g_autofree char *piece = g_utf8_substring (field, start, MIN (end, length));

      g_string_append_printf (query, "%s%s", i > 0 ? " " : "", piece);
    }
  return g_string_free (query, FALSE);
}

/* Splits as a person would; words of ignored characters say nothing. */
static char **
split (const char *query)
{
  g_auto (GStrv) all = g_strsplit_set (query, " \t", -1);
  GStrvBuilder *words = g_strv_builder_new ();
  char **result;

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *folded = roster_fold (all[i]);

      if (*folded != '\0')
        g_strv_builder_add (words, all[i]);
    }
  result = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  return result;
}

/* The first in an order of one's own are those who match anyway, up to where looking ended. */
static void
assert_found_first (RosterQuery *query, RosterIndex *index, const gboolean *expected)
{
  guint n_slots = roster_index_get_n_slots (index);
  guint max_matches = (guint) g_test_rand_int_range (1, 300);
  guint max_read = (guint) g_test_rand_int_range (1, 5000);
  g_autofree guint *order = g_new (guint, n_slots);
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_looked_at;
  guint n = 0;

  for (guint i = 0; i < n_slots; i++)
    order[i] = n_slots - 1 - i;
  n_looked_at =
      roster_query_find_first (query, index, order, n_slots, max_matches, max_read, matches);

  for (guint i = 0; i < n_looked_at; i++)
    {
      if (expected[order[i]])
        g_assert_cmpuint (g_array_index (matches, guint, n++), ==, order[i]);
    }
  g_assert_cmpuint (n, ==, matches->len);
  g_assert_true (n_looked_at == n_slots || n >= max_matches || max_read < n_slots);
}

static void
assert_found (RosterQuery *query, RosterIndex *index, const gboolean *expected, const char *typed)
{
  guint n_slots = roster_index_get_n_slots (index);
  g_autofree guint64 *bitmap = g_new0 (guint64, n_slots / 64 + 1);
  guint middle = (guint) g_test_rand_int_range (0, (gint32) (n_slots / 64 + 1)) * 64;
  guint n_found = roster_query_scan (query, index, 0, middle, bitmap) +
                  roster_query_scan (query, index, middle, n_slots, bitmap);
  guint n_expected = 0;

  for (guint slot = 0; slot < n_slots; slot++)
    {
      RosterPersonView view = { 0 };

      n_expected += expected[slot];
      if ((int) (bitmap[slot / 64] >> slot % 64 & 1) == expected[slot] &&
          roster_query_matches (query, index, slot) == expected[slot])
        continue;
      roster_index_get (index, slot, &view);
      g_error ("“%s” and “%s” “%s” “%s”: should be %d", typed, view.name, view.email, view.phone,
               expected[slot]);
    }
  g_assert_cmpuint (n_found, ==, n_expected);
  assert_found_first (query, index, expected);
  g_assert_false (roster_query_matches (query, index, n_slots));
}

static void
test_random (void)
{
  g_autoptr (SearchPeople) people = search_people_new (3000);
  g_autoptr (RosterIndex) index = search_people_index (people);
  guint n_slots = people->by_slot->len;
  g_autofree Found *found = g_new0 (Found, n_slots);
  g_autofree gboolean *expected = g_new0 (gboolean, n_slots);

  for (guint slot = 0; slot < n_slots; slot++)
    {
      if (g_ptr_array_index (people->by_slot, slot) != NULL)
        found_init (&found[slot], g_ptr_array_index (people->by_slot, slot));
    }
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *typed = make_query (people);
      g_autoptr (RosterQuery) query = roster_query_new (typed);
      g_auto (GStrv) words = split (typed);

      for (guint slot = 0; slot < n_slots; slot++)
        expected[slot] = found[slot].texts != NULL && is_match (&found[slot], words);
      assert_found (query, index, expected, typed);
    }
  for (guint slot = 0; slot < n_slots; slot++)
    {
      if (found[slot].texts != NULL)
        found_clear (&found[slot]);
    }
}

/* Each range is scanned by its own thread while the main thread makes the next snapshots. */
typedef struct
{
  RosterQuery *query;
  RosterIndex *index;
  guint first;
  guint end;
  guint64 *bitmap;
  guint n_matches;
} Range;

static gpointer
scan_range (gpointer data)
{
  Range *range = data;

  for (guint i = 0; i < 20; i++)
    range->n_matches =
        roster_query_scan (range->query, range->index, range->first, range->end, range->bitmap);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (SearchPeople) people = search_people_new (20000);
  g_autoptr (RosterIndex) index = search_people_index (people);
  g_autoptr (RosterIndex) next = roster_index_ref (index);
  g_autoptr (RosterQuery) query = roster_query_new ("an 55");
  guint n_slots = roster_index_get_n_slots (index);
  g_autofree guint64 *bitmap = g_new0 (guint64, n_slots / 64 + 1);
  g_autofree guint64 *expected = g_new0 (guint64, n_slots / 64 + 1);
  guint middle = n_slots / 2 / 64 * 64;
  Range ranges[] = { { query, index, 0, middle, bitmap, 0 },
                     { query, index, middle, n_slots, bitmap, 0 } };
  guint n_expected = roster_query_scan (query, index, 0, n_slots, expected);
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("scan", scan_range, &ranges[i]);
  for (guint i = 0; i < 20; i++)
    {
      RosterIndex *changed = search_people_change (people, next, 100, slots);

      roster_index_unref (next);
      next = changed;
    }
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (n_expected, >, 0);
  g_assert_cmpuint (ranges[0].n_matches + ranges[1].n_matches, ==, n_expected);
  g_assert_cmpmem (bitmap, (n_slots / 64 + 1) * sizeof *bitmap, expected,
                   (n_slots / 64 + 1) * sizeof *expected);
}

static RosterIndex *
index_of (const char *name)
{
  g_autoptr (RosterPerson) person = roster_person_new ("id", name, name, name);
  RosterPerson *people[] = { person };
  g_autoptr (RosterIndex) empty = roster_index_new_empty ();

  person->slot = 0;
  return roster_index_apply (empty, people, 1, NULL, 0);
}

/* A pasted book asks for its first words only, and quickly. */
static void
test_long (void)
{
  static const char *const pieces[] = { "word ", "1", "12 ", "+1 ", "ü", "a b ", "\xff", "ﷺ " };

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (RosterIndex) index = NULL;
      g_autoptr (RosterIndex) other = index_of ("somebody else");
      g_autoptr (RosterQuery) query = NULL;
      guint64 bitmap = 0;

      while (text->len < 1 << 20)
        g_string_append (text, pieces[i]);
      query = roster_query_new (text->str);
      g_string_truncate (text, 100000);
      index = index_of (text->str);
      g_assert_true (roster_query_matches (query, index, 0));
      g_assert_cmpuint (roster_query_scan (query, index, 0, 1, &bitmap), ==, 1);
      g_assert_cmpint (roster_query_matches (query, other, 0), ==, roster_query_is_empty (query));
    }
}

/* Bytes of any kind, in people and in queries. */
static void
test_hostile (void)
{
  for (guint i = 0; i < 500; i++)
    {
      char text[200] = { 0 };
      char typed[20] = { 0 };
      g_autoptr (RosterIndex) index = NULL;
      g_autoptr (RosterQuery) query = NULL;
      guint64 bitmap = 0;

      for (guint j = 0; j < sizeof text - 1; j++)
        text[j] = (char) g_test_rand_int_range (1, 256);
      memcpy (typed, text + g_test_rand_int_range (0, 180), sizeof typed - 1);
      index = index_of (text);
      query = roster_query_new (typed);
      g_assert_cmpuint (roster_query_scan (query, index, 0, 1, &bitmap), ==,
                        roster_query_matches (query, index, 0));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/scan/random", test_random);
  g_test_add_func ("/search/scan/threads", test_threads);
  g_test_add_func ("/search/scan/long", test_long);
  g_test_add_func ("/search/scan/hostile", test_hostile);
  return g_test_run ();
}
