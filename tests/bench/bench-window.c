/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The whole program with a million people, used by its keys: how long its main loop is kept at the
 * longest, as its own meter (roster-stall-meter.h) says. Needs a display and a home of its own
 * (on-a-desktop.py). Argument: the program.
 */

#include "config.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench-program.h"
#include "bench.h"

#define N_PEOPLE 1000000
#define LIMIT_MS 16
/* Shorter ones are not worth a line. */
#define LINE_MS "0.5"

static const struct
{
  const char *name;
  const char *keys[4];
  const char *text; /* (nullable): typed after the keys */
} steps[] = {
  { "start", { NULL }, NULL },          { "move", { "Down", "Down", "Up" }, NULL },
  { "select-all", { "ctrl+a" }, NULL }, { "unselect-all", { "ctrl+shift+a", "Escape" }, NULL },
  { "search", { "ctrl+f" }, "@exam" },  { "delete-found", { "Down", "ctrl+a", "Delete" }, NULL },
  { "undo", { "ctrl+z" }, NULL },       { "end-search", { "Escape" }, NULL },
};

static char *
run_xdotool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  if (!g_spawn_sync (NULL, (char **) arguments, NULL,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                     NULL, &error))
    g_error ("%s", error->message);
  return output;
}

/* There is no window manager that would do it. */
static void
focus_window (void)
{
  g_autofree char *windows = run_xdotool ((const char *[]){
      "xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--name", ".", NULL });
  g_auto (GStrv) lines = g_strsplit (g_strchomp (windows), "\n", -1);
  guint n = g_strv_length (lines);

  if (n == 0)
    g_error ("There is no window");
  g_free (run_xdotool ((const char *[]){ "xdotool", "windowfocus", "--sync", lines[n - 1], NULL }));
}

/* Returns: the longest iteration in what was written since @offset, in ms */
static double
read_longest_ms (const char *path, gsize *offset)
{
  g_autofree char *text = NULL;
  gsize length;
  double longest_ms = g_ascii_strtod (LINE_MS, NULL);

  if (!g_file_get_contents (path, &text, &length, NULL))
    g_error ("%s cannot be read", path);
  for (const char *line = strstr (text + *offset, "Iteration of "); line;
       line = strstr (line + 1, "Iteration of "))
    longest_ms = MAX (longest_ms, g_ascii_strtod (line + strlen ("Iteration of "), NULL) / 1000);
  *offset = length;
  return longest_ms;
}

static void
bench_step (guint i, const char *pid, const char *path, gsize *offset)
{
  g_autofree char *name = g_strdup_printf ("window/longest-%s/%u", steps[i].name, N_PEOPLE);

  for (guint j = 0; j < G_N_ELEMENTS (steps[i].keys) && steps[i].keys[j]; j++)
    {
      g_free (run_xdotool (
          (const char *[]){ "xdotool", "key", "--clearmodifiers", steps[i].keys[j], NULL }));
      bench_program_wait_until_idle (pid);
    }
  if (steps[i].text)
    g_free (
        run_xdotool ((const char *[]){ "xdotool", "type", "--delay", "150", steps[i].text, NULL }));
  bench_program_wait_until_idle (pid);
  bench_report (name, read_longest_ms (path, offset), "ms", LIMIT_MS, BENCH_AT_MOST, 1);
}

static guint
count_people (void)
{
  BenchOpened opened;
  guint n;

  bench_opened_init (&opened);
  bench_opened_wait (&opened);
  n = roster_directory_get_n_people (opened.directory);
  bench_opened_clear (&opened);
  return n;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_home_dir (), "output", NULL);
  const char *pid;
  gsize offset = 0;

  setlocale (LC_ALL, "");
  if (bench_program_is_asked_to_fill (argc, argv))
    return EXIT_SUCCESS;
  bench_program_choose_local_directory ();
  bench_program_fill (argv[0], N_PEOPLE);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_subprocess_launcher_set_stdout_file_path (launcher, path);
  g_subprocess_launcher_setenv (launcher, "ROSTER_STALL_LIMIT_MS", LINE_MS, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "roster-stall-meter", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, argv[1], NULL);
  if (!process)
    g_error ("%s", error->message);
  pid = g_subprocess_get_identifier (process);
  bench_program_wait_until_idle (pid);
  focus_window ();
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    bench_step (i, pid, path, &offset);
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait (process, NULL, NULL);

  /* What was deleted was brought back: the keys did what they should. */
  if (count_people () != N_PEOPLE || offset == 0)
    g_error ("The window did not do what it was told");
  return bench_finish ();
}
