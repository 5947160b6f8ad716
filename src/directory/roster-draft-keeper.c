/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches a draft and writes it down. The time to the next write does not start again with every
 * letter, or somebody who types on and on would have nothing kept. Main thread. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-draft-keeper.h"

/* With the time that the disk takes it is within a second. */
#define KEEP_DELAY_MS 500

struct _RosterDraftKeeper
{
  GObject parent_instance;

  RosterDrafts *drafts;
  RosterPersonDraft *draft;
  guint keep_id;
  gboolean unkept;
  char *failure;
};

enum
{
  PROP_FAILURE = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterDraftKeeper, roster_draft_keeper, G_TYPE_OBJECT)

static void
set_failure (RosterDraftKeeper *self, const char *failure)
{
  if (g_strcmp0 (self->failure, failure) == 0)
    return;
  g_free (self->failure);
  self->failure = g_strdup (failure);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FAILURE]);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterDraftKeeper *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (roster_drafts_save_finish (ROSTER_DRAFTS (source), result, &error))
    {
      set_failure (self, NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->unkept = TRUE;
  set_failure (self, error->message);
  g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
keep_cb (gpointer user_data)
{
  RosterDraftKeeper *self = user_data;

  self->keep_id = 0;
  roster_draft_keeper_keep_async (self, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
typed_cb (RosterDraftKeeper *self)
{
  self->unkept = TRUE;
  if (self->keep_id == 0)
    self->keep_id = g_timeout_add (KEEP_DELAY_MS, keep_cb, self);
}

static void
forget_draft (RosterDraftKeeper *self)
{
  g_clear_handle_id (&self->keep_id, g_source_remove);
  if (self->draft)
    g_signal_handlers_disconnect_by_data (self->draft, self);
  g_clear_object (&self->draft);
}

static void
roster_draft_keeper_dispose (GObject *object)
{
  RosterDraftKeeper *self = ROSTER_DRAFT_KEEPER (object);

  forget_draft (self);
  g_clear_object (&self->drafts);
  G_OBJECT_CLASS (roster_draft_keeper_parent_class)->dispose (object);
}

static void
roster_draft_keeper_finalize (GObject *object)
{
  RosterDraftKeeper *self = ROSTER_DRAFT_KEEPER (object);

  g_free (self->failure);
  G_OBJECT_CLASS (roster_draft_keeper_parent_class)->finalize (object);
}

static void
roster_draft_keeper_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RosterDraftKeeper *self = ROSTER_DRAFT_KEEPER (object);

  switch (id)
    {
    case PROP_FAILURE:
      g_value_set_string (value, self->failure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
roster_draft_keeper_class_init (RosterDraftKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_draft_keeper_get_property;
  object_class->dispose = roster_draft_keeper_dispose;
  object_class->finalize = roster_draft_keeper_finalize;

  props[PROP_FAILURE] =
      g_param_spec_string ("failure", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
roster_draft_keeper_init (RosterDraftKeeper *self)
{
}

RosterDraftKeeper *
roster_draft_keeper_new (RosterDrafts *drafts, RosterPersonDraft *draft)
{
  RosterDraftKeeper *self = g_object_new (ROSTER_TYPE_DRAFT_KEEPER, NULL);

  self->drafts = g_object_ref (drafts);
  self->draft = g_object_ref (draft);
  g_signal_connect_swapped (draft, "notify::name", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (draft, "notify::email", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (draft, "notify::phone", G_CALLBACK (typed_cb), self);
  return self;
}

const char *
roster_draft_keeper_get_failure (RosterDraftKeeper *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT_KEEPER (self), NULL);

  return self->failure;
}

void
roster_draft_keeper_keep_async (RosterDraftKeeper *self,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (ROSTER_IS_DRAFT_KEEPER (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, roster_draft_keeper_keep_async);
  if (!self->draft)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  g_clear_handle_id (&self->keep_id, g_source_remove);
  self->unkept = FALSE;
  roster_drafts_save_async (self->drafts, self->draft, kept_cb, task);
}

gboolean
roster_draft_keeper_keep_finish (RosterDraftKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_draft_keeper_stop (RosterDraftKeeper *self)
{
  g_return_if_fail (ROSTER_IS_DRAFT_KEEPER (self));

  if (!self->draft)
    return;
  if (self->unkept)
    roster_drafts_save_async (self->drafts, self->draft, NULL, NULL);
  roster_drafts_load (self->drafts);
  forget_draft (self);
}

void
roster_draft_keeper_drop (RosterDraftKeeper *self)
{
  g_return_if_fail (ROSTER_IS_DRAFT_KEEPER (self));

  if (!self->draft)
    return;
  roster_drafts_drop (self->drafts, roster_person_draft_get_id (self->draft));
  roster_drafts_load (self->drafts);
  forget_draft (self);
}
