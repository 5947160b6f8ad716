/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_NOBODY_PAGE (roster_nobody_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterNobodyPage, roster_nobody_page, ROSTER, NOBODY_PAGE, AdwBin)

/**
 * RosterNobodyPage:
 *
 * What stands in place of the list when there is nobody to show: in the directory, or of those
 * searched for. It acts through the actions "directory.*" of the page around it. Main thread.
 */

/** roster_nobody_page_new: Returns: (transfer floating): the page of an empty directory. */
GtkWidget *roster_nobody_page_new (void);

/**
 * roster_nobody_page_set_search:
 * @search: (nullable): what was searched for in vain; %NULL when nobody is there at all
 */
void roster_nobody_page_set_search (RosterNobodyPage *self, const char *search);

/** roster_nobody_page_set_edit_reason: @reason: (nullable): why nobody can be added, translated. */
void roster_nobody_page_set_edit_reason (RosterNobodyPage *self, const char *reason);

G_END_DECLS
