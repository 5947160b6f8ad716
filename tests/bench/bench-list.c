/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list model: an item by its position, and what a keystroke costs until the model has its page. */

#include "config.h"

#include <stdlib.h>

#include "bench.h"
#include "roster-person-list-private.h"
#include "roster-sample-people.h"

#define N_GETS 20000
#define GET_LIMIT_US 16
#define FIRST_PAGE_LIMIT_MS 4

static const char *const sessions[] = {
  "a",    "an",   "ann",  "anna", "m",    "mü",   "mül",  "müll",  "müller", "s",
  "sm",   "smi",  "ob",   "obr",  "obri", "0",    "04",   "049",   "0493",   "+49",
  "+49 3", "и",   "ив",   "ива",  "π",    "πα",   "王",   "김",    "さ",     "שר",
  "مح",   "शर",   "@",    "@e",   "e o",  "an le", "zq",  "qqqq",  "xyzzy",  "example.org",
};

static RosterPersonList *
make_list (guint n)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();
  g_autoptr (RosterIndex) index = NULL;
  g_autoptr (RosterOrder) order = NULL;
  RosterPersonList *list = roster_person_list_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      roster_index_builder_add (builder, i + 1,
                                &(RosterPersonView) { person->id, person->name, person->email,
                                                      person->phone, person->created_at_unix_ms,
                                                      person->updated_at_unix_ms });
    }
  index = roster_index_builder_end (builder);
  order = roster_order_new (index, ROSTER_SORT_NAME, NULL);
  roster_person_list_set_snapshot (list, index, order);
  return list;
}

static void
report (const char *name, guint n, double *values, gsize n_values, const char *unit, double limit)
{
  g_autofree char *full_name = g_strdup_printf ("list/%s/%u", name, n);

  bench_report (full_name, bench_percentile (values, n_values, 99), unit, limit, BENCH_AT_MOST, 1);
}

static void
bench_get_item (RosterPersonList *list, guint n)
{
  g_autofree double *us = g_new (double, N_GETS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_GETS; i++)
    {
      guint position = (guint) g_rand_int_range (rand, 0, (gint) n);
      gint64 begin_ns = bench_now_ns ();
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (list), position);

      us[i] = (double) (bench_now_ns () - begin_ns) / 1e3;
      g_assert_nonnull (item);
    }
  report ("get-item-p99", n, us, N_GETS, "µs", GET_LIMIT_US);
}

/* Until the model shows matches: at once, or as soon as the pool has them. */
static void
bench_first_page (RosterPersonList *list, guint n)
{
  double ms[5 * G_N_ELEMENTS (sessions)];
  gsize n_values = 0;

  for (guint round = 0; round < 5; round++)
    for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
      {
        gint64 begin_ns;

        roster_person_list_set_search (list, "");
        begin_ns = bench_now_ns ();
        roster_person_list_set_search (list, sessions[i]);
        while (!roster_person_list_get_complete (list) &&
               g_list_model_get_n_items (G_LIST_MODEL (list)) == n)
          g_main_context_iteration (NULL, TRUE);
        ms[n_values++] = (double) (bench_now_ns () - begin_ns) / 1e6;
        while (!roster_person_list_get_complete (list))
          g_main_context_iteration (NULL, TRUE);
      }
  report ("first-page-p99", n, ms, n_values, "ms", FIRST_PAGE_LIMIT_MS);
}

int
main (int argc, char *argv[])
{
  static const guint sizes[] = { 10000, 100000, 1000000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (RosterPersonList) list = make_list (sizes[i]);

      bench_get_item (list, sizes[i]);
      bench_first_page (list, sizes[i]);
    }
  return bench_finish ();
}
