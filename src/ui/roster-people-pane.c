/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of people with its header and its search. Main thread. */

#include "config.h"

#include "roster-people-pane.h"

#include <glib/gi18n-lib.h>

#include "roster-directory.h"
#include "roster-focus.h"
#include "roster-format.h"
#include "roster-nobody-page.h"
#include "roster-people-view.h"
#include "roster-selection-actions.h"
#include "roster-selection-header.h"
#include "roster-tooltip.h"
#include "roster-unfinished-bar.h"

struct _RosterPeoplePane
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  RosterPersonList *people;
  PersonObject *person;
  gboolean folded;
  gboolean empty;
  guint patience_id;
  gboolean writing; /* for so long that it is said */
  GSignalGroup *directory_signals;
  GSignalGroup *people_signals;

  RosterSelection *selection;
  RosterSelectionActions *selection_actions;
  GtkWidget *selection_header;

  GtkWidget *box;
  GtkWidget *header_bar;
  GtkWidget *add_button;
  GtkWidget *menu_button;
  GtkWidget *search_button;
  GtkRevealer *search_revealer;
  GtkEditable *search_entry;
  GtkLabel *count_label;
  GtkStack *stack;
  GtkWidget *loading_page;
  RosterPeopleView *view;
  RosterNobodyPage *nobody_page; /* made when there is nobody to show */
  char *status;                  /* (nullable) */
  char *status_details;          /* (nullable) */

  GtkLabel *state_label;
};

enum
{
  PROP_DIRECTORY = 1,
  PROP_PERSON,
  PROP_FOLDED,
  PROP_EMPTY,
  PROP_SELECTION,
  PROP_STATUS,
  PROP_STATUS_DETAILS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterPeoplePane, roster_people_pane, ADW_TYPE_BIN)

static gboolean
is_alone (RosterPeoplePane *self, gboolean folded, gboolean empty)
{
  return folded || empty;
}

/* Most is written before anybody would wait for it. */
#define PATIENCE_MS 300

#define WIDTH_BESIDE_PERSON 360
#define WIDTH_OF_ANY_SCREEN 16384

/* Beside the person the list keeps its width, whatever is in it. */
static int
choose_width (RosterPeoplePane *self, gboolean folded, gboolean empty)
{
  return folded || empty ? WIDTH_OF_ANY_SCREEN : WIDTH_BESIDE_PERSON;
}

static gboolean
is_searching (RosterPeoplePane *self)
{
  return self->people != NULL && *roster_person_list_get_search (self->people) != '\0';
}

/* While a search is not complete, what is there stays. */
static const char *
choose_page (RosterPeoplePane *self)
{
  gboolean has_items = g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0;
  gboolean complete = roster_person_list_get_complete (self->people) &&
                      !roster_directory_get_loading (self->directory);

  if (self->empty)
    return "nobody";
  if (has_items)
    return "list";
  if (is_searching (self))
    return complete ? "nobody" : gtk_stack_get_visible_child_name (self->stack);
  return complete ? "list" : "loading";
}

static void
update_count (RosterPeoplePane *self)
{
  gboolean searching = is_searching (self);

  if (searching && roster_person_list_get_complete (self->people) &&
      !roster_directory_get_loading (self->directory))
    {
      g_autofree char *count =
          roster_format_matches (g_list_model_get_n_items (G_LIST_MODEL (self->people)),
                                 roster_directory_get_n_people (self->directory));
      gtk_label_set_label (self->count_label, count);
    }
  else if (!searching)
    {
      gtk_label_set_label (self->count_label, "");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), searching);
}

/* Another page of the stack can have hidden what had the focus, and with it every shortcut, or is
 * about to, once it has faded in. */
static gboolean
is_hidden (RosterPeoplePane *self, GtkWidget *widget)
{
  GtkWidget *stack = GTK_WIDGET (self->stack);

  return !gtk_widget_get_mapped (widget) ||
         (gtk_widget_is_ancestor (widget, stack) &&
          !gtk_widget_is_ancestor (widget, gtk_stack_get_visible_child (self->stack)));
}

