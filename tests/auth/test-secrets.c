/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-secrets.h"

#include <string.h>

static void
test_new (void)
{
  g_autoptr (RosterSecrets) secrets = roster_secrets_new ();

  g_assert_true (roster_secrets_is_empty (secrets));
  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    g_assert_null (roster_secrets_get (secrets, i));
}

static void
test_set (void)
{
  g_autoptr (RosterSecrets) secrets = roster_secrets_new ();
  g_autoptr (RosterSecrets) copy = NULL;

  roster_secrets_set (secrets, ROSTER_SECRET_SESSION_TOKEN, "token");
  roster_secrets_set (secrets, ROSTER_SECRET_SESSION_TOKEN,
                      roster_secrets_get (secrets, ROSTER_SECRET_SESSION_TOKEN));
  copy = roster_secrets_copy (secrets);
  roster_secrets_set (secrets, ROSTER_SECRET_SESSION_TOKEN, NULL);
  g_assert_true (roster_secrets_is_empty (secrets));
  g_assert_cmpstr (roster_secrets_get (copy, ROSTER_SECRET_SESSION_TOKEN), ==, "token");
}

static void
test_lists (void)
{
  g_autoptr (RosterSecrets) secrets = roster_secrets_new ();
  static const struct
  {
    const char *removed;
    const char *left;
  } STEPS[] = {
    { "nobody's", "one\ttwo words\tone two\tlast" },
    { "two", "one\ttwo words\tone two\tlast" },
    { "", "one\ttwo words\tone two\tlast" },
    { "two words", "one\tone two\tlast" },
    { "last", "one\tone two" },
    { "one", "one two" },
    { "one two", NULL },
    { "one two", NULL },
  };

  g_assert_null (roster_secrets_get_first (secrets, ROSTER_SECRET_TO_END));
  for (guint i = 0; i < 2; i++)
    {
      roster_secrets_add (secrets, ROSTER_SECRET_TO_END, "one");
      roster_secrets_add (secrets, ROSTER_SECRET_TO_END, "two words");
      roster_secrets_add (secrets, ROSTER_SECRET_TO_END, "one two");
      roster_secrets_add (secrets, ROSTER_SECRET_TO_END, "last");
    }
  for (guint i = 0; i < G_N_ELEMENTS (STEPS); i++)
    {
      g_autofree char *first = NULL;

      roster_secrets_remove (secrets, ROSTER_SECRET_TO_END, STEPS[i].removed);
      g_assert_cmpstr (roster_secrets_get (secrets, ROSTER_SECRET_TO_END), ==, STEPS[i].left);
      first = roster_secrets_get_first (secrets, ROSTER_SECRET_TO_END);
      g_assert_cmpstr (first, ==, !STEPS[i].left ? NULL : i < 5 ? "one" : "one two");
    }
}

static void
test_forget_session (void)
{
  g_autoptr (RosterSecrets) secrets = roster_secrets_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < ROSTER_N_SECRETS; i++)
    roster_secrets_set (secrets, i, "x");
  roster_secrets_forget_session (secrets);
  text = roster_secrets_encode (secrets);
  g_assert_cmpstr (
      text, ==,
      "Roster 1\ndatabase-url=x\ndirect-url=x\nissuer=x\nclient-id=x\nclient-secret=x\n"
      "to-end=x\nto-revoke=x");
}

static void
test_there_and_back (void)
{
  static const char *const VALUES[] = { "",  "a=b",          "\n", "\\", "\\n",      "a\nname=b\n",
                                        "=", "Ünal 🦀\\", "\t", " ",  "\\\\\n\n", "n" };

  for (guint i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autoptr (RosterSecrets) secrets = roster_secrets_new ();
      g_autoptr (RosterSecrets) again = NULL;
      g_autofree char *text = NULL;

      for (guint j = 0; j < ROSTER_N_SECRETS; j += 2)
        roster_secrets_set (secrets, j, VALUES[i]);
      text = roster_secrets_encode (secrets);
      again = roster_secrets_decode (text);
      g_assert_nonnull (again);
      for (guint j = 0; j < ROSTER_N_SECRETS; j++)
        g_assert_cmpstr (roster_secrets_get (again, j), ==, j % 2 == 0 ? VALUES[i] : NULL);
    }
}

static void
test_hostile (void)
{
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autofree char *huge_text = g_strconcat ("Roster 1\nname=", huge, NULL);
  const char *const none[] = { "",
                               "Roster",
                               "Roster 2\nname=a",
                               "Roster 10",
                               "name=a",
                               "Roster 1 \nname=a",
                               huge_text,
                               "Roster 1\nname=\xff" };
  g_autoptr (RosterSecrets) odd = roster_secrets_decode (
      "Roster 1\n\n\nname\n=\nname =x\nnames=x\nemail=a\nemail=b\\\nnew=1\n");

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (roster_secrets_decode (none[i]));
  g_assert_nonnull (odd);
  g_assert_null (roster_secrets_get (odd, ROSTER_SECRET_NAME));
  g_assert_cmpstr (roster_secrets_get (odd, ROSTER_SECRET_EMAIL), ==, "b\\");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/secrets/new", test_new);
  g_test_add_func ("/secrets/set", test_set);
  g_test_add_func ("/secrets/lists", test_lists);
  g_test_add_func ("/secrets/forget-session", test_forget_session);
  g_test_add_func ("/secrets/there-and-back", test_there_and_back);
  g_test_add_func ("/secrets/hostile", test_hostile);

  return g_test_run ();
}
