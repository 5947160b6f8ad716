/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "roster-person-list.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_PERSON_ROW (roster_person_row_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonRow, roster_person_row, ROSTER, PERSON_ROW, GtkGrid)

/**
 * roster_person_row_new:
 * @people: the list that the row is part of, for what is searched for
 *
 * Returns: (transfer floating): a row of nobody; "person" (PersonObject, nullable) is to be bound
 */
GtkWidget *roster_person_row_new (RosterPersonList *people);

/** roster_person_row_get_person: Returns: (transfer none) (nullable): who is shown. */
PersonObject *roster_person_row_get_person (RosterPersonRow *self);

G_END_DECLS
