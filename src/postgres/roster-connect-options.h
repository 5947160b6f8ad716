/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-connection-url.h"

G_BEGIN_DECLS

/**
 * RosterConnectOptions:
 * @keywords: ends with %NULL
 * @values: beside the keywords
 *
 * What libpq is given to connect without having to wait for the host's address. Inside postgres/
 * only.
 */
typedef struct
{
  const char **keywords;
  const char **values;
  char *hosts;
  char *addresses;
} RosterConnectOptions;

/** roster_connect_options_get_name: Returns: (transfer none) (nullable): the host whose addresses
 * are to be looked up before. */
const char *roster_connect_options_get_name (const RosterConnectionUrl *url);

/** roster_connect_options_get_timeout_ms: Returns: how long connecting may take. */
guint roster_connect_options_get_timeout_ms (const RosterConnectionUrl *url);

/**
 * roster_connect_options_new:
 * @url: outlives it
 * @addresses: (nullable) (element-type GInetAddress): of the host
 * @attempt: each begins with another address: one that swallows everything would be in the way of
 *   the others
 *
 * Returns: (transfer full): the options
 */
RosterConnectOptions *roster_connect_options_new (const RosterConnectionUrl *url,
                                                  GList *addresses,
                                                  guint attempt);

void roster_connect_options_free (RosterConnectOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterConnectOptions, roster_connect_options_free)

G_END_DECLS
