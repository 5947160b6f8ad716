/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenchGoal:
 * @BENCH_AT_MOST: the value must not exceed the factor times the limit
 * @BENCH_AT_LEAST: the value must reach the factor times the limit
 */
typedef enum
{
  BENCH_AT_MOST,
  BENCH_AT_LEAST,
} BenchGoal;

/** bench_now_ns: Returns: the monotonic clock, in nanoseconds. */
gint64 bench_now_ns (void);

/** bench_thread_now_ns: Returns: how long this thread has run, in nanoseconds: a busy machine does
 * not count. */
gint64 bench_thread_now_ns (void);

/**
 * bench_percentile:
 * @values: (array length=n_values): measured values, at least one; sorted by the call
 * @percentile: more than 0, at most 100
 *
 * Returns: the smallest value that @percentile percent of all values do not exceed (nearest rank)
 */
double bench_percentile (double *values, gsize n_values, double percentile);

/** bench_memory_bytes: Returns: the memory that the process has resident now. */
gsize bench_memory_bytes (void);

/** bench_peak_memory_bytes: Returns: the most memory that the process has had resident. */
gsize bench_peak_memory_bytes (void);

/**
 * bench_report:
 * @name: what was measured; the same in every run ("search/first-page-p99/100000")
 * @value: what Roster needs, in @unit
 * @unit: "ms", "B", "rows/s", …
 * @limit: more than 0: what the machine can do at best, measured in the same run, or the fixed
 * bound where the goal is one; in @unit
 * @goal: whether @value has to stay below or reach @factor × @limit
 * @factor: more than 0; 1 where @limit is a fixed bound
 *
 * Prints a line and puts `{name, value, unit, limit, ratio, goal, holds}` into the list in the file
 * that the environment variable ROSTER_BENCHMARKS_JSON names (if it is set), in place of the entry
 * of the same name.
 */
void bench_report (const char *name,
                   double value,
                   const char *unit,
                   double limit,
                   BenchGoal goal,
                   double factor);

/**
 * bench_finish:
 *
 * Returns: the exit status for main(): a failure when anything reported does not hold, unless the
 *   environment has ROSTER_BENCHMARKS_MEASURE_ONLY, as where the machine may be busy with other
 * work
 */
int bench_finish (void);

G_END_DECLS
