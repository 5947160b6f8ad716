/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-preferences-window.h"

struct _RosterPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *sort_row;
  GtkWidget *style_row;
  GtkWidget *retention_row;
};

G_DEFINE_FINAL_TYPE (RosterPreferencesWindow,
                     roster_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

/* The values of a setting, in the order of its row. */
static const char *const sorts[] = { "name", "added", "changed", NULL };
static const char *const styles[] = { "default", "force-light", "force-dark", NULL };

static const guint retentions[] = { 7, 30, 90, 365 };

static gboolean
setting_to_selected (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *const *values = user_data;

  for (guint i = 0; values[i] != NULL; i++)
    if (g_str_equal (values[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
selected_to_setting (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const char *const *values = user_data;
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length ((char **) values) ? g_variant_new_string (values[selected])
                                                     : NULL;
}

/* Another number, which only other programs can have set, is none of those to choose from. */
static gboolean
days_to_selected (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_uint (value, GTK_INVALID_LIST_POSITION);
  for (guint i = 0; i < G_N_ELEMENTS (retentions); i++)
    if (retentions[i] == g_variant_get_uint32 (variant))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
selected_to_days (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  return selected < G_N_ELEMENTS (retentions) ? g_variant_new_uint32 (retentions[selected]) : NULL;
}

static void
roster_preferences_window_class_init (RosterPreferencesWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/roster/ui/roster-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPreferencesWindow, sort_row);
  gtk_widget_class_bind_template_child (widget_class, RosterPreferencesWindow, style_row);
  gtk_widget_class_bind_template_child (widget_class, RosterPreferencesWindow, retention_row);
}

static void
roster_preferences_window_init (RosterPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_preferences_window_new (GSettings *settings)
{
  RosterPreferencesWindow *self = g_object_new (ROSTER_TYPE_PREFERENCES_WINDOW, NULL);

  g_settings_bind_with_mapping (settings, "sort", self->sort_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, setting_to_selected, selected_to_setting,
                                (gpointer) sorts, NULL);
  g_settings_bind_with_mapping (settings, "color-scheme", self->style_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, setting_to_selected, selected_to_setting,
                                (gpointer) styles, NULL);
  g_settings_bind_with_mapping (settings, "retention-days", self->retention_row, "selected",
                                G_SETTINGS_BIND_DEFAULT, days_to_selected, selected_to_days, NULL,
                                NULL);
  return GTK_WIDGET (self);
}