static void
take_lost_focus (RosterPeoplePane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (root != NULL && (focus == NULL || is_hidden (self, focus)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_page (RosterPeoplePane *self, const char *name)
{
  if (g_str_equal (name, "nobody"))
    {
      g_autofree char *reason = roster_directory_dup_edit_reason (self->directory);

      if (self->nobody_page == NULL)
        {
          self->nobody_page = ROSTER_NOBODY_PAGE (roster_nobody_page_new ());
          gtk_stack_add_named (self->stack, GTK_WIDGET (self->nobody_page), name);
        }
      roster_nobody_page_set_search (
          self->nobody_page, self->empty ? NULL : roster_person_list_get_search (self->people));
      roster_nobody_page_set_edit_reason (self->nobody_page, reason);
    }
  /* Who waits sees people at once: the first frame has them whole, not fading in. */
  gtk_stack_set_visible_child_full (self->stack, name,
                                    gtk_stack_get_visible_child (self->stack) == self->loading_page
                                        ? GTK_STACK_TRANSITION_TYPE_NONE
                                        : GTK_STACK_TRANSITION_TYPE_CROSSFADE);
}

static void
tell_state (RosterPeoplePane *self)
{
  guint n_people = self->directory != NULL ? roster_directory_get_n_people (self->directory) : 0;
  g_autofree char *people = roster_format_people (n_people);
  g_autofree char *text = NULL;

  if (self->writing)
    text = g_strdup (_ ("Saving changes…"));
  else if (self->status != NULL)
    /* Translators: how a team's directory is, such as "Live", and how many people there are. */
    text = g_strdup_printf (_ ("%s · %s"), self->status, people);
  gtk_label_set_label (self->state_label, text != NULL ? text : people);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), !self->empty || text != NULL);
}

/* Only of a team's directory is there something to say. */
static void
set_text (RosterPeoplePane *self, char **place, const char *text, GParamSpec *pspec)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  tell_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
update (RosterPeoplePane *self)
{
  guint n_people = roster_directory_get_n_people (self->directory);
  gboolean empty = n_people == 0 && !roster_directory_get_loading (self->directory);

  if (self->empty != empty)
    {
      self->empty = empty;
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "people.select", !empty);
      if (empty)
        {
          roster_people_pane_end_search (self);
          roster_selection_set_selecting (self->selection, FALSE);
        }
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
    }
  show_page (self, choose_page (self));
  take_lost_focus (self);
  tell_state (self);
  update_count (self);
}

/* A tooltip is the accessible description as well. */
static void
update_hints (RosterPeoplePane *self)
{
  g_autofree char *reason = roster_directory_dup_edit_reason (self->directory);

  roster_tooltip_set_text (self->add_button, reason != NULL ? reason : _ ("Add Person"));
  if (self->nobody_page != NULL)
    roster_nobody_page_set_edit_reason (self->nobody_page, reason);
}

static gboolean
out_of_patience_cb (gpointer user_data)
{
  RosterPeoplePane *self = user_data;

  self->patience_id = 0;
  self->writing = TRUE;
  tell_state (self);
  return G_SOURCE_REMOVE;
}

static void
update_writing (RosterPeoplePane *self)
{
  g_clear_handle_id (&self->patience_id, g_source_remove);
  if (self->directory != NULL && roster_directory_get_writing (self->directory))
    self->patience_id = g_timeout_add (PATIENCE_MS, out_of_patience_cb, self);
  self->writing = FALSE;
}

static void
writing_changed_cb (RosterPeoplePane *self)
{
  update_writing (self);
  tell_state (self);
}

static void
set_person (RosterPeoplePane *self, PersonObject *person)
{
  if (g_set_object (&self->person, person))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERSON]);
}

