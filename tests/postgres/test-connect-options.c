/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What libpq is given to connect with. */

#include "config.h"

#include "roster-connect-options.h"

static RosterConnectionUrl *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url = roster_connection_url_parse (text, &error);

  g_assert_no_error (error);
  return url;
}

/* libpq takes the last. */
static const char *
find (const RosterConnectOptions *options, const char *keyword)
{
  const char *value = NULL;

  for (guint i = 0; options->keywords[i]; i++)
    if (g_str_equal (options->keywords[i], keyword))
      value = options->values[i];
  return value;
}

static void
test_names (void)
{
  static const struct
  {
    const char *host;
    const char *name;
  } CASES[] = {
    { "db.example", "db.example" },
    { "localhost", "localhost" },
    { "127.0.0.1", NULL },
    { "[::1]", NULL },
    { "%2Fvar%2Frun%2Fpostgresql", NULL },
    { "a.example,b.example", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strdup_printf ("postgresql://u@%s/d", CASES[i].host);
      g_autoptr (RosterConnectionUrl) url = parse (text);

      g_assert_cmpstr (roster_connect_options_get_name (url), ==, CASES[i].name);
    }
}

static void
test_timeouts (void)
{
  static const struct
  {
    const char *query;
    guint timeout_ms;
  } CASES[] = {
    { "", 20000 },
    { "?connect_timeout=3", 3000 },
    { "?connect_timeout=0", 600000 },
    { "?connect_timeout=soon", 600000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *text = g_strconcat ("postgresql://u@h.example/d", CASES[i].query, NULL);
      g_autoptr (RosterConnectionUrl) url = parse (text);

      g_assert_cmpuint (roster_connect_options_get_timeout_ms (url), ==, CASES[i].timeout_ms);
    }
}

static void
test_addresses (void)
{
  g_autoptr (RosterConnectionUrl) url =
      parse ("postgresql://u@db.example/d?client_encoding=LATIN1");
  g_autoptr (GInetAddress) first = g_inet_address_new_from_string ("2001:db8::1");
  g_autoptr (GInetAddress) second = g_inet_address_new_from_string ("192.0.2.1");
  g_autoptr (GList) addresses = g_list_append (g_list_append (NULL, first), second);

  for (guint attempt = 0; attempt < 3; attempt++)
    {
      g_autoptr (RosterConnectOptions) options =
          roster_connect_options_new (url, addresses, attempt);

      g_assert_cmpstr (find (options, "host"), ==, "db.example,db.example");
      g_assert_cmpstr (find (options, "hostaddr"), ==,
                       attempt == 1 ? "192.0.2.1,2001:db8::1" : "2001:db8::1,192.0.2.1");
      g_assert_cmpstr (find (options, "client_encoding"), ==, "UTF8");
      g_assert_cmpstr (find (options, "sslmode"), ==, "verify-full");
    }
}

static void
test_no_addresses (void)
{
  g_autoptr (RosterConnectionUrl) url = parse ("postgresql://u@127.0.0.1/d");
  g_autoptr (RosterConnectOptions) options = roster_connect_options_new (url, NULL, 0);

  g_assert_cmpstr (find (options, "host"), ==, "127.0.0.1");
  g_assert_null (find (options, "hostaddr"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connect-options/names", test_names);
  g_test_add_func ("/connect-options/timeouts", test_timeouts);
  g_test_add_func ("/connect-options/addresses", test_addresses);
  g_test_add_func ("/connect-options/no-addresses", test_no_addresses);
  return g_test_run ();
}
