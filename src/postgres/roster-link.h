/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libpq-fe.h>

#include "roster-connection-url.h"

G_BEGIN_DECLS

/**
 * RosterLink:
 *
 * A connection that waits for its answers: for the operator's tool, never for a thread with a
 * window. One thread at a time.
 *
 * Errors of every call: those of roster_sqlstate_to_error(), with a message that says what to do;
 * the server's own is added for the operator.
 */
typedef struct _RosterLink RosterLink;

/** roster_link_open: Returns: (transfer full) (nullable): connected, to PostgreSQL 15 or newer. */
RosterLink *roster_link_open (const RosterConnectionUrl *url, GError **error);

/** roster_link_close: @self: (transfer full): what is not committed is undone. */
void roster_link_close (RosterLink *self);

/** roster_link_get_connection: Returns: (transfer none): for what has no function here. */
PGconn *roster_link_get_connection (RosterLink *self);

/** roster_link_is_pooled: Returns: whether something between here and the server shares it. */
gboolean roster_link_is_pooled (RosterLink *self, int server_pid);

/**
 * roster_link_query:
 * @name: of the file in sql/operator/, without ".sql"
 * @n_values: how many values follow
 * @...: (nullable): strings
 *
 * Returns: (transfer full) (nullable): the answer, in text
 */
PGresult *roster_link_query (RosterLink *self,
                             const char *name,
                             GError **error,
                             guint n_values,
                             ...);

/** roster_link_run: like roster_link_query(), for what gives no rows or none that matter. */
gboolean roster_link_run (RosterLink *self, const char *name, GError **error);

/** roster_link_run_script: runs all the statements of a text. @name: what to call it in errors. */
gboolean roster_link_run_script (RosterLink *self,
                                 const char *name,
                                 const char *script,
                                 GError **error);

/**
 * roster_link_read_resource:
 * @path: below sql/, with its suffix
 *
 * Returns: (transfer full): the file that was compiled in
 */
char *roster_link_read_resource (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterLink, roster_link_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