static void
search_text_changed_cb (RosterPeoplePane *self)
{
  if (self->people == NULL)
    return;
  roster_person_list_set_search (self->people, gtk_editable_get_text (self->search_entry));
  update (self);
}

static void
search_mode_changed_cb (RosterPeoplePane *self)
{
  if (gtk_revealer_get_reveal_child (self->search_revealer))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  else
    gtk_editable_set_text (self->search_entry, "");
}

static void
stop_search_cb (RosterPeoplePane *self)
{
  roster_people_pane_end_search (self);
  roster_people_view_take_focus_back (self->view);
}

static void
search_activated_cb (RosterPeoplePane *self)
{
  roster_people_view_open_first (self->view);
}

static void
focus_list_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);

  gtk_widget_grab_focus (widget);
  roster_people_view_choose_focused (self->view);
}

/* Most people never select: the bars are made for who does. */
static void
make_selection_bars (RosterPeoplePane *self)
{
  GtkWidget *actions = roster_selection_actions_new (self->selection);

  self->selection_actions = ROSTER_SELECTION_ACTIONS (actions);
  roster_selection_actions_set_directory (self->selection_actions, self->directory);
  gtk_box_append (GTK_BOX (self->box), actions);

  self->selection_header = roster_selection_header_new (self->selection);
  gtk_box_prepend (GTK_BOX (self->box), self->selection_header);
}

static void
selecting_changed_cb (RosterPeoplePane *self)
{
  gboolean selecting = roster_selection_get_selecting (self->selection);

  if (self->selection_header == NULL)
    make_selection_bars (self);
  gtk_widget_set_visible (self->header_bar, !selecting);
  gtk_widget_set_visible (self->selection_header, selecting);
  gtk_widget_set_visible (GTK_WIDGET (self->selection_actions), selecting);
  take_lost_focus (self);
}

static void
select_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);

  roster_selection_set_selecting (self->selection, TRUE);
  gtk_widget_grab_focus (widget);
}

static void
select_all_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (ROSTER_PEOPLE_PANE (widget)->selection));
}

static void
end_selecting_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_selection_set_selecting (ROSTER_PEOPLE_PANE (widget)->selection, FALSE);
}

static void
set_directory (RosterPeoplePane *self, RosterDirectory *directory)
{
  if (!g_set_object (&self->directory, directory))
    return;

  g_clear_object (&self->people);
  if (directory != NULL)
    self->people = g_object_ref (roster_directory_get_people (directory));
  g_signal_group_set_target (self->directory_signals, directory);
  g_signal_group_set_target (self->people_signals, self->people);
  if (self->selection_actions != NULL)
    roster_selection_actions_set_directory (self->selection_actions, directory);
  update_writing (self);
  if (directory != NULL)
    {
      update (self);
      update_hints (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRECTORY]);
}

