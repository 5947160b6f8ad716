/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "roster-index.h"
#include "roster-query.h"

typedef struct
{
  const char *typed;
  const char *name;
  const char *email;
  const char *phone;
} Case;

static RosterIndex *
index_of (const char *name, const char *email, const char *phone)
{
  RosterPersonView view = { .id = "c", .name = name, .email = email, .phone = phone };
  RosterIndexBuilder *builder = roster_index_builder_new ();

  roster_index_builder_add (builder, 70, &view);
  return roster_index_builder_end (builder);
}

static gboolean
is_found (const char *typed, const char *name, const char *email, const char *phone)
{
  g_autoptr (RosterIndex) index = index_of (name, email, phone);
  g_autoptr (RosterQuery) query = roster_query_new (typed);
  gboolean matches = roster_query_matches (query, index, 70);
  guint64 bitmap[2] = { 0, 0 };

  g_assert_cmpuint (roster_query_scan (query, index, 0, 71, bitmap), ==, matches ? 1 : 0);
  g_assert_cmpuint (bitmap[0], ==, 0);
  g_assert_cmpuint (bitmap[1], ==, matches ? 1 << 6 : 0);
  return matches;
}

static const struct
{
  const char *typed;
  const char *name;
} found_names[] = {
  /* case, marks, letters of their own: both ways */
  { "MÜLLER", "Müller" },
  { "muller", "Müller" },
  { "mueller", "Müller" },
  { "mueller", "Mu\u0308ller" },
  { "Müller", "Mueller" },
  { "Mu\u0308ller", "Mueller" },
  { "Müller", "Muller" },
  { "Müller", "MULLER" },
  { "Mü", "Mueller" },
  { "soren", "Søren" },
  { "soeren", "Søren" },
  { "Søren", "Soeren" },
  { "Søren", "Soren" },
  { "Sören", "Søren" },
  { "aase", "Åse" },
  { "ase", "Åse" },
  { "Åse", "Aase" },
  { "jorg mueller", "Jörg Müller" },
  { "strasse", "Straße" },
  { "straße", "STRASSE" },
  { "STRAẞE", "Strasse" },
  { "lukasz", "Łukasz" },
  { "Łukasz", "lukasz" },
  { "dordevic", "Đorđević" },
  { "đorđević", "Dordevic" },
  { "isik", "Işık" },
  { "ışık", "Isik" },
  { "istanbul", "İstanbul" },
  { "İSTANBUL", "istanbul" },
  { "ISIK", "ışık" },
  { "thor", "Þór" },
  { "þór", "Thor" },
  { "aesa", "Æsa" },
  { "æsa", "Aesa" },
  { "aegir", "ægir" },
  { "gudrun", "Guðrún" },
  { "guðrún", "gudrun" },
  { "oeuvre", "Œuvre" },
  { "ngozi", "Ŋgozi" },
  { "nguyen", "Nguyễn" },
  { "Nguyễn", "Nguyen" },
  { "nguyen", "Nguye\u0302\u0303n" },
  { "dinh", "Đinh" },
  { "eliyev", "Əliyev" },
  { "ffion", "ﬃon" },
  { "wide", "ＷＩＤＥ" },
  { "ＷＩＤＥ", "wide" },
  { "ismail", "İsmail" },
  { "gul", "Gül" },
  /* punctuation */
  { "obrien", "O'Brien" },
  { "o'brien", "OBrien" },
  { "o’brien", "O'Brien" },
  { "O'Brien", "O’Brien" },
  { "oʼbrien", "O`Brien" },
  { "o´brien", "O‘Brien" },
  { "jeanluc", "Jean-Luc" },
  { "jean-luc", "Jeanluc" },
  { "jean luc", "Jean-Luc" },
  { "jean‐luc", "Jean-Luc" },
  { "anne-marie", "Anne Marie" },
  { "anne‐marie", "Anne Marie" },
  { "anne\u2212marie", "Anne Marie" },
  { "anne-marie", "Annemarie" },
  { "anne marie", "Anne-Marie" },
  { "Anne-Marié", "Sister ANNE  MARIE" },
  { "müller-lüdenscheidt", "Mueller Luedenscheidt" },
  { "-anne-marie-", "Anne Marie" },
  { "o'brien", "O Brien" },
  { "o’brien", "Sean O Brien" },
  { "smith,", "John Smith" },
  { "jr", "Sam Doe J.R." },
  { "J.R.", "jr" },
  { "smith, john", "John Smith" },
  { "(smith)", "John Smith" },
  { "  smith   john ", "John Smith" },
  { "john\u00A0smith", "John\u3000Smith" },
  { "hawaii", "Hawaiʻi" },
  { "co\u00ADop", "Coop" },
  { "ny", "J\u200Bohnny" },
  /* anywhere in a word, words in any order */
  { "ith jo", "John Smith" },
  { "smith jo", "John Smith" },
  /* Greek */
  { "γιωργος", "Γιώργος" },
  { "ΓΙΩΡΓΟΣ", "Γιώργος" },
  { "Γιώργος", "ΓΙΩΡΓΟΣ" },
  { "γιωργοσ", "Γιώργος" },
  { "αι", "ᾳ" },
  { "μαϊου", "Μαΐου" },
  /* Cyrillic */
  { "СЕРГЕЙ", "Сергей" },
  { "сергеи", "Сергей" },
  { "геник", "Ґеник" },
  { "Ґеник", "Геник" },
  { "нурсулу", "Нұрсұлу" },
  { "НҰРСҰЛУ", "нурсулу" },
  { "кенес", "Кеңес" },
  { "отабек", "Өтабек" },
  { "артем", "Артём" },
  { "Артём", "Артем" },
  { "київ", "Киів" },
  /* Arabic */
  { "احمد", "أحمد" },
  { "أحمد", "احمد" },
  { "محمد", "مُحَمَّد" },
  { "مُحَمَّد", "محمد" },
  { "محمد", "محـــمد" },
  { "ايمان", "إيمان" },
  { "ادم", "آدم" },
  { "علی", "علي" },
  { "على", "علي" },
  { "کریم", "كريم" },
  { "پروین", "بروين" },
  { "بروين", "پروین" },
  { "كلنار", "گلنار" },
  { "جنكيز", "چنگیز" },
  { "زاله", "ژاله" },
  { "دلير", "دڵێر" },
  { "فاطمه", "فاطمة" },
  { "ﻣﺤﻤﺪ", "محمد" },
  { "نیا", "می‌نیا" },
  { "علیرضا", "علی‌رضا" },
  /* Hebrew */
  { "שלום", "שָׁלוֹם" },
  { "שלומ", "שלום" },
  { "כהנ", "כהן" },
  { "בן גוריון", "בן־גוריון" },
  { "צהל", "צה״ל" },
  /* Devanagari */
  { "प्रिया", "प्रिया शर्मा" },
  { "शर्म", "प्रिया शर्मा" },
  { "अकाश़", "अकाश" },
  /* Thai */
  { "สมชาย", "สมชาย" },
  { "นา", "น้า" },
  { "น\u0E33", "น\u0E49\u0E33" },
  { "น\u0E4D\u0E49\u0E32", "น\u0E49\u0E33" },
  { "น\u0E49\u0E4D\u0E32", "น\u0E49\u0E33" },
  { "น\u0E49\u0E33", "น\u0E4D\u0E49\u0E32" },
  { "ຄ\u0EB3", "ຄ\u0ECD\u0EB2" },
  { "ຄ\u0ECD\u0EB2", "ຄ\u0EB3" },
  { "ไทย", "คนไทย" },
  /* Han */
  { "王", "王小明" },
  { "小", "王小明" },
  { "明", "王小明" },
  { "⾦", "金" },
  /* Hangul, while it is composed */
  { "김", "김민준" },
  { "민준", "김민준" },
  { "ㄱ", "김민준" },
  { "기", "김민준" },
  { "김ㅁ", "김민준" },
  { "김미", "김민준" },
  { "각", "가구" },
  { "갅", "간지" },
  { "고", "과" },
  { "한글", "한글" },
  /* Kana */
  { "ヤマダ", "やまだ" },
  { "やまだ", "ヤマダ" },
  { "ﾔﾏﾀﾞ", "ヤマダ" },
  { "やまた\u3099", "やまだ" },
  { "ジョンスミス", "ジョン・スミス" },
  { "ジョン スミス", "ジョン・スミス" },
  /* digits of any script, symbols */
  { "42", "Agent ٤٢" },
  { "४२", "Agent 42" },
  { "👍", "Thumb 👍🏽" },
  { "👍🏽", "Thumb 👍" },
  { "❤", "heart ❤\uFE0F" },
};

