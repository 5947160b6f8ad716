/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A disk that forgets: SQLite's files as they would be found after the power was cut. What was
 * synced is there; of what was written since then anything may be there, in part or not at all. */

/** power_cut_init: every file that SQLite opens from here on is watched, also when it is renamed or
 * synced by others. */
void power_cut_init (void);

/**
 * power_cut_make:
 * @folder: where the files are
 *
 * Cuts the power, now, whatever another thread is doing. Returns: (transfer full): a new folder
 * with what would be left
 */
GFile *power_cut_make (GFile *folder);

G_END_DECLS
