/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connection URLs: what is dropped, what is demanded, what is refused. */

#include "config.h"

#include <glib.h>

#include "roster-connection-url.h"
#include "roster-error.h"

static RosterConnectionUrl *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url = roster_connection_url_parse (text, &error);

  g_assert_no_error (error);
  return url;
}

static void
assert_parameter (const char *text, const char *keyword, const char *wanted)
{
  g_autoptr (RosterConnectionUrl) url = parse (text);

  g_assert_cmpstr (roster_connection_url_get (url, keyword), ==, wanted);
}

static void
test_parts (void)
{
  g_autoptr (RosterConnectionUrl) url = parse ("postgres://u:p%40%2F@h.example:6432/d%20e");
  const char *const *keywords = roster_connection_url_get_keywords (url);
  const char *const *values = roster_connection_url_get_values (url);

  g_assert_cmpstr (roster_connection_url_get (url, "user"), ==, "u");
  g_assert_cmpstr (roster_connection_url_get (url, "password"), ==, "p@/");
  g_assert_cmpstr (roster_connection_url_get (url, "host"), ==, "h.example");
  g_assert_cmpstr (roster_connection_url_get (url, "port"), ==, "6432");
  g_assert_cmpstr (roster_connection_url_get (url, "dbname"), ==, "d e");
  g_assert_cmpstr (roster_connection_url_get (url, "connect_timeout"), ==, "20");
  while (*keywords)
    g_assert_nonnull ((keywords++, *values++));
  g_assert_null (*values);
}

static void
test_prismas_own (void)
{
  static const char URL[] = "postgresql://u@h/d?schema=public&pgbouncer=true&connection_limit=1"
                            "&application_name=a&pool_timeout=3&sslaccept=strict&sslmode=require";
  g_autoptr (RosterConnectionUrl) url = parse (URL);

  g_assert_null (roster_connection_url_get (url, "schema"));
  g_assert_cmpstr (roster_connection_url_get (url, "application_name"), ==, "a");
  g_assert_true (roster_connection_url_names_pooler (url));
}

static void
test_encryption (void)
{
  static const char *const FAR[] = {
    "postgresql://u@h/d",
    "postgresql://u@h/d?sslmode=disable",
    "postgresql://u@h/d?sslmode=require",
    "postgresql://u@192.0.2.1/d?sslmode=prefer",
    "postgresql://u@localhost,h/d?sslmode=disable",
    "postgresql://u@localhost/d?hostaddr=192.0.2.1&sslmode=disable",
    "postgresql://u@localhost.example/d?sslmode=disable",
    "postgresql://u@127.0.0.1.example/d?sslmode=disable",
  };
  static const char *const NEAR[] = {
    "postgresql://u@localhost/d?sslmode=disable",
    "postgresql://u@127.0.0.1/d?sslmode=disable",
    "postgresql://u@[::1]/d?sslmode=disable",
    "postgresql:///d?user=u&sslmode=disable",
    "postgresql:///d?user=u&host=/run/postgresql&sslmode=disable",
  };

  for (guint i = 0; i < G_N_ELEMENTS (FAR); i++)
    {
      g_autoptr (RosterConnectionUrl) url = parse (FAR[i]);

      g_assert_cmpstr (roster_connection_url_get (url, "sslmode"), ==, "verify-full");
      g_assert_nonnull (roster_connection_url_get (url, "sslrootcert"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (NEAR); i++)
    assert_parameter (NEAR[i], "sslmode", "disable");
  assert_parameter ("postgresql://u@h/d?sslrootcert=/a.pem", "sslrootcert", "/a.pem");
  assert_parameter ("postgresql://u@localhost/d?sslmode=verify-full", "sslmode", "verify-full");
  assert_parameter ("postgresql://u@h/d?gssencmode=require", "gssencmode", "disable");
  assert_parameter ("postgresql://u@localhost/d?service=elsewhere", "service", NULL);
}

static void
test_refused (void)
{
  static const char *const TEXTS[] = {
    "",
    "u@h",
    "mysql://u@h/d",
    "postgresql://u:secret@h:port/d",
    "postgresql://u:secret%zz@h/d",
    "postgresql://h/d",
    "postgresql://u:secret@h",
    "postgresql://u:secret@h/d?colour=red",
  };

  for (guint i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (roster_connection_url_parse (TEXTS[i], &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_poolers (void)
{
  g_autoptr (RosterConnectionUrl) pooled = parse ("postgresql://u@a-pooler.b.neon.tech/d");
  g_autoptr (RosterConnectionUrl) direct = parse ("postgresql://u@a.b.neon.tech/d");

  g_assert_true (roster_connection_url_names_pooler (pooled));
  g_assert_false (roster_connection_url_names_pooler (direct));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection-url/parts", test_parts);
  g_test_add_func ("/connection-url/prismas-own", test_prismas_own);
  g_test_add_func ("/connection-url/encryption", test_encryption);
  g_test_add_func ("/connection-url/refused", test_refused);
  g_test_add_func ("/connection-url/poolers", test_poolers);
  return g_test_run ();
}