static const struct
{
  const char *typed;
  const char *name;
} missed_names[] = {
  { "mueller", "Muller" },
  { "johnsmith", "John Smith" },
  { "john jane", "John Smith" },
  { "が", "か" },
  { "हिन", "हीन" },
  { "कि", "का" },
  { "นำ", "นา" },
  { "你", "王小明" },
  { "+", "John Smith" },
  { "@", "John Smith" },
  { "smith@", "Smith" },
  { "smithjohn", "John Smith" },
  { "marie-anne", "Anne Marie" },
  { "annemarie", "Anne Marie" },
};

static void
test_new (void)
{
  g_autoptr (RosterQuery) query = roster_query_new ("John");
  g_autoptr (RosterQuery) reference = roster_query_ref (query);

  g_assert_true (query == reference);
  g_assert_false (roster_query_is_empty (query));
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found_names); i++)
    {
      if (!is_found (found_names[i].typed, found_names[i].name, "a@b.example", "1"))
        g_test_fail_printf ("“%s” does not find “%s”", found_names[i].typed, found_names[i].name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (missed_names); i++)
    {
      if (is_found (missed_names[i].typed, missed_names[i].name, "", "1"))
        g_test_fail_printf ("“%s” finds “%s”", missed_names[i].typed, missed_names[i].name);
    }
}

