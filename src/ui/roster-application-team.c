/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A team's directory in place of the one of this computer. Main thread. */

#include "config.h"

#include "roster-application-private.h"

#include "roster-team-module.h"
#include "roster-window.h"

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterApplication) self = user_data;
  RosterWindow *window = roster_application_find_window (self, ROSTER_TYPE_WINDOW);
  g_autoptr (GError) error = NULL;
  RosterTeamPageNew page_new = roster_team_module_load_finish (result, &error);

  self->loading_team = FALSE;
  if (!self->team || window == NULL)
    return;
  if (page_new != NULL)
    roster_window_show_team (window, page_new (self->settings, self->environment));
  else
    self->open_error = g_steal_pointer (&error);
  roster_application_update_window (self);
}

/* The second tick comes after the first frame. */
static gboolean
tick_cb (GtkWidget *window, GdkFrameClock *clock, gpointer user_data)
{
  RosterApplication *self = user_data;

  if (++self->n_ticks < 2)
    return G_SOURCE_CONTINUE;
  roster_team_module_load_async (loaded_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
tick_destroyed_cb (gpointer user_data)
{
  RosterApplication *self = user_data;

  if (self->n_ticks < 2)
    self->loading_team = FALSE;
  g_object_unref (self);
}

void
roster_application_open_team (RosterApplication *self)
{
  GtkWidget *window = roster_application_find_window (self, ROSTER_TYPE_WINDOW);
  GAction *open_copy = g_action_map_lookup_action (G_ACTION_MAP (self), "open-copy");

  self->team = TRUE;
  g_clear_error (&self->open_error);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (open_copy), FALSE);
  if (window == NULL || self->loading_team)
    return;
  self->loading_team = TRUE;
  self->n_ticks = 0;
  gtk_widget_add_tick_callback (window, tick_cb, g_object_ref (self), tick_destroyed_cb);
}

gboolean
roster_application_wants_team (RosterApplication *self)
{
  return self->n_samples == 0 && roster_team_is_chosen (self->settings, self->environment);
}

void
roster_application_connect_team_activated (GSimpleAction *action,
                                           GVariant *parameter,
                                           gpointer user_data)
{
  RosterApplication *self = user_data;

  roster_application_open_team (self);
  roster_application_update_window (self);
}

void
roster_application_leave_team_activated (GSimpleAction *action,
                                         GVariant *parameter,
                                         gpointer user_data)
{
  RosterApplication *self = user_data;
  GAction *open_copy = g_action_map_lookup_action (G_ACTION_MAP (self), "open-copy");

  if (!self->team)
    return;
  self->team = FALSE;
  g_settings_set_string (self->settings, "directory", "");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (open_copy), TRUE);
  g_clear_error (&self->open_error);
  roster_application_update_window (self);
}
