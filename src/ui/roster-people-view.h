/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-selection.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_PEOPLE_VIEW (roster_people_view_get_type ())
G_DECLARE_FINAL_TYPE (RosterPeopleView, roster_people_view, ROSTER, PEOPLE_VIEW, AdwBin)

/**
 * RosterPeopleView:
 *
 * The rows of people. Properties: "people" (RosterPersonList, nullable); "person" (PersonObject,
 * nullable: who is chosen, kept while no row shows them); "folded" (boolean: a click opens);
 * "selection" (RosterSelection, read-only). It acts through the actions "person.*" and
 * "selection.*" of the page around it, and takes the focus on the chosen row.
 */

/** roster_people_view_show_person: chooses @person, and scrolls there as soon as a row shows them.
 */
void roster_people_view_show_person (RosterPeopleView *self, PersonObject *person);

/** roster_people_view_open_first: chooses and opens the first person, if there is one; in selection
 * mode it only takes the focus. */
void roster_people_view_open_first (RosterPeopleView *self);

/** roster_people_view_choose_focused: chooses who has the focus, if anybody has. */
void roster_people_view_choose_focused (RosterPeopleView *self);

/** roster_people_view_take_focus_back: scrolls to the chosen person and takes the focus there, once
 * the list is as it will be shown. */
void roster_people_view_take_focus_back (RosterPeopleView *self);

/** roster_people_view_dup_neighbour: Returns: (transfer full) (nullable): who comes after the
 * chosen person, or before when there is nobody after. */
PersonObject *roster_people_view_dup_neighbour (RosterPeopleView *self);

G_END_DECLS
