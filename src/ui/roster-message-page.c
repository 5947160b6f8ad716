/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pages without a directory: the welcome and the failure. Main thread. */

#include "config.h"

#include "roster-message-page.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-focus.h"
#include "roster-team-module.h"

struct _RosterMessagePage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *welcome_page;
  GtkWidget *use_button;
  GtkWidget *team_button;
  AdwStatusPage *failed_page;
  GtkWidget *try_again_button;
  GtkWidget *set_aside_button;
};

G_DEFINE_FINAL_TYPE (RosterMessagePage, roster_message_page, ADW_TYPE_BIN)

static gboolean
roster_message_page_grab_focus (GtkWidget *widget)
{
  RosterMessagePage *self = ROSTER_MESSAGE_PAGE (widget);
  gboolean welcome = gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->welcome_page);

  return gtk_widget_grab_focus (welcome ? self->use_button : self->try_again_button);
}

static void
roster_message_page_class_init (RosterMessagePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_message_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-message-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, use_button);
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, team_button);
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, try_again_button);
  gtk_widget_class_bind_template_child (widget_class, RosterMessagePage, set_aside_button);
}

static void
roster_message_page_init (RosterMessagePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_status_page_set_icon_name (self->welcome_page, APPLICATION_ID);
  if (!roster_team_module_is_here ())
    {
      const char *reason = _ ("This Roster was installed without the part for team directories.");

      gtk_widget_set_tooltip_text (self->team_button, reason);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->team_button),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
    }
}

GtkWidget *
roster_message_page_new (void)
{
  return g_object_new (ROSTER_TYPE_MESSAGE_PAGE, NULL);
}

void
roster_message_page_show_welcome (RosterMessagePage *self)
{
  g_return_if_fail (ROSTER_IS_MESSAGE_PAGE (self));

  gtk_stack_set_visible_child_name (self->stack, "welcome");
}

void
roster_message_page_show_failure (RosterMessagePage *self, const GError *error)
{
  gboolean is_corrupt = g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  g_return_if_fail (ROSTER_IS_MESSAGE_PAGE (self));

  adw_status_page_set_title (self->failed_page, is_corrupt
                                                    ? _ ("The Directory Is Damaged")
                                                    : _ ("The Directory Could Not Be Opened"));
  adw_status_page_set_description (self->failed_page, description);
  gtk_widget_set_visible (self->set_aside_button, is_corrupt);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}
