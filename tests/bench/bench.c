/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the benchmarks share: clock, percentiles, memory, and the report. Main thread. */

#include "config.h"

#include "bench.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static gboolean all_hold = TRUE;

static int
compare_cb (const void *a, const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return (left > right) - (left < right);
}

/* The list as the file has it; an empty one when there is none yet. */
static JsonNode *
load_list (const char *path)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonNode *list;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      if (!json_parser_load_from_file (parser, path, &error))
        g_error ("%s: %s", path, error->message);
      if (!JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
        g_error ("%s: not a list", path);
      return json_parser_steal_root (parser);
    }

  list = json_node_alloc ();
  return json_node_init_array (list, json_array_new ());
}

static void
remove_entry (JsonArray *list, const char *name)
{
  for (guint i = json_array_get_length (list); i-- > 0;)
    {
      JsonObject *entry = json_array_get_object_element (list, i);

      if (g_str_equal (json_object_get_string_member (entry, "name"), name))
        json_array_remove_element (list, i);
    }
}

static void
save_entry (const char *path, JsonObject *entry)
{
  g_autoptr (JsonNode) list = load_list (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  remove_entry (json_node_get_array (list), json_object_get_string_member (entry, "name"));
  json_array_add_object_element (json_node_get_array (list), json_object_ref (entry));
  text = json_to_string (list, TRUE);
  if (!g_file_set_contents (path, text, -1, &error))
    g_error ("%s", error->message);
}

static gint64
read_clock_ns (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64) now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

gint64
bench_now_ns (void)
{
  return read_clock_ns (CLOCK_MONOTONIC);
}

gint64
bench_thread_now_ns (void)
{
  return read_clock_ns (CLOCK_THREAD_CPUTIME_ID);
}

double
bench_percentile (double *values, gsize n_values, double percentile)
{
  gsize rank;

  g_assert (n_values > 0 && percentile > 0 && percentile <= 100);

  qsort (values, n_values, sizeof *values, compare_cb);
  rank = (gsize) ceil (percentile / 100 * (double) n_values);
  return values[CLAMP (rank, 1, n_values) - 1];
}

gsize
bench_memory_bytes (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) pages = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, &error))
    g_error ("%s", error->message);
  pages = g_strsplit (text, " ", 3);
  return (gsize) g_ascii_strtoull (pages[1], NULL, 10) * (gsize) sysconf (_SC_PAGESIZE);
}

gsize
bench_peak_memory_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (gsize) usage.ru_maxrss * 1024;
}

void
bench_report (const char *name,
              double value,
              const char *unit,
              double limit,
              BenchGoal goal,
              double factor)
{
  const char *path = g_getenv ("ROSTER_BENCHMARKS_JSON");
  double bound = factor * limit;
  gboolean holds = goal == BENCH_AT_MOST ? value <= bound : value >= bound;
  g_autofree char *goal_text =
      g_strdup_printf ("%s %g × limit", goal == BENCH_AT_MOST ? "≤" : "≥", factor);
  g_autoptr (JsonObject) entry = json_object_new ();

  g_assert (isfinite (value) && limit > 0 && factor > 0);

  printf ("%s %s: %.4g %s, limit %.4g %s, ratio %.3g, goal %s\n", holds ? "holds" : "FAILS", name,
          value, unit, limit, unit, value / limit, goal_text);
  all_hold = all_hold && holds;

  json_object_set_string_member (entry, "name", name);
  json_object_set_double_member (entry, "value", value);
  json_object_set_string_member (entry, "unit", unit);
  json_object_set_double_member (entry, "limit", limit);
  json_object_set_double_member (entry, "ratio", value / limit);
  json_object_set_string_member (entry, "goal", goal_text);
  json_object_set_boolean_member (entry, "holds", holds);
  if (path)
    save_entry (path, entry);
}

int
bench_finish (void)
{
  return all_hold || g_getenv ("ROSTER_BENCHMARKS_MEASURE_ONLY") ? EXIT_SUCCESS : EXIT_FAILURE;
}
