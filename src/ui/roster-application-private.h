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
};

/* In roster-application.c. */

/** roster_application_find_window: Returns: (transfer none) (nullable): a window of this type. */
gpointer roster_application_find_window (RosterApplication *self, GType type);

/** roster_application_update_window: shows what there is to show now. */
void roster_application_update_window (RosterApplication *self);

/** roster_application_open_replica: opens the directory that is in @replica. */
void roster_application_open_replica (RosterApplication *self, RosterReplica *replica);

/* In roster-application-copy.c: a copy in place of the directory. */

/** roster_application_open_copy_activated: asks which. */
void roster_application_open_copy_activated (GSimpleAction *action,
                                             GVariant *parameter,
                                             gpointer user_data);

/** roster_application_undo_copy: opens what the directory was before @previous was kept of it. */
void roster_application_undo_copy (RosterApplication *self, GFile *previous);

G_END_DECLS
