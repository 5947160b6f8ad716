/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server's answers mean. */

#include "config.h"

#include <glib.h>

#include "roster-sqlstate.h"

static void
test_meanings (void)
{
  g_assert_cmpint (roster_sqlstate_to_error ("RS001", NULL), ==, ROSTER_ERROR_NOT_SIGNED_IN);
  g_assert_cmpint (roster_sqlstate_to_error ("RS002", NULL), ==, ROSTER_ERROR_NOT_ALLOWED);
  g_assert_cmpint (roster_sqlstate_to_error ("RS003", NULL), ==, ROSTER_ERROR_CONFLICT);
  g_assert_cmpint (roster_sqlstate_to_error ("RS004", NULL), ==, ROSTER_ERROR_NOT_FOUND);
  g_assert_cmpint (roster_sqlstate_to_error ("RS005", NULL), ==, ROSTER_ERROR_INVALID);
  g_assert_cmpint (roster_sqlstate_to_error ("RS006", NULL), ==, ROSTER_ERROR_CONFLICT);
  g_assert_cmpint (roster_sqlstate_to_error ("RS007", NULL), ==, ROSTER_ERROR_OTHER_EMAIL);
  g_assert_cmpint (roster_sqlstate_to_error ("RS008", NULL), ==, ROSTER_ERROR_OTHER_ACCOUNT);
  g_assert_cmpint (roster_sqlstate_to_error ("RS009", NULL), ==, ROSTER_ERROR_NOT_A_MEMBER);
  g_assert_cmpint (roster_sqlstate_to_error ("28P01", NULL), ==, ROSTER_ERROR_NOT_A_MEMBER);
  g_assert_cmpint (roster_sqlstate_to_error ("28000", NULL), ==, ROSTER_ERROR_NOT_ALLOWED);
  g_assert_cmpint (roster_sqlstate_to_error ("42883", NULL), ==, ROSTER_ERROR_NEWER_VERSION);
  g_assert_cmpint (roster_sqlstate_to_error ("57P01", NULL), ==, ROSTER_ERROR_UNREACHABLE);
  g_assert_cmpint (roster_sqlstate_to_error (NULL, NULL), ==, ROSTER_ERROR_UNREACHABLE);
  g_assert_cmpint (roster_sqlstate_to_error ("22P02", NULL), ==, ROSTER_ERROR_FAILED);
}

static void
test_unique (void)
{
  g_assert_cmpint (roster_sqlstate_to_error ("23505", "people_email_key"), ==,
                   ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_cmpint (roster_sqlstate_to_error ("23505", "people_pkey"), ==, ROSTER_ERROR_FAILED);
  g_assert_cmpint (roster_sqlstate_to_error ("23505", NULL), ==, ROSTER_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sqlstate/meanings", test_meanings);
  g_test_add_func ("/sqlstate/unique", test_unique);
  return g_test_run ();
}
