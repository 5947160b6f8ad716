/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libpq-fe.h>

#include "roster-error.h"

G_BEGIN_DECLS

/* What is said to people when the team's database does not do what was asked. Any thread. */

/** roster_server_error_new: Returns: (transfer full): @code with the sentence for it. */
GError *roster_server_error_new (RosterError code);

/** roster_server_error_set: sets it. */
void roster_server_error_set (GError **error, RosterError code);

/**
 * roster_server_error_set_from_result:
 * @name: of the statement
 *
 * Sets what an answer means, and writes its SQLSTATE, and nothing else of it, to the log.
 */
void roster_server_error_set_from_result (GError **error, const PGresult *result, const char *name);

G_END_DECLS
