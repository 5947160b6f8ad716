/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "person-object.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_PEOPLE_PANE (roster_people_pane_get_type ())
G_DECLARE_FINAL_TYPE (RosterPeoplePane, roster_people_pane, ROSTER, PEOPLE_PANE, AdwBin)

/**
 * RosterPeoplePane:
 *
 * The list with its search. Properties: "directory" (RosterDirectory); "person" (PersonObject,
 * nullable: who is chosen, kept while the search hides them); "folded" (boolean: it fills the
 * window instead of standing beside the person); "empty" (boolean, read-only: there is nobody);
 * "selection" (RosterSelection, read-only). It acts through the actions "directory.*", "person.*"
 * and "selection.*" of the page around it.
 */

/** roster_people_pane_search: shows the search entry and moves the focus there. */
void roster_people_pane_search (RosterPeoplePane *self);

/** roster_people_pane_end_search: Returns: whether there was a search to end. */
gboolean roster_people_pane_end_search (RosterPeoplePane *self);

/**
 * roster_people_pane_type:
 * @controller: handling a key press right now
 *
 * Puts what is being typed into the search. Returns: whether it was text
 */
gboolean roster_people_pane_type (RosterPeoplePane *self, GtkEventControllerKey *controller);

/** roster_people_pane_show_person: chooses @person, ending a search that hides them, and scrolls
 * there. */
void roster_people_pane_show_person (RosterPeoplePane *self, PersonObject *person);

/** roster_people_pane_dup_neighbour: Returns: (transfer full) (nullable): who comes after the
 * chosen person in the list, or before when there is nobody after. */
PersonObject *roster_people_pane_dup_neighbour (RosterPeoplePane *self);

G_END_DECLS
