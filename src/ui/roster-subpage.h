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

G_END_DECLS
