/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list's place when nobody is in it; offers to add somebody. Main thread. */

#include "config.h"

#include "roster-nobody-page.h"

#include <glib/gi18n-lib.h>

#include "roster-focus.h"
#include "roster-format.h"

struct _RosterNobodyPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *empty_page;
  GtkWidget *add_button;
  GtkWidget *samples_button;
  GtkWidget *add_found_button;
  GtkLabel *add_found_label;
};

G_DEFINE_FINAL_TYPE (RosterNobodyPage, roster_nobody_page, ADW_TYPE_BIN)

static gboolean
roster_nobody_page_grab_focus (GtkWidget *widget)
{
  RosterNobodyPage *self = ROSTER_NOBODY_PAGE (widget);
  gboolean empty = gtk_stack_get_visible_child (self->stack) == self->empty_page;

  return gtk_widget_grab_focus (empty ? self->add_button : self->add_found_button);
}

static void
roster_nobody_page_class_init (RosterNobodyPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_nobody_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-nobody-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterNobodyPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterNobodyPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, RosterNobodyPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, RosterNobodyPage, samples_button);
  gtk_widget_class_bind_template_child (widget_class, RosterNobodyPage, add_found_button);
  gtk_widget_class_bind_template_child (widget_class, RosterNobodyPage, add_found_label);
}

static void
roster_nobody_page_init (RosterNobodyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_nobody_page_new (void)
{
  return g_object_new (ROSTER_TYPE_NOBODY_PAGE, NULL);
}

void
roster_nobody_page_set_search (RosterNobodyPage *self, const char *search)
{
  g_return_if_fail (ROSTER_IS_NOBODY_PAGE (self));

  gtk_stack_set_visible_child_name (self->stack, search != NULL ? "not-found" : "empty");
  if (search == NULL)
    return;

  g_autofree char *name = roster_format_in_sentence (search);
  /* Translators: %s is what was searched for. */
  g_autofree char *add = g_strdup_printf (_ ("Add “%s”"), name);

  gtk_label_set_label (self->add_found_label, add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_found_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, add, -1);
}

/* A tooltip is the accessible description as well. */
void
roster_nobody_page_set_edit_reason (RosterNobodyPage *self, const char *reason)
{
  g_return_if_fail (ROSTER_IS_NOBODY_PAGE (self));

  gtk_widget_set_tooltip_text (self->add_button, reason);
  gtk_widget_set_tooltip_text (self->samples_button, reason);
  gtk_widget_set_tooltip_text (self->add_found_button, reason);
}
