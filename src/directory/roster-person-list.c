/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The people who are shown, as a list model. It looks at immutable snapshots of everybody and their
 * order, and shows one sequence of slots; every change is a way from one sequence to the
 * next (RosterSlotDiff). Main thread; only searching and sorting anew happen elsewhere.
 */

#include "config.h"

#include "roster-elsewhere.h"
#include "roster-person-list-internal.h"
#include "roster-search.h"

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterPersonList,
                               roster_person_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

G_DEFINE_ENUM_TYPE (RosterSort,
                    roster_sort,
                    G_DEFINE_ENUM_VALUE (ROSTER_SORT_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (ROSTER_SORT_ADDED, "added"),
                    G_DEFINE_ENUM_VALUE (ROSTER_SORT_CHANGED, "changed"))

enum
{
  PROP_SEARCH = 1,
  PROP_SORT,
  PROP_N_PEOPLE,
  PROP_N_MATCHES,
  PROP_COMPLETE,
  N_PROPS
};

enum
{
  SIGNAL_REMOVED,
  SIGNAL_REPLACED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

/* What is shown */

void
roster_person_list_set_complete (RosterPersonList *self, gboolean complete)
{
  if (self->complete == complete)
    return;
  self->complete = complete;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COMPLETE]);
}

void
roster_person_list_show (RosterPersonList *self,
                         RosterSlots *slots,
                         const guint *changed,
                         gsize n_changed)
{
  guint n_before = roster_slot_diff_get_n (&self->diff);
  g_autoptr (RosterSlots) old_slots = g_steal_pointer (&self->diff.new_slots);
  guint position, n_removed, n_added;

  roster_slot_diff_init (&self->diff, old_slots, slots, changed, n_changed);
  while (roster_slot_diff_next (&self->diff, &position, &n_removed, &n_added))
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  g_clear_pointer (&self->index_before, roster_index_unref);
  if (n_changed > 0 && self->diff.coarse)
    g_signal_emit (self, signals[SIGNAL_REPLACED], 0, old_slots);
  if (roster_slot_diff_get_n (&self->diff) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_MATCHES]);
}

void
roster_person_list_stop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterPersonList) self = user_data;
  g_autoptr (GError) error = NULL;
  RosterSlots *slots = roster_search_finish (result, &error);

  if (!slots)
    return; /* cancelled: what was typed since is being looked for */
  g_clear_object (&self->searching);
  roster_person_list_show (self, slots, NULL, 0);
  roster_person_list_set_complete (self, TRUE);
}

static void
search_all (RosterPersonList *self)
{
  roster_person_list_stop (&self->searching);
  self->searching = g_cancellable_new ();
  roster_search_async (self->pool, self->query, self->index, self->order, self->searching,
                       searched_cb, g_object_ref (self));
}

static void
search (RosterPersonList *self)
{
  g_autoptr (RosterSlots) page = NULL;
  gboolean complete;

  roster_person_list_stop (&self->searching);
  if (!self->index)
    return;
  if (roster_query_is_empty (self->query))
    {
      roster_person_list_show (self, roster_slots_new_all (self->order, self->index), NULL, 0);
      roster_person_list_set_complete (self, TRUE);
      return;
    }

  /* The pool works while the first page is looked for here. */
  search_all (self);
  page = roster_search_first_page (self->query, self->index, self->order, &complete);
  if (page)
    roster_person_list_show (self, g_steal_pointer (&page), NULL, 0);
  if (complete)
    roster_person_list_stop (&self->searching);
  roster_person_list_set_complete (self, complete);
}

void
roster_person_list_update (RosterPersonList *self, const guint *changed, gsize n_changed)
{
  roster_person_list_show (self,
                           roster_search_update (self->diff.new_slots, self->query, self->index,
                                                 self->order, changed, n_changed),
                           changed, n_changed);
  if (!self->complete)
    search_all (self);
}

/* Sorting */

static void
sorted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterPersonList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterOrder) order = roster_sort_finish (result, &error);

  if (!order)
    return; /* cancelled: another order was asked for since */
  g_clear_object (&self->sorting);
  g_clear_pointer (&self->order, roster_order_unref);
  self->order = roster_order_apply (order, self->index, (gconstpointer) self->changed_since->data,
                                    self->changed_since->len);
  g_array_set_size (self->changed_since, 0);
  roster_person_list_update (self, NULL, 0);
}

