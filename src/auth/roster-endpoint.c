/* SPDX-License-Identifier: GPL-3.0-or-later */

/* To whom Roster speaks. No state. */

#include "config.h"

#include "roster-endpoint.h"

#include <libsoup/soup.h>
#include <string.h>

#define MAX_URI_BYTES 2048

static const char *const NOT_PUBLIC_IPV4[] = {
  "0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
  "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
  "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
};

/* Of the addresses that are given out at all, 2000::/3. */
static const char *const NOT_PUBLIC_IPV6[] = {
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "3fff::/20",
};

GUri *
roster_endpoint_parse (const char *text)
{
  g_autoptr (GUri) uri = NULL;

  if (!text || strlen (text) > MAX_URI_BYTES || !g_str_is_ascii (text) || strpbrk (text, " \t\r\n"))
    return NULL;
  uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (!uri || !g_uri_get_host (uri) || !*g_uri_get_host (uri) || g_uri_get_userinfo (uri) ||
      g_uri_get_fragment (uri))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") &&
      !(g_str_equal (g_uri_get_scheme (uri), "http") && roster_endpoint_is_on_this_computer (uri)))
    return NULL;
  return g_steal_pointer (&uri);
}

gboolean
roster_endpoint_is_on_this_computer (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address ? g_inet_address_get_is_loopback (address)
                 : g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
is_in (GInetAddress *address, const char *const *ranges, gsize n_ranges)
{
  for (gsize i = 0; i < n_ranges; i++)
    {
      g_autoptr (GInetAddressMask) range = g_inet_address_mask_new_from_string (ranges[i], NULL);

      if (g_inet_address_mask_matches (range, address))
        return TRUE;
    }
  return FALSE;
}

gboolean
roster_address_is_public (GInetAddress *address)
{
  static const char *const GIVEN_OUT[] = { "2000::/3" };

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return !is_in (address, NOT_PUBLIC_IPV4, G_N_ELEMENTS (NOT_PUBLIC_IPV4));
  return is_in (address, GIVEN_OUT, G_N_ELEMENTS (GIVEN_OUT)) &&
         !is_in (address, NOT_PUBLIC_IPV6, G_N_ELEMENTS (NOT_PUBLIC_IPV6));
}
