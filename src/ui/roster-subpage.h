/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Pages that open in place of another one and are gone when one goes back. Main thread. */

/** roster_subpage_open: @page: shown in @leaflet, which shows one child at a time. */
void roster_subpage_open (AdwLeaflet *leaflet, GtkWidget *page);

/** roster_subpage_get: Returns: (transfer none) (nullable): the page that is open. */
GtkWidget *roster_subpage_get (AdwLeaflet *leaflet);

/** roster_subpage_close: Returns: whether there was one to go back from. */
gboolean roster_subpage_close (AdwLeaflet *leaflet);

/**
 * roster_subpage_show:
 * @stack: in @page
 *
 * Shows the child @name of @stack, with the focus, if @page had it, where it can be used.
 */
void roster_subpage_show (GtkWidget *page, GtkStack *stack, const char *name);

/** roster_subpage_tell: @text: shown as a toast of the directory's page, translated. */
void roster_subpage_tell (GtkWidget *page, const char *text);

G_END_DECLS
