/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The deleted, a page at a time. Main thread. One reading is under way at most: a newer one takes
 * its place, and what the older one gives is dropped. */

#include "config.h"

#include "roster-deleted-list.h"

/* A list view asks for about 200 items around those it shows. */
#define NEAR_END (ROSTER_DELETED_PAGE_SIZE / 2)

struct _RosterDeletedList
{
  GObject parent_instance;

  RosterDirectory *directory;
  GCancellable *reading; /* (nullable): what is under way */

  GPtrArray *items; /* of RosterChangeObject */
  gboolean complete;
  guint n_total;
  gboolean loading;
  GError *error;
};

enum
{
  PROP_DIRECTORY = 1,
  PROP_N_TOTAL,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void read_more (RosterDeletedList *self);

static GType
roster_deleted_list_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_CHANGE_OBJECT;
}

static guint
roster_deleted_list_get_n_items (GListModel *model)
{
  return ROSTER_DELETED_LIST (model)->items->len;
}

static gpointer
roster_deleted_list_get_item (GListModel *model, guint position)
{
  RosterDeletedList *self = ROSTER_DELETED_LIST (model);

  if (position >= self->items->len)
    return NULL;
  if (position + NEAR_END >= self->items->len)
    read_more (self);
  return g_object_ref (self->items->pdata[position]);
}

static void
roster_deleted_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = roster_deleted_list_get_item_type;
  iface->get_n_items = roster_deleted_list_get_n_items;
  iface->get_item = roster_deleted_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterDeletedList,
                               roster_deleted_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      roster_deleted_list_model_init))

static gint64
get_id (GPtrArray *items, guint position)
{
  return roster_change_object_get_change (items->pdata[position])->id;
}

static void
set_n_total (RosterDeletedList *self, guint n_total)
{
  if (self->n_total == n_total)
    return;
  self->n_total = n_total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TOTAL]);
}

static void
set_loading (RosterDeletedList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_error (RosterDeletedList *self, const GError *error)
{
  if (self->error == error)
    return;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Ids descend, so those who stayed are found by walking through both. Who stayed in between those
 * who did not is told of as removed and added: that happens when several went at once. */
static void
replace (RosterDeletedList *self, GPtrArray *changes)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint n_kept = 0, start = 0, end = 0;

  self->items = g_ptr_array_new_full (changes->len, g_object_unref);
  for (guint i = 0; i < changes->len; i++)
    {
      const RosterChange *change = changes->pdata[i];

      while (n_kept < old->len && get_id (old, n_kept) > change->id)
        n_kept++;
      g_ptr_array_add (self->items, n_kept < old->len && get_id (old, n_kept) == change->id
                                        ? g_object_ref (old->pdata[n_kept])
                                        : (gpointer) roster_change_object_new (change));
    }

  while (start < MIN (old->len, self->items->len) && old->pdata[start] == self->items->pdata[start])
    start++;
  while (end < MIN (old->len, self->items->len) - start &&
         old->pdata[old->len - 1 - end] == self->items->pdata[self->items->len - 1 - end])
    end++;
  if (old->len - start - end > 0 || self->items->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                self->items->len - start - end);
}

static void
append (RosterDeletedList *self, GPtrArray *changes)
{
  guint position = self->items->len;

  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (self->items, roster_change_object_new (changes->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, changes->len);
}

typedef struct
{
  RosterDeletedList *list;
  GCancellable *reading;
  gint64 before_change_id;
  guint limit;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->list);
  g_object_unref (reading->reading);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reading) reading = user_data;
  RosterDeletedList *self = reading->list;
  g_autoptr (GError) error = NULL;
  guint n_total = 0;
  g_autoptr (GPtrArray) changes =
      roster_directory_deleted_finish (ROSTER_DIRECTORY (source), result, &n_total, &error);

  if (self->reading != reading->reading)
    return;
  g_clear_object (&self->reading);

  if (changes != NULL)
    {
      self->complete = changes->len < reading->limit;
      if (reading->before_change_id == 0)
        replace (self, changes);
      else if (changes->len > 0)
        append (self, changes);
      set_n_total (self, n_total);
    }
  set_error (self, error);
  set_loading (self, FALSE);
}

static void
start_reading (RosterDeletedList *self, gint64 before_change_id, guint limit)
{
  Reading *reading = g_new (Reading, 1);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();

  reading->list = g_object_ref (self);
  reading->reading = g_object_ref (self->reading);
  reading->before_change_id = before_change_id;
  reading->limit = limit;
  roster_directory_deleted_async (self->directory, before_change_id, limit, self->reading, read_cb,
                                  reading);
}

static void
read_more (RosterDeletedList *self)
{
  if (!self->complete && self->reading == NULL && self->error == NULL)
    start_reading (self, get_id (self->items, self->items->len - 1), ROSTER_DELETED_PAGE_SIZE);
}

static void
roster_deleted_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterDeletedList *self = ROSTER_DELETED_LIST (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      g_value_set_object (value, self->directory);
      break;
    case PROP_N_TOTAL:
      g_value_set_uint (value, self->n_total);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_deleted_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RosterDeletedList *self = ROSTER_DELETED_LIST (object);

  switch (id)
    {
    case PROP_DIRECTORY:
      self->directory = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_deleted_list_constructed (GObject *object)
{
  RosterDeletedList *self = ROSTER_DELETED_LIST (object);

  G_OBJECT_CLASS (roster_deleted_list_parent_class)->constructed (object);
  g_signal_connect_object (self->directory, "notify::n-people",
                           G_CALLBACK (roster_deleted_list_reload), self, G_CONNECT_SWAPPED);
  roster_deleted_list_reload (self);
}

static void
roster_deleted_list_finalize (GObject *object)
{
  RosterDeletedList *self = ROSTER_DELETED_LIST (object);

  g_clear_object (&self->reading);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (roster_deleted_list_parent_class)->finalize (object);
}

static void
roster_deleted_list_class_init (RosterDeletedListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = roster_deleted_list_get_property;
  object_class->set_property = roster_deleted_list_set_property;
  object_class->constructed = roster_deleted_list_constructed;
  object_class->finalize = roster_deleted_list_finalize;

  properties[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_TOTAL] = g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_deleted_list_init (RosterDeletedList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->loading = TRUE;
}

RosterDeletedList *
roster_deleted_list_new (RosterDirectory *directory)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (directory), NULL);

  return g_object_new (ROSTER_TYPE_DELETED_LIST, "directory", directory, NULL);
}

guint
roster_deleted_list_get_n_total (RosterDeletedList *self)
{
  g_return_val_if_fail (ROSTER_IS_DELETED_LIST (self), 0);

  return self->n_total;
}

gboolean
roster_deleted_list_get_loading (RosterDeletedList *self)
{
  g_return_val_if_fail (ROSTER_IS_DELETED_LIST (self), FALSE);

  return self->loading;
}

const GError *
roster_deleted_list_get_error (RosterDeletedList *self)
{
  g_return_val_if_fail (ROSTER_IS_DELETED_LIST (self), NULL);

  return self->error;
}

void
roster_deleted_list_reload (RosterDeletedList *self)
{
  g_return_if_fail (ROSTER_IS_DELETED_LIST (self));

  start_reading (self, 0, MAX (ROSTER_DELETED_PAGE_SIZE, self->items->len));
}
