/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every authority promises about undoing. */

#include "config.h"

#include "authority-test.h"
#include "roster-error.h"

static char *
dup_batch (AuthorityTest *fixture)
{
  return g_strdup (fixture->batch_id);
}

static void
undo (AuthorityTest *fixture, const char *batch_to_undo, guint n_people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt = authority_test_undo (fixture, batch_to_undo, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_people, ==, n_people);
}

static void
assert_refused (AuthorityTest *fixture,
                const char *batch_to_undo,
                RosterError code,
                const char *who)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (fixture->log, 0);
  g_assert_null (authority_test_undo (fixture, batch_to_undo, &error));
  g_assert_error (error, ROSTER_ERROR, (int) code);
  if (who)
    authority_test_assert_names (fixture, error, who);
  authority_test_assert_log (fixture, "");
}

static void
test_add (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autofree char *added = dup_batch (fixture);
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = authority_test_undo (fixture, added, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipt->n_people, ==, 1);
  g_assert_cmpstr (receipt->person->name, ==, person->name);
  authority_test_assert_log (fixture, "-1");
  authority_test_assert_everybody (fixture, NULL, 0);

  /* Undoing the undoing is doing it again, as it was. */
  undo (fixture, fixture->batch_id, 1);
  authority_test_assert_log (fixture, "+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ person }, 1);
  undo (fixture, fixture->batch_id, 1);
  authority_test_assert_everybody (fixture, NULL, 0);
}

static void
test_edit (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) edited = authority_test_edit (fixture, person, "Grace Lee");
  g_autofree char *edit = dup_batch (fixture);
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  receipt = authority_test_undo (fixture, edit, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->person->name, ==, person->name);
  g_assert_cmpstr (receipt->person->email, ==, person->email);
  g_assert_cmpint (receipt->person->created_at_unix_ms, ==, person->created_at_unix_ms);
  g_assert_cmpint (receipt->person->updated_at_unix_ms, >, edited->updated_at_unix_ms);
  authority_test_assert_log (fixture, "+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ receipt->person }, 1);
  undo (fixture, fixture->batch_id, 1);
  authority_test_assert_log (fixture, "+1");
}

static void
test_delete (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) added = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) second = authority_test_edit (fixture, added, "Grace Lee");
  const char *ids[] = { first->id, second->id, NULL };
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (GError) error = NULL;

  deleted = authority_test_delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  undo (fixture, fixture->batch_id, 2);
  authority_test_assert_log (fixture, "-2+2");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first, second }, 2);
  undo (fixture, fixture->batch_id, 2);
  authority_test_assert_everybody (fixture, NULL, 0);
}

/* One action is undone and another left: what it was about is all that counts. */
static void
test_in_the_middle (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) named = authority_test_edit (fixture, person, "Grace Lee");
  g_autofree char *naming = dup_batch (fixture);
  g_autoptr (RosterPerson) wanted = roster_person_copy (named);
  g_autoptr (RosterPerson) called = NULL;
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&wanted->phone, "+44 20 7946 0000");
  called = authority_test_update (fixture, named, wanted, NULL, &error);
  g_assert_no_error (error);
  receipt = authority_test_undo (fixture, naming, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (receipt->person->name, ==, person->name);
  g_assert_cmpstr (receipt->person->phone, ==, "+44 20 7946 0000");
}

static void
test_conflict (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autofree char *added = dup_batch (fixture);
  g_autoptr (RosterPerson) grace = authority_test_edit (fixture, person, "Grace Lee");
  g_autofree char *naming = dup_batch (fixture);
  g_autoptr (RosterPerson) henry = authority_test_edit (fixture, grace, "Henry Moore");
  g_autofree char *renaming = dup_batch (fixture);

  assert_refused (fixture, added, ROSTER_ERROR_CONFLICT, "Henry Moore");
  assert_refused (fixture, naming, ROSTER_ERROR_CONFLICT, "Henry Moore");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ henry }, 1);

  /* In order everything can be undone, and done again. */
  undo (fixture, renaming, 1);
  undo (fixture, naming, 1);
  undo (fixture, added, 1);
  undo (fixture, fixture->batch_id, 1);
  authority_test_assert_log (fixture, "+1+1-1+1");
}

