/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fills a replica in a temporary folder, a few thousand people at a time so that the main loop
 * stays free. Main thread. */

#define G_LOG_DOMAIN "roster-sample-folder"

#include "config.h"

#include "roster-sample-folder.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "roster-cuid.h"
#include "roster-error.h"
#include "roster-sample-people.h"

#define N_PEOPLE_AT_ONCE 1000

struct _RosterSampleFolder
{
  GObject parent_instance;

  char *path;
  RosterReplica *replica;
  guint n_people;
  guint n_filled;
};

G_DEFINE_FINAL_TYPE (RosterSampleFolder, roster_sample_folder, G_TYPE_OBJECT)

static void fill_more (GTask *task);

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people =
      roster_replica_create_finish (ROSTER_REPLICA (source), result, &error);

  if (people == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    fill_more (task);
}

static void
fill_more (GTask *task)
{
  RosterSampleFolder *self = g_task_get_source_object (task);
  guint end = MIN (self->n_people, self->n_filled + N_PEOPLE_AT_ONCE);
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);

  if (self->n_filled == self->n_people)
    {
      g_task_return_pointer (task, g_object_ref (self->replica), g_object_unref);
      return;
    }
  for (; self->n_filled < end; self->n_filled++)
    g_ptr_array_add (people, roster_sample_person_new (self->n_filled));
  roster_replica_create_async (self->replica, g_steal_pointer (&people), batch_id,
                               g_task_get_cancellable (task), filled_cb, g_object_ref (task));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!roster_replica_open_finish (ROSTER_REPLICA (source), result, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    fill_more (task);
}

static void
roster_sample_folder_finalize (GObject *object)
{
  RosterSampleFolder *self = ROSTER_SAMPLE_FOLDER (object);

  g_clear_object (&self->replica);
  g_free (self->path);
  G_OBJECT_CLASS (roster_sample_folder_parent_class)->finalize (object);
}

static void
roster_sample_folder_class_init (RosterSampleFolderClass *class)
{
  G_OBJECT_CLASS (class)->finalize = roster_sample_folder_finalize;
}

static void
roster_sample_folder_init (RosterSampleFolder *self)
{
}

RosterSampleFolder *
roster_sample_folder_new (void)
{
  return g_object_new (ROSTER_TYPE_SAMPLE_FOLDER, NULL);
}

void
roster_sample_folder_fill_async (RosterSampleFolder *self,
                                 guint n_people,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self->replica == NULL);

  g_task_set_source_tag (task, roster_sample_folder_fill_async);
  self->path = g_dir_make_tmp ("roster-sample-XXXXXX", &error);
  if (self->path == NULL)
    {
      g_info ("Making a temporary folder failed: %s", error->message);
      g_task_return_new_error (
          task, ROSTER_ERROR, ROSTER_ERROR_FAILED, "%s",
          _ ("There is no room for a temporary folder. Free some space and try "
             "again."));
      return;
    }

  g_autoptr (GFile) file = g_file_new_build_filename (self->path, "directory.db", NULL);
  self->replica = roster_replica_new (file);
  self->n_people = n_people;
  roster_replica_open_async (self->replica, cancellable, opened_cb, g_steal_pointer (&task));
}

RosterReplica *
roster_sample_folder_fill_finish (RosterSampleFolder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
roster_sample_folder_delete (RosterSampleFolder *self)
{
  g_autoptr (GDir) folder = self->path != NULL ? g_dir_open (self->path, 0, NULL) : NULL;
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);
      g_unlink (path);
    }
  if (folder != NULL)
    g_rmdir (self->path);
}
