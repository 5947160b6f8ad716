/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a keystroke to the painted frame: a GtkListView over Roster's list, against the same list
 * view and rows over a bare array that already knows the answer. Both show the same people, take
 * turns, and are timed until the frame after the last change has been painted and nothing is left
 * to do.
 */

#include "config.h"

#include <gtk/gtk.h>
#include <string.h>

#include "bench.h"
#include "roster-person-list-private.h"
#include "roster-person-row.h"
#include "roster-sample-people.h"

#define N_ROUNDS 5
#define FACTOR 1.2

static const char *const sessions[] = {
  "a",  "an", "ann", "anna", "", "m",  "mü", "mül", "", "s",  "sm",   "smi", "",   "0",
  "04", "",   "и",   "ив",   "", "王", "",   "김",  "", "@e", "@exa", "",    "zq", "",
};

/* A bare array as a list model. */

#define TEST_TYPE_ARRAY (test_array_get_type ())
G_DECLARE_FINAL_TYPE (TestArray, test_array, TEST, ARRAY, GObject)

struct _TestArray
{
  GObject parent_instance;
  GPtrArray *people;
};

static GType
get_item_type (GListModel *model)
{
  return PERSON_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return TEST_ARRAY (model)->people->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  TestArray *self = TEST_ARRAY (model);

  return position < self->people->len ? g_object_ref (g_ptr_array_index (self->people, position))
                                      : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestArray,
                               test_array,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
test_array_finalize (GObject *object)
{
  g_ptr_array_unref (TEST_ARRAY (object)->people);
  G_OBJECT_CLASS (test_array_parent_class)->finalize (object);
}

static void
test_array_class_init (TestArrayClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_array_finalize;
}

static void
test_array_init (TestArray *self)
{
  self->people = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
test_array_take (TestArray *self, GPtrArray *people)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->people);

  self->people = g_ptr_array_new ();
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, 0);
  g_ptr_array_unref (self->people);
  self->people = people;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, people->len);
}

/* A window with a list view of Roster's rows. */

typedef struct
{
  GtkWindow *window;
  GtkListView *view;
  guint n_frames;
} View;

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RosterPersonList *list)
{
  GtkWidget *row = roster_person_row_new (list);

  gtk_list_item_set_child (item, row);
  g_object_bind_property (item, "item", row, "person", G_BINDING_SYNC_CREATE);
}

static void
after_paint_cb (GdkFrameClock *clock, View *view)
{
  view->n_frames++;
}

static void
view_init (View *view, RosterPersonList *list, GListModel *model)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (model));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_single_selection_set_autoselect (selection, FALSE);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), list);
  view->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  view->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (view->window, 400, 640);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (view->view));
  gtk_window_set_child (view->window, scrolled);
  gtk_window_present (view->window);
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (view->window)), "after-paint",
                    G_CALLBACK (after_paint_cb), view);
}

static void
wait_until_complete (RosterPersonList *list)
{
  while (!roster_person_list_get_complete (list))
    g_main_context_iteration (NULL, TRUE);
}

/* Until a frame was painted and there is nothing more to do. */
static void
settle (View *view)
{
  guint n_frames = view->n_frames;

  gtk_widget_queue_draw (GTK_WIDGET (view->view));
  while (view->n_frames == n_frames)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GPtrArray *
dup_items (GListModel *model)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, g_list_model_get_item (model, i));
  return items;
}

static RosterPersonList *
make_list (guint n_people)
{
  RosterIndexBuilder *builder = roster_index_builder_new ();
  g_autoptr (RosterIndex) index = NULL;
  g_autoptr (RosterOrder) order = NULL;
  RosterPersonList *list = roster_person_list_new ();

  for (guint i = 0; i < n_people; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new (i);

      roster_index_builder_add (builder, i + 1,
                                &(RosterPersonView){ person->id, person->name, person->email,
                                                     person->phone, person->created_at_unix_ms,
                                                     person->updated_at_unix_ms });
    }
  index = roster_index_builder_end (builder);
  order = roster_order_new (index, ROSTER_SORT_NAME, NULL);
  roster_person_list_set_snapshot (list, index, order);
  return list;
}

/* (element-type GPtrArray): what each of the sessions finds. */
static GPtrArray *
find_answers (RosterPersonList *list)
{
  GPtrArray *answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      roster_person_list_set_search (list, sessions[i]);
      wait_until_complete (list);
      g_ptr_array_add (answers, dup_items (G_LIST_MODEL (list)));
    }
  return answers;
}

static void
bench (guint n_people)
{
  double roster_ms[N_ROUNDS * G_N_ELEMENTS (sessions)];
  double bare_ms[N_ROUNDS * G_N_ELEMENTS (sessions)];
  gsize n = 0;
  g_autoptr (RosterPersonList) list = NULL;
  g_autoptr (RosterPersonList) query = roster_person_list_new (); /* what the bare rows highlight */
  g_autoptr (TestArray) bare = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autofree char *name = g_strdup_printf ("frame/keystroke-to-painted-p50/%u", n_people);
  View roster_view = { 0 }, bare_view = { 0 };

  list = make_list (n_people);
  bare = g_object_new (TEST_TYPE_ARRAY, NULL);
  test_array_take (bare, dup_items (G_LIST_MODEL (list)));
  answers = find_answers (list);
  view_init (&roster_view, list, G_LIST_MODEL (list));
  view_init (&bare_view, query, G_LIST_MODEL (bare));
  settle (&roster_view);
  settle (&bare_view);

  for (guint round = 0; round < N_ROUNDS; round++)
    for (guint i = 0; i < G_N_ELEMENTS (sessions); i++, n++)
      {
        gint64 begin_ns = bench_now_ns ();

        roster_person_list_set_search (list, sessions[i]);
        wait_until_complete (list);
        settle (&roster_view);
        roster_ms[n] = (double) (bench_now_ns () - begin_ns) / 1e6;

        begin_ns = bench_now_ns ();
        g_object_freeze_notify (G_OBJECT (query));
        roster_person_list_set_search (query, sessions[i]);
        test_array_take (bare, g_ptr_array_ref (g_ptr_array_index (answers, i)));
        g_object_thaw_notify (G_OBJECT (query));
        settle (&bare_view);
        bare_ms[n] = (double) (bench_now_ns () - begin_ns) / 1e6;
      }

  bench_report (name, bench_percentile (roster_ms, n, 50), "ms", bench_percentile (bare_ms, n, 50),
                BENCH_AT_MOST, FACTOR);
  gtk_window_destroy (roster_view.window);
  gtk_window_destroy (bare_view.window);
}

/* Arguments: how many people, one size after the other. */
int
main (int argc, char *argv[])
{
  gtk_init ();
  for (int i = 1; i < argc; i++)
    bench ((guint) g_ascii_strtoull (argv[i], NULL, 10));
  return bench_finish ();
}
