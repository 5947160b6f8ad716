/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-undo-stack.h"

/* Returns: the batch id, which is the entry's. */
static const char *
push (RosterUndoStack *stack, RosterUndoKind kind)
{
  RosterUndoEntry *entry = roster_undo_entry_new (kind);

  roster_undo_stack_push (stack, entry);
  return entry->batch_id;
}

/* Asserts the kinds that are taken from the stack, the latest first. */
static void
assert_taken (RosterUndoStack *stack, const RosterUndoKind *kinds, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterUndoEntry) entry = roster_undo_stack_take (stack, NULL);

      g_assert_cmpint (entry->kind, ==, kinds[i]);
    }
  g_assert_true (roster_undo_stack_is_empty (stack));
  g_assert_null (roster_undo_stack_take (stack, NULL));
}

static void
test_new (void)
{
  g_autoptr (RosterUndoStack) stack = roster_undo_stack_new ();

  g_assert_true (roster_undo_stack_is_empty (stack));
  g_assert_null (roster_undo_stack_take (stack, NULL));
  g_assert_null (roster_undo_stack_take (stack, "batch"));
  roster_undo_stack_clear (stack);
}

static void
test_order (void)
{
  g_autoptr (RosterUndoStack) stack = roster_undo_stack_new ();

  push (stack, ROSTER_UNDO_ADD);
  push (stack, ROSTER_UNDO_EDIT);
  push (stack, ROSTER_UNDO_DELETE);
  g_assert_false (roster_undo_stack_is_empty (stack));
  assert_taken (stack, (RosterUndoKind[]){ ROSTER_UNDO_DELETE, ROSTER_UNDO_EDIT, ROSTER_UNDO_ADD },
                3);
}

static void
test_middle (void)
{
  g_autoptr (RosterUndoStack) stack = roster_undo_stack_new ();
  g_autofree char *batch_id = NULL;
  RosterUndoEntry *entry;

  push (stack, ROSTER_UNDO_ADD);
  batch_id = g_strdup (push (stack, ROSTER_UNDO_EDIT));
  push (stack, ROSTER_UNDO_DELETE);
  entry = roster_undo_stack_take (stack, batch_id);
  g_assert_cmpstr (entry->batch_id, ==, batch_id);
  g_assert_null (roster_undo_stack_take (stack, batch_id));
  roster_undo_stack_put_back (stack, entry);
  assert_taken (stack, (RosterUndoKind[]){ ROSTER_UNDO_DELETE, ROSTER_UNDO_EDIT, ROSTER_UNDO_ADD },
                3);
}

static void
test_put_back_after_push (void)
{
  g_autoptr (RosterUndoStack) stack = roster_undo_stack_new ();
  RosterUndoEntry *entry;

  push (stack, ROSTER_UNDO_ADD);
  entry = roster_undo_stack_take (stack, NULL);
  push (stack, ROSTER_UNDO_RESTORE);
  roster_undo_stack_put_back (stack, entry);
  assert_taken (stack, (RosterUndoKind[]){ ROSTER_UNDO_RESTORE, ROSTER_UNDO_ADD }, 2);
}

static void
test_clear (void)
{
  g_autoptr (RosterUndoStack) stack = roster_undo_stack_new ();
  g_autofree char *batch_id = g_strdup (push (stack, ROSTER_UNDO_ADD));

  roster_undo_stack_clear (stack);
  g_assert_null (roster_undo_stack_take (stack, batch_id));
  assert_taken (stack, NULL, 0);
}

static void
test_entry (void)
{
  g_autoptr (RosterPerson) person = roster_person_new ("c1", "Grace Lee", "a@b.c", "12");
  RosterUndoEntry *entry = roster_undo_entry_new (ROSTER_UNDO_EDIT);
  g_autofree char *batch_id = g_strdup (entry->batch_id);
  g_autoptr (RosterUndoEntry) copy = NULL;

  g_assert_null (entry->name);
  roster_undo_entry_set_people (entry, 3, person);
  copy = g_boxed_copy (ROSTER_TYPE_UNDO_ENTRY, entry);
  roster_undo_entry_set_people (entry, 0, NULL);
  g_assert_null (entry->name);
  roster_undo_entry_free (entry);
  roster_undo_entry_free (NULL);
  g_assert_cmpstr (copy->batch_id, ==, batch_id);
  g_assert_cmpint (copy->kind, ==, ROSTER_UNDO_EDIT);
  g_assert_cmpuint (copy->n_people, ==, 3);
  g_assert_cmpstr (copy->name, ==, "Grace Lee");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/undo-stack/new", test_new);
  g_test_add_func ("/undo-stack/order", test_order);
  g_test_add_func ("/undo-stack/middle", test_middle);
  g_test_add_func ("/undo-stack/put-back-after-push", test_put_back_after_push);
  g_test_add_func ("/undo-stack/clear", test_clear);
  g_test_add_func ("/undo-stack/entry", test_entry);

  return g_test_run ();
}
