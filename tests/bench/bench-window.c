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
#define EVERYBODY_LIMIT_S 20
#define QUIT_LIMIT_S 1
/* Shorter ones are not worth a line. */
#define LINE_MS "0.5"

static const struct
{
  const char *name;
  const char *keys[4];
  const char *text; /* (nullable): typed after the keys */
  double limit_s;   /* until nothing is left to do; 0: not judged */
} steps[] = {
  { "start", { NULL }, NULL, 0 },
  { "move", { "Down", "Down", "Up" }, NULL, 0 },
  { "select-all", { "ctrl+a" }, NULL, 0 },
  { "unselect-all", { "ctrl+shift+a", "Escape" }, NULL, 0 },
  { "search", { "ctrl+f" }, "@exam", 0 },
  { "delete-found", { "Down", "ctrl+a", "Delete" }, NULL, 15 },
  { "undo", { "ctrl+z" }, NULL, 15 },
  { "end-search", { "Escape" }, NULL, 0 },
  { "delete-everybody", { "ctrl+a", "Delete" }, NULL, EVERYBODY_LIMIT_S },
  { "undo-everybody", { "ctrl+z" }, NULL, EVERYBODY_LIMIT_S },
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

static void
press (const char *keys)
{
  g_free (run_xdotool ((const char *[]){ "xdotool", "key", "--clearmodifiers", keys, NULL }));
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
report_s (const char *what, gint64 begin_ns, double limit_s)
{
  g_autofree char *name = g_strdup_printf ("window/%s/%u", what, N_PEOPLE);

  bench_report (name, (double) (bench_now_ns () - begin_ns) / 1e9, "s", limit_s, BENCH_AT_MOST, 1);
}

static void
bench_step (guint i, const char *pid, const char *path, gsize *offset)
{
  g_autofree char *name = g_strdup_printf ("window/longest-%s/%u", steps[i].name, N_PEOPLE);
  gint64 begin_ns = bench_now_ns ();

  for (guint j = 0; j < G_N_ELEMENTS (steps[i].keys) && steps[i].keys[j]; j++)
    {
      press (steps[i].keys[j]);
      bench_program_wait_until_idle (pid);
    }
  if (steps[i].text)
    g_free (
        run_xdotool ((const char *[]){ "xdotool", "type", "--delay", "150", steps[i].text, NULL }));
  bench_program_wait_until_idle (pid);
  bench_report (name, read_longest_ms (path, offset), "ms", LIMIT_MS, BENCH_AT_MOST, 1);
  if (steps[i].limit_s > 0)
    report_s (steps[i].name, begin_ns, steps[i].limit_s);
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

static GSubprocess *
start (const char *program, const char *path)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_stdout_file_path (launcher, path);
  g_subprocess_launcher_setenv (launcher, "ROSTER_STALL_LIMIT_MS", LINE_MS, TRUE);
  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "roster-stall-meter", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, NULL);
  if (!process)
    g_error ("%s", error->message);
  bench_program_wait_until_idle (g_subprocess_get_identifier (process));
  focus_window ();
  return process;
}

/* Ends by the key that people press, and checks that @n_people are left, or all: never some. */
static void
bench_quit (GSubprocess *process, const char *name, double limit_s, guint n_people)
{
  gint64 begin_ns = bench_now_ns ();
  guint n_left;

  press ("ctrl+q");
  g_subprocess_wait (process, NULL, NULL);
  report_s (name, begin_ns, limit_s);
  n_left = count_people ();
  if (!g_subprocess_get_successful (process) || (n_left != n_people && n_left != N_PEOPLE))
    g_error ("The window did not do what it was told");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) second = NULL;
  g_autofree char *path = g_build_filename (g_get_home_dir (), "output", NULL);
  gsize offset = 0;

  setlocale (LC_ALL, "");
  if (bench_program_is_asked_to_fill (argc, argv))
    return EXIT_SUCCESS;
  bench_program_choose_local_directory ();
  bench_program_fill (argv[0], N_PEOPLE);

  first = start (argv[1], path);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    bench_step (i, g_subprocess_get_identifier (first), path, &offset);
  /* What was deleted was brought back. */
  bench_quit (first, "quit", QUIT_LIMIT_S, N_PEOPLE);

  /* Everybody is being deleted: the window goes at once, the program when that is done. */
  second = start (argv[1], path);
  press ("ctrl+a");
  bench_program_wait_until_idle (g_subprocess_get_identifier (second));
  press ("Delete");
  bench_quit (second, "quit-while-deleting", EVERYBODY_LIMIT_S, 0);
  return bench_finish ();
}
