/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window with a button that has a name and three things that have none. */

#include <gtk/gtk.h>

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("Named"));
  gtk_box_append (GTK_BOX (box), gtk_button_new_from_icon_name ("edit-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_switch_new ());
  gtk_box_append (GTK_BOX (box), gtk_entry_new ());
  gtk_window_set_title (GTK_WINDOW (window), "Roster");
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  g_autoptr (GtkApplication) application =
      gtk_application_new ("io.github.rosterapp.NamelessButton", G_APPLICATION_DEFAULT_FLAGS);

  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
