/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The selection against a plain model of it: a set of ids. What its signals tell is mirrored as
 * GtkListView mirrors it, and has to be what the selection then says. */

#include "config.h"

#include "list-people.h"
#include "roster-sample-people.h"
#include "roster-selection.h"
#include "roster-test.h"

typedef struct
{
  RosterPersonList *list;
  RosterSelection *selection;
  GtkSelectionModel *model;
  GArray *mirror; /* of gboolean: which rows are selected, as the signals alone tell */
  guint n_signals;
} Fixture;

static guint n_objects;

static void
constructed (GObject *object)
{
  n_objects++;
}

static void
selection_changed_cb (GtkSelectionModel *model, guint position, guint n_items, Fixture *fixture)
{
  gboolean *rows = (gpointer) fixture->mirror->data;

  /* No row more than needed. */
  g_assert_cmpint (rows[position], !=, gtk_selection_model_is_selected (model, position));
  g_assert_cmpint (rows[position + n_items - 1], !=,
                   gtk_selection_model_is_selected (model, position + n_items - 1));
  for (guint i = position; i < position + n_items; i++)
    rows[i] = gtk_selection_model_is_selected (model, i);
  fixture->n_signals++;
}

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  Fixture *fixture)
{
  if (n_removed > 0)
    g_array_remove_range (fixture->mirror, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    {
      gboolean selected =
          gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), position + i);

      g_array_insert_val (fixture->mirror, position + i, selected);
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = roster_person_list_new ();
  fixture->selection = roster_selection_new (fixture->list);
  fixture->model = GTK_SELECTION_MODEL (fixture->selection);
  fixture->mirror = g_array_new (FALSE, FALSE, sizeof (gboolean));
  fixture->n_signals = 0;
  g_signal_connect (fixture->model, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect (fixture->model, "selection-changed", G_CALLBACK (selection_changed_cb),
                    fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->model, fixture);
  g_array_unref (fixture->mirror);
  roster_test_finalize (fixture->selection);
  roster_test_finalize (fixture->list);
}

static guint
get_n (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->model));
}

/* Everything that the selection says is the same, and what was told. */
static void
assert_honest (Fixture *fixture)
{
  guint n = get_n (fixture);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (fixture->model);
  g_autoptr (RosterPeople) people = roster_selection_dup_people (fixture->selection);
  guint cursor = 0;

  g_assert_cmpuint (fixture->mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      gboolean is_selected = gtk_selection_model_is_selected (fixture->model, i);

      g_assert_cmpint (g_array_index (fixture->mirror, gboolean, i), ==, is_selected);
      g_assert_cmpint (gtk_bitset_contains (selected, i), ==, is_selected);
      if (is_selected && roster_selection_get_selecting (fixture->selection))
        {
          g_autoptr (PersonObject) person =
              g_list_model_get_item (G_LIST_MODEL (fixture->model), i);
          RosterPersonView view;

          g_assert_true (roster_people_next (people, &cursor, &view));
          g_assert_cmpstr (view.id, ==, person_object_get_id (person));
        }
    }
  if (roster_selection_get_selecting (fixture->selection))
    {
      g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), ==,
                        gtk_bitset_get_size (selected));
      g_assert_cmpuint (roster_people_get_n (people), ==, gtk_bitset_get_size (selected));
    }
  else
    {
      g_assert_cmpuint (gtk_bitset_get_size (selected), <=, 1);
      g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), ==, 0);
    }
}

static void
fill (Fixture *fixture, guint n)
{
  list_people_fill (fixture->list, n);
  assert_honest (fixture);
}

static gboolean
is_complete (gpointer list)
{
  return roster_person_list_get_complete (list);
}

static void
search (Fixture *fixture, const char *text)
{
  roster_person_list_set_search (fixture->list, text);
  roster_test_wait (is_complete, fixture->list);
  assert_honest (fixture);
}

/* The positions that are selected, such as "1 4 5". */
static char *
describe (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);

  assert_honest (fixture);
  for (guint i = 0; i < get_n (fixture); i++)
    if (gtk_selection_model_is_selected (fixture->model, i))
      g_string_append_printf (text, text->len > 0 ? " %u" : "%u", i);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

