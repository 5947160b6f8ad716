/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deleting what nobody may read any longer. No state. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-folder-wipe.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"

static gboolean
wipe (GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileEnumerator) children = NULL;
  gboolean is_gone = TRUE;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL) ==
      G_FILE_TYPE_DIRECTORY)
    children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                          G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  while (children)
    {
      GFile *child = NULL;

      if (!g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) || !child)
        break;
      is_gone &= wipe (child);
    }
  if (!g_file_delete (file, NULL, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_info ("Wiping: %s %d", g_quark_to_string (error->domain), error->code);
      is_gone = FALSE;
    }
  return is_gone;
}

static void
wipe_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GFile *folder = source_object;

  if (wipe (folder))
    g_task_return_boolean (task, TRUE);
  else
    {
      g_autofree char *path = g_file_get_parse_name (folder);

      g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                               /* Translators: %s is the path of a folder. */
                               _ ("Some of the team's people are still on this computer. Delete "
                                  "the folder “%s” yourself."),
                               path);
    }
}

void
roster_folder_wipe_async (GFile *folder, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (folder, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_folder_wipe_async);
  g_task_run_in_thread (task, wipe_thread);
}

gboolean
roster_folder_wipe_finish (GFile *folder, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, folder), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
