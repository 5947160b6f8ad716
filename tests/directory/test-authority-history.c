/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every authority promises about what it keeps: of each person, and of the deleted. */

#include "config.h"

#include "authority-test.h"
#include "roster-error.h"

/* Asserts what happened to whoever has @id, oldest first: "A" for added, "E", "D", "R". Returns:
 * the changes, which fit together. */
static GPtrArray *
assert_history (AuthorityTest *fixture, const char *id, const char *expected)
{
  static const char LETTERS[] = "AEDR";
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  GPtrArray *changes = authority_test_history (fixture, id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const RosterChange *change = changes->pdata[i];
      const RosterChange *earlier = i + 1 < changes->len ? changes->pdata[i + 1] : NULL;

      g_string_prepend_c (found, LETTERS[change->kind]);
      g_assert_null (change->author);
      g_assert_true ((change->after == NULL) == (change->kind == ROSTER_CHANGE_DELETED));
      g_assert_true ((change->before == NULL) == (change->kind == ROSTER_CHANGE_ADDED ||
                                                  change->kind == ROSTER_CHANGE_RESTORED));
      if (!earlier)
        continue;
      g_assert_cmpint (change->id, >, earlier->id);
      g_assert_true ((earlier->after == NULL) == (change->before == NULL));
      if (change->before)
        g_assert_true (roster_person_equal (change->before, earlier->after));
    }
  g_assert_cmpstr (found->str, ==, expected);
  return changes;
}

static void
assert_only (AuthorityTest *fixture, const char *id, const char *expected)
{
  g_ptr_array_unref (assert_history (fixture, id, expected));
}

/* Asserts whose deletions are on the pages of @limit, newest first. */
static void
assert_deleted (AuthorityTest *fixture, guint limit, const RosterPerson *const *people, guint n)
{
  gint64 before_change_id = 0;
  guint n_found = 0;

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      guint n_total = G_MAXUINT;
      g_autoptr (GPtrArray) page =
          authority_test_deleted (fixture, before_change_id, limit, &n_total, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (n_total, ==, n);
      g_assert_cmpuint (page->len, ==, MIN (limit, n - n_found));
      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++)
        {
          const RosterChange *change = page->pdata[i];

          g_assert_cmpint (change->kind, ==, ROSTER_CHANGE_DELETED);
          g_assert_null (change->after);
          g_assert_true (roster_person_equal (change->before, people[n_found++]));
          before_change_id = change->id;
        }
    }
}

static void
test_history (AuthorityTest *fixture, gconstpointer data)
{
  gint64 before_unix_ms = g_get_real_time () / 1000;
  g_autoptr (RosterPerson) added = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) other = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) edited = authority_test_edit (fixture, added, "Grace Lee");
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  const RosterChange *change;

  authority_test_delete_one (fixture, added->id);
  receipt = authority_test_undo (fixture, fixture->batch_id, &error);
  g_assert_no_error (error);
  changes = assert_history (fixture, added->id, "AEDR");
  change = changes->pdata[3];
  g_assert_true (roster_person_equal (change->after, added));
  g_assert_cmpint (change->at_unix_ms, >=, before_unix_ms);
  g_assert_cmpint (change->at_unix_ms, <=, g_get_real_time () / 1000);
  change = changes->pdata[0];
  g_assert_true (roster_person_equal (change->after, edited));
  assert_only (fixture, other->id, "A");
  assert_only (fixture, "cnobody", "");
}

static void
test_nothing (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) invalid = replica_test_person (1);
  g_autoptr (RosterPerson) taken = replica_test_person (2);
  g_autoptr (RosterPerson) same = authority_test_update (fixture, person, person, NULL, NULL);
  g_autoptr (RosterReceipt) nobody =
      authority_test_delete_ids (fixture, (const char *[]){ "cnobody", NULL }, NULL);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_true (roster_person_equal (same, person));
  g_assert_cmpuint (nobody->n_people, ==, 0);
  authority_test_set_text (&invalid->email, "none");
  g_assert_null (authority_test_update (fixture, person, invalid, NULL, NULL));
  authority_test_set_text (&taken->email, person->email);
  g_assert_null (authority_test_create_one (fixture, taken, NULL));
  again = authority_test_create (fixture, (RosterPerson *[]){ person }, 1, NULL);
  g_assert_cmpuint (again->len, ==, 1);
  assert_only (fixture, person->id, "A");
  assert_only (fixture, taken->id, "");
  assert_deleted (fixture, 10, NULL, 0);
}

