/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes and receipts as plain data: copies are whole and independent. */

#include "config.h"

#include "roster-change.h"
#include "roster-receipt.h"

static RosterPerson *
new_person (const char *name)
{
  RosterPerson *person = roster_person_new ("c1", name, "grace.lee@example.com", "12");

  person->created_at_unix_ms = 5;
  person->updated_at_unix_ms = 6;
  return person;
}

static void
test_change (void)
{
  RosterChange *change = g_new0 (RosterChange, 1);
  g_autoptr (RosterChange) copy = NULL;
  g_autoptr (RosterPerson) before = new_person ("Grace");
  g_autoptr (RosterPerson) after = new_person ("Grace Lee");

  change->id = 7;
  change->kind = ROSTER_CHANGE_EDITED;
  change->at_unix_ms = 1000;
  change->author = g_strdup ("Henry Moore");
  change->before = roster_person_copy (before);
  change->after = roster_person_copy (after);
  copy = g_boxed_copy (ROSTER_TYPE_CHANGE, change);
  roster_change_free (change);
  g_assert_cmpint (copy->id, ==, 7);
  g_assert_cmpint (copy->kind, ==, ROSTER_CHANGE_EDITED);
  g_assert_cmpint (copy->at_unix_ms, ==, 1000);
  g_assert_cmpstr (copy->author, ==, "Henry Moore");
  g_assert_true (roster_person_equal (copy->before, before));
  g_assert_true (roster_person_equal (copy->after, after));
}

static void
test_change_empty (void)
{
  RosterChange *change = g_new0 (RosterChange, 1);
  g_autoptr (RosterChange) copy = roster_change_copy (change);

  roster_change_free (change);
  roster_change_free (NULL);
  g_assert_null (copy->author);
  g_assert_null (copy->before);
  g_assert_null (copy->after);
}

static void
test_receipt (void)
{
  g_autoptr (RosterPerson) person = new_person ("Grace Lee");
  RosterReceipt *receipt = roster_receipt_new (3, person);
  g_autoptr (RosterReceipt) copy = g_boxed_copy (ROSTER_TYPE_RECEIPT, receipt);
  g_autoptr (RosterReceipt) nobody = roster_receipt_new (0, NULL);

  roster_receipt_free (receipt);
  roster_receipt_free (NULL);
  g_assert_cmpuint (copy->n_people, ==, 3);
  g_assert_true (roster_person_equal (copy->person, person));
  g_assert_null (nobody->person);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/change", test_change);
  g_test_add_func ("/change/empty", test_change_empty);
  g_test_add_func ("/receipt", test_receipt);

  return g_test_run ();
}
