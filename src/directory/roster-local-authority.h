/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-authority.h"
#include "roster-replica.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_LOCAL_AUTHORITY (roster_local_authority_get_type ())
G_DECLARE_FINAL_TYPE (RosterLocalAuthority,
                      roster_local_authority,
                      ROSTER,
                      LOCAL_AUTHORITY,
                      GObject)

/**
 * RosterLocalAuthority:
 *
 * Property "retention-days" (uint, 1 to 3650, default 30): for how long the deleted are kept. Who
 * was deleted before that is not listed, and removed for good by roster_authority_tidy() (not by a
 * clock that was set wrong for a moment: see roster-purge.c). The history of those who are there is
 * kept for ever.
 */

/**
 * roster_local_authority_new:
 * @replica: the file that is both replica and authority; closed or open
 *
 * Returns: (transfer full): the authority of a directory on this computer
 */
RosterAuthority *roster_local_authority_new (RosterReplica *replica);

G_END_DECLS
