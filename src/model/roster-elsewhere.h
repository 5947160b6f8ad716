/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * roster_free_elsewhere:
 * @data: (nullable) (transfer full): what is large
 * @free_func: any thread
 *
 * Frees on a thread of its own: memory for a million people is given back in 15 to 50 ms. Any
 * thread.
 */
void roster_free_elsewhere (gpointer data, GDestroyNotify free_func);

G_END_DECLS
