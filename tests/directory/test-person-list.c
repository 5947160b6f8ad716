/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list over snapshots made by hand: what it shows is always what an honest model shows. */

#include "config.h"

#include "list-people.h"
#include "roster-sample-people.h"
#include "roster-test.h"

typedef struct
{
  RosterPersonList *list;
  GPtrArray *mirror; /* of PersonObject: the items as the signals alone tell them */
  guint n_signals;
} Fixture;

static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint n_removed,
                  guint n_added,
                  Fixture *fixture)
{
  fixture->n_signals++;
  if (n_removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (fixture->mirror, (gint) (position + i),
                        g_list_model_get_item (model, position + i));

  /* GTK asks for others as well, such as those to whom it scrolls back. */
  for (guint i = 0; i < fixture->mirror->len; i += 1 + fixture->mirror->len / 16)
    {
      g_autoptr (PersonObject) person = g_list_model_get_item (model, i);

      g_assert_nonnull (person);
      g_assert_cmpstr (person_object_get_id (person), ==,
                       person_object_get_id (g_ptr_array_index (fixture->mirror, i)));
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = roster_person_list_new ();
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->n_signals = 0;
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->list, fixture);
  g_ptr_array_unref (fixture->mirror);
  /* What is still being looked for holds the list until it has been told to stop. */
  roster_test_finalize (fixture->list);
}

static void
assert_honest (Fixture *fixture)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->list));

  g_assert_cmpuint (fixture->mirror->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PersonObject) person = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_true (person == g_ptr_array_index (fixture->mirror, i));
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), n));
}

static gboolean
is_complete (gpointer list)
{
  return roster_person_list_get_complete (list);
}

static void
fill (Fixture *fixture, guint n)
{
  list_people_fill (fixture->list, n);
  assert_honest (fixture);
}

static void
search (Fixture *fixture, const char *text)
{
  roster_person_list_set_search (fixture->list, text);
  assert_honest (fixture);
  roster_test_wait (is_complete, fixture->list);
  assert_honest (fixture);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, 0);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (fixture->list)) == PERSON_TYPE_OBJECT);
  g_assert_cmpstr (roster_person_list_get_search (fixture->list), ==, "");
  g_assert_false (roster_person_list_get_complete (fixture->list));
  assert_honest (fixture);
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  guint n_search = 0, n_sort = 0, n_matches = 0;

  g_signal_connect (fixture->list, "notify::search", G_CALLBACK (count_cb), &n_search);
  g_signal_connect (fixture->list, "notify::sort", G_CALLBACK (count_cb), &n_sort);
  g_signal_connect (fixture->list, "notify::n-matches", G_CALLBACK (count_cb), &n_matches);
  fill (fixture, 100);
  g_assert_cmpuint (n_matches, ==, 1);
  search (fixture, "nobody is called this");
  g_assert_cmpuint (n_search, ==, 1);
  g_assert_cmpuint (n_matches, ==, 2);
  g_assert_cmpuint (fixture->mirror->len, ==, 0);
  roster_person_list_set_search (fixture->list, "nobody is called this");
  roster_person_list_set_sort (fixture->list, ROSTER_SORT_NAME);
  g_assert_cmpuint (n_search, ==, 1);
  g_assert_cmpuint (n_sort, ==, 0);
  roster_person_list_set_search (fixture->list, NULL);
  g_assert_cmpuint (n_search, ==, 2);
  g_assert_cmpuint (fixture->mirror->len, ==, 100);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (PersonObject) first = NULL;

  for (guint i = 0; i < 10; i++)
    {
      RosterPerson *person = roster_sample_person_new (i);

      person->slot = i + 1;
      g_ptr_array_add (page, person);
    }
  roster_person_list_set_preview (fixture->list, page);
  assert_honest (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 10);
  first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_cmpuint (person_object_get_person (first)->slot, ==, 1);

  /* Typed before everybody is there: found as soon as they are. */
  roster_person_list_set_search (fixture->list, person_object_get_email (first));
  g_assert_false (roster_person_list_get_complete (fixture->list));
  fill (fixture, 1000);
  roster_test_wait (is_complete, fixture->list);
  assert_honest (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 1);
  g_assert_true (g_ptr_array_index (fixture->mirror, 0) == first);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  static const char *typed[] = { "a", "an", "ann", "an", "a", "", "0", "@example.org", "", "e o" };

  fill (fixture, 20000);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      guint n = 0;

      search (fixture, typed[i]);
      for (guint slot = 1; slot <= 20000; slot++)
        n += roster_query_matches (roster_person_list_get_query (fixture->list),
                                   roster_person_list_get_index (fixture->list), slot);
      g_assert_cmpuint (fixture->mirror->len, ==, *typed[i] ? n : 20000);
    }
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  fill (fixture, 60000);
  /* Typed faster than anything is found: what shows in the end is what was typed last. */
  roster_person_list_set_search (fixture->list, "zzzz");
  roster_person_list_set_search (fixture->list, "qqqq");
  roster_person_list_set_search (fixture->list, "@example.com");
  search (fixture, "@example.net");
  for (guint i = 0; i < fixture->mirror->len; i++)
    g_assert_nonnull (
        strstr (person_object_get_email (g_ptr_array_index (fixture->mirror, i)), "@example.net"));
  g_assert_cmpuint (fixture->mirror->len, >, 1000);
}

