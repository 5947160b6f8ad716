/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * roster_tooltip_set_text:
 * @text: (nullable): translated
 *
 * As gtk_widget_set_tooltip_text(), but for what is in the first frame of a window: set only once
 * that has been painted. GTK asks the display with each tooltip where the pointer is, on X11 four
 * round trips, a tenth of a start by measurement. Main thread.
 */
void roster_tooltip_set_text (GtkWidget *widget, const char *text);

G_END_DECLS
