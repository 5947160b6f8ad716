/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-tooltip.h"

#define KEY "roster-tooltip"

typedef struct
{
  char *text;
  guint n_frames;
} Tooltip;

static void
tooltip_free (Tooltip *tooltip)
{
  g_free (tooltip->text);
  g_free (tooltip);
}

/* The second tick comes after the first frame. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Tooltip *tooltip = g_object_get_data (G_OBJECT (widget), KEY);

  if (++tooltip->n_frames < 2)
    return G_SOURCE_CONTINUE;
  gtk_widget_set_tooltip_text (widget, tooltip->text);
  g_object_set_data (G_OBJECT (widget), KEY, NULL);
  return G_SOURCE_REMOVE;
}

void
roster_tooltip_set_text (GtkWidget *widget, const char *text)
{
  Tooltip *tooltip;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  tooltip = g_object_get_data (G_OBJECT (widget), KEY);
  if (tooltip != NULL)
    {
      g_free (tooltip->text);
      tooltip->text = g_strdup (text);
    }
  else if (gtk_widget_get_mapped (widget))
    {
      gtk_widget_set_tooltip_text (widget, text);
    }
  else
    {
      tooltip = g_new0 (Tooltip, 1);
      tooltip->text = g_strdup (text);
      g_object_set_data_full (G_OBJECT (widget), KEY, tooltip, (GDestroyNotify) tooltip_free);
      gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
    }
}