static void
test_conflict_deleted (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autofree char *added = dup_batch (fixture);
  g_autoptr (RosterPerson) grace = authority_test_edit (fixture, person, "Grace Lee");
  g_autofree char *naming = dup_batch (fixture);
  g_autofree char *deletion = NULL;
  g_autoptr (RosterPerson) henry = NULL;

  authority_test_delete_one (fixture, person->id);
  deletion = dup_batch (fixture);
  assert_refused (fixture, naming, ROSTER_ERROR_CONFLICT, NULL);
  /* Nobody is there, as before the adding. */
  undo (fixture, added, 0);

  /* Deleted with other values since: the older ones are not brought back over them. */
  undo (fixture, deletion, 1);
  henry = authority_test_edit (fixture, grace, "Henry Moore");
  authority_test_delete_one (fixture, person->id);
  assert_refused (fixture, deletion, ROSTER_ERROR_CONFLICT, NULL);
  authority_test_assert_everybody (fixture, NULL, 0);
}

static void
test_all_or_none (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) third = replica_test_person (3);
  g_autoptr (RosterPerson) taker = NULL;
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autofree char *deletion = NULL;
  g_autoptr (GError) error = NULL;

  deleted =
      authority_test_delete_ids (fixture, (const char *[]){ first->id, second->id, NULL }, &error);
  g_assert_no_error (error);
  deletion = dup_batch (fixture);
  authority_test_set_text (&third->email, authority_test_same_email (fixture, first->email));
  authority_test_set_text (&third->name, "Isabella Young");
  taker = authority_test_create_one (fixture, third, &error);
  g_assert_no_error (error);
  assert_refused (fixture, deletion, ROSTER_ERROR_DUPLICATE_EMAIL, "Isabella Young");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ taker }, 1);

  authority_test_delete_one (fixture, taker->id);
  undo (fixture, deletion, 2);
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first, second }, 2);
}

static void
test_edit_duplicate_email (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (person);
  g_autoptr (RosterPerson) other = replica_test_person (2);
  g_autoptr (RosterPerson) edited = NULL;
  g_autoptr (RosterPerson) taker = NULL;
  g_autofree char *edit = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&wanted->email, "new@example.org");
  edited = authority_test_update (fixture, person, wanted, NULL, &error);
  g_assert_no_error (error);
  edit = dup_batch (fixture);
  authority_test_set_text (&other->email, person->email);
  authority_test_set_text (&other->name, "Isabella Young");
  taker = authority_test_create_one (fixture, other, &error);
  g_assert_no_error (error);
  assert_refused (fixture, edit, ROSTER_ERROR_DUPLICATE_EMAIL, "Isabella Young");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ edited, taker }, 2);
}

static void
test_already_so (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) edited = authority_test_edit (fixture, person, "Grace Lee");
  g_autofree char *edit = dup_batch (fixture);
  g_autoptr (RosterPerson) back = authority_test_edit (fixture, edited, person->name);
  g_autofree char *deletion = NULL;

  undo (fixture, edit, 0);
  authority_test_delete_one (fixture, person->id);
  deletion = dup_batch (fixture);
  undo (fixture, deletion, 1);
  undo (fixture, deletion, 0);
  authority_test_assert_log (fixture, "+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ back }, 1);
}

static void
test_unknown (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) same = authority_test_update (fixture, person, person, NULL, NULL);

  g_assert_true (roster_person_equal (same, person));
  /* What changed nobody is no batch. */
  assert_refused (fixture, fixture->batch_id, ROSTER_ERROR_NOT_FOUND, NULL);
  assert_refused (fixture, "cnobatch", ROSTER_ERROR_NOT_FOUND, NULL);
}

static void
test_many (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autofree char *added = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (people, replica_test_person (i));
  created =
      authority_test_create (fixture, (RosterPerson *const *) people->pdata, people->len, &error);
  g_assert_no_error (error);
  added = dup_batch (fixture);
  undo (fixture, added, 100);
  undo (fixture, fixture->batch_id, 100);
  authority_test_assert_log (fixture, "+100-100+100");
  authority_test_assert_everybody (fixture, (const RosterPerson *const *) created->pdata, 100);
}

