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
#include "roster-sample-people.h"

#define N_ROUNDS 15
#define FACTOR 1.3
#define BYTES_A_PERSON 220
#define BYTES_TO_SPARE 20e6

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

/* The directory that the program opens when it is started in this home, with @n people in it. */
static void
fill_directory (guint n)
{
  g_autoptr (GFile) file =
      g_file_new_build_filename (g_get_user_data_dir (), DATA_FOLDER, "directory.db", NULL);
  g_autoptr (RosterReplica) replica = roster_replica_new (file);
  g_autoptr (RosterAuthority) authority = roster_local_authority_new (replica);
  g_autoptr (RosterDirectory) directory = roster_directory_new (replica, authority);
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *pending = NULL;

  g_file_delete (file, NULL, NULL);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, roster_sample_person_new (i));

  roster_directory_open_async (directory, NULL, result_cb, &pending);
  opened = await (&pending);
  if (!roster_directory_open_finish (directory, opened, &error))
    g_error ("%s", error->message);
  roster_directory_add_async (directory, (RosterPerson **) people->pdata, people->len, NULL,
                              result_cb, &pending);
  added = await (&pending);
  if (!roster_directory_add_finish (directory, added, &error))
    g_error ("%s", error->message);
  while (roster_directory_get_loading (directory))
    g_main_context_iteration (NULL, TRUE);
  roster_directory_close_async (directory, NULL, result_cb, &pending);
  closed = await (&pending);
  if (!roster_directory_close_finish (directory, closed, &error))
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

static void
bench_start (const char *program, const char *empty_window, guint n)
{
  g_autofree char *name = g_strdup_printf ("startup/first-frame-p50/%u", n);
  double roster_ms[N_ROUNDS], empty_ms[N_ROUNDS];

  fill_directory (n);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      roster_ms[round] = measure_start_ms (program);
      empty_ms[round] = measure_start_ms (empty_window);
    }
  bench_report (name, bench_percentile (roster_ms, N_ROUNDS, 50), "ms",
                bench_percentile (empty_ms, N_ROUNDS, 50), BENCH_AT_MOST, FACTOR);
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

/* Until the program has not run for half a second. */
static void
wait_until_idle (const char *pid)
{
  g_autofree char *path = g_strconcat ("/proc/", pid, "/schedstat", NULL);
  gint64 ran_before_ns = -1;

  for (guint n_idle = 0; n_idle < 5;)
    {
      gint64 ran_ns = read_number (path, "");

      n_idle = ran_ns == ran_before_ns ? n_idle + 1 : 0;
      ran_before_ns = ran_ns;
      g_usleep (G_USEC_PER_SEC / 10);
    }
}

/* The most memory that the program has had resident, with @n people. */
static double
measure_peak_bytes (const char *program, guint n)
{
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *path = NULL;
  double bytes;

  fill_directory (n);
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

  bench_report (name, (measure_peak_bytes (program, n) - idle_bytes) / 1e6, "MB",
                (BYTES_A_PERSON * (double) n + BYTES_TO_SPARE) / 1e6, BENCH_AT_MOST, 1);
}

int
main (int argc, char *argv[])
{
  double idle_bytes;

  if (argc != 3)
    {
      g_printerr ("Usage: %s PROGRAM EMPTY-WINDOW\n", argv[0]);
      return EXIT_FAILURE;
    }
  setlocale (LC_ALL, "");
  g_setenv ("ROSTER_REPORT_FIRST_FRAME", "1", TRUE);
  choose_local_directory ();
  bench_start (argv[1], argv[2], 10000);
  bench_start (argv[1], argv[2], 100000);
  idle_bytes = measure_peak_bytes (argv[1], 1);
  bench_memory (argv[1], idle_bytes, 10000);
  bench_memory (argv[1], idle_bytes, 100000);
  return bench_finish ();
}