static const struct
{
  const char *typed;
  const char *phone;
  gboolean found;
} phones[] = {
  { "442079", "+44 20 7946 0958", TRUE },
  { "44 20 79", "+44 20 7946 0958", TRUE },
  { "44-20-79", "+44 20 7946 0958", TRUE },
  { "+44 20 7946 0958", "+442079460958", TRUE },
  { "020 7946", "+44 20 7946 0958", TRUE },
  { "(020) 7946", "+44 20 7946 0958", TRUE },
  { "+44 20 7946", "020 7946 0958", TRUE },
  { "004420 7946", "020 7946 0958", TRUE },
  { "+49 30 1234", "030 1234567", TRUE },
  { "0049301234", "030/1234567", TRUE },
  { "030 1234", "+49 30 1234567", TRUE },
  { "030 1234", "0049 30 1234567", TRUE },
  { "+49301234", "+49 (0)30 1234567", TRUE },
  { "0301234", "+49 (0)30 1234567", TRUE },
  { "490301234", "+49 (0)30 1234567", TRUE },
  { "+49 (0)30 1234", "+49 30 1234567", TRUE },
  { "+49 (0)30 1234", "030 1234567", TRUE },
  { "+49 030 1234", "+49 30 1234567", TRUE },
  { "＋４９ ３０ １２", "+49 30 1234567", TRUE },
  { "٠٣٠ ١٢", "+49 30 1234567", TRUE },
  { "030 12", "٠٣٠ ١٢٣٤", TRUE },
  { "+", "+49 30 1234567", TRUE },
  { "+4", "+49 30 1234567", TRUE },
  { "+49", "+49 30 1234567", TRUE },
  { "+49 3", "+49 30 1234567", TRUE },
  { "+49 3", "030 1234567", TRUE },
  { "0", "0049 30 1234567", TRUE },
  { "00", "0049 30 1234567", TRUE },
  { "004", "0049 30 1234567", TRUE },
  { "0049", "0049 30 1234567", TRUE },
  { "049", "0049 30 1234567", TRUE },
  { "00", "+49 30 1234567", TRUE },
  { "004", "+49 30 1234567", TRUE },
  { "0049 3", "+49 30 1234567", TRUE },
  { "+ 49 30", "+49 30 1234567", TRUE },
  { "234", "+49 30 1234567", TRUE },
  { "1234567", "+49 30 12-34-567", TRUE },
  { "7946 44", "+44 20 7946", FALSE },
  { "7946 020", "+44 20 7946", TRUE },
  { "8 495 123", "+7 495 123-45-67", TRUE },
  { "+7 495 123", "8 (495) 123-45-67", TRUE },
  { "+39 06 12", "06 1234", TRUE },
  { "06 12", "+39 06 1234", TRUE },
  { "+1 212 555", "(212) 555-0100", TRUE },
  { "212 555", "+1 212 555 0100", TRUE },
  { "1 212 555", "+1 212 555 0100", TRUE },
  { "+34 912 34", "912 345 678", TRUE },
  { "+44 20 555", "030 111 / +44 20 555", TRUE },
  { "030 111", "030 111 / +44 20 555", TRUE },
  { "11144", "030 111 / +44 20 555", TRUE },
  { "030 111 +44 20", "030 111 / +44 20 555", TRUE },
  { "１１１ ＋４４ ２０", "030 111 / +44 20 555", TRUE },
  { "0012", "(0)012 34", TRUE },
  { "00", "(0)0", TRUE },
  { "12", "(0)(0)1 2", TRUE },
  { "+(0)49", "+(0)49 30", TRUE },
  { "+ 7", "055 5500", FALSE },
  { "111+44", "030 111 / +44 20 555", TRUE },
  { "(+44) 20", "+44 20 555", TRUE },
  { "+49 30", "49 30 1234", TRUE },
  { "555 0100 ext. 12", "+1 555 0100 ext. 12", TRUE },
  { "555 0100 x12", "+1 555 0100 x12", TRUE },
  { "010012", "+1 555 0100 x12", TRUE },
  { "0100x12", "+1 555 0100 ext. 12", TRUE },
  { "0151234x12", "0151 234 x12", TRUE },
  { "0151234x12", "+49 151 234 x12", TRUE },
  { "0151234ext.12", "0151 234 x12", TRUE },
  { "0151 234x12", "0151 234 x12", TRUE },
  { "+49151234;ext=12", "0151 234 x12", TRUE },
  { "0151234X12", "0151 234 x13", FALSE },
  { "x12", "0151 234 x 12", TRUE },
  { "ext.12", "0151 234 ext. 12", TRUE },
  { "ext.12", "0151 234 ext 12", TRUE },
  { "ext12", "0151 234 ext. 12", TRUE },
  { "ext. 12", "0151 234 ext.12", TRUE },
  { "tel:0151", "0151 234", TRUE },
  { "TEL:+49-151-234", "0151 234", TRUE },
  { "tel:+49151234;ext=12", "+49 151 234 ext. 12", TRUE },
  { "tel:0151", "0152 234", FALSE },
  { "+36 1 234", "06 1 234 5678", TRUE },
  { "06 1 234", "+36 1 234 5678", TRUE },
  { "0036 1 234", "06 (1) 234-5678", TRUE },
  { "06 30 9", "+36 30 912 3456", TRUE },
  { "00 49", "+49 30 1234567", TRUE },
  { "00 49 30", "+49 30 1234567", TRUE },
  { "00 49 30", "030 1234567", TRUE },
  { "+49 30", "00 49 30 1234567", TRUE },
  { "011 49", "+49 30 1234567", TRUE },
  { "011 49 30 1", "+49 30 1234567", TRUE },
  { "011 49 (0)30 1", "030 1234567", TRUE },
  { "0114930", "030 1234567", TRUE },
  { "+49 30 12", "011 49 30 1234567", TRUE },
  { "030 12", "011 49 30 1234567", TRUE },
  { "011 49", "011 49 30 1234567", TRUE },
  { "011 496", "011 496 0123", TRUE },
  { "011 496", "+27 11 496 0123", TRUE },
  { "+49 60", "011 496 0123", FALSE },
  { "+4 96", "0114 960 0000", FALSE },
  { "555\u22120100", "555 0100", TRUE },
  { "\u2066+49 30\u2069", "030 1234", TRUE },
  { "flowers", "1-800-FLOWERS", TRUE },
  { "+49 30", "+1 493 0123", FALSE },
  { "+49 30", "+1 555 0301", FALSE },
  { "030 12", "+49 12 3030", FALSE },
  { "4930x", "+49 30 1234567", FALSE },
  { "+49", "030 1234567", FALSE },
  { "99", "+49 30 1234567", FALSE },
  { "+1 555 0", "+44 20 7946", FALSE },
};

