/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-change-object.h"
#include "roster-directory.h"

G_BEGIN_DECLS

/** ROSTER_DELETED_PAGE_SIZE: how many of the deleted are read at once. */
#define ROSTER_DELETED_PAGE_SIZE 500

#define ROSTER_TYPE_DELETED_LIST (roster_deleted_list_get_type ())
G_DECLARE_FINAL_TYPE (RosterDeletedList, roster_deleted_list, ROSTER, DELETED_LIST, GObject)

/**
 * RosterDeletedList:
 *
 * A GListModel of RosterChangeObject: who was deleted and is kept still, newest first. It grows by
 * a page whenever somebody near its end is asked for, and is read again when people are deleted or
 * come back; those who stay keep their object.
 *
 * Properties, read-only: "n-total" (uint: how many there are, read or not); "loading" (boolean:
 * nothing has been read yet, but will be); "error" (GError, nullable: why not all could be read).
 * Main thread.
 */

/** roster_deleted_list_new: Returns: (transfer full): a list that has begun to be read. */
RosterDeletedList *roster_deleted_list_new (RosterDirectory *directory);

guint roster_deleted_list_get_n_total (RosterDeletedList *self);
gboolean roster_deleted_list_get_loading (RosterDeletedList *self);

/** roster_deleted_list_get_error: Returns: (transfer none) (nullable): a translated sentence. */
const GError *roster_deleted_list_get_error (RosterDeletedList *self);

/** roster_deleted_list_reload: reads again as many as there were. */
void roster_deleted_list_reload (RosterDeletedList *self);

G_END_DECLS