static gboolean
is_sorted_by_added (gpointer user_data)
{
  GPtrArray *mirror = user_data;

  for (guint i = 1; i < mirror->len; i++)
    if (person_object_get_created_at (g_ptr_array_index (mirror, i - 1)) <
        person_object_get_created_at (g_ptr_array_index (mirror, i)))
      return FALSE;
  return TRUE;
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  fill (fixture, 3000);
  g_assert_false (is_sorted_by_added (fixture->mirror));
  roster_person_list_set_sort (fixture->list, ROSTER_SORT_ADDED);
  roster_test_wait (is_sorted_by_added, fixture->mirror);
  assert_honest (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 3000);
}

static void
apply (Fixture *fixture, RosterPerson *person, gboolean remove)
{
  list_people_apply (fixture->list, person, remove);
  assert_honest (fixture);
}

static void
test_apply (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) object = NULL;
  RosterPerson *person;
  guint n_notified = 0;
  guint position = 0;

  fill (fixture, 1000);
  object = g_list_model_get_item (G_LIST_MODEL (fixture->list), 500);
  g_signal_connect (object, "notify::phone", G_CALLBACK (count_cb), &n_notified);

  /* A change in place touches no row but tells the object. */
  fixture->n_signals = 0;
  person = roster_person_copy (person_object_get_person (object));
  g_free (person->phone);
  person->phone = g_strdup ("+1 555 0199");
  apply (fixture, person, FALSE);
  g_assert_cmpuint (fixture->n_signals, ==, 0);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (person_object_get_phone (object), ==, "+1 555 0199");

  /* A new name moves one row; it is the same object. */
  person = roster_person_copy (person_object_get_person (object));
  g_free (person->name);
  person->name = g_strdup ("  ");
  apply (fixture, person, FALSE);
  g_assert_cmpuint (fixture->n_signals, ==, 2);
  g_assert_true (roster_person_list_find (fixture->list, object, &position));
  g_assert_cmpuint (position, ==, 0);

  apply (fixture, roster_person_copy (person_object_get_person (object)), TRUE);
  g_assert_cmpuint (fixture->n_signals, ==, 3);
  g_assert_cmpuint (fixture->mirror->len, ==, 999);
  g_assert_false (roster_person_list_find (fixture->list, object, NULL));
}

static void
test_apply_while_searching (Fixture *fixture, gconstpointer data)
{
  RosterPerson *person;

  fill (fixture, 5000);
  search (fixture, "zyxwv");
  g_assert_cmpuint (fixture->mirror->len, ==, 0);

  person = roster_person_new ("c0000000000000000000000zz", "Zyxwv", "z@example.com", "+1 555 0100");
  person->slot = 6000;
  apply (fixture, person, FALSE);
  g_assert_cmpuint (fixture->mirror->len, ==, 1);

  person = roster_person_copy (person_object_get_person (g_ptr_array_index (fixture->mirror, 0)));
  g_free (person->name);
  person->name = g_strdup ("Somebody Else");
  apply (fixture, person, FALSE);
  g_assert_cmpuint (fixture->mirror->len, ==, 0);

  person = roster_person_new ("c0000000000000000000000zz", "Zyxwv", "z@example.com", "+1 555 0100");
  person->slot = 6000;
  apply (fixture, person, TRUE);
  search (fixture, "");
  g_assert_cmpuint (fixture->mirror->len, ==, 5000);
}

/* A batch of @n people from number @first on, every @step of them. */
static void
apply_many (Fixture *fixture, guint first, guint n, guint step, gboolean removed)
{
  g_autoptr (RosterBatch) batch = roster_batch_new ();

  for (guint i = 0; i < n; i++)
    {
      RosterPerson *person = roster_sample_person_new (first + i * step);

      person->slot = first + i * step + 1;
      g_ptr_array_add (removed ? batch->removed : batch->people, person);
    }
  roster_person_list_apply (fixture->list, batch);
}

static gboolean
is_up_to_date (gpointer list)
{
  return !roster_person_list_is_behind (list);
}

static gboolean
is_sorted (gpointer list)
{
  return roster_order_get_sort (roster_person_list_get_order (list)) ==
         roster_person_list_get_sort (list);
}

