/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page is in its leaflet while it is in view, and until the way back from it has been shown.
 * Main thread. */

#include "config.h"

#include "roster-subpage.h"

static gboolean
remove_page_cb (gpointer user_data)
{
  GtkWidget *page = user_data;
  GtkWidget *leaflet = gtk_widget_get_parent (page);

  if (leaflet != NULL && adw_leaflet_get_visible_child (ADW_LEAFLET (leaflet)) != page)
    adw_leaflet_remove (ADW_LEAFLET (leaflet), page);
  return G_SOURCE_REMOVE;
}

/* A leaflet does not bear losing a child while it hides it. */
static void
page_unmapped_cb (GtkWidget *page)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, remove_page_cb, g_object_ref (page), g_object_unref);
}

void
roster_subpage_open (AdwLeaflet *leaflet, GtkWidget *page)
{
  g_signal_connect (page, "unmap", G_CALLBACK (page_unmapped_cb), NULL);
  adw_leaflet_append (leaflet, page);
  adw_leaflet_set_visible_child (leaflet, page);
  gtk_widget_grab_focus (page);
}

GtkWidget *
roster_subpage_get (AdwLeaflet *leaflet)
{
  return adw_leaflet_get_adjacent_child (leaflet, ADW_NAVIGATION_DIRECTION_BACK) != NULL
             ? adw_leaflet_get_visible_child (leaflet)
             : NULL;
}

gboolean
roster_subpage_close (AdwLeaflet *leaflet)
{
  GtkWidget *page = roster_subpage_get (leaflet);

  if (page == NULL)
    return FALSE;
  adw_leaflet_navigate (leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  if (!gtk_widget_get_mapped (page))
    remove_page_cb (page);
  return TRUE;
}

void
roster_subpage_show (GtkWidget *page, GtkStack *stack, const char *name)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean has_focus = focus != NULL && gtk_widget_is_ancestor (focus, page);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (stack), name) == 0)
    return;
  gtk_stack_set_visible_child_name (stack, name);
  if (has_focus)
    gtk_widget_grab_focus (page);
}

void
roster_subpage_tell (GtkWidget *page, const char *text)
{
  gtk_widget_activate_action (page, "directory.tell", "s", text);
}
