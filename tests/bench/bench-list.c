/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list model: an item by its position, and what a keystroke costs until the model has its page.
 */

#include "config.h"

#include "bench.h"
#include "bench-typing.h"
#include "list-people.h"
#include "roster-sample-people.h"
#include "roster-selection.h"

#define N_GETS 20000
#define N_ROUNDS 5
#define GET_LIMIT_US 16
#define GET_GROWTH 6
#define FIRST_PAGE_LIMIT_MS 4
#define STALL_LIMIT_MS 8
#define N_LIVE_ROWS 205

static void
report (const char *name, guint n, double *values, gsize n_values, const char *unit, double limit)
{
  g_autofree char *full_name = g_strdup_printf ("list/%s/%u", name, n);

  bench_report (full_name, bench_percentile (values, n_values, 99), unit, limit, BENCH_AT_MOST, 1);
}

/* Returns: the 99th percentile, in µs. */
static double
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
  return bench_percentile (us, N_GETS, 99);
}

static void
iterate_until_complete (RosterPersonList *list)
{
  do
    g_main_context_iteration (NULL, FALSE);
  while (!roster_person_list_get_complete (list));
}

/* Until the model shows matches: at once, or as soon as the pool has them. */
static double
measure_first_page_ms (RosterPersonList *list, const char *typed)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (list));
  gint64 begin_ns = bench_now_ns ();
  double ms;

  roster_person_list_set_search (list, typed);
  while (!roster_person_list_get_complete (list) &&
         g_list_model_get_n_items (G_LIST_MODEL (list)) == n)
    g_main_context_iteration (NULL, TRUE);
  ms = (double) (bench_now_ns () - begin_ns) / 1e6;
  iterate_until_complete (list);
  roster_person_list_set_search (list, "");
  return ms;
}

/* The least of a few times, as what else runs on the machine only adds. */
static void
bench_first_page (RosterPersonList *list, guint n)
{
  g_autoptr (GArray) page_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < G_N_ELEMENTS (bench_typing_sessions); i++)
    for (const char *end = bench_typing_sessions[i]; *end;)
      {
        g_autofree char *typed = NULL;
        double ms[N_ROUNDS];
        double best_ms;

        end = g_utf8_next_char (end);
        typed = g_strndup (bench_typing_sessions[i], (gsize) (end - bench_typing_sessions[i]));
        for (guint round = 0; round < N_ROUNDS; round++)
          ms[round] = measure_first_page_ms (list, typed);
        best_ms = bench_percentile (ms, N_ROUNDS, 1);
        g_array_append_val (page_ms, best_ms);
      }
  report ("first-page-p99", n, (double *) (gpointer) page_ms->data, page_ms->len, "ms",
          FIRST_PAGE_LIMIT_MS);
}

/* What a keystroke asks of Roster's own code for the rows that are live: the rest is GTK's labels.
 */
static void
bench_rows (RosterPersonList *list, guint n)
{
  g_autofree char *name = g_strdup_printf ("list/items-and-highlights-of-a-page/%u", n);
  gint64 begin_ns;

  roster_person_list_set_search (list, "an");
  while (!roster_person_list_get_complete (list))
    g_main_context_iteration (NULL, TRUE);
  begin_ns = bench_thread_now_ns ();
  for (guint i = 0; i < N_LIVE_ROWS; i++)
    {
      g_autoptr (PersonObject) person = g_list_model_get_item (G_LIST_MODEL (list), i);
      RosterQuery *query = roster_person_list_get_query (list);

      g_array_unref (
          roster_query_highlight (query, person_object_get_name (person), ROSTER_FIELD_NAME));
      g_array_unref (
          roster_query_highlight (query, person_object_get_email (person), ROSTER_FIELD_EMAIL));
      g_array_unref (
          roster_query_highlight (query, person_object_get_phone (person), ROSTER_FIELD_PHONE));
    }
  bench_report (name, (double) (bench_thread_now_ns () - begin_ns) / 1e6, "ms", STALL_LIMIT_MS,
                BENCH_AT_MOST, 1);
}

static guint n_objects;

static void
constructed (GObject *object)
{
  n_objects++;
}

/* From the first to the last: the whole list is what one may have to look at. */
static gboolean
select_from_first_to_last (GtkSelectionModel *model)
{
  return gtk_selection_model_select_range (model, 0, G_MAXUINT, TRUE);
}

static gboolean
select_only_last (GtkSelectionModel *model)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));

  return gtk_selection_model_select_range (model, n - 1, 1, TRUE);
}

/* As an arrow key does, without and with Shift. */
static gboolean
choose_one (GtkSelectionModel *model)
{
  roster_selection_set_selecting (ROSTER_SELECTION (model), FALSE);
  return gtk_selection_model_select_item (model, 7, TRUE);
}

