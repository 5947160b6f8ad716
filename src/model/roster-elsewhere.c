/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the main thread leaves to others. Any thread; no state. */

#include "config.h"

#include "roster-elsewhere.h"

typedef struct
{
  gpointer data;
  GDestroyNotify free_func;
} Large;

static gpointer
free_in_thread (gpointer data)
{
  g_autofree Large *large = data;

  large->free_func (large->data);
  return NULL;
}

void
roster_free_elsewhere (gpointer data, GDestroyNotify free_func)
{
  Large *large;

  if (!data)
    return;
  large = g_new (Large, 1);
  *large = (Large){ data, free_func };
  g_thread_unref (g_thread_new ("roster-free", free_in_thread, large));
}
