/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-replica.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_SAMPLE_FOLDER (roster_sample_folder_get_type ())
G_DECLARE_FINAL_TYPE (RosterSampleFolder, roster_sample_folder, ROSTER, SAMPLE_FOLDER, GObject)

/**
 * RosterSampleFolder:
 *
 * A throwaway directory of made-up people in a folder of its own. Main thread.
 */

/** roster_sample_folder_new: Returns: (transfer full): a folder that is not made yet. */
RosterSampleFolder *roster_sample_folder_new (void);

/**
 * roster_sample_folder_fill_async:
 * @n_people: how many
 *
 * Makes the folder and a directory with @n_people in it; once. Errors: those of opening and writing
 * a RosterReplica, and %G_FILE_ERROR.
 *
 * Returns (finish): (transfer full) (nullable): the open replica
 */
void roster_sample_folder_fill_async (RosterSampleFolder *self,
                                      guint n_people,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
RosterReplica *roster_sample_folder_fill_finish (RosterSampleFolder *self,
                                                 GAsyncResult *result,
                                                 GError **error);

/** roster_sample_folder_delete: removes the folder and what is in it; blocks. */
void roster_sample_folder_delete (RosterSampleFolder *self);

G_END_DECLS
