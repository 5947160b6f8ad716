/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_redirect_query_parse:
 * @query: (nullable): as it came, nothing decoded
 *
 * Reads the parameters of an answer by way of the browser (RFC 6749, section 4.1.2, and appendix
 * B). Any thread.
 *
 * Returns: (transfer full) (nullable) (element-type utf8 utf8): the parameters; %NULL when one
 * comes twice, or one is not UTF-8, has NUL or another control character, or is not encoded as it
 * must be
 */
GHashTable *roster_redirect_query_parse (const char *query);

G_END_DECLS