#define assert_selected(fixture, positions)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *selected = describe (fixture);                                                \
    g_assert_cmpstr (selected, ==, positions);                                                     \
  }                                                                                                \
  G_STMT_END

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->model)) == PERSON_TYPE_OBJECT);
  g_assert_cmpuint (get_n (fixture), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->model), 0));
  g_assert_null (roster_selection_get_person (fixture->selection));
  g_assert_null (roster_selection_dup_people (fixture->selection));
  g_assert_false (gtk_selection_model_select_all (fixture->model));
  g_assert_false (gtk_selection_model_select_item (fixture->model, 0, TRUE));
  g_assert_false (roster_selection_get_selecting (fixture->selection));
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  guint n_person = 0, n_selecting = 0, n_selected = 0, n_people = 0;

  fill (fixture, 10);
  g_signal_connect (fixture->selection, "notify::model", G_CALLBACK (count_cb), &n_people);
  g_signal_connect (fixture->selection, "notify::person", G_CALLBACK (count_cb), &n_person);
  g_signal_connect (fixture->selection, "notify::selecting", G_CALLBACK (count_cb), &n_selecting);
  g_signal_connect (fixture->selection, "notify::n-selected", G_CALLBACK (count_cb), &n_selected);
  for (guint i = 0; i < 2; i++)
    gtk_selection_model_select_item (fixture->model, 3, TRUE);
  g_assert_cmpuint (n_person, ==, 1);
  for (guint i = 0; i < 2; i++)
    gtk_selection_model_select_item (fixture->model, 4, FALSE);
  g_assert_cmpuint (n_selecting, ==, 1);
  g_assert_cmpuint (n_selected, ==, 1);
  g_object_set (fixture->selection, "selecting", TRUE, "model", fixture->list, NULL);
  g_assert_cmpuint (n_selecting + n_people, ==, 1);
  g_object_set (fixture->selection, "model", NULL, NULL);
  g_assert_cmpuint (n_people, ==, 1);
  g_assert_cmpuint (n_person, ==, 2);
  g_assert_cmpuint (n_selecting, ==, 2);
  assert_selected (fixture, "");
}

/* Outside selection mode: one person, whatever becomes of their row. */
static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) person = NULL;
  RosterPerson *taker;
  guint position = 0;

  fill (fixture, 300);
  gtk_selection_model_select_item (fixture->model, 7, TRUE);
  assert_selected (fixture, "7");
  gtk_selection_model_select_item (fixture->model, 250, TRUE);
  assert_selected (fixture, "250");
  g_assert_cmpuint (fixture->n_signals, ==, 2);
  person = g_object_ref (roster_selection_get_person (fixture->selection));

  search (fixture, "nobody is called this");
  g_assert_true (roster_selection_get_person (fixture->selection) == person);
  g_assert_false (roster_selection_get_position (fixture->selection, &position));
  search (fixture, "");
  assert_selected (fixture, "250");
  g_assert_true (roster_selection_get_position (fixture->selection, &position));
  g_assert_cmpuint (position, ==, 250);

  taker = roster_person_new ("c0000000000000000000000zz", "Aaa", "z@example.com", "+1 555 0100");
  taker->slot = person_object_get_person (person)->slot;
  list_people_apply (fixture->list, roster_person_copy (person_object_get_person (person)), TRUE);
  assert_selected (fixture, "");
  list_people_apply (fixture->list, taker, FALSE);
  assert_selected (fixture, "");
  roster_selection_set_person (fixture->selection, person);
  assert_selected (fixture, "");
}

