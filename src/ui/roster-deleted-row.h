/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "roster-change-object.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_DELETED_ROW (roster_deleted_row_get_type ())
G_DECLARE_FINAL_TYPE (RosterDeletedRow, roster_deleted_row, ROSTER, DELETED_ROW, GtkBox)

/**
 * RosterDeletedRow:
 *
 * Somebody who was deleted. Property: "selected" (boolean: its check button). It acts through the
 * actions "deleted.restore-one" and "deleted.purge-one" of what is around it. The list item that it
 * is in gets its accessible label. Main thread.
 */

/** roster_deleted_row_new: Returns: (transfer floating): a row about nobody yet. */
GtkWidget *roster_deleted_row_new (void);

gboolean roster_deleted_row_get_selected (RosterDeletedRow *self);

/**
 * roster_deleted_row_show:
 * @object: who was deleted, and when
 * @retention_days: for how many days the deleted are kept
 * @edit_reason: (nullable): why nothing can be done about it now
 */
void roster_deleted_row_show (RosterDeletedRow *self,
                              RosterChangeObject *object,
                              guint retention_days,
                              const char *edit_reason);

G_END_DECLS
