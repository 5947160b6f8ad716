/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A program at the other end of a pipe, for tests in Python: it is told what to do line by line,
 * and says what happens likewise. Main thread. */

/** roster_driver_say: prints a line, at once. */
void roster_driver_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/** RosterDriverObey: @line: what to do, without its end. */
typedef void (*RosterDriverObey) (const char *line, gpointer user_data);

/**
 * roster_driver_run:
 * @obey: (scope call): does what a line says, or begins it
 * @user_data: for @obey
 *
 * Runs the default main context and reads the standard input until it ends.
 */
void roster_driver_run (RosterDriverObey obey, gpointer user_data);

G_END_DECLS