static gboolean
select_two (GtkSelectionModel *model)
{
  return gtk_selection_model_select_range (model, 7, 2, TRUE);
}

static gboolean
select_three (GtkSelectionModel *model)
{
  return gtk_selection_model_select_range (model, 7, 3, TRUE);
}

static gboolean
search_for (GtkSelectionModel *model, const char *text)
{
  g_autoptr (RosterPersonList) list = NULL;

  g_object_get (model, "model", &list, NULL);
  roster_person_list_set_search (list, text);
  while (!roster_person_list_get_complete (list))
    g_main_context_iteration (NULL, TRUE);
  return TRUE;
}

static gboolean
search_for_some (GtkSelectionModel *model)
{
  return search_for (model, "an");
}

static gboolean
search_for_all (GtkSelectionModel *model)
{
  return search_for (model, "");
}

static gboolean
take_people (GtkSelectionModel *model)
{
  g_autoptr (RosterPeople) people = roster_selection_dup_people (ROSTER_SELECTION (model));

  return roster_people_get_n (people) > 0;
}

static void
bench_is_selected (GtkSelectionModel *model, guint n)
{
  g_autofree double *us = g_new (double, N_GETS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < N_GETS; i++)
    {
      guint position = (guint) g_rand_int_range (rand, 0, (gint) n);
      gint64 begin_ns = bench_now_ns ();
      gboolean is_selected = gtk_selection_model_is_selected (model, position);

      us[i] = (double) (bench_now_ns () - begin_ns) / 1e3;
      g_assert_true (is_selected);
    }
  report ("is-selected-p99", n, us, N_GETS, "µs", GET_LIMIT_US);
}

/* Selecting, at the worst: all of them, in an order that has nothing to do with their slots. */
static void
bench_selection (RosterPersonList *list, guint n)
{
  static const struct
  {
    const char *name; /* NULL: not measured */
    gboolean (*action) (GtkSelectionModel *model);
  } steps[] = {
    { "unselect-all", gtk_selection_model_unselect_all },
    { "select-range", select_from_first_to_last },
    { "shrink-range", select_only_last },
    { "end-and-choose-one", choose_one },
    { "select-two", select_two },
    { "select-three", select_three },
    { NULL, search_for_some },
    { "select-found", gtk_selection_model_select_all },
    { "take-selected", take_people },
    { "unselect-found", gtk_selection_model_unselect_all },
    { NULL, search_for_all },
    { "select-all", gtk_selection_model_select_all },
  };
  g_autoptr (RosterSelection) selection = roster_selection_new (list);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (selection);
  guint n_objects_before = n_objects;

  search_for_all (model);
  gtk_selection_model_select_all (model);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 begin_ns = bench_thread_now_ns ();
      gboolean done = steps[i].action (model);
      double ms = (double) (bench_thread_now_ns () - begin_ns) / 1e6;
      g_autofree char *name = NULL;

      g_assert_true (done);
      if (!steps[i].name)
        continue;
      name = g_strdup_printf ("list/%s/%u", steps[i].name, n);
      bench_report (name, ms, "ms", n > 100000 ? 2 * STALL_LIMIT_MS : STALL_LIMIT_MS, BENCH_AT_MOST,
                    1);
    }
  bench_is_selected (model, n);
  /* The one who was chosen. */
  g_assert_cmpuint (n_objects, ==, n_objects_before + 1);
}

/* The longest iteration of the main loop in which the list did something, nobody asking for its
 * items. In time of this thread's own, so that a busy machine does not count. */

static gint64 iteration_begin_ns;
static gint64 longest_ns;

static int
poll_cb (GPollFD *fds, guint n_fds, int timeout_ms)
{
  int result;

  longest_ns = MAX (longest_ns, bench_thread_now_ns () - iteration_begin_ns);
  result = g_poll (fds, n_fds, timeout_ms);
  iteration_begin_ns = bench_thread_now_ns ();
  return result;
}

static gboolean
search_cb (gpointer user_data)
{
  static guint n_typed;
  const char *session = bench_typing_sessions[n_typed++ % G_N_ELEMENTS (bench_typing_sessions)];

  roster_person_list_set_search (user_data, session);
  return G_SOURCE_REMOVE;
}

/* Somebody's name, and so their place, changes. */
static gboolean
change_cb (gpointer user_data)
{
  static guint n_changed;
  g_autoptr (RosterBatch) batch = roster_batch_new ();
  RosterPerson *person = roster_sample_person_new (n_changed);

  person->slot = n_changed + 1;
  person->name[0] = (char) ('A' + n_changed % 26);
  n_changed++;
  g_ptr_array_add (batch->people, person);
  roster_person_list_apply (user_data, batch);
  return G_SOURCE_REMOVE;
}