static void
roster_people_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (object);

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
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_STATUS_DETAILS:
      g_value_set_string (value, self->status_details);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_people_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      set_directory (self, g_value_get_object (value));
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
    case PROP_STATUS:
      set_text (self, &self->status, g_value_get_string (value), pspec);
      break;
    case PROP_STATUS_DETAILS:
      set_text (self, &self->status_details, g_value_get_string (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
roster_people_pane_grab_focus (GtkWidget *widget)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  return gtk_widget_grab_focus (
      page != NULL && page == GTK_WIDGET (self->nobody_page) ? page : GTK_WIDGET (self->view));
}

static void
roster_people_pane_dispose (GObject *object)
{
  RosterPeoplePane *self = ROSTER_PEOPLE_PANE (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_clear_object (&self->directory_signals);
  g_clear_object (&self->people_signals);
  g_clear_object (&self->directory);
  g_clear_object (&self->people);
  g_clear_object (&self->person);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->status_details, g_free);
  G_OBJECT_CLASS (roster_people_pane_parent_class)->dispose (object);
}

static void
roster_people_pane_class_init (RosterPeoplePaneClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_people_pane_get_property;
  object_class->set_property = roster_people_pane_set_property;
  object_class->dispose = roster_people_pane_dispose;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_people_pane_grab_focus;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY, flags);
  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, PERSON_TYPE_OBJECT, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_EMPTY] =
      g_param_spec_boolean ("empty", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, ROSTER_TYPE_SELECTION,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_STATUS_DETAILS] = g_param_spec_string ("status-details", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "people.focus-list", NULL, focus_list_activated);
  gtk_widget_class_install_action (widget_class, "people.select", NULL, select_activated);
  gtk_widget_class_install_action (widget_class, "people.select-all", NULL, select_all_activated);
  gtk_widget_class_install_action (widget_class, "people.end-selecting", NULL,
                                   end_selecting_activated);

  g_type_ensure (ROSTER_TYPE_PEOPLE_VIEW);
  g_type_ensure (ROSTER_TYPE_UNFINISHED_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-people-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, box);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, header_bar);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, add_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, search_button);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, search_revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, count_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, loading_page);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, view);
  gtk_widget_class_bind_template_child (widget_class, RosterPeoplePane, state_label);
  gtk_widget_class_bind_template_callback (widget_class, choose_width);
  gtk_widget_class_bind_template_callback (widget_class, is_alone);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static void
roster_people_pane_init (RosterPeoplePane *self)
{
  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::n-people", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::loading", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::writing",
                                  G_CALLBACK (writing_changed_cb), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::edit-reason",
                                  G_CALLBACK (update_hints), self);
  self->people_signals = g_signal_group_new (ROSTER_TYPE_PERSON_LIST);
  g_signal_group_connect_swapped (self->people_signals, "notify::complete", G_CALLBACK (update),
                                  self);
  g_signal_group_connect_data (self->people_signals, "items-changed", G_CALLBACK (update), self,
                               NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);

  gtk_widget_init_template (GTK_WIDGET (self));
  roster_tooltip_set_text (self->menu_button, _ ("Main Menu"));
  roster_tooltip_set_text (self->search_button, _ ("Search"));
  roster_focus_tell (self->search_entry, _ ("Search"));
  g_object_get (self->view, "selection", &self->selection, NULL);
  g_signal_connect_object (self->selection, "notify::selecting", G_CALLBACK (selecting_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

void
roster_people_pane_search (RosterPeoplePane *self)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_PANE (self));

  gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (self->search_entry, 0, -1);
}

gboolean
roster_people_pane_end_search (RosterPeoplePane *self)
{
  g_return_val_if_fail (ROSTER_IS_PEOPLE_PANE (self), FALSE);

  if (!gtk_revealer_get_reveal_child (self->search_revealer))
    return FALSE;
  gtk_revealer_set_reveal_child (self->search_revealer, FALSE);
  return TRUE;
}

gboolean
roster_people_pane_type (RosterPeoplePane *self, GtkEventControllerKey *controller)
{
  g_return_val_if_fail (ROSTER_IS_PEOPLE_PANE (self), FALSE);

  gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_set_position (self->search_entry, -1);
  return gtk_event_controller_key_forward (
      controller, GTK_WIDGET (gtk_editable_get_delegate (self->search_entry)));
}

void
roster_people_pane_show_person (RosterPeoplePane *self, PersonObject *person)
{
  g_return_if_fail (ROSTER_IS_PEOPLE_PANE (self));

  if (!roster_person_list_find (self->people, person, NULL))
    roster_people_pane_end_search (self);
  roster_people_view_show_person (self->view, person);
}

PersonObject *
roster_people_pane_dup_neighbour (RosterPeoplePane *self)
{
  g_return_val_if_fail (ROSTER_IS_PEOPLE_PANE (self), NULL);

  return roster_people_view_dup_neighbour (self->view);
}
