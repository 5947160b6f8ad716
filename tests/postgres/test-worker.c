/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The worker where there is no server; test-worker.py has what needs one. */

#include "config.h"

#include <gio/gio.h>

#include "roster-calls.h"
#include "roster-error.h"
#include "roster-test.h"
#include "roster-worker.h"

static RosterWorker *
make_worker (GSocketListener *listener)
{
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *text =
      g_strdup_printf ("postgresql://nobody@127.0.0.1:%u/team?sslmode=disable", port);
  RosterConnectionUrl *url = roster_connection_url_parse (text, &error);

  g_assert_no_error (error);
  return roster_worker_new (url, NULL);
}

static GPtrArray *
one_call (void)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);

  g_ptr_array_add (calls, roster_call_touch_session ("token"));
  return calls;
}

static void
assert_fails (RosterWorker *worker, GAsyncResult **pending, GQuark domain, int code)
{
  g_autoptr (GAsyncResult) result = roster_test_await (pending);
  g_autoptr (GError) error = NULL;

  g_assert_null (roster_worker_run_finish (worker, result, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpint (error->message[0], !=, '\0');
}

static void
test_new_and_finalize (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  RosterWorker *worker = make_worker (listener);

  g_assert_cmpint (roster_worker_get_state (worker), ==, ROSTER_WORKER_ASLEEP);
  g_assert_null (roster_worker_get_reason (worker));
  g_assert_cmpint (roster_worker_get_since (worker), >, 0);
  g_assert_finalize_object (worker);
}

static void
test_closed (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (RosterWorker) worker = make_worker (listener);
  GAsyncResult *before = NULL;
  GAsyncResult *after = NULL;

  roster_worker_run_async (worker, one_call (), ROSTER_URGENCY_PERSON, ROSTER_WORKER_TIMEOUT_MS,
                           NULL, roster_test_result_cb, &before);
  roster_worker_close (worker);
  roster_worker_close (worker);
  roster_worker_network_changed (worker);
  roster_worker_run_async (worker, one_call (), ROSTER_URGENCY_BACKGROUND, ROSTER_WORKER_TIMEOUT_MS,
                           NULL, roster_test_result_cb, &after);
  assert_fails (worker, &before, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
  assert_fails (worker, &after, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
}

static void
test_cancelled (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (RosterWorker) worker = make_worker (listener);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  GAsyncResult *result = NULL;

  g_cancellable_cancel (cancelled);
  roster_worker_run_async (worker, one_call (), ROSTER_URGENCY_PERSON, ROSTER_WORKER_TIMEOUT_MS,
                           cancelled, roster_test_result_cb, &result);
  assert_fails (worker, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
count_cb (RosterWorker *worker, GParamSpec *pspec, gpointer user_data)
{
  guint *n_notified = user_data;

  (*n_notified)++;
}

static gboolean
is_offline (gpointer user_data)
{
  return roster_worker_get_state (user_data) == ROSTER_WORKER_OFFLINE;
}

/* Somebody takes the connection and says nothing. */
static void
test_silence (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (RosterWorker) worker = make_worker (listener);
  GAsyncResult *result = NULL;
  guint n_states = 0;
  guint n_reasons = 0;
  g_autofree char *reason = NULL;
  gint64 since_unix_ms;

  g_signal_connect (worker, "notify::state", G_CALLBACK (count_cb), &n_states);
  g_signal_connect (worker, "notify::reason", G_CALLBACK (count_cb), &n_reasons);
  roster_worker_run_async (worker, one_call (), ROSTER_URGENCY_PERSON, 100, NULL,
                           roster_test_result_cb, &result);
  assert_fails (worker, &result, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE);
  roster_test_wait (is_offline, worker);
  g_object_get (worker, "reason", &reason, "since", &since_unix_ms, NULL);
  g_assert_nonnull (reason);
  g_assert_cmpint (since_unix_ms, ==, roster_worker_get_since (worker));
  g_assert_cmpuint (n_states, ==, 2);
  g_assert_cmpuint (n_reasons, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/new-and-finalize", test_new_and_finalize);
  g_test_add_func ("/worker/closed", test_closed);
  g_test_add_func ("/worker/cancelled", test_cancelled);
  g_test_add_func ("/worker/silence", test_silence);
  return g_test_run ();
}
