/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A copy is written beside its place and renamed into it, so that the place always holds a whole
 * file. Any thread but the main one; no state. */

#define G_LOG_DOMAIN "roster-replica"

#include "config.h"

#include "roster-copy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "roster-database.h"
#include "roster-error.h"
#include "roster-replica-file.h"

/* So many instructions of SQLite take a millisecond or so. */
#define N_INSTRUCTIONS_BETWEEN_LOOKS 20000

#define PART_SUFFIX ".part-"

typedef struct
{
  const char *path;
  goffset n_bytes_expected;
  GFileProgressCallback progress;
  gpointer progress_data;
  GCancellable *cancellable;
} Watch;

static goffset
get_n_bytes (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? info.st_size : 0;
}

static int
look_cb (gpointer user_data)
{
  const Watch *watch = user_data;

  if (watch->progress)
    watch->progress (MIN (get_n_bytes (watch->path), watch->n_bytes_expected),
                     watch->n_bytes_expected, watch->progress_data);
  return g_cancellable_is_cancelled (watch->cancellable);
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | flags, 0);
  gboolean fine = fd >= 0 && g_fsync (fd) == 0;
  int saved_errno = errno;

  if (fd >= 0)
    close (fd);
  /* Some network file systems cannot do that to a folder. */
  if (!fine && !(flags & O_DIRECTORY))
    roster_replica_file_set_errno_error (path, saved_errno, error);
  return fine || (flags & O_DIRECTORY);
}

static gboolean
rename_into (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);

  if (!sync_path (from, 0, error))
    return FALSE;
  if (g_rename (from, to) < 0)
    {
      roster_replica_file_set_errno_error (to, errno, error);
      return FALSE;
    }
  return sync_path (folder, O_DIRECTORY, error);
}

