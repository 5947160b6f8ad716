/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workers that are shut down at any moment: while they connect, send, wait, listen or are told to
 * stop. Arguments: the pooled URL, the direct one, a session's token, how many workers. */

#include "config.h"

#include <gio/gio.h>

#include "roster-calls.h"
#include "roster-error.h"
#include "roster-worker.h"

#define MAX_CALLS 5
#define MAX_MS 40

static RosterConnectionUrl *
parse_url (const char *text)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url = roster_connection_url_parse (text, &error);

  g_assert_no_error (error);
  return url;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *is_done = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_worker_run_finish (ROSTER_WORKER (source), result, &error);

  g_assert_false (*is_done);
  *is_done = TRUE;
  g_assert_true ((answers != NULL) != (error != NULL));
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
}

static gboolean
over_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_some_time (void)
{
  gboolean is_over = FALSE;

  g_timeout_add ((guint) g_random_int_range (0, MAX_MS), over_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static void
call (RosterWorker *worker, const char *token, GCancellable *cancellable, gboolean *is_done)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);

  g_ptr_array_add (calls, roster_call_touch_session (token));
  g_ptr_array_add (calls, roster_call_begin_sync (token));
  roster_worker_run_async (worker, calls,
                           g_random_boolean () ? ROSTER_URGENCY_PERSON : ROSTER_URGENCY_BACKGROUND,
                           ROSTER_WORKER_TIMEOUT_MS, cancellable, done_cb, is_done);
}

static void
shut_down_once (const char *const *arguments)
{
  RosterWorker *worker = roster_worker_new (parse_url (arguments[1]), parse_url (arguments[2]));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean is_done[MAX_CALLS] = { FALSE };
  guint n_calls = (guint) g_random_int_range (0, MAX_CALLS + 1);

  for (guint i = 0; i < n_calls; i++)
    {
      call (worker, arguments[3], g_random_boolean () ? cancellable : NULL, &is_done[i]);
      if (g_random_boolean ())
        run_some_time ();
    }
  if (g_random_boolean ())
    g_cancellable_cancel (cancellable);
  if (g_random_boolean ())
    roster_worker_network_changed (worker);
  if (g_random_boolean ())
    run_some_time ();

  roster_worker_close (worker);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < n_calls; i++)
    g_assert_true (is_done[i]);
  g_assert_finalize_object (worker);
}

int
main (int argc, char **argv)
{
  guint64 n_workers = g_ascii_strtoull (argv[4], NULL, 10);

  for (guint64 i = 0; i < n_workers; i++)
    shut_down_once ((const char *const *) argv);
  g_print ("%" G_GUINT64_FORMAT "\n", n_workers);
  return 0;
}
