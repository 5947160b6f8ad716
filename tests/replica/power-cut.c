/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A SQLite VFS (https://www.sqlite.org/vfs.html) around the usual one. Beside the real file it
 * keeps what was synced and the writes since. What is done to its files without SQLite is seen by
 * standing before the C library's rename() and fsync(). Any thread; the lock guards the disks. */

#define _GNU_SOURCE
#include "config.h"

#include "power-cut.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "roster-test.h"

/* A write that was not synced; without bytes, a new end of the file. */
typedef struct
{
  gint64 offset;
  GBytes *bytes;
} Pending;

/* One file as the disk knows it. */
typedef struct
{
  GByteArray *synced;
  GPtrArray *pending;
} Disk;

/* What is not known to be on the disk before its folder is synced. */
typedef struct
{
  char *from;
  char *to;
  Disk *disk;
  Disk *before; /* (nullable): what was in its place */
} Rename;

typedef struct
{
  sqlite3_file base;
  Disk *disk;
  /* The usual one's own follows. */
  sqlite3_file real[];
} File;

static sqlite3_vfs *usual;
static GHashTable *disks;
static GPtrArray *renames; /* that may not have happened */
static GRecMutex lock;

static void
pending_free (Pending *pending)
{
  g_clear_pointer (&pending->bytes, g_bytes_unref);
  g_free (pending);
}

static Disk *
disk_new (const char *path)
{
  Disk *disk = g_new0 (Disk, 1);
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  disk->synced = g_byte_array_new ();
  disk->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);
  if (g_file_get_contents (path, &bytes, &n_bytes, NULL))
    g_byte_array_append (disk->synced, (const guint8 *) bytes, (guint) n_bytes);
  return disk;
}

static void
disk_free (Disk *disk)
{
  g_byte_array_unref (disk->synced);
  g_ptr_array_unref (disk->pending);
  g_free (disk);
}

static void
add_pending (Disk *disk, gint64 offset, const void *bytes, gsize n_bytes)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->offset = offset;
  pending->bytes = bytes ? g_bytes_new (bytes, n_bytes) : NULL;
  g_ptr_array_add (disk->pending, pending);
}

/* Puts the first @n_bytes of a write into @content. */
static void
apply (GByteArray *content, const Pending *pending, gsize n_bytes)
{
  guint old_length = content->len;
  guint end = (guint) pending->offset + (guint) n_bytes;

  if (!pending->bytes || end > old_length)
    g_byte_array_set_size (content, end);
  if (end > old_length)
    memset (content->data + old_length, 0, end - old_length);
  if (pending->bytes)
    memcpy (content->data + pending->offset, g_bytes_get_data (pending->bytes, NULL), n_bytes);
}

static gsize
get_n_bytes (const Pending *pending)
{
  return pending->bytes ? g_bytes_get_size (pending->bytes) : 0;
}

static void
sync_disk (Disk *disk)
{
  for (guint i = 0; i < disk->pending->len; i++)
    apply (disk->synced, disk->pending->pdata[i], get_n_bytes (disk->pending->pdata[i]));
  g_ptr_array_set_size (disk->pending, 0);
}

static void
rename_free (Rename *change)
{
  g_free (change->from);
  g_free (change->to);
  g_clear_pointer (&change->before, disk_free);
  g_free (change);
}

int
rename (const char *from, const char *to)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);
  int (*real) (const char *, const char *) = dlsym (RTLD_NEXT, "rename");
  int result = real (from, to);
  gpointer path, disk;
  Rename *change;

  if (result != 0 || !disks || !g_hash_table_steal_extended (disks, from, &path, &disk))
    return result;
  change = g_new0 (Rename, 1);
  change->from = path;
  change->to = g_strdup (to);
  change->disk = disk;
  if (g_hash_table_steal_extended (disks, to, &path, (gpointer *) &change->before))
    g_free (path);
  g_hash_table_insert (disks, g_strdup (to), disk);
  g_ptr_array_add (renames, change);
  return result;
}

/* SQLite syncs its own files another way. */
int
fsync (int fd)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);
  int (*real) (int) = dlsym (RTLD_NEXT, "fsync");
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);
  Disk *disk = disks && path ? g_hash_table_lookup (disks, path) : NULL;

  if (disk)
    sync_disk (disk);
  for (guint i = disks && path ? renames->len : 0; i > 0; i--)
    {
      g_autofree char *folder = g_path_get_dirname (((Rename *) renames->pdata[i - 1])->to);

      if (g_str_equal (folder, path))
        g_ptr_array_remove_index (renames, i - 1);
    }
  return real (fd);
}

static File *
to_file (sqlite3_file *file)
{
  return (File *) file;
}

static int
close_file (sqlite3_file *file)
{
  return to_file (file)->real->pMethods->xClose (to_file (file)->real);
}

static int
read_file (sqlite3_file *file, void *bytes, int n_bytes, sqlite3_int64 offset)
{
  return to_file (file)->real->pMethods->xRead (to_file (file)->real, bytes, n_bytes, offset);
}

static int
write_file (sqlite3_file *file, const void *bytes, int n_bytes, sqlite3_int64 offset)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);

  add_pending (to_file (file)->disk, offset, bytes, (gsize) n_bytes);
  return to_file (file)->real->pMethods->xWrite (to_file (file)->real, bytes, n_bytes, offset);
}

static int
truncate_file (sqlite3_file *file, sqlite3_int64 size)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);

  add_pending (to_file (file)->disk, size, NULL, 0);
  return to_file (file)->real->pMethods->xTruncate (to_file (file)->real, size);
}

static int
sync_file (sqlite3_file *file, int flags)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);

  sync_disk (to_file (file)->disk);
  return SQLITE_OK;
}

