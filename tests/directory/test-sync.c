/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sync without a server: who waits is told once, and what can be seen fits together. What it
 * does beside servers is in tests/postgres/test-sync.py. */

#include "config.h"

#include "replica-test.h"
#include "roster-error.h"
#include "roster-sync.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  RosterWorker *worker;
  RosterSync *sync;
  GString *told;
} Fixture;

static void
notify_cb (RosterSync *sync, GParamSpec *pspec, Fixture *fixture)
{
  g_string_append_printf (fixture->told, "%s ", pspec->name);
}

/* Nobody listens on port 1. */
static RosterConnectionUrl *
make_url (void)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url = roster_connection_url_parse ("postgresql://a:b@127.0.0.1:1/c", &error);

  g_assert_no_error (error);
  return url;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  fixture->worker = roster_worker_new (make_url (), NULL);
  fixture->sync = roster_sync_new (fixture->worker, fixture->replica);
  fixture->told = g_string_new (NULL);
  g_signal_connect (fixture->sync, "notify", G_CALLBACK (notify_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  roster_sync_close (fixture->sync);
  roster_worker_close (fixture->worker);
  roster_test_finalize (fixture->sync);
  roster_test_finalize (fixture->worker);
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
  g_string_free (fixture->told, TRUE);
}

static void
assert_told (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->told->str, ==, expected);
  g_string_truncate (fixture->told, 0);
}

static void
await_error (Fixture *fixture, GAsyncResult **kept, GQuark domain, int code)
{
  g_autoptr (GAsyncResult) result = roster_test_await (kept);
  g_autoptr (GError) error = NULL;

  g_assert_false (roster_sync_pull_finish (fixture->sync, result, &error));
  g_assert_error (error, domain, code);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_IDLE);
  g_assert_cmpint (roster_sync_get_since (fixture->sync), >, 0);
  g_assert_null (roster_sync_get_error (fixture->sync));
  g_assert_cmpint (roster_sync_get_as_of (fixture->sync), ==, 0);
  g_assert_cmpfloat (roster_sync_get_progress (fixture->sync), ==, 0);
  assert_told (fixture, "");
}

/* Without a session the worker is not asked: nobody is connected to. */
static void
test_no_token (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *kept = NULL;

  roster_sync_pull_async (fixture->sync, ROSTER_URGENCY_PERSON, NULL, roster_test_result_cb, &kept);
  g_assert_null (kept);
  await_error (fixture, &kept, ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN);
  assert_told (fixture, "error since state ");
  g_assert_cmpint (roster_worker_get_state (fixture->worker), ==, ROSTER_WORKER_ASLEEP);
}

static void
test_hint (Fixture *fixture, gconstpointer data)
{
  g_signal_emit_by_name (fixture->worker, "people-changed");
  g_assert_error (roster_sync_get_error (fixture->sync), ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN);
}

static void
test_check_no_token (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  gboolean equal;

  roster_sync_check_async (fixture->sync, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_false (roster_sync_check_finish (fixture->sync, result, &equal, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *first = NULL;
  GAsyncResult *second = NULL;

  roster_sync_set_token (fixture->sync, "token");
  roster_sync_pull_async (fixture->sync, ROSTER_URGENCY_PERSON, cancellable, roster_test_result_cb,
                          &first);
  roster_sync_pull_async (fixture->sync, ROSTER_URGENCY_PERSON, cancellable, roster_test_result_cb,
                          &second);
  g_cancellable_cancel (cancellable);
  await_error (fixture, &first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  await_error (fixture, &second, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *kept[3] = { NULL };

  roster_sync_set_token (fixture->sync, "token");
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      if (i == G_N_ELEMENTS (kept) - 1)
        roster_sync_close (fixture->sync);
      roster_sync_pull_async (fixture->sync, ROSTER_URGENCY_BACKGROUND, NULL, roster_test_result_cb,
                              &kept[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    await_error (fixture, &kept[i], ROSTER_ERROR, ROSTER_ERROR_CLOSED);
}

static void
test_replica_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  replica_test_close (fixture->replica, &error);
  g_assert_no_error (error);
  roster_sync_set_token (fixture->sync, "token");
  roster_sync_pull_async (fixture->sync, ROSTER_URGENCY_PERSON, NULL, roster_test_result_cb, &kept);
  await_error (fixture, &kept, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/sync/new", test_new);
  add ("/sync/no-token", test_no_token);
  add ("/sync/hint", test_hint);
  add ("/sync/check-no-token", test_check_no_token);
  add ("/sync/cancel", test_cancel);
  add ("/sync/close", test_close);
  add ("/sync/replica-closed", test_replica_closed);

  return g_test_run ();
}
