/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"

G_BEGIN_DECLS

/**
 * roster_slot_gaps_close:
 *
 * Gives everybody a slot anew where hardly any of the slots up to the last is in use, as in a file
 * that another program has edited: the index keeps memory for each. While nobody knows the slots
 * yet; blocks, on the thread of the database. Inside replica/ only.
 */
gboolean roster_slot_gaps_close (RosterDatabase *database, GError **error);

G_END_DECLS