/* Until it is ready, the list is as it was, whole. */
static void
test_apply_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) gone = NULL;
  g_autoptr (PersonObject) stays = NULL;
  guint n_notified = 0;

  fill (fixture, 10000);
  gone = roster_person_list_dup_object_at (fixture->list, 1);
  stays = roster_person_list_dup_object_at (fixture->list, 2);
  g_signal_connect (fixture->list, "notify::n-people", G_CALLBACK (count_cb), &n_notified);

  apply_many (fixture, 0, 5000, 2, TRUE);
  g_assert_true (roster_person_list_is_behind (fixture->list));
  g_assert_cmpuint (fixture->mirror->len, ==, 10000);
  g_assert_true (roster_person_list_find (fixture->list, gone, NULL));
  g_assert_cmpuint (n_notified, ==, 0);
  assert_honest (fixture);
  roster_test_wait (is_up_to_date, fixture->list);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpuint (fixture->mirror->len, ==, 5000);
  g_assert_false (roster_person_list_has (fixture->list, gone));
  g_assert_true (roster_person_list_find (fixture->list, stays, NULL));
  assert_honest (fixture);

  apply_many (fixture, 0, 5000, 2, FALSE);
  roster_test_wait (is_up_to_date, fixture->list);
  g_assert_cmpuint (fixture->mirror->len, ==, 10000);
  assert_honest (fixture);

  apply_many (fixture, 0, 10000, 1, TRUE);
  roster_test_wait (is_up_to_date, fixture->list);
  g_assert_cmpuint (fixture->mirror->len, ==, 0);
  assert_honest (fixture);
}

/* What is typed, sorted and changed while many change counts afterwards. */
static void
test_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PersonObject) changed = NULL;
  RosterPerson *person;

  fill (fixture, 10000);
  search (fixture, "an");
  apply_many (fixture, 10000, 10000, 1, FALSE);
  roster_person_list_set_search (fixture->list, "zyxwv");
  roster_person_list_set_sort (fixture->list, ROSTER_SORT_ADDED);
  person = roster_sample_person_new (5);
  person->slot = 6;
  g_free (person->name);
  person->name = g_strdup ("Zyxwv");
  apply (fixture, person, FALSE);
  apply_many (fixture, 10000, 5000, 1, TRUE);
  assert_honest (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 0);

  roster_test_wait (is_up_to_date, fixture->list);
  roster_test_wait (is_complete, fixture->list);
  assert_honest (fixture);
  g_assert_cmpuint (fixture->mirror->len, ==, 1);
  changed = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);
  g_assert_cmpstr (person_object_get_name (changed), ==, "Zyxwv");
  search (fixture, "");
  g_assert_cmpuint (fixture->mirror->len, ==, 15000);
  roster_test_wait (is_sorted, fixture->list);
  assert_honest (fixture);
}

/* Everything at once, at random: searches, sorts and changes, none of them waited for. */
static void
test_any (Fixture *fixture, gconstpointer data)
{
  static const char *typed[] = { "", "a", "an", "e", "@example.org", "12", "b c" };
  guint n = 20000;

  fill (fixture, n);
  for (guint round = 0; round < 600; round++)
    {
      guint number = (guint) g_test_rand_int_range (0, (gint) n + 500);
      RosterPerson *person = roster_sample_person_new (number);

      person->slot = number + 1;
      switch (g_test_rand_int_range (0, 7))
        {
        case 6:
          apply_many (fixture, number, 20, 7, g_test_rand_bit ());
          break;
        case 0:
          roster_person_list_set_search (fixture->list,
                                         typed[g_test_rand_int_range (0, G_N_ELEMENTS (typed))]);
          break;
        case 1:
          roster_person_list_set_sort (fixture->list, g_test_rand_int_range (0, 3));
          break;
        case 2:
          apply (fixture, g_steal_pointer (&person), TRUE);
          break;
        case 3:
          g_main_context_iteration (NULL, FALSE);
          break;
        default:
          g_free (person->name);
          person->name = g_strdup_printf ("%c Person", g_test_rand_int_range ('A', 'Z' + 1));
          apply (fixture, g_steal_pointer (&person), FALSE);
          break;
        }
      g_clear_pointer (&person, roster_person_free);
      if (round % 50 == 0)
        assert_honest (fixture);
    }
  roster_test_wait (is_up_to_date, fixture->list);
  search (fixture, "");
  g_assert_cmpuint (fixture->mirror->len, ==,
                    roster_index_get_n_people (roster_person_list_get_index (fixture->list)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/directory/person-list/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new", test_new);
  ADD ("notify", test_notify);
  ADD ("preview", test_preview);
  ADD ("search", test_search);
  ADD ("stale", test_stale);
  ADD ("sort", test_sort);
  ADD ("apply", test_apply);
  ADD ("apply-while-searching", test_apply_while_searching);
  ADD ("apply-many", test_apply_many);
  ADD ("meanwhile", test_meanwhile);
  ADD ("any", test_any);
  return g_test_run ();
}
