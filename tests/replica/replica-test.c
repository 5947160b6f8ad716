/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The replica's calls, waited for on the main context. */

#include "config.h"

#include "replica-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "roster-cuid.h"

/* Debian's nobody; any but the superuser will do. */
#define SOMEBODY_ELSE 65534

RosterReplica *
replica_test_new (GFile *folder)
{
  g_autoptr (GFile) file = g_file_get_child (folder, "people.roster");

  return roster_replica_new (file);
}

RosterReplica *
replica_test_new_open (GFile *folder)
{
  g_autoptr (GError) error = NULL;
  RosterReplica *self = replica_test_new (folder);

  replica_test_open (self, &error);
  g_assert_no_error (error);
  return self;
}

void
replica_test_free (RosterReplica *self)
{
  g_autoptr (GError) error = NULL;

  replica_test_close (self, &error);
  g_assert_no_error (error);
  /* The log may be being written back just now. */
  roster_test_finalize (self);
}

gboolean
replica_test_open (RosterReplica *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_open_async (self, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_open_finish (self, result, error);
}

gboolean
replica_test_close (RosterReplica *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_close_async (self, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_close_finish (self, result, error);
}

GFile *
replica_test_set_aside (RosterReplica *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_set_aside_async (self, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_set_aside_finish (self, result, error);
}

GPtrArray *
replica_test_first_page (RosterReplica *self, const char *key, guint *n_people, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_first_page_async (self, key, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_first_page_finish (self, result, n_people, error);
}

gboolean
replica_test_save_first_page (RosterReplica *self,
                              const char *key,
                              const guint *slots,
                              guint n_slots,
                              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_save_first_page_async (self, key, slots, n_slots, NULL, roster_test_result_cb,
                                        &kept);
  result = roster_test_await (&kept);
  return roster_replica_save_first_page_finish (self, result, error);
}

GPtrArray *
replica_test_create (RosterReplica *self,
                     RosterPerson *const *people,
                     gsize n_people,
                     GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_create_async (self, roster_person_copy_all (people, n_people), batch_id, NULL,
                               roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_create_finish (self, result, error);
}

RosterPerson *
replica_test_create_one (RosterReplica *self, const RosterPerson *person, GError **error)
{
  RosterPerson *people[] = { (RosterPerson *) person };
  g_autoptr (GPtrArray) created = replica_test_create (self, people, 1, error);

  if (!created)
    return NULL;
  g_assert_cmpuint (created->len, ==, 1);
  return roster_person_copy (created->pdata[0]);
}

RosterPerson *
replica_test_update (RosterReplica *self,
                     const RosterPerson *base,
                     const RosterPerson *person,
                     RosterPerson **current,
                     GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_update_async (self, base, person, batch_id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_update_finish (self, result, current, error);
}

RosterReceipt *
replica_test_delete (RosterReplica *self, const char *const *ids, GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_delete_async (self, g_strdupv ((char **) ids), batch_id, NULL,
                               roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_delete_finish (self, result, error);
}

RosterReceipt *
replica_test_undo (RosterReplica *self,
                   const char *batch_to_undo,
                   const char *batch_id,
                   GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_undo_async (self, batch_to_undo, batch_id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_undo_finish (self, result, error);
}

RosterReceipt *
replica_test_restore (RosterReplica *self, const char *const *ids, GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_restore_async (self, g_strdupv ((char **) ids), batch_id, NULL,
                                roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_restore_finish (self, result, error);
}

gboolean
replica_test_purge (RosterReplica *self, const char *const *ids, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_purge_async (self, g_strdupv ((char **) ids), NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_purge_finish (self, result, error);
}

gboolean
replica_test_expire (RosterReplica *self, gint64 retention_ms, guint limit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;
  gboolean more = FALSE;

  roster_replica_expire_async (self, retention_ms, limit, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  roster_replica_expire_finish (self, result, &more, error);
  return more;
}

GPtrArray *
replica_test_deleted (RosterReplica *self,
                      gint64 before_change_id,
                      gint64 since_unix_ms,
                      guint limit,
                      guint *n_total,
                      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_deleted_async (self, before_change_id, since_unix_ms, limit, NULL,
                                roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_deleted_finish (self, result, n_total, error);
}

GPtrArray *
replica_test_history (RosterReplica *self, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *changes;

  roster_replica_history_async (self, id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  changes = roster_replica_history_finish (self, result, &error);
  g_assert_no_error (error);
  return changes;
}

gboolean
replica_test_apply (RosterReplica *self, const RosterBatch *batch, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_apply_async (self, batch, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_apply_finish (self, result, error);
}

static void
add_row_cb (const RosterPerson *person, gpointer user_data)
{
  g_ptr_array_add (user_data, roster_person_copy (person));
}

GPtrArray *
replica_test_load (RosterReplica *self, GError **error)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);

  if (!roster_replica_load (self, add_row_cb, people, NULL, error))
    return NULL;
  return g_steal_pointer (&people);
}

void
replica_test_execute (GFile *folder, const char *sql)
{
  g_autoptr (GFile) file = g_file_get_child (folder, "people.roster");
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static void
set_modes (GFile *folder, int file_mode, int folder_mode)
{
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);

      g_assert_cmpint (g_chmod (path, (mode_t) file_mode), ==, 0);
    }
  g_assert_cmpint (g_chmod (g_file_peek_path (folder), (mode_t) folder_mode), ==, 0);
}

void
replica_test_deny (GFile *folder, int file_mode, int folder_mode)
{
  set_modes (folder, file_mode, folder_mode);
  if (getuid () == 0)
    g_assert_cmpint (seteuid (SOMEBODY_ELSE), ==, 0);
}

void
replica_test_allow (GFile *folder)
{
  g_assert_cmpint (seteuid (getuid ()), ==, 0);
  set_modes (folder, 0600, 0700);
}

RosterPerson *
replica_test_person (guint number)
{
  g_autofree char *id = g_strdup_printf ("cperson%018u", number);
  g_autofree char *name = g_strdup_printf ("Person %u", number);
  g_autofree char *email = g_strdup_printf ("person%u@example.org", number);
  g_autofree char *phone = g_strdup_printf ("+49 30 %u", number);

  return roster_person_new (id, name, email, phone);
}
