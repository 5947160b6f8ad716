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
 * roster_local_authority_new:
 * @replica: the file that is both replica and authority; closed or open
 *
 * Returns: (transfer full): the authority of a directory on this computer
 */
RosterAuthority *roster_local_authority_new (RosterReplica *replica);

G_END_DECLS
