/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The façade that the UI talks to. It joins what the others know: the replica says what changed,
 * the list shows it, the authority accepts writes (roster-directory-write.c). Main thread;
 * everybody is read and indexed in a GTask's thread.
 */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-directory-private.h"

#include "roster-person-list-private.h"

G_DEFINE_FINAL_TYPE (RosterDirectory, roster_directory, G_TYPE_OBJECT)

enum
{
  PROP_PEOPLE = 1,
  PROP_DRAFTS,
  PROP_N_PEOPLE,
  PROP_LOADING,
  PROP_WRITING,
  PROP_CAN_EDIT,
  PROP_EDIT_REASON,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

enum
{
  SIGNAL_FAILED,
  SIGNAL_DONE,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_n_people (RosterDirectory *self, guint n_people)
{
  if (self->n_people == n_people)
    return;
  self->n_people = n_people;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_PEOPLE]);
}

static void
n_people_cb (RosterDirectory *self)
{
  set_n_people (self, roster_index_get_n_people (roster_person_list_get_index (self->people)));
}

static void
set_loading (RosterDirectory *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
add_writes (RosterDirectory *self, int n)
{
  gboolean was_writing = roster_directory_get_writing (self);

  self->n_writes = (guint) ((int) self->n_writes + n);
  if (roster_directory_get_writing (self) != was_writing)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WRITING]);
}

static void
written_cb (RosterDirectory *self)
{
  add_writes (self, -1);
}

void
roster_directory_count_write (RosterDirectory *self, GTask *task)
{
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (written_cb), self,
                           G_CONNECT_SWAPPED);
  add_writes (self, 1);
}

/* Loading */

typedef struct
{
  RosterReplica *replica; /* the directory's, which lives until the load is done */
  RosterSort sort;
} LoadJob;

/* Everybody, as read from the replica at one time. */
typedef struct
{
  RosterIndex *index;
  RosterOrder *order;
} Snapshot;

static void
snapshot_free (Snapshot *snapshot)
{
  roster_index_unref (snapshot->index);
  roster_order_unref (snapshot->order);
  g_free (snapshot);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Snapshot, snapshot_free)

static void
add_row (const RosterPerson *person, gpointer user_data)
{
  roster_index_builder_add (user_data, person->slot,
                            &(RosterPersonView){
                                .id = person->id,
                                .name = person->name,
                                .email = person->email,
                                .phone = person->phone,
                                .created_at_unix_ms = person->created_at_unix_ms,
                                .updated_at_unix_ms = person->updated_at_unix_ms,
                            });
}