/* As GtkListView asks for Control and Space. */
static void
test_one_by_one (Fixture *fixture, gconstpointer data)
{
  fill (fixture, 20);
  gtk_selection_model_select_item (fixture->model, 5, TRUE);
  gtk_selection_model_select_item (fixture->model, 9, FALSE);
  assert_selected (fixture, "5 9");
  g_assert_false (gtk_selection_model_select_item (fixture->model, 2, TRUE));
  gtk_selection_model_unselect_item (fixture->model, 5);
  roster_selection_toggle (fixture->selection, 3);
  roster_selection_toggle (fixture->selection, 9);
  assert_selected (fixture, "3");

  roster_selection_set_selecting (fixture->selection, FALSE);
  assert_selected (fixture, "5");
  gtk_selection_model_unselect_item (fixture->model, 5);
  g_assert_true (roster_selection_get_selecting (fixture->selection));
  assert_selected (fixture, "5");
  roster_selection_set_selecting (fixture->selection, FALSE);
  roster_selection_set_selecting (fixture->selection, TRUE);
  assert_selected (fixture, "");
}

/* As GtkListView asks for Shift: from where it began to where one is now. */
static void
test_ranges (Fixture *fixture, gconstpointer data)
{
  fill (fixture, 30);
  gtk_selection_model_select_item (fixture->model, 5, TRUE);
  gtk_selection_model_select_range (fixture->model, 5, 4, TRUE);
  assert_selected (fixture, "5 6 7 8");
  gtk_selection_model_select_range (fixture->model, 5, 2, TRUE);
  assert_selected (fixture, "5 6");
  gtk_selection_model_select_range (fixture->model, 3, 3, TRUE);
  assert_selected (fixture, "3 4 5");
  /* What is selected by then stays when another range begins. */
  roster_selection_toggle (fixture->selection, 20);
  gtk_selection_model_select_range (fixture->model, 20, 5, TRUE);
  gtk_selection_model_select_range (fixture->model, 20, 2, TRUE);
  assert_selected (fixture, "3 4 5 20 21");
  gtk_selection_model_select_item (fixture->model, 25, TRUE);
  gtk_selection_model_select_range (fixture->model, 25, G_MAXUINT, TRUE);
  assert_selected (fixture, "3 4 5 20 21 25 26 27 28 29");
  gtk_selection_model_unselect_range (fixture->model, 4, 17);
  assert_selected (fixture, "3 21 25 26 27 28 29");
  g_assert_false (gtk_selection_model_select_range (fixture->model, 30, 1, FALSE));
}

static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPeople) people = NULL;
  guint n_all, n_first;

  fill (fixture, 3000);
  search (fixture, "a");
  n_first = get_n (fixture);
  gtk_selection_model_select_all (fixture->model);
  search (fixture, "an");
  n_all = get_n (fixture);
  g_assert_cmpuint (n_all, <, n_first);
  g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), ==, n_all);
  g_assert_cmpuint (roster_selection_get_n_hidden (fixture->selection), ==, n_first - n_all);

  search (fixture, "nobody is called this");
  people = roster_selection_dup_people (fixture->selection);
  g_assert_cmpuint (roster_people_get_n (people), ==, 0);
  g_assert_cmpuint (roster_selection_get_n_hidden (fixture->selection), ==, n_first);
  search (fixture, "");
  g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), ==, n_first);
  search (fixture, "an");
  gtk_selection_model_unselect_all (fixture->model);
  g_assert_cmpuint (roster_selection_get_n_hidden (fixture->selection), ==, 0);
}

/* All means all who are meant, also when not all have been found yet; unless one went on. */
static void
test_all_while_searching (Fixture *fixture, gconstpointer data)
{
  guint n_objects_before = n_objects;

  fill (fixture, 60000);
  n_objects_before = n_objects;
  roster_person_list_set_search (fixture->list, "a");
  g_assert_false (roster_person_list_get_complete (fixture->list));
  gtk_selection_model_select_all (fixture->model);
  g_assert_cmpuint (get_n (fixture), <, 60000);
  roster_test_wait (is_complete, fixture->list);
  g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), ==, get_n (fixture));
  g_assert_cmpuint (get_n (fixture), >, 10000);

  gtk_selection_model_unselect_all (fixture->model);
  roster_person_list_set_search (fixture->list, "e");
  gtk_selection_model_select_all (fixture->model);
  roster_selection_toggle (fixture->selection, 0);
  roster_test_wait (is_complete, fixture->list);
  g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), <, get_n (fixture));

  gtk_selection_model_unselect_all (fixture->model);
  roster_person_list_set_search (fixture->list, "an");
  gtk_selection_model_select_all (fixture->model);
  roster_person_list_set_search (fixture->list, "");
  g_assert_true (roster_person_list_get_complete (fixture->list));
  g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection), <, 1000);
  g_assert_cmpuint (n_objects, ==, n_objects_before);
}