static int
get_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return to_file (file)->real->pMethods->xFileSize (to_file (file)->real, size);
}

static int
lock_file (sqlite3_file *file, int level)
{
  return to_file (file)->real->pMethods->xLock (to_file (file)->real, level);
}

static int
unlock_file (sqlite3_file *file, int level)
{
  return to_file (file)->real->pMethods->xUnlock (to_file (file)->real, level);
}

static int
check_reserved_lock (sqlite3_file *file, int *locked)
{
  return to_file (file)->real->pMethods->xCheckReservedLock (to_file (file)->real, locked);
}

static int
control_file (sqlite3_file *file, int op, void *arg)
{
  return to_file (file)->real->pMethods->xFileControl (to_file (file)->real, op, arg);
}

static int
get_sector_size (sqlite3_file *file)
{
  return to_file (file)->real->pMethods->xSectorSize (to_file (file)->real);
}

static int
get_characteristics (sqlite3_file *file)
{
  return to_file (file)->real->pMethods->xDeviceCharacteristics (to_file (file)->real);
}

static int
map_shared (sqlite3_file *file, int page, int n_bytes, int extend, void volatile **memory)
{
  return to_file (file)->real->pMethods->xShmMap (to_file (file)->real, page, n_bytes, extend,
                                                  memory);
}

static int
lock_shared (sqlite3_file *file, int offset, int n, int flags)
{
  return to_file (file)->real->pMethods->xShmLock (to_file (file)->real, offset, n, flags);
}

static void
put_shared_barrier (sqlite3_file *file)
{
  to_file (file)->real->pMethods->xShmBarrier (to_file (file)->real);
}

static int
unmap_shared (sqlite3_file *file, int delete_it)
{
  return to_file (file)->real->pMethods->xShmUnmap (to_file (file)->real, delete_it);
}

static const sqlite3_io_methods METHODS = {
  .iVersion = 2,
  .xClose = close_file,
  .xRead = read_file,
  .xWrite = write_file,
  .xTruncate = truncate_file,
  .xSync = sync_file,
  .xFileSize = get_size,
  .xLock = lock_file,
  .xUnlock = unlock_file,
  .xCheckReservedLock = check_reserved_lock,
  .xFileControl = control_file,
  .xSectorSize = get_sector_size,
  .xDeviceCharacteristics = get_characteristics,
  .xShmMap = map_shared,
  .xShmLock = lock_shared,
  .xShmBarrier = put_shared_barrier,
  .xShmUnmap = unmap_shared,
};

static int
open_file (sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);
  int code = usual->xOpen (usual, path, to_file (file)->real, flags, out_flags);

  file->pMethods = code == SQLITE_OK ? &METHODS : NULL;
  if (code != SQLITE_OK)
    return code;
  to_file (file)->disk = g_hash_table_lookup (disks, path);
  if (!to_file (file)->disk)
    {
      to_file (file)->disk = disk_new (path);
      g_hash_table_insert (disks, g_strdup (path), to_file (file)->disk);
    }
  return SQLITE_OK;
}

static int
delete_file (sqlite3_vfs *vfs, const char *path, int sync_folder)
{
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);
  int code = usual->xDelete (usual, path, sync_folder);

  if (code == SQLITE_OK)
    g_hash_table_remove (disks, path);
  return code;
}

void
power_cut_init (void)
{
  static sqlite3_vfs vfs;

  usual = sqlite3_vfs_find (NULL);
  renames = g_ptr_array_new_with_free_func ((GDestroyNotify) rename_free);
  disks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) disk_free);
  vfs = *usual;
  vfs.zName = "power-cut";
  vfs.szOsFile = (int) sizeof (File) + usual->szOsFile;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, TRUE), ==, SQLITE_OK);
}

/* What may be found of @disk. */
static GByteArray *
cut (const Disk *disk)
{
  GByteArray *content = g_byte_array_new ();

  g_byte_array_append (content, disk->synced->data, disk->synced->len);
  for (guint i = 0; i < disk->pending->len; i++)
    {
      const Pending *pending = disk->pending->pdata[i];
      gsize n_bytes = get_n_bytes (pending);

      if (g_test_rand_bit ())
        continue;
      if (n_bytes > 0 && g_test_rand_int_range (0, 4) == 0)
        n_bytes = (gsize) g_test_rand_int_range (0, (gint32) n_bytes);
      apply (content, pending, n_bytes);
    }
  return content;
}

static void
leave_file (GFile *folder, GFile *left, const char *path, const Disk *disk)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_file_get_relative_path (folder, file);
  g_autofree char *left_path = NULL;
  g_autoptr (GByteArray) content = NULL;
  g_autoptr (GError) error = NULL;

  if (!name)
    return;
  left_path = g_build_filename (g_file_peek_path (left), name, NULL);
  if (!disk)
    {
      g_assert_cmpint (g_unlink (left_path), ==, 0);
      return;
    }
  content = cut (disk);
  g_file_set_contents (left_path, (const char *) content->data, content->len, &error);
  g_assert_no_error (error);
}

GFile *
power_cut_make (GFile *folder)
{
  GFile *left = roster_test_folder_new ();
  G_GNUC_UNUSED g_autoptr (GRecMutexLocker) locker = g_rec_mutex_locker_new (&lock);
  GHashTableIter iter;
  gpointer path, disk;

  g_hash_table_iter_init (&iter, disks);
  while (g_hash_table_iter_next (&iter, &path, &disk))
    leave_file (folder, left, path, disk);
  for (guint i = renames->len; i > 0; i--)
    {
      const Rename *change = renames->pdata[i - 1];

      if (g_test_rand_bit ())
        continue;
      leave_file (folder, left, change->from, change->disk);
      leave_file (folder, left, change->to, change->before);
    }
  return left;
}