static void
run_load (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  LoadJob *job = task_data;
  g_autoptr (RosterIndexBuilder) builder = roster_index_builder_new ();
  g_autoptr (GError) error = NULL;
  Snapshot *snapshot;

  if (!roster_replica_load (job->replica, add_row, builder, cancellable, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  snapshot = g_new (Snapshot, 1);
  snapshot->index = roster_index_builder_end (g_steal_pointer (&builder));
  snapshot->order = roster_order_new (snapshot->index, job->sort, NULL);
  g_task_return_pointer (task, snapshot, (GDestroyNotify) snapshot_free);
}

static void
take_batch (RosterDirectory *self, const RosterBatch *batch)
{
  roster_person_list_apply (self->people, batch);
  roster_directory_unsettle (self);
}

static void
changed_cb (RosterReplica *replica, const RosterBatch *batch, RosterDirectory *self)
{
  if (roster_person_list_get_index (self->people))
    take_batch (self, batch);
  else
    g_ptr_array_add (self->early_batches, roster_batch_copy (batch));
}

static void
take_snapshot (RosterDirectory *self, Snapshot *snapshot)
{
  roster_person_list_set_snapshot (self->people, snapshot->index, snapshot->order);
  for (guint i = 0; i < self->early_batches->len; i++)
    take_batch (self, g_ptr_array_index (self->early_batches, i));
  g_ptr_array_set_size (self->early_batches, 0);
  roster_directory_unsettle (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectory) self = user_data;
  g_autoptr (GTask) opening = g_steal_pointer (&self->opening);
  g_autoptr (GError) error = NULL;
  g_autoptr (Snapshot) snapshot = g_task_propagate_pointer (G_TASK (result), &error);

  if (snapshot)
    {
      take_snapshot (self, snapshot);
      roster_authority_tidy (self->authority);
    }
  set_loading (self, FALSE);

  if (opening && error)
    g_task_return_error (opening, g_steal_pointer (&error));
  else if (opening)
    g_task_return_boolean (opening, TRUE);
  else if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
load (RosterDirectory *self)
{
  /* No source object: the thread may be the last to let go of the task. */
  g_autoptr (GTask) task =
      g_task_new (NULL, self->loading_cancellable, loaded_cb, g_object_ref (self));
  LoadJob *job = g_new (LoadJob, 1);

  g_task_set_source_tag (task, load);
  *job = (LoadJob){ self->replica, roster_person_list_get_sort (self->people) };
  g_task_set_task_data (task, job, g_free);
  g_task_run_in_thread (task, run_load);
}

static void
first_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) opening = user_data;
  RosterDirectory *self = g_task_get_source_object (opening);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) page = NULL;
  guint n_people = 0;

  page = roster_replica_first_page_finish (ROSTER_REPLICA (source), result, &n_people, &error);
  if (!page)
    {
      set_loading (self, FALSE);
      g_task_return_error (opening, g_steal_pointer (&error));
      return;
    }

  set_n_people (self, n_people);
  roster_person_list_set_preview (self->people, page);
  roster_drafts_load (self->drafts);
  /* Without a first page the opening takes until everybody is there. */
  if (page->len == 0 && n_people > 0)
    {
      self->opening = g_steal_pointer (&opening);
      load (self);
      return;
    }
  g_task_return_boolean (opening, TRUE);
  if (self->n_holds > 0)
    self->load_is_held = TRUE;
  else
    load (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) opening = user_data;
  RosterDirectory *self = g_task_get_source_object (opening);
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable = g_task_get_cancellable (opening);
  g_autofree char *key = NULL;

  if (!roster_replica_open_finish (ROSTER_REPLICA (source), result, &error))
    {
      set_loading (self, FALSE);
      g_task_return_error (opening, g_steal_pointer (&error));
      return;
    }
  key = roster_directory_dup_order_key (roster_person_list_get_sort (self->people));
  roster_replica_first_page_async (self->replica, key, cancellable, first_page_cb,
                                   g_steal_pointer (&opening));
}

/* GObject */

static void
can_edit_cb (RosterDirectory *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAN_EDIT]);
  roster_directory_update_undo (self);
}

static void
edit_reason_cb (RosterDirectory *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_EDIT_REASON]);
}

