/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The whole program: from exec to the first frame with the first page of people, against a
 * libadwaita window with nothing in it; and what people cost in memory. Needs a display and a home
 * of its own (on-a-desktop.py). Arguments: the program, the empty window.
 */

#include "config.h"

#include <gio/gio.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "roster-directory.h"
#include "roster-local-authority.h"
#include "roster-person-list-private.h"
#include "roster-sample-people.h"

#define N_ROUNDS 15
#define FACTOR 1.3
/* The first frame does not know how many people there are. */
#define GROWTH 1.2
#define BYTES_A_PERSON 220
#define BYTES_TO_SPARE 20e6
/* To read, fold and sort: "a few seconds" for a million. */
#define SEARCHABLE_MS_A_PERSON 4e-3
#define SEARCHABLE_MS 100

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

/* The file that the program opens when it is started in this home. */
typedef struct
{
  RosterReplica *replica;
  RosterDirectory *directory;
} Opened;

static GFile *
get_file (void)
{
  return g_file_new_build_filename (g_get_user_data_dir (), DATA_FOLDER, "directory.db", NULL);
}

static void
opened_init (Opened *opened)
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

static void
wait_until_searchable (Opened *opened)
{
  RosterPersonList *people = roster_directory_get_people (opened->directory);

  while (roster_directory_get_loading (opened->directory) || roster_person_list_is_behind (people))
    g_main_context_iteration (NULL, TRUE);
}

static void
opened_clear (Opened *opened)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *pending = NULL;

  wait_until_searchable (opened);
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
  Opened opened;

  g_file_delete (file, NULL, NULL);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, roster_sample_person_new (i));

  opened_init (&opened);
  roster_directory_add_async (opened.directory, g_steal_pointer (&people), NULL, result_cb,
                              &pending);
  added = await (&pending);
  if (!roster_directory_add_finish (opened.directory, added, &error))
    g_error ("%s", error->message);
  opened_clear (&opened);
}

/* In another process: a program is started the slower the more memory the one has that starts it.
 */
static void
fill_elsewhere (const char *self, guint n)
{
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, self, "--fill", number, NULL);

  if (!process || !g_subprocess_wait_check (process, NULL, &error))
    g_error ("%s", error->message);
}

static void
choose_local_directory (void)
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

static GSubprocess *
start (const char *program, GDataInputStream **output)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, NULL);

  if (!process)
    g_error ("%s", error->message);
  *output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  return process;
}

static gint64
read_first_frame_us (GDataInputStream *output)
{
  char *line;
  gint64 first_frame_us;

  while ((line = g_data_input_stream_read_line (output, NULL, NULL, NULL)))
    {
      int n = sscanf (line, "first frame at %" G_GINT64_FORMAT " us", &first_frame_us);

      g_free (line);
      if (n == 1)
        return first_frame_us;
    }
  g_error ("The program ended without a frame");
}

static double
measure_start_ms (const char *program)
{
  g_autoptr (GDataInputStream) output = NULL;
  gint64 begin_us = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process = start (program, &output);
  double ms = (double) (read_first_frame_us (output) - begin_us) / 1e3;

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  return ms;
}

/* Returns: how long the program takes, in ms. */
static double
bench_start (const char *program, const char *empty_window, guint n)
{
  g_autofree char *name = g_strdup_printf ("startup/first-frame-p50/%u", n);
  double roster_ms[N_ROUNDS], empty_ms[N_ROUNDS];

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      roster_ms[round] = measure_start_ms (program);
      empty_ms[round] = measure_start_ms (empty_window);
    }
  bench_report (name, bench_percentile (roster_ms, N_ROUNDS, 50), "ms",
                bench_percentile (empty_ms, N_ROUNDS, 50), BENCH_AT_MOST, FACTOR);
  return bench_percentile (roster_ms, N_ROUNDS, 50);
}

static gint64
read_number (const char *path, const char *key)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !(line = strstr (text, key)))
    g_error ("%s has no %s", path, key);
  return g_ascii_strtoll (line + strlen (key), NULL, 10);
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

/* Until the program has not run for half a second. */
static void
wait_until_idle (const char *pid)
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

/* The most memory that the program has had resident. */
static double
measure_peak_bytes (const char *program)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *path = NULL;
  double bytes;

  process = start (program, &output);
  read_first_frame_us (output);
  wait_until_idle (g_subprocess_get_identifier (process));
  path = g_strconcat ("/proc/", g_subprocess_get_identifier (process), "/status", NULL);
  bytes = (double) read_number (path, "VmHWM:") * 1024;
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);
  return bytes;
}

static void
bench_memory (const char *program, double idle_bytes, guint n)
{
  g_autofree char *name = g_strdup_printf ("startup/peak-memory-over-idle/%u", n);

  bench_report (name, (measure_peak_bytes (program) - idle_bytes) / 1e6, "MB",
                (BYTES_A_PERSON * (double) n + BYTES_TO_SPARE) / 1e6, BENCH_AT_MOST, 1);
}

/* From the opening of the file until everybody is in the index and in order. */
static void
bench_searchable (guint n)
{
  g_autofree char *name = g_strdup_printf ("startup/searchable/%u", n);
  gint64 begin_ns = bench_now_ns ();
  Opened opened;
  double ms;

  opened_init (&opened);
  wait_until_searchable (&opened);
  ms = (double) (bench_now_ns () - begin_ns) / 1e6;
  opened_clear (&opened);
  bench_report (name, ms, "ms", SEARCHABLE_MS_A_PERSON * n + SEARCHABLE_MS, BENCH_AT_MOST, 1);
}

int
main (int argc, char *argv[])
{
  static const guint sizes[] = { 10000, 100000, 1000000 };
  double first_frame_ms[G_N_ELEMENTS (sizes)];
  double idle_bytes;

  setlocale (LC_ALL, "");
  if (argc == 3 && g_str_equal (argv[1], "--fill"))
    {
      fill_directory ((guint) g_ascii_strtoull (argv[2], NULL, 10));
      return EXIT_SUCCESS;
    }
  if (argc != 3)
    {
      g_printerr ("Usage: %s PROGRAM EMPTY-WINDOW\n", argv[0]);
      return EXIT_FAILURE;
    }
  g_setenv ("ROSTER_REPORT_FIRST_FRAME", "1", TRUE);
  choose_local_directory ();
  fill_elsewhere (argv[0], 1);
  idle_bytes = measure_peak_bytes (argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      fill_elsewhere (argv[0], sizes[i]);
      first_frame_ms[i] = bench_start (argv[1], argv[2], sizes[i]);
      bench_searchable (sizes[i]);
      bench_memory (argv[1], idle_bytes, sizes[i]);
    }
  bench_report ("startup/first-frame-growth/10000-to-1000000", first_frame_ms[2], "ms",
                first_frame_ms[0], BENCH_AT_MOST, GROWTH);
  return bench_finish ();
}
