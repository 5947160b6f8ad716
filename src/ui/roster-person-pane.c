/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pane of the person who is chosen, with its header. Main thread. */

#include "config.h"

#include "roster-person-pane.h"

#include <glib/gi18n-lib.h>

#include "roster-directory.h"
#include "roster-history-page.h"
#include "roster-person-page.h"
#include "roster-selection.h"
#include "roster-subpage.h"
#include "roster-tooltip.h"

struct _RosterPersonPane
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  PersonObject *person;
  gboolean folded;
  RosterSelection *selection;
  GSignalGroup *directory_signals;
  GSignalGroup *drafts_signals;

  AdwLeaflet *subpages;
  GtkWidget *back_button;
  GtkWidget *edit_button;
  GtkWidget *menu_button;
  GtkStack *stack;
  GtkWidget *page; /* made for the first person */
};

enum
{
  PROP_DIRECTORY = 1,
  PROP_PERSON,
  PROP_FOLDED,
  PROP_SELECTION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterPersonPane, roster_person_pane, ADW_TYPE_BIN)

static char *
describe_nobody (RosterPersonPane *self, guint n_selected)
{
  if (n_selected == 0)
    return g_strdup (_ ("No Person Selected"));
  return g_strdup_printf (ngettext ("%'u Person Selected", "%'u People Selected", n_selected),
                          n_selected);
}

static void
update_hints (RosterPersonPane *self)
{
  g_autofree char *reason =
      self->directory != NULL ? roster_directory_dup_edit_reason (self->directory) : NULL;

  if (self->person == NULL && reason == NULL)
    reason = g_strdup (_ ("Choose a person first."));
  roster_tooltip_set_text (self->edit_button, reason != NULL ? reason : _ ("Edit"));
}

static void
update_unfinished (RosterPersonPane *self)
{
  RosterDrafts *drafts =
      self->directory != NULL ? roster_directory_get_drafts (self->directory) : NULL;
  gboolean unfinished = drafts != NULL && self->person != NULL &&
                        roster_directory_get_can_edit (self->directory) &&
                        roster_drafts_find (drafts, person_object_get_id (self->person)) != NULL;

  if (self->page != NULL)
    g_object_set (self->page, "unfinished", unfinished, NULL);
}

static void
set_person (RosterPersonPane *self, PersonObject *person)
{
  if (!g_set_object (&self->person, person))
    return;

  roster_subpage_close (self->subpages);
  if (person != NULL && self->page == NULL)
    {
      self->page = roster_person_page_new ();
      g_object_bind_property (self, "person", self->page, "person", G_BINDING_DEFAULT);
      gtk_stack_add_named (self->stack, self->page, "person");
    }
  gtk_widget_set_sensitive (self->menu_button, person != NULL);
  update_hints (self);
  update_unfinished (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
  gtk_stack_set_visible_child_name (self->stack, person != NULL ? "person" : "none");
}

static void
roster_person_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPersonPane *self = ROSTER_PERSON_PANE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterPersonPane *self = ROSTER_PERSON_PANE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      if (!g_set_object (&self->directory, g_value_get_object (value)))
        return;
      g_signal_group_set_target (self->directory_signals, self->directory);
      g_signal_group_set_target (
          self->drafts_signals,
          self->directory != NULL ? roster_directory_get_drafts (self->directory) : NULL);
      update_hints (self);
      update_unfinished (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PERSON:
      set_person (self, g_value_get_object (value));
      break;
    case PROP_FOLDED:
      if (self->folded == g_value_get_boolean (value))
        return;
      self->folded = !self->folded;
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SELECTION:
      if (g_set_object (&self->selection, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_person_pane_dispose (GObject *object)
{
  RosterPersonPane *self = ROSTER_PERSON_PANE (object);

  g_clear_object (&self->directory_signals);
  g_clear_object (&self->drafts_signals);
  g_clear_object (&self->directory);
  g_clear_object (&self->person);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (roster_person_pane_parent_class)->dispose (object);
}

static void
roster_person_pane_class_init (RosterPersonPaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_person_pane_get_property;
  object_class->set_property = roster_person_pane_set_property;
  object_class->dispose = roster_person_pane_dispose;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_SELECTION] =
      g_param_spec_object ("selection", NULL, NULL, ROSTER_TYPE_SELECTION, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-person-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPane, subpages);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPane, back_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPane, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonPane, stack);
  gtk_widget_class_bind_template_callback (widget_class, describe_nobody);
}

static void
roster_person_pane_init (RosterPersonPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->menu_button, FALSE);
  roster_tooltip_set_text (self->back_button, _ ("Back"));
  roster_tooltip_set_text (self->menu_button, _ ("Person Menu"));

  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::edit-reason",
                                  G_CALLBACK (update_hints), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::can-edit",
                                  G_CALLBACK (update_unfinished), self);
  self->drafts_signals = g_signal_group_new (ROSTER_TYPE_DRAFTS);
  g_signal_group_connect_swapped (self->drafts_signals, "changed", G_CALLBACK (update_unfinished),
                                  self);
  update_hints (self);
}

void
roster_person_pane_show_history (RosterPersonPane *self)
{
  GtkWidget *page;

  g_return_if_fail (ROSTER_IS_PERSON_PANE (self));

  if (self->person == NULL || roster_subpage_get (self->subpages) != NULL)
    return;
  page = roster_history_page_new (self->directory, self->person);
  g_object_bind_property (self, "folded", page, "folded", G_BINDING_SYNC_CREATE);
  roster_subpage_open (self->subpages, page);
}

gboolean
roster_person_pane_go_back (RosterPersonPane *self)
{
  g_return_val_if_fail (ROSTER_IS_PERSON_PANE (self), FALSE);

  return roster_subpage_close (self->subpages);
}
