/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-batch.h"

static void
test_new (void)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  g_assert_true (roster_batch_is_empty (batch));
  roster_batch_free (NULL);
}

static void
test_is_empty (void)
{
  g_autoptr (RosterBatch) added = roster_batch_new ();
  g_autoptr (RosterBatch) removed = roster_batch_new ();

  g_ptr_array_add (added->people, roster_person_new ("a", "John Doe", "john@example.com", "1"));
  g_assert_false (roster_batch_is_empty (added));
  g_ptr_array_add (removed->removed, roster_person_new ("a", NULL, NULL, NULL));
  g_assert_false (roster_batch_is_empty (removed));
}

static void
test_copy (void)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  g_autoptr (RosterBatch) copy = NULL;
  RosterPerson *person = roster_person_new ("a", "John Doe", "john@example.com", "1");

  person->slot = 3;
  g_ptr_array_add (batch->people, person);
  g_ptr_array_add (batch->removed, roster_person_new ("b", NULL, NULL, NULL));
  copy = g_boxed_copy (ROSTER_TYPE_BATCH, batch);
  g_clear_pointer (&batch, roster_batch_free);

  /* The same people, who live as long as either. */
  g_assert_cmpuint (copy->people->len, ==, 1);
  g_assert_true (g_ptr_array_index (copy->people, 0) == person);
  g_assert_cmpstr (person->name, ==, "John Doe");
  g_assert_cmpuint (person->slot, ==, 3);
  g_assert_cmpuint (copy->removed->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/batch/new", test_new);
  g_test_add_func ("/batch/is-empty", test_is_empty);
  g_test_add_func ("/batch/copy", test_copy);

  return g_test_run ();
}
