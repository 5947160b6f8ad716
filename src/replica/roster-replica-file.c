/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at the header of the file (https://www.sqlite.org/fileformat2.html, section 1.3) before
 * SQLite does, makes it, sets it aside. No state. */

#define G_LOG_DOMAIN "roster-replica"

#include "config.h"

#include "roster-replica-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "roster-error.h"
#include "roster-format.h"

#define HEADER_BYTES 100
#define PAGE_BYTES_OFFSET 16
#define WRITE_VERSION_OFFSET 18
#define READ_VERSION_OFFSET 19
#define MAX_FORMAT_VERSION 2
#define USER_VERSION_OFFSET 60
#define APPLICATION_ID_OFFSET 68

static void
set_foreign_error (const char *path, GError **error)
{
  g_autofree char *name = roster_format_path (path);

  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT,
               /* Translators: %s is the path of a file, here and below. */
               _ ("“%s” is not a Roster directory. Set it aside to start with a new one."), name);
}

void
roster_replica_file_set_damaged_error (const char *path, GError **error)
{
  g_autofree char *name = roster_format_path (path);

  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT,
               _ ("The directory file “%s” is damaged. Put a copy of it back, or set it aside to "
                  "start with a new one."),
               name);
}

void
roster_replica_file_set_errno_error (const char *path, int saved_errno, GError **error)
{
  g_autofree char *name = roster_format_path (path);

  g_info ("File: %s", g_strerror (saved_errno));
  switch (saved_errno)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NO_SPACE,
                           _ ("There is no space left on the disk. Make some room and try again."));
      break;
    case EROFS:
    case EACCES:
    case EPERM:
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_READ_ONLY,
                   _ ("Roster has no permission to use “%s”. Change the permissions of the file "
                      "and its folder, and try again."),
                   name);
      break;
    default:
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                   _ ("The directory file “%s” could not be used. Check the disk it is on and try "
                      "again."),
                   name);
      break;
    }
}

static guint32
read_uint32 (const guint8 *bytes)
{
  guint32 value;

  memcpy (&value, bytes, sizeof value);
  return GUINT32_FROM_BE (value);
}

gboolean
roster_replica_file_has_log (const char *path)
{
  /* SQLite keeps the log beside the file that a link points to. */
  g_autofree char *real_path = realpath (path, NULL);
  g_autofree char *log_path = g_strconcat (real_path ? real_path : path, "-wal", NULL);
  struct stat info;

  return stat (log_path, &info) == 0 && info.st_size > 0;
}

gboolean
roster_replica_file_check_version (const char *path,
                                   gint64 application_id,
                                   gint64 user_version,
                                   GError **error)
{
  if (application_id != ROSTER_APPLICATION_ID || user_version < 1)
    {
      set_foreign_error (path, error);
      return FALSE;
    }
  if (user_version > ROSTER_SCHEMA_VERSION)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NEWER_VERSION,
                           _ ("A newer version of Roster has used this directory. Update Roster "
                              "to open it."));
      return FALSE;
    }
  return TRUE;
}

/* SQLite would fill up the last page with zeros, as after a power cut, when the log has all of it.
 */
static gboolean
is_cut_off (const char *path, int fd, const guint8 *header)
{
  guint page_bytes = header[PAGE_BYTES_OFFSET] * 256u + header[PAGE_BYTES_OFFSET + 1];
  struct stat info;

  if (page_bytes == 1)
    page_bytes = 65536;
  return page_bytes > 0 && fstat (fd, &info) == 0 && info.st_size % page_bytes != 0 &&
         !roster_replica_file_has_log (path);
}

static gboolean
inspect_header (const char *path, int fd, GError **error)
{
  guint8 header[HEADER_BYTES];
  gssize n_bytes = pread (fd, header, sizeof header, 0);

  if (n_bytes < 0)
    {
      roster_replica_file_set_errno_error (path, errno, error);
      return FALSE;
    }
  if (memcmp (header, "SQLite format 3", MIN (n_bytes, 16)) != 0)
    {
      set_foreign_error (path, error);
      return FALSE;
    }
  /* SQLite would open what it does not know how to write for reading. */
  if (n_bytes < HEADER_BYTES || header[WRITE_VERSION_OFFSET] > MAX_FORMAT_VERSION ||
      header[READ_VERSION_OFFSET] > MAX_FORMAT_VERSION || is_cut_off (path, fd, header))
    {
      roster_replica_file_set_damaged_error (path, error);
      return FALSE;
    }
  return roster_replica_file_check_version (path, read_uint32 (header + APPLICATION_ID_OFFSET),
                                            read_uint32 (header + USER_VERSION_OFFSET), error);
}

gboolean
roster_replica_file_inspect (const char *path, gboolean *is_new, GError **error)
{
  struct stat info;
  gboolean empty, fine;
  int fd;

  *is_new = FALSE;
  if (stat (path, &info) == 0)
    {
      /* Not opened before it is known to be a file: opening a pipe would wait for its writer. */
      if (!S_ISREG (info.st_mode))
        {
          set_foreign_error (path, error);
          return FALSE;
        }
      empty = info.st_size == 0;
    }
  else
    {
      int saved_errno = errno;

      /* A link to nowhere is not new: what it points to may only be out of reach. */
      if (saved_errno != ENOENT || lstat (path, &info) == 0)
        {
          roster_replica_file_set_errno_error (path, saved_errno, error);
          return FALSE;
        }
      empty = TRUE;
    }

  if (empty)
    {
      /* The log of a file that lost its bytes: SQLite would delete it. */
      if (roster_replica_file_has_log (path))
        {
          roster_replica_file_set_damaged_error (path, error);
          return FALSE;
        }
      *is_new = TRUE;
      return TRUE;
    }

  fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0)
    {
      roster_replica_file_set_errno_error (path, errno, error);
      return FALSE;
    }
  fine = inspect_header (path, fd, error);
  close (fd);
  return fine;
}

gboolean
roster_replica_file_make (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      roster_replica_file_set_errno_error (folder, errno, error);
      return FALSE;
    }
  fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      roster_replica_file_set_errno_error (path, errno, error);
      return FALSE;
    }
  close (fd);
  return TRUE;
}

static gboolean
is_used (const char *path)
{
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK) ||
         g_file_test (log_path, G_FILE_TEST_EXISTS);
}

char *
roster_replica_file_make_unused_path (const char *path, const char *reason)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *unused = g_strdup_printf ("%s.%s-%s", path, reason, stamp);

  for (guint i = 2; is_used (unused); i++)
    {
      g_free (unused);
      unused = g_strdup_printf ("%s.%s-%s-%u", path, reason, stamp, i);
    }
  return unused;
}

char *
roster_replica_file_set_aside (const char *path, GError **error)
{
  /* The file first: were Roster killed in between, a log without its file is never taken for new,
   * but a file without its log could be taken for whole. A link is renamed and not what it points
   * to, whose log lies over there. */
  static const char *const SUFFIXES[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *new_path = roster_replica_file_make_unused_path (path, "damaged");
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (SUFFIXES); i++)
    {
      g_autofree char *from = g_strconcat (path, SUFFIXES[i], NULL);
      g_autofree char *to = g_strconcat (new_path, SUFFIXES[i], NULL);

      if (g_rename (from, to) == 0)
        any = TRUE;
      else if (errno != ENOENT)
        {
          roster_replica_file_set_errno_error (path, errno, error);
          return NULL;
        }
    }
  if (!any)
    {
      roster_replica_file_set_errno_error (path, ENOENT, error);
      return NULL;
    }
  return g_steal_pointer (&new_path);
}