/* What was being made beside it when Roster was killed. */
static void
delete_left_parts (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *prefix = g_strconcat (name, PART_SUFFIX, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  while (dir && (entry = g_dir_read_name (dir)))
    {
      g_autofree char *left = g_build_filename (folder, entry, NULL);

      if (g_str_has_prefix (entry, prefix))
        g_unlink (left);
    }
}

static char *
make_file_beside (const char *path, GError **error)
{
  g_autofree char *beside = g_strconcat (path, PART_SUFFIX "XXXXXX", NULL);
  int fd = g_mkstemp_full (beside, O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      roster_replica_file_set_errno_error (path, errno, error);
      return NULL;
    }
  close (fd);
  return g_steal_pointer (&beside);
}

/* Checks the whole of it first, if asked to. */
static gboolean
write_out (RosterDatabase *from,
           const char *from_path,
           gboolean check,
           const char *to,
           GFileProgressCallback progress,
           gpointer progress_data,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (RosterTakenStatement) save = roster_database_take (from, ROSTER_STATEMENT_SAVE_COPY);
  sqlite3 *handle = sqlite3_db_handle (save);
  Watch watch = { to, get_n_bytes (from_path), progress, progress_data, cancellable };
  g_autoptr (GError) reason = NULL;
  gboolean fine;

  sqlite3_progress_handler (handle, N_INSTRUCTIONS_BETWEEN_LOOKS, look_cb, &watch);
  sqlite3_bind_text (save, 1, to, -1, SQLITE_STATIC);
  fine = (!check || roster_database_quick_check (from, &reason)) &&
         roster_database_step (from, save, NULL, &reason);
  sqlite3_progress_handler (handle, 0, NULL, NULL);
  if (fine || g_cancellable_set_error_if_cancelled (cancellable, error))
    return fine;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
is_same_file (const char *a, const char *b)
{
  struct stat info_a, info_b;

  return stat (a, &info_a) == 0 && stat (b, &info_b) == 0 && info_a.st_dev == info_b.st_dev &&
         info_a.st_ino == info_b.st_ino;
}

/* A log that lies beside a file is taken for its own: no copy may go where there is one. */
static gboolean
check_place (const char *from, const char *to, GError **error)
{
  static const char *const SUFFIXES[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *real_from = realpath (from, NULL);
  g_autofree char *name = g_filename_display_basename (to);

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    {
      g_autofree char *own = g_strconcat (real_from ? real_from : from, SUFFIXES[i], NULL);
      g_autofree char *log = g_strconcat (to, SUFFIXES[i], NULL);

      if (is_same_file (own, to) || g_str_equal (own, to))
        {
          g_set_error (
              error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
              /* Translators: %s is the name of a file, here and below. */
              _ ("“%s” belongs to the directory itself. Choose another name for the copy."), name);
          return FALSE;
        }
      if (i > 0 && g_file_test (log, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                       _ ("“%s” is in use. Close it there, or choose another name for the copy."),
                       name);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
roster_copy_save (const char *from,
                  const char *to,
                  GFileProgressCallback progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  GError **error)
{
  /* A link stays one. */
  g_autofree char *real_to = realpath (to, NULL);
  const char *place = real_to ? real_to : to;
  g_autoptr (RosterDatabase) database = NULL;
  g_autofree char *part = NULL;

  if (!check_place (from, place, error))
    return FALSE;
  database = roster_database_open_reader (from, error);
  if (!database)
    return FALSE;
  part = make_file_beside (place, error);
  if (!part)
    return FALSE;
  if (write_out (database, from, FALSE, part, progress, progress_data, cancellable, error) &&
      rename_into (part, place, error))
    return TRUE;
  g_unlink (part);
  return FALSE;
}

/* Opens it as a directory is opened at the start, which brings it up to this version. */
static gboolean
bring_up (const char *path, guint *n_people, GError **error)
{
  g_autoptr (RosterDatabase) database = roster_database_open (path, error);
  gint64 n;

  if (!database || !roster_database_read_integer (database, ROSTER_STATEMENT_N_PEOPLE, &n, error))
    return FALSE;
  *n_people = (guint) CLAMP (n, 0, G_MAXUINT);
  return TRUE;
}

static char *
stage (const char *copy,
       const char *path,
       guint *n_people,
       GFileProgressCallback progress,
       gpointer progress_data,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (RosterDatabase) database = NULL;
  g_autofree char *staged = NULL;

  if (is_same_file (copy, path))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                           _ ("This is the directory that is in use. Choose another file."));
      return NULL;
    }
  if (g_access (copy, F_OK) < 0 && errno == ENOENT)
    {
      g_autofree char *name = g_filename_display_basename (copy);

      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                   _ ("There is no file “%s”. Choose another file."), name);
      return NULL;
    }
  delete_left_parts (path);
  database = roster_database_open_copy (copy, error);
  if (!database)
    return NULL;
  staged = make_file_beside (path, error);
  if (!staged)
    return NULL;
  if (write_out (database, copy, TRUE, staged, progress, progress_data, cancellable, error) &&
      bring_up (staged, n_people, error))
    return g_steal_pointer (&staged);
  g_unlink (staged);
  return NULL;
}

char *
roster_copy_stage (const char *copy,
                   const char *path,
                   guint *n_people,
                   GFileProgressCallback progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *staged = stage (copy, path, n_people, progress, progress_data, cancellable, &reason);

  if (g_error_matches (reason, ROSTER_ERROR, ROSTER_ERROR_CORRUPT))
    {
      g_autofree char *name = g_filename_display_basename (copy);

      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT,
                   _ ("“%s” is damaged, or no directory of Roster. Choose another file."), name);
    }
  else if (reason)
    g_propagate_error (error, g_steal_pointer (&reason));
  return staged;
}

gboolean
roster_copy_replace (const char *staged, const char *path, GError **error)
{
  if (roster_replica_file_has_log (path))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("Another program is using the directory. Close it and try again."));
      return FALSE;
    }
  return rename_into (staged, path, error);
}
