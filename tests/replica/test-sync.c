/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The replica as a copy of a directory elsewhere: each step whole or not at all. */

#include "config.h"

#include "replica-fixture.h"
#include "roster-error.h"
#include "roster-replica-sync.h"

/* A step as text: "1 2 -3" puts 1 and 2 and removes 3; "1=2" gives 1 the e-mail of 2. */
static void
get_row (gconstpointer data, gsize i, RosterPerson *person)
{
  *person = *(RosterPerson *) g_ptr_array_index ((GPtrArray *) data, i);
}

static RosterSyncRows
make_rows (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);

  for (guint i = 0; *text && words[i]; i++)
    {
      gboolean gone = words[i][0] == '-';
      const char *other = strchr (words[i], '=');
      RosterPerson *person = replica_test_person ((guint) atoi (words[i] + gone));

      if (gone)
        g_clear_pointer (&person->name, g_free);
      if (other)
        {
          g_free (person->email);
          person->email = g_strdup_printf ("person%s@example.org", other + 1);
        }
      g_ptr_array_add (people, person);
    }
  return (RosterSyncRows){ people->len, get_row, people, (GDestroyNotify) g_ptr_array_unref };
}

static RosterSyncPoint *
get_point (ReplicaFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RosterSyncPoint *point;

  roster_replica_sync_point_async (fixture->replica, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  point = roster_replica_sync_point_finish (fixture->replica, result, &error);
  g_assert_no_error (error);
  return point;
}

static gboolean
try_step (ReplicaFixture *fixture,
          const RosterSyncPoint *from,
          const RosterSyncPoint *to,
          const char *text,
          GCancellable *cancellable,
          GError **error)
{
  RosterSyncRows rows = make_rows (text);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;
  gsize n_told = fixture->log->len;
  gboolean changed;

  roster_replica_sync_async (fixture->replica, from, to, &rows, cancellable, roster_test_result_cb,
                             &kept);
  result = roster_test_await (&kept);
  if (!roster_replica_sync_finish (fixture->replica, result, &changed, error))
    return FALSE;
  g_assert_cmpint (changed, ==, fixture->log->len > n_told);
  return TRUE;
}

/* The next step from wherever it is. */
static void
step (ReplicaFixture *fixture, const RosterSyncPoint *to, const char *text)
{
  g_autoptr (RosterSyncPoint) from = get_point (fixture);
  g_autoptr (RosterSyncPoint) now = NULL;
  g_autoptr (GError) error = NULL;

  try_step (fixture, from, to, text, NULL, &error);
  g_assert_no_error (error);
  now = get_point (fixture);
  g_assert_true (roster_sync_point_equal (now, to));
  g_assert_cmpint (now->as_of_unix_ms, ==, to->as_of_unix_ms);
}

static const RosterSyncPoint BEGUN = { (char *) "a", TRUE, 7, 0, 3, 0 };
static const RosterSyncPoint PAGE_1 = { (char *) "a", TRUE, 7, 1, 3, 0 };
static const RosterSyncPoint PAGE_2 = { (char *) "a", TRUE, 7, 3, 3, 0 };
static const RosterSyncPoint WHOLE = { (char *) "b", FALSE, 0, 0, 0, 1234 };
static const RosterSyncPoint LATER = { (char *) "c", FALSE, 0, 0, 0, 5678 };
static const RosterSyncPoint BEGUN_ANEW = { (char *) "d", TRUE, 4294967295, 0, 9, 5678 };

static void
test_new (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (RosterSyncPoint) point = get_point (fixture);
  g_autoptr (RosterSyncPoint) copy = g_boxed_copy (ROSTER_TYPE_SYNC_POINT, point);

  g_assert_cmpstr (point->cursor, ==, "");
  g_assert_false (point->is_partial);
  g_assert_cmpint (point->as_of_unix_ms, ==, 0);
  g_assert_true (roster_sync_point_equal (point, copy));
  g_assert_false (roster_sync_point_equal (point, &WHOLE));
  g_assert_false (roster_sync_point_equal (&PAGE_1, &PAGE_2));
}

static void
test_first (ReplicaFixture *fixture, gconstpointer data)
{
  step (fixture, &BEGUN, "");
  replica_fixture_assert_log (fixture, "");
  step (fixture, &PAGE_1, "1 2");
  replica_fixture_assert_log (fixture, "+1+2;");
  replica_fixture_close_and_open (fixture);
  step (fixture, &PAGE_2, "4 2");
  replica_fixture_assert_log (fixture, "+3;");
  step (fixture, &WHOLE, "2 -1 -9 5");
  replica_fixture_assert_log (fixture, "-1+4;");
  replica_fixture_close_and_open (fixture);
  step (fixture, &LATER, "2 5 -1");
  replica_fixture_assert_log (fixture, "");
  replica_fixture_assert_everybody (fixture, "2@2 4@3 5@4");
}

/* Who is not on the server any more goes with the last step, and not before. */
static void
test_anew (ReplicaFixture *fixture, gconstpointer data)
{
  step (fixture, &BEGUN, "");
  step (fixture, &PAGE_2, "1 2 3 4");
  step (fixture, &WHOLE, "");
  replica_fixture_assert_everybody (fixture, "1@1 2@2 3@3 4@4");

  step (fixture, &BEGUN, "");
  step (fixture, &PAGE_1, "1 2");
  step (fixture, &BEGUN_ANEW, "");
  step (fixture, &PAGE_1, "2 5");
  replica_fixture_close_and_open (fixture);
  replica_fixture_assert_everybody (fixture, "1@1 2@2 3@3 4@4 5@5");
  g_string_truncate (fixture->log, 0);
  step (fixture, &LATER, "4");
  replica_fixture_assert_log (fixture, "-1-3;");
  replica_fixture_assert_everybody (fixture, "2@2 4@4 5@5");
}

/* A slot that becomes free meanwhile may be somebody else's who is not to go. */
static void
test_anew_slots (ReplicaFixture *fixture, gconstpointer data)
{
  step (fixture, &BEGUN, "");
  step (fixture, &WHOLE, "1 2");
  step (fixture, &BEGUN_ANEW, "");
  step (fixture, &PAGE_1, "1 -2");
  step (fixture, &PAGE_2, "3");
  step (fixture, &LATER, "");
  replica_fixture_assert_everybody (fixture, "1@1 3@2");
}

/* Two exchange their e-mails, one row after the other. */
static void
test_emails (ReplicaFixture *fixture, gconstpointer data)
{
  step (fixture, &BEGUN, "");
  step (fixture, &PAGE_1, "1 2");
  step (fixture, &WHOLE, "1=2");
  step (fixture, &LATER, "2=1");
  replica_fixture_close_and_open (fixture);
  step (fixture, &WHOLE, "3=1");
  replica_fixture_assert_everybody (fixture, "1@1 2@2 3@3");
}

static void
assert_untouched (ReplicaFixture *fixture, const RosterSyncPoint *at)
{
  g_autoptr (RosterSyncPoint) now = get_point (fixture);

  g_assert_true (roster_sync_point_equal (now, at));
  replica_fixture_assert_log (fixture, "");
  replica_fixture_assert_everybody (fixture, "1@1");
}

/* An answer to an older question would set back what is there. */
static void
test_late (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  step (fixture, &BEGUN, "");
  step (fixture, &WHOLE, "1");
  g_string_truncate (fixture->log, 0);
  g_assert_false (try_step (fixture, &LATER, &BEGUN_ANEW, "2 -1", NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  assert_untouched (fixture, &WHOLE);
}

static void
test_cancel (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  step (fixture, &BEGUN, "");
  step (fixture, &WHOLE, "1");
  g_string_truncate (fixture->log, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (try_step (fixture, &WHOLE, &LATER, "2 -1", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_untouched (fixture, &WHOLE);
}

/* What another program wrote there is no place to go on from. */
static void
test_damaged_point (ReplicaFixture *fixture, gconstpointer data)
{
  static const char *const DAMAGE[] = { "file = -1", "file = 4294967296", "next_block = -1",
                                        "next_block = 4", "cursor = 'ä'" };

  for (guint i = 0; i < G_N_ELEMENTS (DAMAGE); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE sync SET %s;", DAMAGE[i]);
      g_autoptr (RosterSyncPoint) point = NULL;
      g_autoptr (GError) error = NULL;

      step (fixture, &BEGUN, "");
      step (fixture, &PAGE_1, "1");
      replica_test_close (fixture->replica, &error);
      g_assert_no_error (error);
      replica_test_execute (fixture->folder, sql);
      replica_test_open (fixture->replica, &error);
      g_assert_no_error (error);
      point = get_point (fixture);
      g_assert_cmpstr (point->cursor, ==, "");
      g_assert_false (point->is_partial);
    }
}

static void
assert_digest (ReplicaFixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = roster_replica_digest (fixture->replica, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, expected);
}

/* By the bytes of the ids, whatever the slots; tests/postgres compares it with the server's. */
static void
test_digest (ReplicaFixture *fixture, gconstpointer data)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GError) error = NULL;

  assert_digest (fixture, g_checksum_get_string (sum));
  g_clear_pointer (&sum, g_checksum_free);
  sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint number = 1; number <= 2; number++)
    {
      g_autofree char *text =
          g_strdup_printf ("cperson%018u\x1fPerson %u\x1fperson%u@example.org\x1f+49 30 %u\x1f"
                           "0\x1f"
                           "0",
                           number, number, number, number);
      g_autoptr (GChecksum) one = g_checksum_new (G_CHECKSUM_SHA256);
      guint8 bytes[32];
      gsize n_bytes = sizeof bytes;

      g_checksum_update (one, (const guchar *) text, -1);
      g_checksum_get_digest (one, bytes, &n_bytes);
      g_checksum_update (sum, bytes, sizeof bytes);
    }
  step (fixture, &BEGUN, "");
  step (fixture, &WHOLE, "2 1");
  assert_digest (fixture, g_checksum_get_string (sum));

  replica_test_close (fixture->replica, &error);
  g_assert_no_error (error);
  g_assert_null (roster_replica_digest (fixture->replica, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
}

static void
add (const char *path, void (*test) (ReplicaFixture *, gconstpointer))
{
  g_test_add (path, ReplicaFixture, NULL, replica_fixture_set_up, test, replica_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/sync/new", test_new);
  add ("/sync/first", test_first);
  add ("/sync/anew", test_anew);
  add ("/sync/anew-slots", test_anew_slots);
  add ("/sync/emails", test_emails);
  add ("/sync/late", test_late);
  add ("/sync/cancel", test_cancel);
  add ("/sync/damaged-point", test_damaged_point);
  add ("/sync/digest", test_digest);

  return g_test_run ();
}
