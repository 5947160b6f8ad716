/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-application.h"

#include "roster-directory.h"
#include "roster-sample-folder.h"

G_BEGIN_DECLS

struct _RosterApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  RosterSampleFolder *sample;
  guint n_samples;

  RosterReplica *replica;
  RosterDirectory *directory;
  GError *open_error;
  GFile *kept_aside; /* (nullable) what the directory was, to be told once another is open */
  gboolean undoable; /* kept_aside can be opened again */
  gboolean opened;
  gboolean taking_copy;
  gboolean interrupted;

  GHashTable *environment; /* see roster_environment_take() */
  gboolean team;           /* a team's directory is shown, or about to be */
  gboolean loading_team;
  guint n_ticks; /* since a team's directory is wanted */
};

/* In roster-application.c. */

/** roster_application_find_window: Returns: (transfer none) (nullable): a window of this type. */
gpointer roster_application_find_window (RosterApplication *self, GType type);

/** roster_application_update_window: shows what there is to show now. */
void roster_application_update_window (RosterApplication *self);

/** roster_application_open_replica: opens the directory that is in @replica. */
void roster_application_open_replica (RosterApplication *self, RosterReplica *replica);

/* In roster-application-team.c: a team's directory. */

/** roster_application_wants_team: whether to begin with a team's directory. */
gboolean roster_application_wants_team (RosterApplication *self);

/** roster_application_open_team: shows a team's directory, once a frame has been painted. */
void roster_application_open_team (RosterApplication *self);

/** roster_application_connect_team_activated: shows a team's directory, or how to get one. */
void roster_application_connect_team_activated (GSimpleAction *action,
                                                GVariant *parameter,
                                                gpointer user_data);

/** roster_application_leave_team_activated: goes back to where one chooses. */
void roster_application_leave_team_activated (GSimpleAction *action,
                                              GVariant *parameter,
                                              gpointer user_data);

/* In roster-application-copy.c: a copy in place of the directory. */

/** roster_application_open_copy_activated: asks which. */
void roster_application_open_copy_activated (GSimpleAction *action,
                                             GVariant *parameter,
                                             gpointer user_data);

/** roster_application_undo_copy: opens what the directory was before @previous was kept of it. */
void roster_application_undo_copy (RosterApplication *self, GFile *previous);

G_END_DECLS
