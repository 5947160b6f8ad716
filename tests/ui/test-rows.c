/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list view over the list, scrolled to the middle of many people: a change of one of them binds
 * no other row anew and moves none on the screen, in any order, searched or not. Needs a display.
 */

#include "config.h"

#include <gtk/gtk.h>

#include "list-people.h"
#include "roster-sample-people.h"
#include "roster-test.h"

#define N_PEOPLE 100000
/* One that comes into sight for one that leaves it, and the one that changed. */
#define MAX_BINDS 4

typedef struct
{
  RosterPersonList *list;
  GtkWindow *window;
  GtkWidget *view;
  GHashTable *rows; /* PersonObject → GtkListItem, of the rows there are */
  guint n_binds;
  guint n_frames;
} Fixture;

typedef struct
{
  const char *name;
  RosterSort sort;
  const char *search;
} Case;

/* As the rows of the window do it; "bind" would tell of a new position as well. */
static void
item_cb (GtkListItem *item, GParamSpec *pspec, Fixture *fixture)
{
  PersonObject *before = g_object_get_data (G_OBJECT (item), "person");
  PersonObject *person = gtk_list_item_get_item (item);

  if (g_hash_table_lookup (fixture->rows, before) == item)
    g_hash_table_remove (fixture->rows, before);
  g_object_set_data (G_OBJECT (item), "person", person);
  if (!person)
    return;
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), person_object_get_name (person));
  g_hash_table_insert (fixture->rows, person, item);
  fixture->n_binds++;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Fixture *fixture)
{
  gtk_list_item_set_child (item, gtk_label_new (NULL));
  g_signal_connect (item, "notify::item", G_CALLBACK (item_cb), fixture);
}

static void
after_paint_cb (GdkFrameClock *clock, Fixture *fixture)
{
  fixture->n_frames++;
}

static gboolean
is_painted (gpointer fixture)
{
  Fixture *self = fixture;

  gtk_widget_queue_draw (self->view);
  return self->n_frames >= 3;
}

/* Until GTK has laid out what it was told. */
static void
settle (Fixture *fixture)
{
  fixture->n_frames = 0;
  roster_test_wait (is_painted, fixture);
}

static gboolean
is_ready (gpointer list)
{
  return roster_person_list_get_complete (list) &&
         roster_order_get_sort (roster_person_list_get_order (list)) ==
             roster_person_list_get_sort (list);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Case *a_case = data;
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkSelectionModel *selection;

  fixture->list = roster_person_list_new ();
  roster_person_list_set_sort (fixture->list, a_case->sort);
  list_people_fill (fixture->list, N_PEOPLE);
  roster_person_list_set_search (fixture->list, a_case->search);
  roster_test_wait (is_ready, fixture->list);

  fixture->rows = g_hash_table_new (NULL, NULL);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), fixture);
  selection =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (fixture->list))));
  fixture->view = gtk_list_view_new (selection, factory);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->window, 300, 600);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), fixture->view);
  gtk_window_set_child (fixture->window, scrolled);
  gtk_window_present (fixture->window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (fixture->window)), "after-paint",
                    G_CALLBACK (after_paint_cb), fixture);
  settle (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  g_hash_table_unref (fixture->rows);
  roster_test_finalize (fixture->list);
}

static double
get_y (Fixture *fixture, PersonObject *person)
{
  GtkListItem *item = g_hash_table_lookup (fixture->rows, person);
  graphene_point_t point;

  g_assert_nonnull (item);
  g_assert_true (gtk_widget_compute_point (gtk_list_item_get_child (item),
                                           GTK_WIDGET (fixture->window),
                                           &GRAPHENE_POINT_INIT (0, 0), &point));
  return (double) point.y;
}

/* Changes @person and looks at the row of @seen. */
static void
assert_stays (Fixture *fixture, PersonObject *seen, RosterPerson *person, gboolean removed)
{
  double y = get_y (fixture, seen);

  g_assert_cmpfloat (y, >, 0);
  g_assert_cmpfloat (y, <, 600);
  fixture->n_binds = 0;
  list_people_apply (fixture->list, person, removed);
  settle (fixture);
  g_assert_cmpuint (fixture->n_binds, <=, MAX_BINDS);
  g_assert_cmpfloat (get_y (fixture, seen), ==, y);
}

static RosterPerson *
copy_at (Fixture *fixture, guint position)
{
  g_autoptr (PersonObject) person = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  return roster_person_copy (person_object_get_person (person));
}

static RosterPerson *
give_name (RosterPerson *person, const char *name, gint64 time_unix_ms)
{
  g_free (person->name);
  person->name = g_strdup (name);
  person->created_at_unix_ms = person->updated_at_unix_ms = time_unix_ms;
  return person;
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  guint middle = g_list_model_get_n_items (G_LIST_MODEL (fixture->list)) / 2;
  g_autoptr (PersonObject) seen = NULL;
  RosterPerson *person;
  double y;

  g_assert_cmpuint (middle, >, 1000);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (fixture->view, "list.scroll-to-item", "u", middle);
      settle (fixture);
    }
  seen = g_list_model_get_item (G_LIST_MODEL (fixture->list), middle);
  y = get_y (fixture, seen);

  /* In place: no row at all. */
  person = copy_at (fixture, middle);
  g_free (person->phone);
  person->phone = g_strdup ("+1 555 0100");
  assert_stays (fixture, seen, person, FALSE);
  g_assert_cmpuint (fixture->n_binds, ==, 0);

  /* From far away to far away, and past the window in both directions. */
  assert_stays (fixture, seen, give_name (copy_at (fixture, 10), "0 an", G_MAXINT64 / 2), FALSE);
  assert_stays (fixture, seen,
                give_name (copy_at (fixture, 2 * middle - 10), "0 an 1", G_MAXINT64 / 2), FALSE);
  assert_stays (fixture, seen, give_name (copy_at (fixture, 0), "鿿 an", 1), FALSE);

  /* New and gone, before and after. */
  for (guint i = 0; i < 2; i++)
    {
      person = give_name (roster_sample_person_new (N_PEOPLE + i), i == 0 ? "0 an" : "鿿 an",
                          i == 0 ? G_MAXINT64 / 2 : 1);
      person->slot = N_PEOPLE + 1 + i;
      assert_stays (fixture, seen, roster_person_copy (person), FALSE);
      assert_stays (fixture, seen, person, TRUE);
    }
  assert_stays (fixture, seen, copy_at (fixture, 5), TRUE);
  assert_stays (fixture, seen, copy_at (fixture, 2 * middle - 20), TRUE);
  g_assert_cmpfloat (get_y (fixture, seen), ==, y);
}

int
main (int argc, char *argv[])
{
  static const Case cases[] = {
    { "/rows/name", ROSTER_SORT_NAME, "" },
    { "/rows/added", ROSTER_SORT_ADDED, "" },
    { "/rows/changed", ROSTER_SORT_CHANGED, "" },
    { "/rows/name/search", ROSTER_SORT_NAME, "an" },
    { "/rows/added/search", ROSTER_SORT_ADDED, "an" },
    { "/rows/changed/search", ROSTER_SORT_CHANGED, "an" },
  };

  gtk_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].name, Fixture, &cases[i], set_up, test_one, tear_down);
  return g_test_run ();
}
