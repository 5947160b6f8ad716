/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-directory.h"

G_BEGIN_DECLS

/** BenchOpened: the directory that the program opens when it is started in this home. */
typedef struct
{
  RosterReplica *replica;
  RosterDirectory *directory;
} BenchOpened;

void bench_opened_init (BenchOpened *opened);

/** bench_opened_wait: until everybody can be searched. */
void bench_opened_wait (BenchOpened *opened);
void bench_opened_clear (BenchOpened *opened);

/**
 * bench_program_fill:
 * @self: the benchmark's own program, whose main() calls bench_program_is_asked_to_fill()
 * @n: how many people the directory is to have
 *
 * Does so in another process: a program is started the slower the more memory the one has that
 * starts it.
 */
void bench_program_fill (const char *self, guint n);

/** bench_program_is_asked_to_fill: Returns: whether that was all that main() had to do. */
gboolean bench_program_is_asked_to_fill (int argc, char *argv[]);

/** bench_program_choose_local_directory: as if it had been chosen in the window. */
void bench_program_choose_local_directory (void);

/** bench_program_wait_until_idle: until the process has not run for half a second. */
void bench_program_wait_until_idle (const char *pid);

G_END_DECLS
