/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterConnectionUrl:
 *
 * Where a database is and how to get there safely, as libpq takes it. Immutable; any thread.
 */
typedef struct _RosterConnectionUrl RosterConnectionUrl;

/**
 * roster_connection_url_parse:
 * @text: a URL as in DATABASE_URL
 * @error: return location: ROSTER_ERROR_INVALID; the message never repeats @text, which has a
 *   password in it
 *
 * Drops what only Prisma knows. Beyond this computer a connection is encrypted and the server's
 * name checked against its certificate, whatever the URL says.
 *
 * Returns: (transfer full) (nullable): the parameters
 */
RosterConnectionUrl *roster_connection_url_parse (const char *text, GError **error);

void roster_connection_url_free (RosterConnectionUrl *self);

/** roster_connection_url_get_keywords: Returns: (transfer none): ends with %NULL. */
const char *const *roster_connection_url_get_keywords (const RosterConnectionUrl *self);

/** roster_connection_url_get_values: Returns: (transfer none): beside the keywords. */
const char *const *roster_connection_url_get_values (const RosterConnectionUrl *self);

/** roster_connection_url_get: Returns: (transfer none) (nullable): the value of @keyword. */
const char *roster_connection_url_get (const RosterConnectionUrl *self, const char *keyword);

/** roster_connection_url_names_pooler: Returns: whether the URL says that there is a pooler. */
gboolean roster_connection_url_names_pooler (const RosterConnectionUrl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterConnectionUrl, roster_connection_url_free)

G_END_DECLS
