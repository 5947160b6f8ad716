/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "roster-fold.h"

static const struct
{
  const char *text;
  const char *plain;
  const char *expanded;
} cases[] = {
  { "", "", "" },
  { "John Smith", "john smith", "john smith" },
  { "  John \t\n Smith  ", "john smith", "john smith" },
  { "Müller", "muller", "mueller" },
  { "Mu\u0308ller", "muller", "mueller" },
  { "ÄÖÜØÅ äöüøå", "aouoa aouoa", "aeoeueoeaa aeoeueoeaa" },
  { "A\u030Angstro\u0308m", "angstrom", "aangstroem" },
  { "Straße ẞ", "strasse ss", "strasse ss" },
  { "Æsa Œuvre Þór Ðrupal Łódź Đorđe Ŋgozi", "aesa oeuvre thor drupal lodz dorde ngozi",
    "aesa oeuvre thor drupal lodz dorde ngozi" },
  { "İIıi", "iiii", "iiii" },
  { "O'Brien-Smith, Jr. (J.R.)", "obriensmith jr jr", "obriensmith jr jr" },
  { "a.b_c-d+e@f.example", "abcd+e@fexample", "abcd+e@fexample" },
  { "ΓΙΩΡΓΟΣ ΐ", "γιωργοσ ι", "γιωργοσ ι" },
  { "Артём Й", "артем и", "артем и" },
  { "مُحَمَّدـ أإآ", "محمد ااا", "محمد ااا" },
  { "שָׁלוֹם", "שלומ", "שלומ" },
  { "कि ज़", "कि ज", "कि ज" },
  { "น้ำ", "น\u0E4D\u0E32", "น\u0E4D\u0E32" },
  { "น\u0E4D\u0E49\u0E32", "น\u0E4D\u0E32", "น\u0E4D\u0E32" },
  { "ຄ\u0EB3", "ຄ\u0ECD\u0EB2", "ຄ\u0ECD\u0EB2" },
  { "ガｶﾞが", "か\u3099か\u3099か\u3099", "か\u3099か\u3099か\u3099" },
  { "ﾊﾟー", "は\u309Aー", "は\u309Aー" },
  { "각과", "\u1100\u1161\u1100\u1100\u1169\u1161", "\u1100\u1161\u1100\u1100\u1169\u1161" },
  { "٣४７²", "3472", "3472" },
  { "ﬃ ＡＢ", "ffi ab", "ffi ab" },
  { "👍🏽\uFE0F ❤\uFE0F", "👍 ❤", "👍 ❤" },
  { "a\u00A0b\u3000c\u2028d", "a b c d", "a b c d" },
  { "a\xff\xfe\xc3z", "az", "az" },
  { "\xed\xa0\x80x\xf4\x90\x80\x80", "x", "x" },
  { "\u202Eabc\u202C\u200B\u00AD\uFEFF", "abc", "abc" },
  { "\x01\x7f", "", "" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = roster_fold (cases[i].text);
      g_autoptr (GString) expanded = g_string_new ("before ");
      gboolean differs =
          roster_fold_append (expanded, cases[i].text, ROSTER_SPELLING_EXPANDED, NULL);

      g_assert_cmpstr (plain, ==, cases[i].plain);
      g_assert_cmpstr (expanded->str + strlen ("before "), ==, cases[i].expanded);
      g_assert_cmpint (differs, ==, !g_str_equal (cases[i].plain, cases[i].expanded));
    }
}

/* What is folded already stays as it is, so that what was copied out of folded text still matches.
 */
static void
test_all_code_points (void)
{
  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      gsize length;
      const char *bytes;
      g_autofree char *once = NULL;
      g_autofree char *twice = NULL;

      if (!g_unichar_validate (c))
        continue;
      bytes = roster_fold_code_point (c, &length);
      g_assert_true (g_utf8_validate_len (bytes, length, NULL));
      once = g_strndup (bytes, length);
      twice = roster_fold (once);
      g_assert_cmpstr (twice, ==, g_str_equal (once, " ") ? "" : once);
    }
}

static void
test_origins (void)
{
  static const char text[] = "ß x\u0308ﬃ\xffü";
  static const guint expected[] = { 0, 0, 2, 3, 6, 6, 6, 10, 10 };
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (guint));

  roster_fold_append (folded, text, ROSTER_SPELLING_EXPANDED, origins);
  g_assert_cmpstr (folded->str, ==, "ss xffiue");
  g_assert_cmpmem (origins->data, origins->len * sizeof (guint), expected, sizeof expected);
}

static gpointer
fold_everything (gpointer data)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gunichar c = 1; c < 0x3400; c++)
    {
      gsize length;
      const char *bytes = roster_fold_code_point (c, &length);

      g_checksum_update (checksum, (const guchar *) bytes, (gssize) length);
    }
  return checksum;
}

/* First in the run, so that the threads meet pages that nobody has made. */
static void
test_threads (void)
{
  GThread *threads[4];
  g_autoptr (GChecksum) expected = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("fold", fold_everything, NULL);
  expected = fold_everything (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GChecksum) checksum = g_thread_join (threads[i]);

      g_assert_cmpstr (g_checksum_get_string (checksum), ==, g_checksum_get_string (expected));
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/fold/threads", test_threads);
  g_test_add_func ("/search/fold/cases", test_cases);
  g_test_add_func ("/search/fold/all-code-points", test_all_code_points);
  g_test_add_func ("/search/fold/origins", test_origins);
  return g_test_run ();
}