static void
roster_directory_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterDirectory *self = ROSTER_DIRECTORY (object);

  switch (prop_id)
    {
    case PROP_PEOPLE:
      g_value_set_object (value, self->people);
      break;
    case PROP_DRAFTS:
      g_value_set_object (value, self->drafts);
      break;
    case PROP_N_PEOPLE:
      g_value_set_uint (value, self->n_people);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_WRITING:
      g_value_set_boolean (value, roster_directory_get_writing (self));
      break;
    case PROP_CAN_EDIT:
      g_value_set_boolean (value, roster_directory_get_can_edit (self));
      break;
    case PROP_EDIT_REASON:
      g_value_take_string (value, roster_directory_dup_edit_reason (self));
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_directory_dispose (GObject *object)
{
  RosterDirectory *self = ROSTER_DIRECTORY (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_cancellable_cancel (self->loading_cancellable);
  g_clear_object (&self->people);
  g_clear_object (&self->drafts);
  g_clear_object (&self->authority);
  g_clear_object (&self->replica);
  G_OBJECT_CLASS (roster_directory_parent_class)->dispose (object);
}

static void
roster_directory_finalize (GObject *object)
{
  RosterDirectory *self = ROSTER_DIRECTORY (object);

  g_object_unref (self->loading_cancellable);
  g_ptr_array_unref (self->early_batches);
  roster_undo_stack_free (self->undo_stack);
  roster_undo_stack_free (self->redo_stack);
  G_OBJECT_CLASS (roster_directory_parent_class)->finalize (object);
}

static void
roster_directory_class_init (RosterDirectoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_directory_get_property;
  object_class->dispose = roster_directory_dispose;
  object_class->finalize = roster_directory_finalize;

  props[PROP_PEOPLE] = g_param_spec_object ("people", NULL, NULL, ROSTER_TYPE_PERSON_LIST,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_DRAFTS] = g_param_spec_object ("drafts", NULL, NULL, ROSTER_TYPE_DRAFTS,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_N_PEOPLE] = g_param_spec_uint ("n-people", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_WRITING] = g_param_spec_boolean ("writing", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_EDIT] = g_param_spec_boolean ("can-edit", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_EDIT_REASON] = g_param_spec_string ("edit-reason", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_DONE] =
      g_signal_new ("done", ROSTER_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, ROSTER_TYPE_UNDO_ENTRY | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", ROSTER_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
roster_directory_init (RosterDirectory *self)
{
  self->people = roster_person_list_new ();
  g_signal_connect_object (self->people, "notify::n-people", G_CALLBACK (n_people_cb), self,
                           G_CONNECT_SWAPPED);
  self->loading_cancellable = g_cancellable_new ();
  self->early_batches = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_batch_free);
  self->undo_stack = roster_undo_stack_new ();
  self->redo_stack = roster_undo_stack_new ();
}

RosterDirectory *
roster_directory_new (RosterReplica *replica, RosterAuthority *authority)
{
  RosterDirectory *self = g_object_new (ROSTER_TYPE_DIRECTORY, NULL);

  self->replica = g_object_ref (replica);
  self->authority = g_object_ref (authority);
  self->drafts = roster_drafts_new (replica);
  g_signal_connect_object (replica, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (authority, "notify::can-edit", G_CALLBACK (can_edit_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (authority, "notify::edit-reason", G_CALLBACK (edit_reason_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
roster_directory_open_async (RosterDirectory *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_directory_open_async);
  set_loading (self, TRUE);
  roster_replica_open_async (self->replica, cancellable, opened_cb, task);
}

gboolean
roster_directory_open_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_directory_hold (RosterDirectory *self)
{
  self->n_holds++;
}

void
roster_directory_release (RosterDirectory *self)
{
  g_return_if_fail (self->n_holds > 0);

  if (--self->n_holds > 0 || !self->load_is_held)
    return;
  self->load_is_held = FALSE;
  load (self);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_replica_close_finish (ROSTER_REPLICA (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
roster_directory_close_async (RosterDirectory *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_directory_close_async);
  g_cancellable_cancel (self->loading_cancellable);
  if (self->settle_source > 0)
    roster_directory_keep_first_page (self);
  roster_replica_close_async (self->replica, cancellable, closed_cb, task);
}

gboolean
roster_directory_close_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

RosterPersonList *
roster_directory_get_people (RosterDirectory *self)
{
  return self->people;
}

RosterDrafts *
roster_directory_get_drafts (RosterDirectory *self)
{
  return self->drafts;
}

guint
roster_directory_get_n_people (RosterDirectory *self)
{
  return self->n_people;
}

gboolean
roster_directory_get_loading (RosterDirectory *self)
{
  return self->loading;
}

gboolean
roster_directory_get_writing (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), FALSE);

  return self->n_writes > 0;
}

gboolean
roster_directory_get_can_edit (RosterDirectory *self)
{
  return roster_authority_get_can_edit (self->authority);
}

char *
roster_directory_dup_edit_reason (RosterDirectory *self)
{
  return roster_authority_dup_edit_reason (self->authority);
}
