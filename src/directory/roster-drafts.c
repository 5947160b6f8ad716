/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was not finished, as it was when last looked up in the replica. Main thread. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-drafts.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-replica-drafts.h"

struct _RosterDrafts
{
  GObject parent_instance;

  RosterReplica *replica;
  GPtrArray *all;
};

G_DEFINE_FINAL_TYPE (RosterDrafts, roster_drafts, G_TYPE_OBJECT)

static guint changed_signal;

static RosterPersonDraft *
resume (const RosterKeptDraft *kept)
{
  RosterPersonDraft *draft = roster_person_draft_resume (kept);
  gboolean changed;

  g_object_get (draft, "changed", &changed, NULL);
  if (!changed)
    g_clear_object (&draft);
  return draft;
}

/* A save that was done before its draft could be dropped leaves one that says nothing new. */
static void
forget_finished (RosterDrafts *self, GPtrArray *all)
{
  for (guint i = all->len; i > 0; i--)
    {
      const RosterKeptDraft *kept = g_ptr_array_index (all, i - 1);
      g_autoptr (RosterPersonDraft) draft = resume (kept);

      if (draft)
        continue;
      roster_replica_drop_draft_async (self->replica, kept->typed->id, NULL, NULL, NULL);
      g_ptr_array_remove_index (all, i - 1);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDrafts) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *all = roster_replica_load_drafts_finish (ROSTER_REPLICA (source), result, &error);
  gboolean any;

  if (!all)
    {
      g_info ("Loading drafts failed: %s", error->message);
      return;
    }
  forget_finished (self, all);
  any = all->len > 0 || self->all->len > 0;
  g_ptr_array_unref (self->all);
  self->all = all;
  if (any)
    g_signal_emit (self, changed_signal, 0);
}

static void
roster_drafts_finalize (GObject *object)
{
  RosterDrafts *self = ROSTER_DRAFTS (object);

  g_object_unref (self->replica);
  g_ptr_array_unref (self->all);
  G_OBJECT_CLASS (roster_drafts_parent_class)->finalize (object);
}

static void
roster_drafts_class_init (RosterDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_drafts_finalize;

  changed_signal = g_signal_new ("changed", ROSTER_TYPE_DRAFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
roster_drafts_init (RosterDrafts *self)
{
  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_kept_draft_free);
}

RosterDrafts *
roster_drafts_new (RosterReplica *replica)
{
  RosterDrafts *self = g_object_new (ROSTER_TYPE_DRAFTS, NULL);

  self->replica = g_object_ref (replica);
  return self;
}

void
roster_drafts_load (RosterDrafts *self)
{
  g_return_if_fail (ROSTER_IS_DRAFTS (self));

  roster_replica_load_drafts_async (self->replica, NULL, loaded_cb, g_object_ref (self));
}

GPtrArray *
roster_drafts_get_all (RosterDrafts *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFTS (self), NULL);

  return self->all;
}

static const RosterKeptDraft *
find (GPtrArray *all, const char *id)
{
  for (guint i = 0; i < all->len; i++)
    {
      const RosterKeptDraft *kept = g_ptr_array_index (all, i);

      if (id ? g_str_equal (kept->typed->id, id) : !kept->current && !kept->base)
        return kept;
    }
  return NULL;
}

const RosterKeptDraft *
roster_drafts_find (RosterDrafts *self, const char *id)
{
  g_return_val_if_fail (ROSTER_IS_DRAFTS (self), NULL);

  return find (self->all, id);
}

static void
resumed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all =
      roster_replica_load_drafts_finish (ROSTER_REPLICA (source), result, &error);
  const RosterKeptDraft *kept = all ? find (all, g_task_get_task_data (task)) : NULL;
  RosterPersonDraft *draft = kept ? resume (kept) : NULL;

  if (draft)
    g_task_return_pointer (task, draft, g_object_unref);
  else if (error)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND, "%s",
                             _ ("There is nothing left to finish."));
}

void
roster_drafts_resume_async (RosterDrafts *self,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_drafts_resume_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  roster_replica_load_drafts_async (self->replica, cancellable, resumed_cb, task);
}

RosterPersonDraft *
roster_drafts_resume_finish (RosterDrafts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
roster_drafts_drop (RosterDrafts *self, const char *id)
{
  g_return_if_fail (ROSTER_IS_DRAFTS (self));

  roster_replica_drop_draft_async (self->replica, id, NULL, NULL, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_replica_save_draft_finish (ROSTER_REPLICA (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_replica_drop_draft_finish (ROSTER_REPLICA (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
roster_drafts_save_async (RosterDrafts *self,
                          RosterPersonDraft *draft,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (RosterKeptDraft) kept = roster_person_draft_keep (draft);
  gboolean changed;

  g_task_set_source_tag (task, roster_drafts_save_async);
  g_object_get (draft, "changed", &changed, NULL);
  if (changed)
    roster_replica_save_draft_async (self->replica, kept, NULL, saved_cb, task);
  else
    roster_replica_drop_draft_async (self->replica, kept->typed->id, NULL, dropped_cb, task);
}

gboolean
roster_drafts_save_finish (RosterDrafts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
