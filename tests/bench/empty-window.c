/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that any libadwaita program does: a window with a header bar. Says when it was painted.
 */

#include "config.h"

#include <adwaita.h>
#include <stdio.h>

static void
after_paint_cb (GdkFrameClock *clock, GtkWindow *window)
{
  g_print ("first frame at %" G_GINT64_FORMAT " us\n", g_get_monotonic_time ());
  fflush (stdout);
  gtk_window_destroy (window);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 960, 640);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_widget_realize (window);
  g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint",
                           G_CALLBACK (after_paint_cb), window, 0);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("io.github.rosterapp.EmptyWindow", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
