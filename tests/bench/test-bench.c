/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench.h"
#include "roster-test.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

static void
test_percentile (void)
{
  double values[] = { 5, 1, 4, 2, 3 };
  double one[] = { 7 };

  g_assert_cmpfloat (bench_percentile (values, 5, 50), ==, 3);
  g_assert_cmpfloat (bench_percentile (values, 5, 99), ==, 5);
  g_assert_cmpfloat (bench_percentile (values, 5, 20), ==, 1);
  g_assert_cmpfloat (bench_percentile (values, 5, 21), ==, 2);
  g_assert_cmpfloat (bench_percentile (values, 5, 100), ==, 5);
  g_assert_cmpfloat (bench_percentile (one, 1, 1), ==, 7);
}

static void
test_clock_and_memory (void)
{
  gint64 before = bench_now_ns ();
  gsize resident = bench_memory_bytes ();

  g_assert_cmpint (bench_now_ns (), >=, before);
  g_assert_cmpuint (resident, >, 0);
  g_assert_cmpuint (bench_peak_memory_bytes (), >, 0);
}

static void
assert_entry (JsonArray *list,
              guint i,
              const char *name,
              double ratio,
              const char *goal,
              gboolean holds)
{
  JsonObject *entry = json_array_get_object_element (list, i);

  g_assert_cmpuint (json_object_get_size (entry), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (entry, "name"), ==, name);
  g_assert_cmpstr (json_object_get_string_member (entry, "unit"), ==, "ms");
  g_assert_cmpfloat (json_object_get_double_member (entry, "ratio"), ==, ratio);
  g_assert_cmpfloat (json_object_get_double_member (entry, "value") /
                         json_object_get_double_member (entry, "limit"),
                     ==, ratio);
  g_assert_cmpstr (json_object_get_string_member (entry, "goal"), ==, goal);
  g_assert_cmpint (json_object_get_boolean_member (entry, "holds"), ==, holds);
}

static void
test_report (void)
{
  GFile *folder = roster_test_folder_new ();
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "benchmarks.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *list;

  g_setenv ("ROSTER_BENCHMARKS_JSON", path, TRUE);
  bench_report ("again", 9, "ms", 4, BENCH_AT_MOST, 3);
  bench_report ("most", 2, "ms", 4, BENCH_AT_MOST, 0.5);
  bench_report ("again", 2, "ms", 4, BENCH_AT_LEAST, 0.25);
  g_assert_cmpint (bench_finish (), ==, EXIT_SUCCESS);
  bench_report ("least", 1, "ms", 4, BENCH_AT_LEAST, 0.5);
  g_assert_cmpint (bench_finish (), ==, EXIT_FAILURE);
  bench_report ("over", 5, "ms", 4, BENCH_AT_MOST, 1);
  g_assert_cmpint (bench_finish (), ==, EXIT_FAILURE);
  g_unsetenv ("ROSTER_BENCHMARKS_JSON");

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  list = json_node_get_array (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (list), ==, 4);
  assert_entry (list, 0, "most", 0.5, "≤ 0.5 × limit", TRUE);
  assert_entry (list, 1, "again", 0.5, "≥ 0.25 × limit", TRUE);
  assert_entry (list, 2, "least", 0.25, "≥ 0.5 × limit", FALSE);
  assert_entry (list, 3, "over", 1.25, "≤ 1 × limit", FALSE);
  roster_test_folder_delete (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bench/percentile", test_percentile);
  g_test_add_func ("/bench/clock-and-memory", test_clock_and_memory);
  g_test_add_func ("/bench/report", test_report);

  return g_test_run ();
}
