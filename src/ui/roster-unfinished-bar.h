/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_UNFINISHED_BAR (roster_unfinished_bar_get_type ())
G_DECLARE_FINAL_TYPE (RosterUnfinishedBar, roster_unfinished_bar, ROSTER, UNFINISHED_BAR, AdwBin)

/**
 * RosterUnfinishedBar:
 *
 * A line that offers to finish what was typed and not saved; hidden when there is nothing. Property
 * "drafts" (RosterDrafts, nullable). It acts through "directory.finish" of the page around it.
 */

G_END_DECLS
