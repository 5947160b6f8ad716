/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include "roster-order.h"
#include "search-people.h"

static const RosterSort sorts[] = { ROSTER_SORT_NAME, ROSTER_SORT_ADDED, ROSTER_SORT_CHANGED };

static RosterIndex *
index_of (const char *const *names)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      RosterPersonView view = { "id", names[i], "", "", 0, 0 };

      roster_index_builder_add (builder, i, &view);
    }
  return roster_index_builder_end (builder);
}

static void
assert_order (const char *const *names, const char *locale, const char *expected)
{
  g_autoptr (RosterIndex) index = index_of (names);
  g_autoptr (RosterOrder) order = roster_order_new (index, ROSTER_SORT_NAME, locale);
  g_autoptr (GString) joined = g_string_new (NULL);
  guint n_slots;
  const guint *slots = roster_order_get_slots (order, &n_slots);

  for (guint i = 0; i < n_slots; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", names[slots[i]]);
  g_assert_cmpstr (joined->str, ==, expected);
}

static void
test_new (void)
{
  g_autoptr (RosterIndex) index = roster_index_new_empty ();

  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (RosterOrder) order = roster_order_new (index, sorts[i], NULL);
      g_autoptr (RosterOrder) reference = roster_order_ref (order);
      guint n_slots = 1;
      guint *none = roster_order_filter (order, NULL, &n_slots);

      g_assert_true (reference == order);
      g_assert_cmpint (roster_order_get_sort (order), ==, sorts[i]);
      roster_order_get_slots (order, &n_slots);
      g_assert_cmpuint (n_slots, ==, 0);
      g_free (none);
    }
}

static void
test_locales (void)
{
  static const char *const letters[] = { "Zoe", "Äbel", "ada", "Örn", "Oda", "Bo", "bo", NULL };
  static const char *const numbers[] = { "Agent 10", "Agent 2", "agent 007", NULL };
  static const char *const long_names[] = { "Alexander Zimmermann", "Alexander Adler", "Alexander",
                                            "Alexandra", NULL };

  assert_order (letters, "de_DE.UTF-8", "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (letters, "sv_SE.UTF-8@euro", "ada bo Bo Oda Zoe Äbel Örn");
  assert_order (letters, "sv-SE", "ada bo Bo Oda Zoe Äbel Örn");
  assert_order (letters, "C", "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (letters, "C.UTF-8", "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (letters, "POSIX", "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (letters, "", "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (letters, "no such_locale@@.=;", "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (letters, NULL, "Äbel ada bo Bo Oda Örn Zoe");
  assert_order (numbers, "en", "Agent 2 agent 007 Agent 10");
  assert_order (long_names, "en", "Alexander Alexander Adler Alexander Zimmermann Alexandra");
}

static void
test_times (void)
{
  static const struct
  {
    const char *name;
    gint64 created_at_unix_ms;
    gint64 updated_at_unix_ms;
  } people[] = {
    { "B", 10, 5 },         { "A", 10, 6 }, { "C", -10, G_MAXINT64 },
    { "D", G_MININT64, 7 }, { "A", 10, 6 },
  };
  static const guint added[] = { 1, 4, 0, 2, 3 };
  static const guint changed[] = { 2, 3, 1, 4, 0 };
  RosterIndexBuilder *builder = roster_index_builder_new ();
  g_autoptr (RosterIndex) index = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      RosterPersonView view = {
        "id", people[i].name, "", "", people[i].created_at_unix_ms, people[i].updated_at_unix_ms
      };

      roster_index_builder_add (builder, i, &view);
    }
  index = roster_index_builder_end (builder);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RosterOrder) order =
          roster_order_new (index, i == 0 ? ROSTER_SORT_ADDED : ROSTER_SORT_CHANGED, "en");
      guint n_slots;
      const guint *slots = roster_order_get_slots (order, &n_slots);

      g_assert_cmpmem (slots, n_slots * sizeof *slots, i == 0 ? added : changed, sizeof added);
    }
}

/* Whatever changes, the order is the one that sorting anew gives. */
static void
test_apply (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (SearchPeople) people = search_people_new (2000);
      g_autoptr (RosterIndex) index = search_people_index (people);
      g_autoptr (RosterOrder) order = roster_order_new (index, sorts[i], "de_DE.UTF-8");

      for (guint j = 0; j < 25; j++)
        {
          g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint));
          guint n_changes = j % 10 == 0 ? 1000 : (guint) g_test_rand_int_range (0, 10);
          RosterIndex *next_index = search_people_change (people, index, n_changes, changed);
          RosterOrder *next;
          g_autoptr (RosterOrder) fresh = NULL;
          guint n_slots;
          guint n_fresh;
          const guint *slots;
          const guint *fresh_slots;

          /* A slot may be given twice. */
          if (changed->len > 0)
            {
              guint again = g_array_index (changed, guint, 0);

              g_array_append_val (changed, again);
            }
          next = roster_order_apply (order, next_index, &g_array_index (changed, guint, 0),
                                     changed->len);
          fresh = roster_order_new (next_index, sorts[i], "de_DE.UTF-8");
          slots = roster_order_get_slots (next, &n_slots);
          fresh_slots = roster_order_get_slots (fresh, &n_fresh);
          g_assert_cmpmem (slots, n_slots * sizeof *slots, fresh_slots,
                           n_fresh * sizeof *fresh_slots);

          roster_index_unref (index);
          index = next_index;
          roster_order_unref (order);
          order = next;
        }
    }
}

static void
test_filter (void)
{
  g_autoptr (SearchPeople) people = search_people_new (1000);
  g_autoptr (RosterIndex) index = search_people_index (people);
  g_autoptr (RosterOrder) order = roster_order_new (index, ROSTER_SORT_NAME, "en");
  guint64 bitmap[1000 / 64 + 1] = { 0 };
  g_autofree guint *filtered = NULL;
  guint part[1000];
  guint n_slots, n_filtered, n_first;
  const guint *slots = roster_order_get_slots (order, &n_slots);
  guint n_matches = 0;

  for (guint i = 0; i < n_slots; i += 3, n_matches++)
    bitmap[slots[i] / 64] |= G_GUINT64_CONSTANT (1) << slots[i] % 64;
  filtered = roster_order_filter (order, bitmap, &n_filtered);
  g_assert_cmpuint (n_filtered, ==, n_matches);
  for (guint i = 0; i < n_matches; i++)
    g_assert_cmpuint (filtered[i], ==, slots[i * 3]);

  n_first = roster_order_filter_range (order, bitmap, 0, 100, part);
  g_assert_cmpuint (n_first, ==, 34);
  g_assert_cmpmem (part, n_first * sizeof *part, filtered, n_first * sizeof *part);
  g_assert_cmpuint (roster_order_filter_range (order, bitmap, 100, n_slots, part), ==,
                    n_matches - n_first);
  g_assert_cmpmem (part, (n_matches - n_first) * sizeof *part, filtered + n_first,
                   (n_matches - n_first) * sizeof *part);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/order/new", test_new);
  g_test_add_func ("/search/order/locales", test_locales);
  g_test_add_func ("/search/order/times", test_times);
  g_test_add_func ("/search/order/apply", test_apply);
  g_test_add_func ("/search/order/filter", test_filter);
  return g_test_run ();
}
