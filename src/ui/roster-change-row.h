/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "roster-change-object.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_CHANGE_ROW (roster_change_row_get_type ())
G_DECLARE_FINAL_TYPE (RosterChangeRow, roster_change_row, ROSTER, CHANGE_ROW, GtkBox)

/**
 * RosterChangeRow:
 *
 * One change in the history of a person. Properties: "change" (RosterChangeObject, nullable);
 * "person" (PersonObject, nullable: as they are now); "edit-reason" (string, nullable: why nothing
 * can be brought back). It acts through the action "history.bring-back" of what is around it. The
 * list item that it is in gets its accessible label. Main thread.
 */

/** roster_change_row_new: Returns: (transfer floating): a row without a change. */
GtkWidget *roster_change_row_new (void);

G_END_DECLS
