/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-error.h"

G_BEGIN_DECLS

/**
 * roster_sqlstate_to_error:
 * @sqlstate: (nullable): five characters; %NULL when the server said none
 * @constraint: (nullable): the name of the constraint that was broken
 *
 * Returns: the code that it means. Any thread.
 */
RosterError roster_sqlstate_to_error (const char *sqlstate, const char *constraint);

G_END_DECLS
