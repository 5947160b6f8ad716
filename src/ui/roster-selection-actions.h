/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-directory.h"
#include "roster-selection.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_SELECTION_ACTIONS (roster_selection_actions_get_type ())
G_DECLARE_FINAL_TYPE (RosterSelectionActions,
                      roster_selection_actions,
                      ROSTER,
                      SELECTION_ACTIONS,
                      AdwBin)

/**
 * roster_selection_actions_new:
 *
 * What can be done with those who are selected, or why it cannot. It acts through the actions
 * "selection.*" around it.
 *
 * Returns: (transfer floating): for @selection
 */
GtkWidget *roster_selection_actions_new (RosterSelection *selection);

/** roster_selection_actions_set_directory: @directory: (nullable): of those in the selection. */
void roster_selection_actions_set_directory (RosterSelectionActions *self,
                                             RosterDirectory *directory);

G_END_DECLS
