/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-needle.h"
#include "roster-query.h"

G_BEGIN_DECLS

/** RosterClause: (element-type RosterNeedle): any one of the needles has to occur. */
typedef GPtrArray RosterClause;

/** roster_query_get_clauses: Returns: (transfer none) (element-type RosterClause): every one of the
 * clauses has to hold; the one that is cheapest to look for is the first. */
GPtrArray *roster_query_get_clauses (RosterQuery *self);

G_END_DECLS