static gboolean
sort_cb (gpointer user_data)
{
  RosterSort sort = roster_person_list_get_sort (user_data);

  roster_person_list_set_sort (user_data, (sort + 1) % 3);
  return G_SOURCE_REMOVE;
}

static void
bench_stalls (RosterPersonList *list, guint n)
{
  g_main_context_set_poll_func (NULL, poll_cb);
  iteration_begin_ns = bench_thread_now_ns ();
  longest_ns = 0;
  for (guint i = 0; i < 2 * G_N_ELEMENTS (bench_typing_sessions); i++)
    {
      g_idle_add (search_cb, list);
      iterate_until_complete (list);
      g_idle_add (change_cb, list);
      iterate_until_complete (list);
      if (i % G_N_ELEMENTS (bench_typing_sessions) == 0)
        g_idle_add (sort_cb, list);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_context_set_poll_func (NULL, NULL);
  g_autofree char *name = g_strdup_printf ("list/longest-iteration/%u", n);
  bench_report (name, (double) longest_ns / 1e6, "ms",
                n > 100000 ? 2 * STALL_LIMIT_MS : STALL_LIMIT_MS, BENCH_AT_MOST, 1);
}

/* Many people change at once: how long the main loop is kept, and how long it takes in all. */

typedef struct
{
  RosterPersonList *list;
  RosterBatch *batch;
} Change;

static gboolean
apply_cb (gpointer user_data)
{
  Change *change = user_data;

  roster_person_list_apply (change->list, change->batch);
  g_clear_pointer (&change->batch, roster_batch_free);
  return G_SOURCE_REMOVE;
}

static void
report_change (const char *what, const char *name, guint n, double ms, double limit_ms)
{
  g_autofree char *full_name = g_strdup_printf ("list/%s-%s/%u", what, name, n);

  bench_report (full_name, ms, "ms", limit_ms, BENCH_AT_MOST, 1);
}

static void
bench_change (RosterPersonList *list, guint n, const char *name, guint n_changed, gboolean removed)
{
  Change change = { list, roster_batch_new () };
  gint64 begin_ns;

  for (guint i = 0; i < n_changed; i++)
    {
      RosterPerson *person = roster_sample_person_new ((guint) ((guint64) i * n / n_changed));

      person->slot = (guint) ((guint64) i * n / n_changed) + 1;
      g_ptr_array_add (removed ? change.batch->removed : change.batch->people, person);
    }
  g_idle_add (apply_cb, &change);
  g_main_context_set_poll_func (NULL, poll_cb);
  begin_ns = bench_now_ns ();
  iteration_begin_ns = bench_thread_now_ns ();
  longest_ns = 0;
  while (change.batch || roster_person_list_is_behind (list))
    g_main_context_iteration (NULL, TRUE);
  g_main_context_iteration (NULL, FALSE);
  g_main_context_set_poll_func (NULL, NULL);
  report_change ("stall", name, n, (double) longest_ns / 1e6,
                 n > 100000 ? 2 * STALL_LIMIT_MS : STALL_LIMIT_MS);
  /* What is made anew is folded and sorted like a directory that is opened. */
  report_change ("done", name, n, (double) (bench_now_ns () - begin_ns) / 1e6, n * 8e-3 + 100);
}

static void
bench_changes (RosterPersonList *list, guint n)
{
  bench_change (list, n, "edit-1", 1, FALSE);
  bench_change (list, n, "edit-1000", 1000, FALSE);
  bench_change (list, n, "delete-a-tenth", n / 10, TRUE);
  bench_change (list, n, "restore-a-tenth", n / 10, FALSE);
  bench_change (list, n, "delete-all", n, TRUE);
  bench_change (list, n, "restore-all", n, FALSE);
}

int
main (int argc, char *argv[])
{
  static const guint sizes[] = { 10000, 100000, 1000000 };
  double get_item_us[G_N_ELEMENTS (sizes)];

  G_OBJECT_CLASS (g_type_class_ref (PERSON_TYPE_OBJECT))->constructed = constructed;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (RosterPersonList) list = roster_person_list_new ();

      list_people_fill (list, sizes[i]);

      get_item_us[i] = bench_get_item (list, sizes[i]);
      bench_first_page (list, sizes[i]);
      bench_rows (list, sizes[i]);
      bench_selection (list, sizes[i]);
      bench_stalls (list, sizes[i]);
      roster_person_list_set_search (list, "");
      bench_changes (list, sizes[i]);
    }
  /* It takes the same steps; only that more of it comes from memory. */
  bench_report ("list/get-item-growth/10000-to-1000000", get_item_us[2], "µs", get_item_us[0],
                BENCH_AT_MOST, GET_GROWTH);
  return bench_finish ();
}
