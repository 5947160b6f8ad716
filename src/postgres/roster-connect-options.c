/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection URL as libpq is given it: with the addresses of the host, which libpq would wait
 * for, and with what no URL may change. No state. */

#include "config.h"

#include "roster-connect-options.h"

#include <string.h>

#define LONGEST_S 600

const char *
roster_connect_options_get_name (const RosterConnectionUrl *url)
{
  const char *host = roster_connection_url_get (url, "host");

  if (!host || roster_connection_url_get (url, "hostaddr") || strpbrk (host, "/@,") ||
      g_hostname_is_ip_address (host))
    return NULL;
  return host;
}

guint
roster_connect_options_get_timeout_ms (const RosterConnectionUrl *url)
{
  const char *text = roster_connection_url_get (url, "connect_timeout");
  guint64 timeout_s;

  /* libpq takes 0 and what is negative for "for ever"; nobody wants that here. */
  if (!g_ascii_string_to_unsigned (text ? text : "", 10, 1, LONGEST_S, &timeout_s, NULL))
    timeout_s = LONGEST_S;
  return (guint) timeout_s * 1000;
}

/* The server is one name at many addresses. */
static void
put_addresses (RosterConnectOptions *options, const char *host, GList *addresses, guint first)
{
  g_autoptr (GString) hosts = g_string_new (NULL);
  g_autoptr (GString) numbers = g_string_new (NULL);
  guint n_addresses = g_list_length (addresses);

  for (guint i = 0; i < n_addresses; i++)
    {
      g_autofree char *number =
          g_inet_address_to_string (g_list_nth_data (addresses, (first + i) % n_addresses));

      g_string_append_printf (hosts, "%s%s", i > 0 ? "," : "", host);
      g_string_append_printf (numbers, "%s%s", i > 0 ? "," : "", number);
    }
  options->hosts = g_string_free (g_steal_pointer (&hosts), FALSE);
  options->addresses = g_string_free (g_steal_pointer (&numbers), FALSE);
}

RosterConnectOptions *
roster_connect_options_new (const RosterConnectionUrl *url, GList *addresses, guint attempt)
{
  RosterConnectOptions *options = g_new0 (RosterConnectOptions, 1);
  const char *const *keywords = roster_connection_url_get_keywords (url);
  const char *const *values = roster_connection_url_get_values (url);
  guint n_keywords = g_strv_length ((char **) keywords);
  guint n = 0;

  options->keywords = g_new0 (const char *, n_keywords + 4);
  options->values = g_new0 (const char *, n_keywords + 4);
  for (; n < n_keywords; n++)
    {
      options->keywords[n] = keywords[n];
      options->values[n] = values[n];
    }
  /* The last word on a keyword counts. */
  options->keywords[n] = "client_encoding";
  options->values[n++] = "UTF8";
  if (addresses)
    {
      put_addresses (options, roster_connection_url_get (url, "host"), addresses, attempt);
      options->keywords[n] = "host";
      options->values[n++] = options->hosts;
      options->keywords[n] = "hostaddr";
      options->values[n] = options->addresses;
    }
  return options;
}

void
roster_connect_options_free (RosterConnectOptions *options)
{
  g_free (options->keywords);
  g_free (options->values);
  g_free (options->hosts);
  g_free (options->addresses);
  g_free (options);
}