static void
test_phones (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      if (is_found (phones[i].typed, "Name", "e@mail.example", phones[i].phone) != phones[i].found)
        g_test_fail_printf ("“%s” for “%s” is wrong", phones[i].typed, phones[i].phone);
    }
}

static const struct
{
  const char *typed;
  gboolean found;
} fields[] = {
  { "anna1990@mail.example", TRUE },
  { "anna1990mailexample", FALSE },
  { "1990", TRUE },
  { "1990 030", TRUE },
  { "030 1990", TRUE },
  { "007 030 12", TRUE },
  { "agent 007", TRUE },
  { "007 agent 030", TRUE },
  { "mail agent 1234 007", TRUE },
  { "@mail", TRUE },
  { "anna_1990", TRUE },
  { "19 90", TRUE },
  { "007anna", FALSE },
  { "example030", FALSE },
  { "example49", FALSE },
  { "007 031", FALSE },
};

static void
test_fields (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (is_found (fields[i].typed, "Agent 007", "anna.1990@mail.example", "030 1234") !=
          fields[i].found)
        g_test_fail_printf ("“%s” is wrong", fields[i].typed);
    }
}

static void
test_empty (void)
{
  static const char *const typed[] = {
    "", " ", "\t\n", ".", "- ’", "\u0301", "\xff\xfe", "\u200B"
  };
  g_autoptr (RosterQuery) nothing = roster_query_new ("");

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (RosterQuery) query = roster_query_new (typed[i]);

      g_assert_true (roster_query_is_empty (query));
      g_assert_true (roster_query_equal (query, nothing));
      g_assert_true (is_found (typed[i], "Anybody", "", ""));
    }
}

static void
test_equal (void)
{
  static const char *const same[] = { "john doe", "DOE john", " Jöhn  d'oe jo", "doe john john",
                                      "john. doe, -" };
  static const char *const others[] = {
    "john", "john do", "johndoe", "", "jane doe", "030 12", "+"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr (RosterQuery) query = roster_query_new (same[i]);
      g_autoptr (RosterQuery) first = roster_query_new ("john doe");

      g_assert_cmpint (roster_query_equal (query, first), ==, i != 2);
      for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
        {
          g_autoptr (RosterQuery) other = roster_query_new (others[j]);

          g_assert_false (roster_query_equal (query, other));
        }
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/query/new", test_new);
  g_test_add_func ("/search/query/names", test_names);
  g_test_add_func ("/search/query/phones", test_phones);
  g_test_add_func ("/search/query/fields", test_fields);
  g_test_add_func ("/search/query/empty", test_empty);
  g_test_add_func ("/search/query/equal", test_equal);
  return g_test_run ();
}
