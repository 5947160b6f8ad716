/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies of the directory as a file. Main thread. */

#include "config.h"

#include "roster-directory-private.h"
#include "roster-replica-copy.h"

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDirectory *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (roster_replica_save_copy_finish (self->replica, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
roster_directory_save_copy_async (RosterDirectory *self,
                                  GFile *to,
                                  GFileProgressCallback progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_directory_save_copy_async);
  roster_replica_save_copy_async (self->replica, to, progress, progress_data, cancellable, saved_cb,
                                  task);
}

gboolean
roster_directory_save_copy_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