static void
test_deleted (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) third = authority_test_add (fixture, 3);
  g_autoptr (RosterReceipt) restored = NULL;
  g_autoptr (GError) error = NULL;

  roster_person_free (authority_test_add (fixture, 4));
  authority_test_delete_one (fixture, first->id);
  authority_test_delete_one (fixture, second->id);
  authority_test_delete_one (fixture, third->id);
  assert_deleted (fixture, 2, (const RosterPerson *[]){ third, second, first }, 3);

  /* Only the latest deletion of somebody who is not there now. */
  restored = authority_test_restore (fixture, (const char *[]){ first->id, NULL }, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (restored->n_people, ==, 1);
  g_assert_true (roster_person_equal (restored->person, first));
  assert_deleted (fixture, 10, (const RosterPerson *[]){ third, second }, 2);
  authority_test_delete_one (fixture, first->id);
  assert_deleted (fixture, 1, (const RosterPerson *[]){ first, third, second }, 3);
  assert_only (fixture, first->id, "ADRD");
}

static void
test_restore (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) there = authority_test_add (fixture, 3);
  const char *ids[] = { first->id, there->id, second->id, NULL };
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_delete_one (fixture, first->id);
  authority_test_delete_one (fixture, second->id);
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&receipt, roster_receipt_free);
      fixture->next_batch_id = AUTHORITY_TEST_BATCH ("r");
      receipt = authority_test_restore (fixture, ids, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (receipt->n_people, ==, 2);
      g_assert_true (roster_person_equal (receipt->person, second));
    }
  authority_test_assert_log (fixture, "+2");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first, second, there }, 3);
  assert_deleted (fixture, 10, NULL, 0);

  /* That can be undone as well. */
  g_clear_pointer (&receipt, roster_receipt_free);
  receipt = authority_test_undo (fixture, AUTHORITY_TEST_BATCH ("r"), &error);
  g_assert_no_error (error);
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ there }, 1);
}

static void
test_restore_refused (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) taker = replica_test_person (3);
  g_autoptr (RosterPerson) there = NULL;
  const char *ids[] = { second->id, first->id, NULL };
  const char *unknown[] = { second->id, "cnobody", NULL };
  g_autoptr (GError) error = NULL;

  authority_test_delete_one (fixture, first->id);
  authority_test_delete_one (fixture, second->id);
  authority_test_set_text (&taker->email, first->email);
  authority_test_set_text (&taker->name, "Isabella Young");
  there = authority_test_create_one (fixture, taker, &error);
  g_assert_no_error (error);
  g_string_truncate (fixture->log, 0);

  g_assert_null (authority_test_restore (fixture, ids, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  authority_test_assert_names (fixture, error, "Isabella Young");
  g_clear_error (&error);
  g_assert_null (authority_test_restore (fixture, unknown, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ there }, 1);
}

static void
test_purge (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) there = authority_test_add (fixture, 3);
  const char *ids[] = { first->id, there->id, "cnobody", NULL };
  g_autofree char *deletion = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_delete_one (fixture, first->id);
  deletion = g_strdup (fixture->batch_id);
  authority_test_delete_one (fixture, second->id);
  g_assert_true (authority_test_purge (fixture, ids, &error));
  g_assert_no_error (error);
  assert_only (fixture, first->id, "");
  assert_only (fixture, second->id, "AD");
  assert_only (fixture, there->id, "A");
  assert_deleted (fixture, 10, (const RosterPerson *[]){ second }, 1);

  /* There is nothing left to undo. */
  g_assert_null (authority_test_undo (fixture, deletion, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (authority_test_restore (fixture, ids, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (authority_test_purge (fixture, NULL, &error));
  g_assert_no_error (error);
  assert_deleted (fixture, 10, NULL, 0);
  assert_only (fixture, second->id, "");
  assert_only (fixture, there->id, "A");
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ there }, 1);

  /* Ids and e-mails are free again, with no history. */
  authority_test_assert_log (fixture, "");
  g_clear_pointer (&first, roster_person_free);
  first = authority_test_add (fixture, 1);
  assert_only (fixture, first->id, "A");
}

static void
test_closed (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  const char *ids[] = { person->id, NULL };
  g_autofree char *deletion = NULL;
  guint n_total;

  authority_test_delete_one (fixture, person->id);
  deletion = g_strdup (fixture->batch_id);
  g_assert_true (replica_test_close (fixture->replica, NULL));
  for (guint call = 0; call < 5; call++)
    {
      g_autoptr (GError) error = NULL;

      switch (call)
        {
        case 0:
          g_assert_null (authority_test_history (fixture, person->id, &error));
          break;
        case 1:
          g_assert_null (authority_test_deleted (fixture, 0, 10, &n_total, &error));
          break;
        case 2:
          g_assert_null (authority_test_undo (fixture, deletion, &error));
          break;
        case 3:
          g_assert_null (authority_test_restore (fixture, ids, &error));
          break;
        default:
          g_assert_false (authority_test_purge (fixture, ids, &error));
          break;
        }
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
    }
}

static const AuthorityTestCase CASES[] = {
  { "history", test_history },       { "history/nothing", test_nothing },
  { "history/closed", test_closed }, { "deleted", test_deleted },
  { "restore", test_restore },       { "restore/refused", test_restore_refused },
  { "purge", test_purge },
};

int
main (int argc, char *argv[])
{
  return authority_test_run (argc, argv, CASES, G_N_ELEMENTS (CASES));
}
