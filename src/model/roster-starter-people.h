/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * roster_starter_people_new:
 *
 * The ten people that a new directory can start with: made up, the same on every computer, with new
 * ids. Any thread.
 *
 * Returns: (transfer full) (element-type RosterPerson): valid people with ids, both times 0
 */
GPtrArray *roster_starter_people_new (void);

G_END_DECLS
