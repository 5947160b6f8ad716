/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_PERSON_PANE (roster_person_pane_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonPane, roster_person_pane, ROSTER, PERSON_PANE, AdwBin)

/**
 * RosterPersonPane:
 *
 * One person in full. Properties: "directory" (RosterDirectory), "person" (PersonObject, nullable),
 * "folded" (boolean: it is shown instead of the list, not beside it); "selection" (RosterSelection:
 * who is counted while nobody is shown). It acts through the actions "person.*" and
 * "directory.back" of the page around it. Main thread.
 */

/** roster_person_pane_show_history: opens the history of the person in place of them. */
void roster_person_pane_show_history (RosterPersonPane *self);

/** roster_person_pane_go_back: Returns: whether it was not the person who was shown. */
gboolean roster_person_pane_go_back (RosterPersonPane *self);

G_END_DECLS
