/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-selection.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_SELECTION_HEADER (roster_selection_header_get_type ())
G_DECLARE_FINAL_TYPE (RosterSelectionHeader,
                      roster_selection_header,
                      ROSTER,
                      SELECTION_HEADER,
                      AdwBin)

/**
 * roster_selection_header_new:
 *
 * The header of the list in selection mode: how many are selected, and the way out. It acts through
 * the actions "people.*" and "directory.*" around it.
 *
 * Returns: (transfer floating): for @selection
 */
GtkWidget *roster_selection_header_new (RosterSelection *selection);

G_END_DECLS
