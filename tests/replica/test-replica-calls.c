/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the calls of a replica are made, cancelled, and ended by closing it. */

#include "config.h"

#include "replica-fixture.h"
#include "roster-cuid.h"
#include "roster-error.h"

static void
test_cancelled_in_queue (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RosterBatch) batch = replica_fixture_new_batch ((guint[]){ 1, 0 }, (guint[]){ 0 });
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  g_cancellable_cancel (cancellable);
  roster_replica_apply_async (fixture->replica, batch, cancellable, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_false (roster_replica_apply_finish (fixture->replica, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  replica_fixture_assert_log (fixture, "");
  replica_fixture_assert_everybody (fixture, "");
}

/* Cancelled at whatever moment: either nobody was added and it says so, or all were. */
static void
test_cancelled_while_running (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  for (guint i = 0; i < 20000; i++)
    g_ptr_array_add (people, replica_test_person (i));
  roster_replica_create_async (fixture->replica, g_ptr_array_ref (people), "batch", cancellable,
                               roster_test_result_cb, &kept);
  for (guint i = 0; i < 1000; i++)
    g_thread_yield ();
  g_cancellable_cancel (cancellable);
  result = roster_test_await (&kept);
  created = roster_replica_create_finish (fixture->replica, result, &error);
  loaded = replica_test_load (fixture->replica, NULL);
  if (created)
    g_assert_cmpuint (loaded->len, ==, 20000);
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (loaded->len, ==, 0);
      replica_fixture_assert_log (fixture, "");
    }
}

static void
count_row_cb (const RosterPerson *person, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_closed (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterBatch) batch = replica_fixture_new_batch ((guint[]){ 1, 0 }, (guint[]){ 0 });
  const char *ids[] = { person->id, NULL };
  guint n_rows = 0;
  guint n_people;

  g_assert_true (replica_test_close (fixture->replica, NULL));
  for (guint call = 0; call < 7; call++)
    {
      g_autoptr (GError) error = NULL;

      switch (call)
        {
        case 0:
          g_assert_null (replica_test_first_page (fixture->replica, "a", &n_people, &error));
          break;
        case 1:
          g_assert_false (replica_test_save_first_page (fixture->replica, "a", NULL, 0, &error));
          break;
        case 2:
          g_assert_null (replica_test_create_one (fixture->replica, person, &error));
          break;
        case 3:
          g_assert_null (replica_test_update (fixture->replica, person, person, NULL, &error));
          break;
        case 4:
          g_assert_null (replica_test_delete (fixture->replica, ids, &error));
          break;
        case 5:
          g_assert_false (replica_test_apply (fixture->replica, batch, &error));
          break;
        default:
          g_assert_false (
              roster_replica_load (fixture->replica, count_row_cb, &n_rows, NULL, &error));
          break;
        }
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
    }
  g_assert_cmpuint (n_rows, ==, 0);
  /* Closing what is closed is no error, and neither is opening what is open. */
  g_assert_true (replica_test_close (fixture->replica, NULL));
  g_assert_true (replica_test_open (fixture->replica, NULL));
  g_assert_true (replica_test_open (fixture->replica, NULL));
  replica_fixture_assert_everybody (fixture, "");
}

static void
count_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n = user_data;
  g_autoptr (GPtrArray) created =
      roster_replica_create_finish (ROSTER_REPLICA (source), result, NULL);

  g_assert_nonnull (created);
  ++*n;
}

static gboolean
is_fifty (gpointer user_data)
{
  return *(guint *) user_data == 50;
}

static void
add_fifty (ReplicaFixture *fixture, guint *n_completed)
{
  for (guint i = 1; i <= 50; i++)
    {
      g_autoptr (RosterPerson) person = replica_test_person (i);
      g_autofree char *batch_id = roster_cuid_new ();

      roster_replica_create_async (fixture->replica, roster_person_copy_all (&person, 1), batch_id,
                                   NULL, count_cb, n_completed);
    }
}

static void
test_close_with_writes_queued (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL;
  guint n_completed = 0;

  add_fifty (fixture, &n_completed);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  g_assert_cmpuint (n_completed, ==, 50);
  g_assert_true (replica_test_open (fixture->replica, NULL));
  people = replica_test_load (fixture->replica, NULL);
  g_assert_cmpuint (people->len, ==, 50);
}

/* The last reference but those of the calls under way is dropped. */
static void
test_unref_with_writes_queued (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL;
  gpointer weak = fixture->replica;
  guint n_completed = 0;

  add_fifty (fixture, &n_completed);
  g_object_add_weak_pointer (G_OBJECT (fixture->replica), &weak);
  g_object_unref (g_steal_pointer (&fixture->replica));
  g_assert_nonnull (weak);
  roster_test_wait (is_fifty, &n_completed);
  while (weak)
    g_main_context_iteration (NULL, TRUE);

  fixture->replica = replica_test_new_open (fixture->folder);
  people = replica_test_load (fixture->replica, NULL);
  g_assert_cmpuint (people->len, ==, 50);
}

static void
test_dispose_with_writes_queued (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (99);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GError) error = NULL;
  guint n_completed = 0;

  add_fifty (fixture, &n_completed);
  g_object_run_dispose (G_OBJECT (fixture->replica));
  g_assert_null (replica_test_create_one (fixture->replica, person, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
  roster_test_wait (is_fifty, &n_completed);
  g_assert_finalize_object (g_steal_pointer (&fixture->replica));

  fixture->replica = replica_test_new_open (fixture->folder);
  people = replica_test_load (fixture->replica, NULL);
  g_assert_cmpuint (people->len, ==, 50);
}

/* Made and asked before it is open: the calls wait for it. */
static void
test_calls_before_open (ReplicaFixture *fixture, gconstpointer data)
{
  guint n_completed = 0;

  g_assert_true (replica_test_close (fixture->replica, NULL));
  roster_replica_open_async (fixture->replica, NULL, NULL, NULL);
  add_fifty (fixture, &n_completed);
  roster_test_wait (is_fifty, &n_completed);
}

static const struct
{
  const char *path;
  void (*run) (ReplicaFixture *fixture, gconstpointer data);
} CASES[] = {
  { "/replica/cancelled/in-queue", test_cancelled_in_queue },
  { "/replica/cancelled/while-running", test_cancelled_while_running },
  { "/replica/closed", test_closed },
  { "/replica/writes-queued/close", test_close_with_writes_queued },
  { "/replica/writes-queued/unref", test_unref_with_writes_queued },
  { "/replica/writes-queued/dispose", test_dispose_with_writes_queued },
  { "/replica/calls-before-open", test_calls_before_open },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_test_add (CASES[i].path, ReplicaFixture, NULL, replica_fixture_set_up, CASES[i].run,
                replica_fixture_tear_down);

  return g_test_run ();
}
