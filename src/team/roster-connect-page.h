/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-team-setup.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_CONNECT_PAGE (roster_connect_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterConnectPage, roster_connect_page, ROSTER, CONNECT_PAGE, AdwBin)

/**
 * RosterConnectPage:
 *
 * How to get to a team's directory: from an invitation or a client's JSON file, opened or dropped,
 * or typed. Main thread.
 *
 * Signal "connect" (RosterTeamSetup): what was given, and can be.
 */

/** roster_connect_page_tell: @sentence: (nullable): what is to be known before, or went wrong. */
void roster_connect_page_tell (RosterConnectPage *self, const char *sentence);

G_END_DECLS
