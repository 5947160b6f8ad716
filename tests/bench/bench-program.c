/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the benchmarks of the whole program share: its directory and its settings, in a home of its
 * own, and when it has nothing left to do. Main thread. */

#include "config.h"

#include "bench-program.h"

#include <stdio.h>
#include <string.h>

#include "roster-local-authority.h"
#include "roster-person-list-private.h"
#include "roster-sample-people.h"

/* Runs a call of the directory's to its end. */

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static GFile *
get_file (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), DATA_FOLDER, "directory.db", NULL);
}

void
bench_opened_init (BenchOpened *opened)
{
  g_autoptr (GFile) file = get_file ();
  g_autoptr (RosterAuthority) authority = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *pending = NULL;

  opened->replica = roster_replica_new (file);
  authority = roster_local_authority_new (opened->replica);
  opened->directory = roster_directory_new (opened->replica, authority);
  roster_directory_open_async (opened->directory, NULL, result_cb, &pending);
  result = await (&pending);
  if (!roster_directory_open_finish (opened->directory, result, &error))
    g_error ("%s", error->message);
}

void
bench_opened_wait (BenchOpened *opened)
{
  RosterPersonList *people = roster_directory_get_people (opened->directory);

  while (roster_directory_get_loading (opened->directory) || roster_person_list_is_behind (people))
    g_main_context_iteration (NULL, TRUE);
}

void
bench_opened_clear (BenchOpened *opened)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *pending = NULL;

  bench_opened_wait (opened);
  roster_directory_close_async (opened->directory, NULL, result_cb, &pending);
  result = await (&pending);
  if (!roster_directory_close_finish (opened->directory, result, &error))
    g_error ("%s", error->message);
  g_object_unref (opened->directory);
  g_object_unref (opened->replica);
}

static void
fill_directory (guint n)
{
  g_autoptr (GFile) file = get_file ();
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *pending = NULL;
  BenchOpened opened;

  g_file_delete (file, NULL, NULL);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, roster_sample_person_new (i));

  bench_opened_init (&opened);
  roster_directory_add_async (opened.directory, g_steal_pointer (&people), NULL, result_cb,
                              &pending);
  added = await (&pending);
  if (!roster_directory_add_finish (opened.directory, added, &error))
    g_error ("%s", error->message);
  bench_opened_clear (&opened);
}

gboolean
bench_program_is_asked_to_fill (int argc, char *argv[])
{
  if (argc != 3 || !g_str_equal (argv[1], "--fill"))
    return FALSE;
  fill_directory ((guint) g_ascii_strtoull (argv[2], NULL, 10));
  return TRUE;
}

void
bench_program_fill (const char *self, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--fill", number, NULL);

  if (!process || !g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s", error->message);
}

void
bench_program_choose_local_directory (void)
{
  g_autofree char *folder =
      g_build_filename (g_get_user_config_dir (), "glib-2.0", "settings", NULL);
  g_autofree char *path = g_build_filename (folder, "keyfile", NULL);
  g_autofree char *text =
      g_strdup_printf ("[%.*s]\ndirectory='local'\n", (int) strlen (APPLICATION_PATH) - 2,
                       &APPLICATION_PATH[1]);

  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents (path, text, -1, NULL))
    g_error ("The settings cannot be written to %s", path);
}

/* How long all threads of the program have run, in ticks (proc(5), /proc/pid/stat, 14 and 15). */
static guint64
read_ticks (const char *pid)
{
  g_autofree char *path = g_strconcat ("/proc/", pid, "/stat", NULL);
  g_autofree char *text = NULL;
  unsigned long user, system;

  if (!g_file_get_contents (path, &text, NULL, NULL) ||
      sscanf (strrchr (text, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
              &system) != 2)
    g_error ("%s cannot be read", path);
  return (guint64) user + system;
}

void
bench_program_wait_until_idle (const char *pid)
{
  guint64 ran_before = 0;

  for (guint n_idle = 0; n_idle < 5;)
    {
      guint64 ran = read_ticks (pid);

      n_idle = ran == ran_before ? n_idle + 1 : 0;
      ran_before = ran;
      g_usleep (G_USEC_PER_SEC / 10);
    }
}