/* Every call again, under the batch id that it had: as when an answer was lost. */
static void
test_repeated (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) added = NULL;
  g_autoptr (RosterPerson) again = NULL;
  g_autoptr (RosterPerson) edited = NULL;
  g_autoptr (RosterReceipt) receipt = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  const char *ids[] = { person->id, NULL };
  g_autoptr (GError) error = NULL;

  fixture->next_batch_id = AUTHORITY_TEST_BATCH ("a");
  added = authority_test_create_one (fixture, person, &error);
  g_assert_no_error (error);
  fixture->next_batch_id = AUTHORITY_TEST_BATCH ("e");
  edited = authority_test_edit (fixture, added, "Grace Lee");

  fixture->next_batch_id = AUTHORITY_TEST_BATCH ("a");
  again = authority_test_create_one (fixture, person, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (again, edited));
  g_clear_pointer (&again, roster_person_free);
  again = authority_test_edit (fixture, edited, "Henry Moore");
  g_clear_pointer (&again, roster_person_free);
  fixture->next_batch_id = AUTHORITY_TEST_BATCH ("e");
  again = authority_test_edit (fixture, added, "Grace Lee");
  g_assert_cmpstr (again->name, ==, "Henry Moore");

  for (guint i = 0; i < 2; i++)
    {
      fixture->next_batch_id = AUTHORITY_TEST_BATCH ("d");
      g_clear_pointer (&receipt, roster_receipt_free);
      receipt = authority_test_delete_ids (fixture, ids, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (receipt->n_people, ==, 1);
      g_assert_cmpstr (receipt->person->name, ==, "Henry Moore");
    }
  authority_test_assert_log (fixture, "-1");

  /* Somebody who was deleted since is not added a second time. */
  fixture->next_batch_id = AUTHORITY_TEST_BATCH ("a");
  nobody = authority_test_create (fixture, &person, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nobody->len, ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      fixture->next_batch_id = AUTHORITY_TEST_BATCH ("u");
      g_clear_pointer (&receipt, roster_receipt_free);
      receipt = authority_test_undo (fixture, AUTHORITY_TEST_BATCH ("d"), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (receipt->n_people, ==, 1);
      g_assert_cmpstr (receipt->person->name, ==, "Henry Moore");
    }
  authority_test_assert_log (fixture, "+1");
  authority_test_delete_one (fixture, person->id);
  fixture->next_batch_id = AUTHORITY_TEST_BATCH ("u");
  g_clear_pointer (&receipt, roster_receipt_free);
  receipt = authority_test_undo (fixture, AUTHORITY_TEST_BATCH ("d"), &error);
  g_assert_no_error (error);
  authority_test_assert_everybody (fixture, NULL, 0);
}

static void
test_cancel (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = authority_test_add (fixture, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  g_cancellable_cancel (cancellable);
  roster_authority_undo_async (fixture->authority, fixture->batch_id, AUTHORITY_TEST_BATCH ("u"),
                               cancellable, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_null (roster_authority_undo_finish (fixture->authority, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ person }, 1);
}

static const AuthorityTestCase CASES[] = {
  { "undo/add", test_add },
  { "undo/edit", test_edit },
  { "undo/delete", test_delete },
  { "undo/in-the-middle", test_in_the_middle },
  { "undo/conflict", test_conflict },
  { "undo/conflict/deleted", test_conflict_deleted },
  { "undo/all-or-none", test_all_or_none },
  { "undo/edit/duplicate-email", test_edit_duplicate_email },
  { "undo/already-so", test_already_so },
  { "undo/unknown", test_unknown },
  { "undo/many", test_many },
  { "undo/repeated", test_repeated },
  { "undo/cancel", test_cancel },
};

int
main (int argc, char *argv[])
{
  return authority_test_run (argc, argv, CASES, G_N_ELEMENTS (CASES));
}
