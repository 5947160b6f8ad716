/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_MESSAGE_PAGE (roster_message_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterMessagePage, roster_message_page, ROSTER, MESSAGE_PAGE, AdwBin)

/**
 * RosterMessagePage:
 *
 * What fills the window while no directory is open: a welcome, or why there is none. It acts
 * through the actions of the application. Main thread.
 */

/** roster_message_page_new: Returns: (transfer floating): a page that says nothing yet. */
GtkWidget *roster_message_page_new (void);

/** roster_message_page_show_welcome: offers where to keep the directory. */
void roster_message_page_show_welcome (RosterMessagePage *self);

/** roster_message_page_show_failure: @error: why the directory could not be opened; a sentence. */
void roster_message_page_show_failure (RosterMessagePage *self, const GError *error);

G_END_DECLS
