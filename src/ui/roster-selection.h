/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "roster-people.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_SELECTION (roster_selection_get_type ())
G_DECLARE_FINAL_TYPE (RosterSelection, roster_selection, ROSTER, SELECTION, GObject)

/**
 * RosterSelection:
 *
 * A GtkSelectionModel over the list of people. Outside selection mode it is one person who is
 * chosen; in selection mode it is any number, none included. Either belongs to the people, not to
 * rows: it stays whatever the order and the search, and goes when they leave the directory.
 *
 * Properties: "model" (RosterPersonList, nullable); "person" (PersonObject, nullable: who is
 * chosen, also while selection mode does not show it); "selecting" (boolean: selection mode);
 * "n-selected" (uint, read-only: how many of those in the list are selected); "n-hidden" (uint,
 * read-only: how many more are, whom the search hides: nothing is done to them). Main thread.
 *
 * Selecting a range, everybody or one more person, as GtkListView does for Shift, Control and
 * Space, begins selection mode. In it, a range that is selected instead of the rest takes the place
 * of the range before, not of what was selected one by one; selecting one person instead of the
 * rest, as the arrow keys do, is not accepted.
 */

/** roster_selection_new: @people: (nullable). Returns: (transfer full): nobody chosen. */
RosterSelection *roster_selection_new (RosterPersonList *people);

/** roster_selection_get_person: Returns: (transfer none) (nullable): who is chosen. */
PersonObject *roster_selection_get_person (RosterSelection *self);
void roster_selection_set_person (RosterSelection *self, PersonObject *person);

/** roster_selection_get_position: Returns: whether the chosen person is in the list, and where. */
gboolean roster_selection_get_position (RosterSelection *self, guint *position);

gboolean roster_selection_get_selecting (RosterSelection *self);

/** roster_selection_set_selecting: begins with nobody, or ends and forgets who was selected. */
void roster_selection_set_selecting (RosterSelection *self, gboolean selecting);

/** roster_selection_toggle: selects who is at @position, or not any longer. */
void roster_selection_toggle (RosterSelection *self, guint position);

guint roster_selection_get_n_selected (RosterSelection *self);
guint roster_selection_get_n_hidden (RosterSelection *self);

/** roster_selection_dup_people: Returns: (transfer full) (nullable): those who are selected and in
 * the list; %NULL while the list is being loaded. */
RosterPeople *roster_selection_dup_people (RosterSelection *self);

G_END_DECLS
