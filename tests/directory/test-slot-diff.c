/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way from one sequence to another is always a way, and a short one where one is short. */

#include "config.h"

#include "roster-slot-diff.h"

#define N_SLOTS 400

/* Walks the way, checks every step against a list of its own, and returns how many steps there
 * were. */
static guint
walk (const guint *from, guint n_from, const guint *to, guint n_to, const guint *changed, gsize n)
{
  g_autoptr (RosterSlots) old_slots = roster_slots_new_list (from, n_from);
  g_autoptr (RosterSlots) new_slots = roster_slots_new_list (to, n_to);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (guint));
  RosterSlotDiff diff;
  guint position, n_removed, n_added;
  guint n_steps = 0;

  g_array_append_vals (list, from, n_from);
  roster_slot_diff_init (&diff, old_slots, new_slots, changed, n);
  while (roster_slot_diff_next (&diff, &position, &n_removed, &n_added))
    {
      n_steps++;
      g_assert_cmpuint (n_removed + n_added, >, 0);
      if (n_removed > 0 && n_added > 0)
        g_assert_cmpuint (MAX (n_removed, n_added), <=, ROSTER_SLOT_DIFF_REPLACE_MAX);
      g_assert_cmpuint (position + n_removed, <=, list->len);
      if (n_removed > 0)
        g_array_remove_range (list, position, n_removed);
      for (guint i = 0; i < n_added; i++)
        {
          guint slot = roster_slot_diff_get (&diff, position + i);

          g_array_insert_val (list, position + i, slot);
        }
      g_assert_cmpuint (roster_slot_diff_get_n (&diff), ==, list->len);
      for (guint i = 0; i < list->len; i++)
        g_assert_cmpuint (roster_slot_diff_get (&diff, i), ==, g_array_index (list, guint, i));
    }
  g_assert_cmpmem (list->data, list->len * sizeof (guint), to, n_to * sizeof (guint));
  g_assert_cmpuint (roster_slot_diff_get_n (&diff), ==, n_to);
  for (guint i = 0; i < n_to; i++)
    g_assert_cmpuint (roster_slot_diff_get (&diff, i), ==, to[i]);
  return n_steps;
}

#define LIST(...) ((guint[]){ __VA_ARGS__ }), G_N_ELEMENTS (((guint[]){ __VA_ARGS__ }))

static void
test_few_steps (void)
{
  g_assert_cmpuint (walk (LIST (1, 2, 3), LIST (1, 2, 3), NULL, 0), ==, 0);
  g_assert_cmpuint (walk (NULL, 0, LIST (1, 2, 3), NULL, 0), ==, 1);
  g_assert_cmpuint (walk (LIST (1, 2, 3), NULL, 0, NULL, 0), ==, 1);
  g_assert_cmpuint (walk (LIST (1, 2, 3), LIST (1, 9, 2, 3), NULL, 0), ==, 1);
  g_assert_cmpuint (walk (LIST (1, 9, 2, 3), LIST (1, 2, 3), NULL, 0), ==, 1);
  /* Narrowing a search leaves those alone who stay. */
  g_assert_cmpuint (walk (LIST (1, 2, 3, 4, 5), LIST (2, 4), NULL, 0), ==, 3);
}

static void
test_changed (void)
{
  /* In place: nothing to do, the object says what changed. */
  g_assert_cmpuint (walk (LIST (1, 2, 3), LIST (1, 2, 3), LIST (2)), ==, 0);
  /* Elsewhere: away and there again, either way round. */
  g_assert_cmpuint (walk (LIST (1, 2, 3, 4), LIST (2, 3, 4, 1), LIST (1)), ==, 2);
  g_assert_cmpuint (walk (LIST (1, 2, 3, 4), LIST (4, 1, 2, 3), LIST (4)), ==, 2);
  /* Somebody goes while the next one changes in place. */
  g_assert_cmpuint (walk (LIST (1, 2, 3, 4), LIST (1, 3, 4), LIST (2, 3)), ==, 1);
}

static void
shuffle (guint *slots, guint n)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint) i);
      guint slot = slots[i - 1];

      slots[i - 1] = slots[j];
      slots[j] = slot;
    }
}

static guint
pick (guint *some, const guint *all, guint n, gint percent)
{
  guint n_some = 0;

  for (guint i = 0; i < n; i++)
    if (g_test_rand_int_range (0, 100) < percent)
      some[n_some++] = all[i];
  return n_some;
}

static void
test_other_order (void)
{
  guint from[N_SLOTS], to[N_SLOTS];

  for (guint i = 0; i < N_SLOTS; i++)
    {
      from[i] = i;
      to[i] = N_SLOTS - 1 - i;
    }
  g_assert_cmpuint (walk (from, N_SLOTS, to, N_SLOTS, NULL, 0), ==, 3);
}

static void
test_any (void)
{
  guint all[N_SLOTS], from[N_SLOTS], to[N_SLOTS], changed[N_SLOTS];

  for (guint i = 0; i < N_SLOTS; i++)
    all[i] = i;
  for (guint round = 0; round < 2000; round++)
    {
      guint n_all = (guint) g_test_rand_int_range (0, N_SLOTS + 1);
      guint n_from, n_to, n_changed;

      shuffle (all, N_SLOTS);
      n_from = pick (from, all, n_all, g_test_rand_int_range (0, 101));
      n_to = pick (to, all, n_all, g_test_rand_int_range (0, 101));
      /* At times the order differs too, without anybody having said so. */
      if (round % 4 == 0)
        shuffle (to, n_to);
      n_changed = 0;
      for (guint i = 0; i < N_SLOTS; i++)
        if (g_test_rand_int_range (0, 20) == 0)
          changed[n_changed++] = i;
      walk (from, n_from, to, n_to, changed, n_changed);
    }
}

static void
test_bounded (void)
{
  guint from[4 * N_SLOTS], to[2 * N_SLOTS];

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    from[i] = i;
  for (guint i = 0; i < G_N_ELEMENTS (to); i++)
    to[i] = 2 * i + 1;
  g_assert_cmpuint (walk (from, G_N_ELEMENTS (from), to, G_N_ELEMENTS (to), NULL, 0), <=, 8);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/slot-diff/few-steps", test_few_steps);
  g_test_add_func ("/directory/slot-diff/changed", test_changed);
  g_test_add_func ("/directory/slot-diff/other-order", test_other_order);
  g_test_add_func ("/directory/slot-diff/any", test_any);
  g_test_add_func ("/directory/slot-diff/bounded", test_bounded);
  return g_test_run ();
}
