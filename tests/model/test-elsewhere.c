/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-elsewhere.h"
#include "roster-test.h"

static GThread *freed_on;

static void
free_cb (gpointer data)
{
  g_free (data);
  g_atomic_pointer_set (&freed_on, g_thread_self ());
}

static gboolean
is_freed (gpointer user_data)
{
  return g_atomic_pointer_get (&freed_on) != NULL;
}

static void
test_free (void)
{
  roster_free_elsewhere (NULL, free_cb);
  roster_free_elsewhere (g_strdup ("much"), free_cb);
  roster_test_wait (is_freed, NULL);
  g_assert_true (g_atomic_pointer_get (&freed_on) != g_thread_self ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elsewhere/free", test_free);
  return g_test_run ();
}
