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

#include "bench-program.h"
#include "bench.h"

#define N_ROUNDS 15
#define FACTOR 1.3
/* The first frame does not know how many people there are. */
#define GROWTH 1.2
#define BYTES_A_PERSON 220
#define BYTES_TO_SPARE 20e6
/* To read, fold and sort: "a few seconds" for a million. */
#define SEARCHABLE_MS_A_PERSON 4e-3
#define SEARCHABLE_MS 100

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
  bench_program_wait_until_idle (g_subprocess_get_identifier (process));
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
  BenchOpened opened;
  double ms;

  bench_opened_init (&opened);
  bench_opened_wait (&opened);
  ms = (double) (bench_now_ns () - begin_ns) / 1e6;
  bench_opened_clear (&opened);
  bench_report (name, ms, "ms", SEARCHABLE_MS_A_PERSON * n + SEARCHABLE_MS, BENCH_AT_MOST, 1);
}

int
main (int argc, char *argv[])
{
  static const guint sizes[] = { 10000, 100000, 1000000 };
  double first_frame_ms[G_N_ELEMENTS (sizes)];
  double idle_bytes;

  setlocale (LC_ALL, "");
  if (bench_program_is_asked_to_fill (argc, argv))
    return EXIT_SUCCESS;
  if (argc != 3)
    {
      g_printerr ("Usage: %s PROGRAM EMPTY-WINDOW\n", argv[0]);
      return EXIT_FAILURE;
    }
  g_setenv ("ROSTER_REPORT_FIRST_FRAME", "1", TRUE);
  bench_program_choose_local_directory ();
  bench_program_fill (argv[0], 1);
  idle_bytes = measure_peak_bytes (argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      bench_program_fill (argv[0], sizes[i]);
      first_frame_ms[i] = bench_start (argv[1], argv[2], sizes[i]);
      bench_searchable (sizes[i]);
      bench_memory (argv[1], idle_bytes, sizes[i]);
    }
  bench_report ("startup/first-frame-growth/10000-to-1000000", first_frame_ms[2], "ms",
                first_frame_ms[0], BENCH_AT_MOST, GROWTH);
  return bench_finish ();
}
