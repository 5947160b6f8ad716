/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-error.h"
#include "roster-person-validation.h"
#include "roster-sample-people.h"

#include <string.h>

#define N_UNITS 100000

typedef char *(*Validator) (const char *text, GError **error);

static const Validator validators[] = { roster_validate_name, roster_validate_email,
                                        roster_validate_phone };

static char *
repeat (const char *unit)
{
  GString *text = g_string_sized_new (strlen (unit) * N_UNITS);

  for (guint i = 0; i < N_UNITS; i++)
    g_string_append (text, unit);
  return g_string_free (text, FALSE);
}

/* Canonical ordering takes the square of a run of marks. */
static void
test_long_and_nasty (void)
{
  const char *const units[] = {
    "\xcc\x81\xcc\xa3", "\xe2\x80\x8b", " ", "\xe2\x80\x8d", "@", ".", "+", "1", "x", "a.",
    "\xef\xb7\xba",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autofree char *text = repeat (units[i]);

      for (gsize v = 0; v < G_N_ELEMENTS (validators); v++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (validators[v](text, &error));
          g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
        }
    }
}

static void
test_sample_people (void)
{
  for (guint64 i = 0; i < 100000; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);
      g_autoptr (GError) error = NULL;
      g_autoptr (RosterPerson) kept = roster_person_validate (person, &error);

      g_assert_no_error (error);
      g_assert_true (roster_person_equal (kept, person));
    }
}

/* Bytes and pieces that come near to something valid. */
static char *
make_random_text (void)
{
  const char *const pieces[] = {
    "a",
    "é",
    "e\xcc\x81",
    "@",
    ".",
    "-",
    "+",
    "1",
    "٢",
    " ",
    "\t",
    "\xc2\xa0",
    "x",
    ";ext=",
    "ext. ",
    "example",
    ".com",
    "\xe2\x80\x8b",
    "\xe2\x80\x8d",
    "\xe2\x80\xae",
    "\xef\xbf\xbf",
    "\xcc\xa3",
    "\xcc\x88",
    "\xe1\x84\x80",
    "\xe1\x85\xb5",
    "\xe2\x84\xab",
    "\xef\xac\xac",
    "李",
    "\x01",
    "(",
    "２",
  };
  GString *text = g_string_new (NULL);

  for (gint n = g_test_rand_int_range (0, 12); n > 0; n--)
    {
      if (g_test_rand_int_range (0, 8) == 0)
        g_string_append_c (text, (char) g_test_rand_int_range (1, 256));
      else if (g_test_rand_int_range (0, 8) == 0)
        g_string_append_unichar (text, (gunichar) g_test_rand_int_range (1, 0xd800));
      else
        g_string_append (text, pieces[g_test_rand_int_range (0, (gint32) G_N_ELEMENTS (pieces))]);
    }
  if (g_test_rand_bit ())
    g_string_append (text, "@example.com");
  return g_string_free (text, FALSE);
}

/* Either a sentence, or a value that is valid UTF-8, composed, and accepted again as it is. */
static void
test_random_text (void)
{
  guint n_kept[G_N_ELEMENTS (validators)] = { 0 };

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *text = make_random_text ();
      gsize v = i % G_N_ELEMENTS (validators);
      g_autoptr (GError) error = NULL;
      g_autofree char *kept = validators[v](text, &error);
      g_autofree char *composed = NULL;
      g_autofree char *again = NULL;

      if (!kept)
        {
          g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      g_assert_no_error (error);
      n_kept[v]++;
      composed = g_utf8_normalize (kept, -1, G_NORMALIZE_NFC);
      g_assert_cmpstr (kept, ==, composed);
      again = validators[v](kept, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, kept);
    }

  for (gsize v = 0; v < G_N_ELEMENTS (validators); v++)
    {
      g_test_message ("%u kept", n_kept[v]);
      g_assert_cmpuint (n_kept[v], >, 0);
    }
}

/* A zero-width space, which is dropped, keeps a text from being taken as it is without being looked
 * at closely: nothing else may come of that. */
static void
test_short_way (void)
{
  for (gunichar c = 1; c < 0x10000; c++)
    for (gsize v = 0; v < G_N_ELEMENTS (validators); v++)
      {
        const char *const around[] = { "A", "a@", "+49" };
        const char *const after[] = { "가z", "b.com", "123" };
        char utf8[7] = { 0 };
        g_autoptr (GError) error = NULL;
        g_autoptr (GError) long_error = NULL;
        g_autofree char *text = NULL;
        g_autofree char *long_text = NULL;
        g_autofree char *kept = NULL;
        g_autofree char *long_kept = NULL;

        if (!g_unichar_validate (c))
          continue;
        g_unichar_to_utf8 (c, utf8);
        text = g_strconcat (around[v], utf8, after[v], NULL);
        long_text = g_strconcat (text, "\xe2\x80\x8b", NULL);
        kept = validators[v](text, &error);
        long_kept = validators[v](long_text, &long_error);
        g_assert_cmpstr (kept, ==, long_kept);
        g_assert_cmpstr (error ? error->message : NULL, ==,
                         long_error ? long_error->message : NULL);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-validation-bulk/long-and-nasty", test_long_and_nasty);
  g_test_add_func ("/person-validation-bulk/sample-people", test_sample_people);
  g_test_add_func ("/person-validation-bulk/random-text", test_random_text);
  g_test_add_func ("/person-validation-bulk/short-way", test_short_way);

  return g_test_run ();
}
