/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-directory.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_DELETED_PAGE (roster_deleted_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterDeletedPage, roster_deleted_page, ROSTER, DELETED_PAGE, AdwBin)

/**
 * RosterDeletedPage:
 *
 * Recently Deleted: who was deleted and is kept still; they can be restored, or removed for good.
 * Property: "retention-days" (uint: for how many days they are kept). Signal "restored"
 * (PersonObject: somebody who is in the directory again). It acts through the actions
 * "directory.back" and "directory.tell" of the page around it. Main thread.
 */

/** roster_deleted_page_new: Returns: (transfer floating): a page that has begun to be read. */
GtkWidget *roster_deleted_page_new (RosterDirectory *directory);

G_END_DECLS
