/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change as an item of a list: it is a copy, and goes with its item. */

#include "config.h"

#include "roster-change-object.h"
#include "roster-test.h"

static void
test_new (void)
{
  g_autoptr (RosterChange) change = g_new0 (RosterChange, 1);
  RosterChangeObject *object;

  change->id = 7;
  change->kind = ROSTER_CHANGE_DELETED;
  change->before = roster_person_new ("c1", "Grace Lee", "grace.lee@example.com", "12");
  object = roster_change_object_new (change);
  g_assert_true (roster_change_object_get_change (object) != change);
  g_assert_cmpint (roster_change_object_get_change (object)->id, ==, 7);
  g_assert_true (
      roster_person_equal (roster_change_object_get_change (object)->before, change->before));
  roster_test_finalize (object);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change-object/new", test_new);
  return g_test_run ();
}
