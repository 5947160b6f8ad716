/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-seal.h"

#include <string.h>

#include "roster-error.h"

#define ROW "c000000000000000000000001"

static char *
make_key (void)
{
  g_autoptr (GError) error = NULL;
  char *key = roster_seal_make_key (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (key), ==, 43);
  return key;
}

static char *
seal (const char *key, const char *text)
{
  g_autoptr (GError) error = NULL;
  char *sealed = roster_seal (key, text, ROW, "refresh_token", &error);

  g_assert_no_error (error);
  return sealed;
}

static void
assert_closed (const char *key, const char *sealed, const char *row_id, const char *column)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (roster_unseal (key, sealed, row_id, column, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
}

static void
test_there_and_back (void)
{
  g_autofree char *key = make_key ();
  g_autofree char *large = g_strnfill (64 * 1024, 'x');
  const char *const texts[] = {
    "", "1", "12", "123", "ya29.token-of_somebody", "Ünal 🦀", large
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *sealed = seal (key, texts[i]);
      g_autofree char *text = roster_unseal (key, sealed, ROW, "refresh_token", &error);

      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_true (g_str_has_prefix (sealed, "rs1."));
      if (strlen (texts[i]) > 3)
        g_assert_null (strstr (sealed, texts[i]));
    }
}

static void
test_never_twice_the_same (void)
{
  g_autofree char *key = make_key ();
  g_autofree char *other_key = make_key ();
  g_autofree char *first = seal (key, "token");
  g_autofree char *second = seal (key, "token");

  g_assert_cmpstr (key, !=, other_key);
  g_assert_cmpstr (first, !=, second);
}

static void
test_opens_nowhere_else (void)
{
  g_autofree char *key = make_key ();
  g_autofree char *other_key = make_key ();
  g_autofree char *sealed = seal (key, "token");

  assert_closed (other_key, sealed, ROW, "refresh_token");
  assert_closed (key, sealed, "c000000000000000000000002", "refresh_token");
  assert_closed (key, sealed, ROW, "access_token");
  assert_closed (key, sealed, ROW ".refresh_token", "");
  assert_closed (key, sealed, "", ROW ".refresh_token");
}

/* A place whose parts run together is another place. */
static void
test_places_do_not_run_together (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = make_key ();
  g_autofree char *sealed = roster_seal (key, "token", "a.b", "c", &error);

  g_assert_no_error (error);
  assert_closed (key, sealed, "a", "b.c");
}

static void
test_any_change_is_noticed (void)
{
  g_autofree char *key = make_key ();
  g_autofree char *sealed = seal (key, "token of somebody");
  gsize length = strlen (sealed);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *changed = g_strdup (sealed);
      g_autofree char *cut = g_strndup (sealed, i);
      g_autofree char *longer = g_strdup_printf ("%.*s%c%s", (int) i, sealed, 'A', sealed + i);

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      assert_closed (key, changed, ROW, "refresh_token");
      assert_closed (key, cut, ROW, "refresh_token");
      assert_closed (key, longer, ROW, "refresh_token");
    }
}

static void
test_hostile (void)
{
  g_autofree char *key = make_key ();
  g_autofree char *sealed = seal (key, "token");
  g_autofree char *padded = g_strconcat (sealed, "=", NULL);
  g_autofree char *spaced = g_strconcat (sealed, "\n", NULL);
  g_autofree char *older = g_strconcat ("rs0.", sealed + 4, NULL);
  g_autofree char *bare = g_strdup (sealed + 4);
  g_autofree char *huge = g_strnfill (16 * 1024 * 1024, 'A');
  g_autofree char *huge_sealed = g_strconcat ("rs1.", huge, NULL);
  const char *const texts[] = { "",
                                "rs1",
                                "rs1.",
                                "rs1.A",
                                "rs1.AA",
                                "rs1.====",
                                padded,
                                spaced,
                                older,
                                bare,
                                huge_sealed,
                                "token",
                                "rs1.\xff\xfe",
                                "rs1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_closed (key, texts[i], ROW, "refresh_token");
}

static void
test_no_key (void)
{
  g_autofree char *key = make_key ();
  g_autofree char *sealed = seal (key, "token");
  g_autofree char *short_key = g_strndup (key, 42);
  g_autofree char *long_key = g_strconcat (key, "AAAA", NULL);
  const char *const keys[] = { "", "key", short_key, long_key, "äöü" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GError) error = NULL;

      assert_closed (keys[i], sealed, ROW, "refresh_token");
      g_assert_null (roster_seal (keys[i], "token", ROW, "refresh_token", &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
    }
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = make_key ();
  g_autofree char *huge = g_strnfill (64 * 1024 + 1, 'x');

  g_assert_null (roster_seal (key, huge, ROW, "refresh_token", &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seal/there-and-back", test_there_and_back);
  g_test_add_func ("/seal/never-twice-the-same", test_never_twice_the_same);
  g_test_add_func ("/seal/opens-nowhere-else", test_opens_nowhere_else);
  g_test_add_func ("/seal/places-do-not-run-together", test_places_do_not_run_together);
  g_test_add_func ("/seal/any-change-is-noticed", test_any_change_is_noticed);
  g_test_add_func ("/seal/hostile", test_hostile);
  g_test_add_func ("/seal/no-key", test_no_key);
  g_test_add_func ("/seal/too-long", test_too_long);

  return g_test_run ();
}