void
roster_person_list_sort (RosterPersonList *self)
{
  roster_person_list_stop (&self->sorting);
  g_array_set_size (self->changed_since, 0);
  if (!self->index || self->changing || roster_order_get_sort (self->order) == self->sort)
    return;
  self->sorting = g_cancellable_new ();
  roster_sort_async (self->index, self->sort, self->sorting, sorted_cb, g_object_ref (self));
}

/* GListModel */

static GType
get_item_type (GListModel *model)
{
  return PERSON_TYPE_OBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return roster_slot_diff_get_n (&ROSTER_PERSON_LIST (model)->diff);
}

static gpointer
get_item (GListModel *model, guint position)
{
  RosterPersonList *self = ROSTER_PERSON_LIST (model);
  PersonObject *object;
  RosterPersonView view;
  guint slot;

  if (position >= roster_slot_diff_get_n (&self->diff))
    return NULL;
  slot = roster_slot_diff_get (&self->diff, position);
  object = roster_person_list_dup_object_at (self, slot);
  /* Who goes with one of the next steps is still there until then. */
  if (!object && self->index_before && roster_index_get (self->index_before, slot, &view))
    object = person_object_new (&ROSTER_PERSON_OF_VIEW (view, slot));
  return object;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* GObject */

static void
roster_person_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterPersonList *self = ROSTER_PERSON_LIST (object);

  switch (prop_id)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_SORT:
      g_value_set_enum (value, self->sort);
      break;
    case PROP_N_PEOPLE:
      g_value_set_uint (value, self->index ? roster_index_get_n_people (self->index) : 0);
      break;
    case PROP_N_MATCHES:
      g_value_set_uint (value, roster_slot_diff_get_n (&self->diff));
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, self->complete);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_person_list_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  RosterPersonList *self = ROSTER_PERSON_LIST (object);

  switch (prop_id)
    {
    case PROP_SEARCH:
      roster_person_list_set_search (self, g_value_get_string (value));
      break;
    case PROP_SORT:
      roster_person_list_set_sort (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_person_list_dispose (GObject *object)
{
  RosterPersonList *self = ROSTER_PERSON_LIST (object);

  roster_person_list_stop (&self->searching);
  roster_person_list_stop (&self->sorting);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  G_OBJECT_CLASS (roster_person_list_parent_class)->dispose (object);
}

static void
roster_person_list_finalize (GObject *object)
{
  RosterPersonList *self = ROSTER_PERSON_LIST (object);

  g_thread_pool_free (self->pool, FALSE, TRUE);
  roster_person_cache_free (self->objects);
  roster_free_elsewhere (self->diff.new_slots, (GDestroyNotify) roster_slots_unref);
  roster_free_elsewhere (self->index, (GDestroyNotify) roster_index_unref);
  roster_free_elsewhere (self->order, (GDestroyNotify) roster_order_unref);
  g_queue_clear_full (&self->changes, (GDestroyNotify) roster_list_change_free);
  roster_query_unref (self->query);
  g_array_unref (self->changed_since);
  g_free (self->search);
  G_OBJECT_CLASS (roster_person_list_parent_class)->finalize (object);
}

static void
roster_person_list_class_init (RosterPersonListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_person_list_get_property;
  object_class->set_property = roster_person_list_set_property;
  object_class->dispose = roster_person_list_dispose;
  object_class->finalize = roster_person_list_finalize;

  props[PROP_SEARCH] =
      g_param_spec_string ("search", NULL, NULL, "",
                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_SORT] =
      g_param_spec_enum ("sort", NULL, NULL, ROSTER_TYPE_SORT, ROSTER_SORT_NAME,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_N_PEOPLE] = g_param_spec_uint ("n-people", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_N_MATCHES] = g_param_spec_uint ("n-matches", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_REMOVED] = g_signal_new ("removed", ROSTER_TYPE_PERSON_LIST, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[SIGNAL_REPLACED] = g_signal_new ("replaced", ROSTER_TYPE_PERSON_LIST, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
roster_person_list_init (RosterPersonList *self)
{
  self->objects = roster_person_cache_new ();
  self->search = g_strdup ("");
  self->query = roster_query_new ("");
  self->changed_since = g_array_new (FALSE, FALSE, sizeof (guint));
  self->pool = roster_search_pool_new ();
}

const char *
roster_person_list_get_search (RosterPersonList *self)
{
  return self->search;
}

void
roster_person_list_set_search (RosterPersonList *self, const char *search_text)
{
  g_autoptr (RosterQuery) query = NULL;

  if (!g_strcmp0 (self->search, search_text ? search_text : ""))
    return;
  g_free (self->search);
  self->search = g_strdup (search_text ? search_text : "");

  query = roster_query_new (self->search);
  if (!roster_query_equal (self->query, query))
    {
      roster_query_unref (self->query);
      self->query = g_steal_pointer (&query);
      search (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SEARCH]);
}

RosterSort
roster_person_list_get_sort (RosterPersonList *self)
{
  return self->sort;
}

void
roster_person_list_set_sort (RosterPersonList *self, RosterSort new_sort)
{
  if (self->sort == new_sort)
    return;
  self->sort = new_sort;
  roster_person_list_sort (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SORT]);
}

RosterQuery *
roster_person_list_get_query (RosterPersonList *self)
{
  return self->query;
}

gboolean
roster_person_list_get_complete (RosterPersonList *self)
{
  return self->complete;
}

guint
roster_person_list_get_slot (RosterPersonList *self, guint position)
{
  return roster_slot_diff_get (&self->diff, position);
}

RosterSlots *
roster_person_list_get_slots (RosterPersonList *self)
{
  return self->diff.new_slots;
}

gboolean
roster_person_list_has (RosterPersonList *self, PersonObject *person)
{
  guint slot = person_object_get_person (person)->slot;

  return roster_person_cache_lookup (self->objects, slot) == person;
}

gboolean
roster_person_list_find (RosterPersonList *self, PersonObject *person, guint *position)
{
  guint slot = person_object_get_person (person)->slot;
  guint n = 0;
  const guint *slots = self->diff.new_slots ? roster_slots_get (self->diff.new_slots, &n) : NULL;

  for (guint i = 0; i < n; i++)
    if (slots[i] == slot)
      {
        if (position)
          *position = i;
        return roster_person_list_has (self, person);
      }
  return FALSE;
}

RosterPersonList *
roster_person_list_new (void)
{
  return g_object_new (ROSTER_TYPE_PERSON_LIST, NULL);
}

void
roster_person_list_set_preview (RosterPersonList *self, GPtrArray *people)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_if_fail (!self->index);

  g_clear_pointer (&self->preview, g_ptr_array_unref);
  self->preview = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < people->len; i++)
    {
      const RosterPerson *person = g_ptr_array_index (people, i);

      g_ptr_array_add (self->preview, roster_person_list_dup_object (self, person));
      g_array_append_val (slots, person->slot);
    }
  roster_person_list_show (self, roster_slots_new_list ((gconstpointer) slots->data, slots->len),
                           NULL, 0);
}

void
roster_person_list_set_snapshot (RosterPersonList *self, RosterIndex *index, RosterOrder *order)
{
  g_clear_pointer (&self->index, roster_index_unref);
  g_clear_pointer (&self->order, roster_order_unref);
  self->index = roster_index_ref (index);
  self->order = roster_order_ref (order);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_PEOPLE]);
  search (self);
  g_clear_pointer (&self->preview, g_ptr_array_unref);
  roster_person_list_sort (self);
}

void
roster_person_list_emit_removed (RosterPersonList *self, GArray *slots)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0, slots);
}

RosterIndex *
roster_person_list_get_index (RosterPersonList *self)
{
  return self->index;
}

RosterOrder *
roster_person_list_get_order (RosterPersonList *self)
{
  return self->order;
}

PersonObject *
roster_person_list_dup_object_at (RosterPersonList *self, guint slot)
{
  PersonObject *object = roster_person_cache_lookup (self->objects, slot);
  RosterPersonView view;

  if (object)
    return g_object_ref (object);
  if (!self->index || !roster_index_get (self->index, slot, &view))
    return NULL;
  return roster_person_cache_dup (self->objects, &ROSTER_PERSON_OF_VIEW (view, slot));
}

PersonObject *
roster_person_list_dup_object (RosterPersonList *self, const RosterPerson *person)
{
  return roster_person_cache_dup (self->objects, person);
}
