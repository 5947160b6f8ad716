/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-directory.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_HISTORY_PAGE (roster_history_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterHistoryPage, roster_history_page, ROSTER, HISTORY_PAGE, AdwBin)

/**
 * RosterHistoryPage:
 *
 * What was done to one person, newest first, and how they can be as they were. It follows what
 * happens to them while it is open. Property: "folded" (boolean: it fills the window). It acts
 * through the actions "directory.back" and "directory.tell" of the page around it.
 */

/** roster_history_page_new: Returns: (transfer floating): a page that has begun to be read. */
GtkWidget *roster_history_page_new (RosterDirectory *directory, PersonObject *person);

G_END_DECLS
