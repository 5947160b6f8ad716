/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_stall_meter_start:
 *
 * Measures, for tests and benchmarks, and only when the environment asks for it:
 *
 * ROSTER_STALL_LIMIT_MS: how long one main-loop iteration may take, GTK's layout and paint, its
 * making and binding of rows, and the time that the kernel gave to others left out. Counts from the
 * first frame that shows a row of a list; a longer iteration is logged, and at exit the longest is
 * printed: "longest iteration 3.217 ms of 512".
 *
 * ROSTER_REPORT_FIRST_FRAME: prints "first frame at 1234567 us" (monotonic time) when the first
 * frame that shows a row of a list has been painted.
 *
 * Main thread; once a process, after GTK's initialization and before the first window.
 */
void roster_stall_meter_start (void);

G_END_DECLS
