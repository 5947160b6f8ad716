/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "roster-query.h"

/* What is matched is between square brackets. */
static const struct
{
  const char *typed;
  RosterField field;
  const char *text;
  const char *marked;
} cases[] = {
  { "jo", ROSTER_FIELD_NAME, "John Jones", "[Jo]hn [Jo]nes" },
  { "john smith", ROSTER_FIELD_NAME, "Smith, John", "[Smith], [John]" },
  { "", ROSTER_FIELD_NAME, "John", "John" },
  { "x", ROSTER_FIELD_NAME, "John", "John" },
  { "x", ROSTER_FIELD_NAME, "", "" },
  { "aa", ROSTER_FIELD_NAME, "aaaa", "[aaaa]" },
  { "muller", ROSTER_FIELD_NAME, "Herr Müller", "Herr [Müller]" },
  { "mueller", ROSTER_FIELD_NAME, "Herr Müller", "Herr [Müller]" },
  { "mue", ROSTER_FIELD_NAME, "Müller", "[Mü]ller" },
  { "uel", ROSTER_FIELD_NAME, "Mu\u0308ller", "M[u\u0308l]ler" },
  { "el", ROSTER_FIELD_NAME, "Mu\u0308ller", "M[u\u0308l]ler" },
  { "mul", ROSTER_FIELD_NAME, "Mu\u0308ller", "[Mu\u0308l]ler" },
  { "mu", ROSTER_FIELD_NAME, "Mu\u0308ller", "[Mu\u0308]ller" },
  { "Müller", ROSTER_FIELD_NAME, "Mueller", "[Mueller]" },
  { "strasse", ROSTER_FIELD_NAME, "Straße 1", "[Straße] 1" },
  { "stras", ROSTER_FIELD_NAME, "Straße", "[Straß]e" },
  { "se", ROSTER_FIELD_NAME, "Straße", "Stra[ße]" },
  { "fi", ROSTER_FIELD_NAME, "eﬃe", "e[ﬃ]e" },
  { "obrien", ROSTER_FIELD_NAME, "Pat O'Brien", "Pat [O'Brien]" },
  { "o'b", ROSTER_FIELD_NAME, "OBrien", "[OB]rien" },
  { "jean luc", ROSTER_FIELD_NAME, "Jean-Luc", "[Jean-Luc]" },
  { "jean", ROSTER_FIELD_NAME, "Jean-Luc", "[Jean]-Luc" },
  { "jr", ROSTER_FIELD_NAME, "(J.R.)", "([J.R].)" },
  { "a b", ROSTER_FIELD_NAME, "a b", "[a] [b]" },
  { "сергей", ROSTER_FIELD_NAME, "СЕРГЕЙ", "[СЕРГЕЙ]" },
  { "محمد", ROSTER_FIELD_NAME, "مُحَمَّد", "[مُحَمَّد]" },
  { "小", ROSTER_FIELD_NAME, "王小明", "王[小]明" },
  { "기", ROSTER_FIELD_NAME, "김민준", "[김]민준" },
  { "क", ROSTER_FIELD_NAME, "कि", "[कि]" },
  { "👩", ROSTER_FIELD_NAME, "x👩\u200D💻y", "x[👩\u200D💻]y" },
  { "👍", ROSTER_FIELD_NAME, "👍🏽!", "[👍🏽]!" },
  { "か", ROSTER_FIELD_NAME, "がく", "[が]く" },
  { "ab", ROSTER_FIELD_NAME,
    "a\xff"
    "b\xfe",
    "[a\xff"
    "b]\xfe" },
  { "doe@", ROSTER_FIELD_EMAIL, "john.doe@mail.example", "john.[doe@]mail.example" },
  { "johndoe", ROSTER_FIELD_EMAIL, "john.doe@mail.example", "[john.doe]@mail.example" },
  { "1990", ROSTER_FIELD_EMAIL, "a.19-90@mail.example", "a.[19-90]@mail.example" },
  { "442079", ROSTER_FIELD_PHONE, "+44 20 7946 0958", "+[44 20 79]46 0958" },
  { "020 79", ROSTER_FIELD_PHONE, "+44 20 7946 0958", "+44 [20 79]46 0958" },
  { "+44 20", ROSTER_FIELD_PHONE, "+44 20 7946 0958", "+[44 20] 7946 0958" },
  { "+44 20", ROSTER_FIELD_PHONE, "(020) 7946 0958", "([020]) 7946 0958" },
  { "+49 30 12", ROSTER_FIELD_PHONE, "+49 (0)30 1234", "+[49] (0)[30 12]34" },
  { "49030", ROSTER_FIELD_PHONE, "+49 (0)30 1234", "+[49 (0)30] 1234" },
  { "0049 30", ROSTER_FIELD_PHONE, "+49 30 1234", "+[49 30] 1234" },
  { "7946 020", ROSTER_FIELD_PHONE, "+44 20 7946 0958", "+44 [20 7946] 0958" },
  { "ext 12", ROSTER_FIELD_PHONE, "030 1234 ext. 12", "030 [12]34 [ext. 12]" },
  { "ext.12", ROSTER_FIELD_PHONE, "030 1234 ext. 12", "030 1234 [ext. 12]" },
  { "0301234x12", ROSTER_FIELD_PHONE, "030 1234 x12", "[030 1234] x[12]" },
  { "anne-marie", ROSTER_FIELD_NAME, "Anne Marie", "[Anne Marie]" },
  { "06 1 2", ROSTER_FIELD_PHONE, "+36 1 234", "+36 [1 2]34" },
  { "+36 1 2", ROSTER_FIELD_PHONE, "06 1 234", "[06 1 2]34" },
  { "+49 30", ROSTER_FIELD_PHONE, "011 49 30 1234567", "011 [49 30] 1234567" },
  { "john", ROSTER_FIELD_PHONE, "030 1234", "030 1234" },
  { "03012", ROSTER_FIELD_PHONE, "٠٣٠ ١٢٣", "[٠٣٠ ١٢]٣" },
};

