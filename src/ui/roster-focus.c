/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-focus.h"

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

gboolean
roster_focus_children (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean back = direction == GTK_DIR_TAB_BACKWARD;
  gboolean inside = has_focus (widget);
  GtkWidget *child = inside ? gtk_widget_get_focus_child (widget) : NULL;

  if (!inside && !back && gtk_widget_grab_focus (widget))
    return TRUE;
  if (child == NULL)
    child = back ? gtk_widget_get_last_child (widget) : gtk_widget_get_first_child (widget);
  for (; child != NULL;
       child = back ? gtk_widget_get_prev_sibling (child) : gtk_widget_get_next_sibling (child))
    if (gtk_widget_child_focus (child, direction))
      return TRUE;
  return FALSE;
}

typedef struct
{
  GtkWidget *within;
  GtkWidget *widget;
  graphene_point_t start;
} First;

/* A leaflet does not have its children in the order in which they are seen. */
static void
look (First *first, GtkWidget *widget)
{
  gboolean right_to_left = gtk_widget_get_direction (first->within) == GTK_TEXT_DIR_RTL;
  graphene_rect_t bounds;
  float x;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) ||
      !gtk_widget_get_can_focus (widget))
    return;
  if (!gtk_widget_get_focusable (widget))
    {
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        look (first, child);
      return;
    }
  if (!gtk_widget_compute_bounds (widget, first->within, &bounds))
    return;
  x = right_to_left ? -(bounds.origin.x + bounds.size.width) : bounds.origin.x;
  if (first->widget == NULL || bounds.origin.y < first->start.y ||
      (bounds.origin.y <= first->start.y && x < first->start.x))
    {
      first->widget = widget;
      first->start = GRAPHENE_POINT_INIT (x, bounds.origin.y);
    }
}

gboolean
roster_focus_first (GtkWidget *widget)
{
  First first = { .within = widget };

  look (&first, widget);
  return first.widget != NULL && gtk_widget_grab_focus (first.widget);
}

void
roster_focus_tell (GtkEditable *entry, const char *label)
{
  GtkEditable *text = gtk_editable_get_delegate (entry);

  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
