/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tab goes to everything that can have the focus. Where a page or a field chooses what gets it, as
 * they do when they open, GTK would never let Tab to the header bar, which comes before that, nor
 * Shift+Tab out: it asks to choose again. Main thread. */

/** roster_focus_children: as GtkWidgetClass.focus of a widget with a grab_focus of its own. */
gboolean roster_focus_children (GtkWidget *widget, GtkDirectionType direction);

/** roster_focus_first: Returns: whether the first in @widget that can have the focus got it, in the
 * order of reading. */
gboolean roster_focus_first (GtkWidget *widget);

/**
 * roster_focus_tell:
 * @entry: an entry that has not been shown yet
 * @label: its name, translated
 *
 * Lets screen readers hear that @entry gets the focus: GTK 4.8 gives it to the text inside, which
 * it keeps from them.
 */
void roster_focus_tell (GtkEditable *entry, const char *label);

G_END_DECLS