static char *
mark (RosterQuery *query, const char *text, RosterField field)
{
  g_autoptr (GArray) ranges = roster_query_highlight (query, text, field);
  GString *marked = g_string_new (NULL);
  guint end = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      RosterTextRange range = g_array_index (ranges, RosterTextRange, i);

      g_assert_cmpuint (range.start, >=, end);
      g_assert_cmpuint (range.end, >, range.start);
      g_string_append_len (marked, text + end, range.start - end);
      g_string_append_c (marked, '[');
      g_string_append_len (marked, text + range.start, range.end - range.start);
      g_string_append_c (marked, ']');
      end = range.end;
    }
  g_string_append (marked, text + end);
  return g_string_free (marked, FALSE);
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RosterQuery) query = roster_query_new (cases[i].typed);
      g_autofree char *marked = mark (query, cases[i].text, cases[i].field);

      if (!g_str_equal (marked, cases[i].marked))
        g_test_fail_printf ("“%s”: “%s”, not “%s”", cases[i].typed, marked, cases[i].marked);
    }
}

/* Whatever the bytes: ranges within the text, in order, not empty. */
static void
test_hostile (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      char text[64] = { 0 };
      g_autoptr (RosterQuery) query = NULL;
      g_autofree char *marked = NULL;

      for (guint j = 0; j < sizeof text - 1; j++)
        text[j] = (char) g_test_rand_int_range (1, 256);
      query = roster_query_new (text + g_test_rand_int_range (55, 63));
      marked = mark (query, text, (RosterField) (i % 3));
      g_assert_cmpuint (strlen (marked), >=, sizeof text - 1);
    }
}

static void
test_long (void)
{
  g_autofree char *text = g_malloc (100001);
  g_autoptr (RosterQuery) query = roster_query_new ("a");
  g_autofree char *marked = NULL;

  memset (text, 'a', 100000);
  text[100000] = '\0';
  marked = mark (query, text, ROSTER_FIELD_NAME);
  g_assert_cmpuint (strlen (marked), ==, 100002);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/highlight/cases", test_cases);
  g_test_add_func ("/search/highlight/hostile", test_hostile);
  g_test_add_func ("/search/highlight/long", test_long);
  return g_test_run ();
}
