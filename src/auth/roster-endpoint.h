/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * roster_endpoint_parse:
 * @uri: (nullable)
 *
 * Any thread. Returns: (transfer full) (nullable): the parsed URI, when Roster may speak to it:
 * https, or plain http to this computer itself; ASCII, no user in it and no fragment
 */
GUri *roster_endpoint_parse (const char *uri);

/** roster_endpoint_is_on_this_computer: whether @uri's host is a loopback address or "localhost"
 * (RFC 6761, section 6.3). Any thread. */
gboolean roster_endpoint_is_on_this_computer (GUri *uri);

/** roster_address_is_public: whether anybody on the Internet may have @address: no address of the
 * special-purpose registries (RFC 6890), nor an IPv6 one that hides an IPv4 one. Any thread. */
gboolean roster_address_is_public (GInetAddress *address);

G_END_DECLS
