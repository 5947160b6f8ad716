/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include <string.h>

#include "roster-letters.h"
#include "roster-needle.h"

/* Text that ends where its memory does but for the padding, so that a sanitizer sees every byte
 * that is read too many. Few different bytes, so that much is found. */
static char *
make_text (gsize length)
{
  char *text = g_malloc (length + ROSTER_NEEDLE_PADDING);

  for (gsize i = 0; i < length + ROSTER_NEEDLE_PADDING; i++)
    text[i] = (char) ('a' + g_test_rand_int_range (0, 3));
  return text;
}

static RosterNeedle *
make_needle (const char *text, gsize text_length)
{
  gsize length = (gsize) g_test_rand_int_range (1, g_test_rand_bit () ? 5 : 40);
  g_autofree char *other = make_text (length);

  if (g_test_rand_bit () && length < text_length)
    return roster_needle_new (text + g_test_rand_int_range (0, (gint32) (text_length - length + 1)),
                              length);
  return roster_needle_new (other, length);
}

static void
test_new (void)
{
  g_autofree RosterNeedle *needle = roster_needle_new ("abc", 3);
  g_autofree RosterNeedle *part = roster_needle_new ("bc", 2);
  g_autofree RosterNeedle *phone = roster_needle_new ("\xF5", 1);

  g_assert_cmpuint (needle->length, ==, 3);
  g_assert_cmpuint (needle->part, ==, ROSTER_NEEDLE_TEXT);
  g_assert_cmpuint (phone->part, ==, ROSTER_NEEDLE_PHONE);
  g_assert_cmphex (needle->letters.single, ==, 7);
  g_assert_false (needle->exact);
  g_assert_true (phone->exact);
  g_assert_true (roster_needle_contains (needle, part));
  g_assert_true (roster_needle_contains (needle, needle));
  g_assert_false (roster_needle_contains (part, needle));
  g_assert_cmpint (roster_needle_compare (needle, part), <, 0);
  g_assert_cmpint (roster_needle_compare (part, needle), >, 0);
  g_assert_cmpint (roster_needle_compare (part, part), ==, 0);
}

static void
test_find (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, 100);
      g_autofree char *text = make_text (length);
      g_autofree RosterNeedle *needle = make_needle (text, length);

      g_assert_true (roster_needle_find (needle, text, text + length) ==
                     memmem (text, length, needle->bytes, needle->length));
    }
}

static void
test_find_rows (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      guint32 starts[65] = { (guint32) g_test_rand_int_range (0, 50) };
      gint32 max_length = i % 100 == 0 ? 700 : g_test_rand_int_range (1, 150);
      g_autofree char *text = NULL;
      g_autofree RosterNeedle *needle = NULL;
      guint64 expected = 0;
      guint64 some = (guint64) g_test_rand_int () << 32 >> g_test_rand_int_range (0, 64);

      for (guint row = 0; row < 64; row++)
        starts[row + 1] = starts[row] + (g_test_rand_int_range (0, 4) == 0
                                             ? 0
                                             : (guint32) g_test_rand_int_range (0, max_length));
      text = make_text (starts[64]);
      needle = make_needle (text, starts[64]);
      for (guint row = 0; row < 64; row++)
        expected |= (guint64) (memmem (text + starts[row], starts[row + 1] - starts[row],
                                       needle->bytes, needle->length) != NULL)
                    << row;
      g_assert_cmphex (roster_needle_find_rows (needle, text, starts, ~G_GUINT64_CONSTANT (0)), ==,
                       expected);
      g_assert_cmphex (roster_needle_find_rows (needle, text, starts, some), ==, expected & some);
    }
}

static RosterLetters
get_letters (const char *text, gsize length)
{
  RosterLetters letters = { 0 };

  roster_letters_add (&letters, text, length);
  return letters;
}

static void
test_letters (void)
{
  RosterLetters all = { 0 };

  for (guint byte = 1; byte < 256; byte++)
    {
      char text = (char) byte;

      roster_letters_add (&all, &text, 1);
      if (!roster_letters_are_exact (&text, 1))
        continue;
      for (guint other = 1; other < 256; other++)
        {
          char other_text = (char) other;

          g_assert_cmpint (get_letters (&text, 1).single == get_letters (&other_text, 1).single, ==,
                           other == byte);
        }
    }
  g_assert_cmphex (all.single, ==, ~G_GUINT64_CONSTANT (0));
  g_assert_cmphex (all.pairs, ==, 0);
  g_assert_false (roster_letters_are_exact ("ab", 2));
  g_assert_false (roster_letters_are_exact ("@", 1));
  g_assert_cmphex (get_letters ("a b\nc", 5).pairs, ==, 0);
}

/* Text that contains another has all of its bits. */
static void
test_letters_contained (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      char text[40];
      gsize start = (gsize) g_test_rand_int_range (0, sizeof text);
      gsize length = (gsize) g_test_rand_int_range (1, (gint32) (sizeof text - start + 1));
      RosterLetters all;
      RosterLetters part;

      for (gsize j = 0; j < sizeof text; j++)
        text[j] = (char) g_test_rand_int_range (1, 256);
      all = get_letters (text, sizeof text);
      part = get_letters (text + start, length);
      g_assert_cmphex (part.single & ~all.single, ==, 0);
      g_assert_cmphex (part.pairs & ~all.pairs, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/needle/new", test_new);
  g_test_add_func ("/search/needle/find", test_find);
  g_test_add_func ("/search/needle/find-rows", test_find_rows);
  g_test_add_func ("/search/needle/letters", test_letters);
  g_test_add_func ("/search/needle/letters-contained", test_letters_contained);
  return g_test_run ();
}
