/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame around the pages; each page owns its behaviour. Main thread. */

#include "config.h"

#include "roster-window.h"

#include <glib/gi18n-lib.h>

#include "roster-directory-page.h"
#include "roster-error.h"

struct _RosterWindow
{
  AdwApplicationWindow parent_instance;

  RosterDirectory *directory;
  guint n_ticks; /* since the directory is shown */

  GtkStack *stack;
  GtkWidget *directory_page;
  GtkStack *message_stack;
  AdwStatusPage *welcome_page;
  GtkWidget *use_button;
  AdwStatusPage *failed_page;
  GtkWidget *try_again_button;
  GtkWidget *set_aside_button;
};

enum
{
  PROP_DIRECTORY = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterWindow, roster_window, ADW_TYPE_APPLICATION_WINDOW)

static void
show_message (RosterWindow *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->message_stack, name);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
roster_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterWindow *self = ROSTER_WINDOW (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_window_dispose (GObject *object)
{
  RosterWindow *self = ROSTER_WINDOW (object);

  g_clear_object (&self->directory);
  G_OBJECT_CLASS (roster_window_parent_class)->dispose (object);
}

static void
roster_window_class_init (RosterWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_window_get_property;
  object_class->dispose = roster_window_dispose;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROSTER_TYPE_DIRECTORY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, directory_page);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, message_stack);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, use_button);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, set_aside_button);
}

static void
roster_window_init (RosterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), APPLICATION_NAME);
  adw_status_page_set_icon_name (self->welcome_page, APPLICATION_ID);
  if (g_str_equal (PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

GtkWidget *
roster_window_new (GtkApplication *application, GSettings *settings)
{
  RosterWindow *self = g_object_new (ROSTER_TYPE_WINDOW, "application", application, NULL);

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  return GTK_WIDGET (self);
}

void
roster_window_show_welcome (RosterWindow *self)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  show_message (self, "welcome");
  gtk_widget_grab_focus (self->use_button);
}

void
roster_window_show_loading (RosterWindow *self)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  show_message (self, "loading");
}

/* The second tick comes after the first frame. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  if (++self->n_ticks < 2)
    return G_SOURCE_CONTINUE;
  roster_directory_release (user_data);
  return G_SOURCE_REMOVE;
}

void
roster_window_show_directory (RosterWindow *self, RosterDirectory *directory)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  if (g_set_object (&self->directory, directory))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRECTORY]);
      self->n_ticks = 0;
      gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, g_object_ref (directory),
                                    g_object_unref);
    }
  gtk_stack_set_visible_child_name (self->stack, "directory");
  gtk_widget_grab_focus (self->directory_page);
}

void
roster_window_show_failure (RosterWindow *self, const GError *error)
{
  gboolean is_corrupt = g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  g_return_if_fail (ROSTER_IS_WINDOW (self));

  adw_status_page_set_title (self->failed_page, is_corrupt
                                                    ? _ ("The Directory Is Damaged")
                                                    : _ ("The Directory Could Not Be Opened"));
  adw_status_page_set_description (self->failed_page, description);
  gtk_widget_set_visible (self->set_aside_button, is_corrupt);
  show_message (self, "failed");
  gtk_widget_grab_focus (self->try_again_button);
}

void
roster_window_tell_kept_aside (RosterWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_parse_name (file);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Started Anew"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: %s is the path of a file. */
                                  _ ("The damaged directory is kept as %s."), path);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