static gboolean
is_idle (gpointer user_data)
{
  return !g_main_context_pending (NULL);
}

/* Anything in any order, against a set of ids. Slots are freed and taken by others. */
static void
test_any (Fixture *fixture, gconstpointer data)
{
  static const char *typed[] = { "", "a", "an", "e", "@example.org", "12", "b c" };
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_slots = 400;

  fill (fixture, n_slots);
  roster_selection_set_selecting (fixture->selection, TRUE);
  for (guint round = 0; round < 1500; round++)
    {
      guint n = get_n (fixture);
      guint position = n > 0 ? (guint) g_rand_int_range (rand, 0, (gint) n) : 0;
      guint n_items = n > 0 ? (guint) g_rand_int_range (rand, 1, (gint) (n - position) + 1) : 0;
      gboolean is_removal = FALSE, in = g_rand_boolean (rand);
      RosterPerson *person;

      switch (g_rand_int_range (rand, 0, 8))
        {
        case 0:
          search (fixture, typed[g_rand_int_range (rand, 0, G_N_ELEMENTS (typed))]);
          break;
        case 1:
          roster_person_list_set_sort (fixture->list, g_rand_int_range (rand, 0, 3));
          roster_test_wait (is_idle, NULL);
          break;
        case 2:
          is_removal = TRUE;
          G_GNUC_FALLTHROUGH;
        case 3:
          person = roster_sample_person_new ((guint) g_rand_int_range (rand, 0, 100000));
          person->slot = (guint) g_rand_int_range (rand, 1, (gint) n_slots + 50);
          {
            RosterPersonView view;
            RosterIndex *index = roster_person_list_get_index (fixture->list);

            /* Whoever is there keeps their id until they are removed. */
            if (roster_index_get (index, person->slot, &view))
              {
                if (is_removal)
                  g_hash_table_remove (ids, view.id);
                g_free (person->id);
                person->id = g_strdup (view.id);
              }
          }
          list_people_apply (fixture->list, person, is_removal);
          break;
        default:
          if (n == 0)
            break;
          n_items = g_rand_boolean (rand) ? 1 : n_items;
          for (guint i = position; i < position + n_items; i++)
            {
              g_autoptr (PersonObject) each =
                  g_list_model_get_item (G_LIST_MODEL (fixture->model), i);

              if (in)
                g_hash_table_add (ids, g_strdup (person_object_get_id (each)));
              else
                g_hash_table_remove (ids, person_object_get_id (each));
            }
          if (in)
            gtk_selection_model_select_range (fixture->model, position, n_items, FALSE);
          else
            gtk_selection_model_unselect_range (fixture->model, position, n_items);
          break;
        }

      assert_honest (fixture);
      g_assert_cmpuint (roster_selection_get_n_selected (fixture->selection) +
                            roster_selection_get_n_hidden (fixture->selection),
                        ==, g_hash_table_size (ids));
      for (guint i = 0; i < get_n (fixture); i++)
        {
          g_autoptr (PersonObject) each = g_list_model_get_item (G_LIST_MODEL (fixture->model), i);

          g_assert_cmpint (gtk_selection_model_is_selected (fixture->model, i), ==,
                           g_hash_table_contains (ids, person_object_get_id (each)));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  G_OBJECT_CLASS (g_type_class_ref (PERSON_TYPE_OBJECT))->constructed = constructed;
#define ADD(name, func)                                                                            \
  g_test_add ("/ui/selection-model/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new", test_new);
  ADD ("notify", test_notify);
  ADD ("person", test_person);
  ADD ("one-by-one", test_one_by_one);
  ADD ("ranges", test_ranges);
  ADD ("hidden", test_hidden);
  ADD ("all-while-searching", test_all_while_searching);
  ADD ("any", test_any);
  return g_test_run ();
}
