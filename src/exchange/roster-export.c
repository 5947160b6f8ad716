/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People out of Roster, on a GTask's thread. A file is written beside the one that it replaces, so
 * that the rename which replaces it either happens as a whole or not at all. */

#define G_LOG_DOMAIN "roster-exchange"

#include "config.h"

#include "roster-export.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "roster-error.h"
#include "roster-export-line.h"

#define CHUNK_BYTES 65536

typedef struct
{
  GFile *file; /* (nullable) */
  RosterExportNext next;
  gpointer people;
  GDestroyNotify free_people;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->file);
  job->free_people (job->people);
  g_free (job);
}

static GTask *
make_task (GFile *file,
           RosterExportNext next,
           gpointer people,
           GDestroyNotify free_people,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job){ file ? g_object_ref (file) : NULL, next, people, free_people };
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  return task;
}

/* Files */

static gboolean
write_everybody (Job *job, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (2 * CHUNK_BYTES);
  RosterPerson person;
  gboolean more;

  roster_export_append_csv_header (text);
  do
    {
      more = job->next (job->people, &person);
      if (more)
        roster_export_append_csv (text, &person);
      if (!more || text->len >= CHUNK_BYTES)
        {
          if (!g_output_stream_write_all (stream, text->str, text->len, NULL, cancellable, error))
            return FALSE;
          g_string_truncate (text, 0);
        }
    }
  while (more);
  return TRUE;
}

static gboolean
fail (int code, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* The folder remembers the new name only once it has been written as well. */
static void
sync_folder (const char *folder)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  g_close (fd, NULL);
}

static gboolean
write_beside (Job *job, const char *path, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GOutputStream) stream = g_unix_output_stream_new (fd, FALSE);
  GStatBuf there;

  if (!write_everybody (job, stream, cancellable, error))
    return FALSE;
  /* What only some may read stays so. */
  if (g_stat (path, &there) == 0)
    fchmod (fd, there.st_mode & 0777);
  return fsync (fd) == 0 ? TRUE : fail (errno, error);
}

static gboolean
replace_file (Job *job, const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *beside = g_build_filename (folder, ".roster-XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_WRONLY | O_CLOEXEC, 0666);
  gboolean written;

  if (fd < 0)
    return fail (errno, error);
  written = write_beside (job, path, fd, cancellable, error);
  if (!g_close (fd, written ? error : NULL))
    written = FALSE;
  if (written && g_rename (beside, path) != 0)
    written = fail (errno, error);
  if (written)
    sync_folder (folder);
  else
    g_unlink (beside);
  return written;
}

static GError *
make_sentence (const GError *error)
{
  g_info ("Exporting failed: %s", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_error_new_literal (
        ROSTER_ERROR, ROSTER_ERROR_NO_SPACE,
        _ ("There is no space left for the file. Make some room, or choose another folder."));
  return g_error_new_literal (ROSTER_ERROR, ROSTER_ERROR_FAILED,
                              _ ("The file could not be written. Choose another folder."));
}

static void
run_csv (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autofree char *path = g_file_get_path (job->file);
  g_autoptr (GError) error = NULL;

  if (!path)
    fail (ENOTSUP, &error);
  else if (replace_file (job, path, cancellable, &error))
    g_task_return_boolean (task, TRUE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (error)
    g_task_return_error (task, make_sentence (error));
}

void
roster_export_csv_async (GFile *file,
                         RosterExportNext next,
                         gpointer people,
                         GDestroyNotify free_people,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task =
      make_task (file, next, people, free_people, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_export_csv_async);
  g_task_run_in_thread (task, run_csv);
}

gboolean
roster_export_csv_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Text */

static void
run_text (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr (GString) text = g_string_new (NULL);
  RosterPerson person;

  while (!g_cancellable_is_cancelled (cancellable) && job->next (job->people, &person))
    roster_export_append_tabbed (text, &person);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, g_string_free_to_bytes (g_steal_pointer (&text)),
                         (GDestroyNotify) g_bytes_unref);
}

void
roster_export_text_async (RosterExportNext next,
                          gpointer people,
                          GDestroyNotify free_people,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task =
      make_task (NULL, next, people, free_people, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_export_text_async);
  g_task_run_in_thread (task, run_text);
}

GBytes *
roster_export_text_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
