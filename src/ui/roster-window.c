/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The frame around the pages; each page owns its behaviour. Main thread. */

#include "config.h"

#include "roster-window.h"

#include <glib/gi18n-lib.h>

#include "roster-directory-page.h"
#include "roster-focus.h"
#include "roster-format.h"
#include "roster-message-page.h"

struct _RosterWindow
{
  AdwApplicationWindow parent_instance;

  RosterDirectory *directory;
  guint n_ticks; /* since the directory is shown */

  GtkStack *stack;
  GtkWidget *directory_page;
  RosterMessagePage *message_page; /* made when there is no directory to show */
  GtkWidget *team_page;            /* (nullable): as long as a team's directory is shown */
};

enum
{
  PROP_DIRECTORY = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterWindow, roster_window, ADW_TYPE_APPLICATION_WINDOW)

static RosterMessagePage *
get_message_page (RosterWindow *self)
{
  if (self->message_page == NULL)
    {
      self->message_page = ROSTER_MESSAGE_PAGE (roster_message_page_new ());
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->message_page), "message");
    }
  return self->message_page;
}

static void
show_message_page (RosterWindow *self)
{
  gtk_window_set_icon_name (GTK_WINDOW (self), APPLICATION_ID);
  gtk_stack_set_visible_child_name (self->stack, "message");
  gtk_widget_grab_focus (GTK_WIDGET (self->message_page));
}

static gboolean
set_directory (RosterWindow *self, RosterDirectory *directory)
{
  if (!g_set_object (&self->directory, directory))
    return FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRECTORY]);
  return TRUE;
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

/* Where Tab comes round, the page would choose what gets the focus, as when it opens. */
static gboolean
roster_window_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *focus_child = gtk_widget_get_focus_child (widget);

  if (focus_child == NULL || direction != GTK_DIR_TAB_FORWARD)
    return GTK_WIDGET_CLASS (roster_window_parent_class)->focus (widget, direction);
  return gtk_widget_child_focus (focus_child, direction) || roster_focus_first (focus_child);
}

static void
roster_window_class_init (RosterWindowClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  object_class->get_property = roster_window_get_property;
  object_class->dispose = roster_window_dispose;
  widget_class->focus = roster_window_focus;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROSTER_TYPE_DIRECTORY_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, directory_page);
}

static void
roster_window_init (RosterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), APPLICATION_NAME);
  if (g_str_equal (PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

GtkWidget *
roster_window_new (GtkApplication *application, GSettings *settings)
{
  RosterWindow *self = g_object_new (ROSTER_TYPE_WINDOW, "application", application, NULL);

  /* GTK has set the application's icon, and would draw it before the first frame. */
  gtk_window_set_icon_name (GTK_WINDOW (self), NULL);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "retention-days", self->directory_page, "retention-days",
                   G_SETTINGS_BIND_GET);
  return GTK_WIDGET (self);
}

static void
leave_team (RosterWindow *self)
{
  if (self->team_page != NULL)
    gtk_stack_remove (self->stack, g_steal_pointer (&self->team_page));
}

void
roster_window_show_team (RosterWindow *self, GtkWidget *page)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  if (page != NULL)
    {
      leave_team (self);
      self->team_page = page;
      gtk_stack_add_named (self->stack, page, "team");
      gtk_window_set_icon_name (GTK_WINDOW (self), APPLICATION_ID);
    }
  if (self->team_page == NULL)
    {
      roster_window_show_loading (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "team");
  gtk_widget_grab_focus (self->team_page);
}

void
roster_window_show_welcome (RosterWindow *self)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  leave_team (self);

  roster_message_page_show_welcome (get_message_page (self));
  show_message_page (self);
}

void
roster_window_show_loading (RosterWindow *self)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  set_directory (self, NULL);
  gtk_stack_set_visible_child_name (self->stack, "directory");
}

/* The second tick comes after the first frame. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  if (++self->n_ticks < 2)
    return G_SOURCE_CONTINUE;
  gtk_window_set_icon_name (GTK_WINDOW (self), APPLICATION_ID);
  roster_directory_release (user_data);
  return G_SOURCE_REMOVE;
}

void
roster_window_show_directory (RosterWindow *self, RosterDirectory *directory)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  if (set_directory (self, directory))
    {
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
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  roster_message_page_show_failure (get_message_page (self), error);
  show_message_page (self);
}

GtkWidget *
roster_window_tell_kept_aside (RosterWindow *self, GFile *file, gboolean undoable)
{
  g_autofree char *path = roster_format_path (g_file_peek_path (file));
  GtkWidget *dialog =
      adw_message_dialog_new (GTK_WINDOW (self), undoable ? _ ("Copy Opened") : _ ("Started Anew"),
                              NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  undoable
                                      /* Translators: %s is the path of a file, here and below. */
                                      ? _ ("What the directory was before is kept as %s.")
                                      : _ ("The damaged directory is kept as %s."),
                                  path);
  if (undoable)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "undo", _ ("_Undo"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
