/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-cuid.h"
#include "roster-sample-people.h"

#define N_PEOPLE 100000

/* Benchmarks compare across versions only as long as these people stay the same. */
#define DIGEST "22563eadfe66fa78b52ddfeccc674fe0c3b48fa95d923a4958f367f86a972daf"

static void
test_same_number_same_person (void)
{
  const guint64 numbers[] = { 0, 1, 999999, G_MAXUINT32, G_MAXUINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (RosterPerson) first = roster_sample_person_new (numbers[i]);
      g_autoptr (RosterPerson) second = roster_sample_person_new (numbers[i]);

      g_assert_true (roster_person_equal (first, second));
      g_assert_cmpuint (first->slot, ==, ROSTER_NO_SLOT);
    }
}

static void
test_digest (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint64 i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);
      g_autofree char *line =
          g_strdup_printf ("%s\t%s\t%s\t%s\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n",
                           person->id, person->name, person->email, person->phone,
                           person->created_at_unix_ms, person->updated_at_unix_ms);

      g_checksum_update (checksum, (const guchar *) line, -1);
    }
  g_assert_cmpstr (g_checksum_get_string (checksum), ==, DIGEST);
}

static void
test_unique (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) emails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      g_assert_true (roster_cuid_is_valid (person->id));
      g_assert_true (g_str_is_ascii (person->email));
      g_assert_true (g_hash_table_add (ids, g_steal_pointer (&person->id)));
      g_assert_true (g_hash_table_add (emails, g_steal_pointer (&person->email)));
    }
}

static void
test_times (void)
{
  for (guint64 i = 0; i < 1000; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      g_assert_cmpint (person->created_at_unix_ms, >, 0);
      g_assert_cmpint (person->updated_at_unix_ms, >=, person->created_at_unix_ms);
      g_assert_cmpint (person->updated_at_unix_ms, <, g_get_real_time () / 1000);
    }
}

/* The script of a name is that of its first letter outside ASCII. */
static GUnicodeScript
script_of (const char *name)
{
  for (; *name; name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      if (c > 0x7f && g_unichar_isalpha (c))
        return g_unichar_get_script (c);
    }
  return G_UNICODE_SCRIPT_COMMON;
}

static void
test_proportions (void)
{
  const struct
  {
    GUnicodeScript script;
    guint at_least;
    guint at_most;
  } shares[] = {
    { G_UNICODE_SCRIPT_COMMON, 4500, 6500 },   { G_UNICODE_SCRIPT_LATIN, 1500, 3000 },
    { G_UNICODE_SCRIPT_CYRILLIC, 300, 800 },   { G_UNICODE_SCRIPT_GREEK, 100, 400 },
    { G_UNICODE_SCRIPT_ARABIC, 200, 500 },     { G_UNICODE_SCRIPT_HEBREW, 100, 300 },
    { G_UNICODE_SCRIPT_DEVANAGARI, 150, 400 }, { G_UNICODE_SCRIPT_HAN, 300, 700 },
    { G_UNICODE_SCRIPT_HANGUL, 100, 400 },     { G_UNICODE_SCRIPT_KATAKANA, 50, 200 },
  };
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);

  for (guint64 i = 0; i < 10000; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);
      gpointer script = GINT_TO_POINTER (script_of (person->name));
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, script));

      g_hash_table_insert (counts, script, GUINT_TO_POINTER (count + 1));
    }

  g_assert_cmpuint (g_hash_table_size (counts), ==, G_N_ELEMENTS (shares));
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      gpointer script = GINT_TO_POINTER (shares[i].script);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, script));

      g_assert_cmpuint (count, >=, shares[i].at_least);
      g_assert_cmpuint (count, <=, shares[i].at_most);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sample-people/same-number-same-person", test_same_number_same_person);
  g_test_add_func ("/sample-people/digest", test_digest);
  g_test_add_func ("/sample-people/unique", test_unique);
  g_test_add_func ("/sample-people/times", test_times);
  g_test_add_func ("/sample-people/proportions", test_proportions);

  return g_test_run ();
}
