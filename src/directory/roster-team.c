/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joins what a team's directory consists of. Everything follows from the session: while somebody is
 * signed in there are a replica, its sync, an authority and a directory over them. Main thread; a
 * call under way holds the team. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-team-private.h"

#include "roster-account-private.h"
#include "roster-folder-wipe.h"
#include "roster-server-error.h"

enum
{
  PROP_SESSION = 1,
  PROP_DIRECTORY,
  PROP_STATE,
  PROP_SINCE,
  PROP_AS_OF,
  PROP_REASON,
  PROP_PROGRESS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterTeam, roster_team, G_TYPE_OBJECT)

GType
roster_team_state_get_type (void)
{
  static const GEnumValue VALUES[] = {
    { ROSTER_TEAM_CLOSED, "ROSTER_TEAM_CLOSED", "closed" },
    { ROSTER_TEAM_SIGNED_OUT, "ROSTER_TEAM_SIGNED_OUT", "signed-out" },
    { ROSTER_TEAM_READING, "ROSTER_TEAM_READING", "reading" },
    { ROSTER_TEAM_CONNECTING, "ROSTER_TEAM_CONNECTING", "connecting" },
    { ROSTER_TEAM_WAKING, "ROSTER_TEAM_WAKING", "waking" },
    { ROSTER_TEAM_SYNCING, "ROSTER_TEAM_SYNCING", "syncing" },
    { ROSTER_TEAM_LIVE, "ROSTER_TEAM_LIVE", "live" },
    { ROSTER_TEAM_ASLEEP, "ROSTER_TEAM_ASLEEP", "asleep" },
    { ROSTER_TEAM_OFFLINE, "ROSTER_TEAM_OFFLINE", "offline" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RosterTeamState", VALUES));
  return type;
}

/* Opening and closing, as the session says */

static void update_directory (RosterTeam *self);

static void
complete_opening (RosterTeam *self, const GError *error)
{
  g_autoptr (GPtrArray) opening = g_steal_pointer (&self->opening);

  self->opening = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < opening->len; i++)
    if (error)
      g_task_return_error (opening->pdata[i], g_error_copy (error));
    else
      g_task_return_boolean (opening->pdata[i], TRUE);
}

static void
drop_directory (RosterTeam *self)
{
  if (!self->directory)
    return;
  g_signal_handlers_disconnect_by_data (self->sync, self);
  roster_sync_close (self->sync);
  roster_directory_close_async (self->directory, NULL, NULL, NULL);
  g_clear_object (&self->sync);
  g_clear_object (&self->authority);
  g_clear_object (&self->replica);
  g_clear_object (&self->directory);
  g_clear_pointer (&self->token, roster_secret_string_free);
  self->reads_everybody = self->was_checked = FALSE;
  if (self->is_shown)
    {
      self->is_shown = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DIRECTORY]);
    }
}

static void
wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTeam) self = user_data;

  roster_folder_wipe_finish (G_FILE (source), result, NULL);
  self->is_wiping = FALSE;
  update_directory (self);
}

/* What nobody can read is fetched again. */
static gboolean
helps_to_fetch_again (const GError *error)
{
  return g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT) ||
         g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NEWER_VERSION);
}

static void
fetch_again (RosterTeam *self)
{
  g_info ("The replica is fetched again");
  drop_directory (self);
  self->was_fetched_again = TRUE;
  self->is_wiping = TRUE;
  roster_folder_wipe_async (self->folder, wiped_cb, g_object_ref (self));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTeam) self = user_data;
  RosterDirectory *directory = ROSTER_DIRECTORY (source);
  g_autoptr (GError) error = NULL;

  roster_directory_open_finish (directory, result, &error);
  if (directory != self->directory)
    return;
  if (helps_to_fetch_again (error) && !self->was_fetched_again)
    {
      fetch_again (self);
      return;
    }
  if (error)
    {
      self->was_opened = FALSE;
      drop_directory (self);
    }
  else
    {
      self->is_shown = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DIRECTORY]);
      roster_team_refresh (self);
    }
  complete_opening (self, error);
  roster_team_update (self);
}

/* The rest of the file could not be read after the first page was. */
static void
failed_cb (RosterDirectory *directory, const GError *error, RosterTeam *self)
{
  if (directory == self->directory && !self->was_fetched_again)
    fetch_again (self);
}

static void
sync_error_cb (RosterTeam *self)
{
  roster_account_heard (self->account, self->token, roster_sync_get_error (self->sync));
}

static void
as_of_cb (RosterTeam *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AS_OF]);
}

static void
progress_cb (RosterTeam *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
  roster_team_update (self);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean equal;

  if (!roster_sync_check_finish (ROSTER_SYNC (source), result, &equal, &error))
    g_info ("The replica was not checked: %s", error->message);
  else if (!equal)
    g_message ("The replica was not what the database is, and was read anew");
}

/* Once everybody was read, it is checked whether all of it is there; not what that has read anew.
 */
static void
sync_state_cb (RosterTeam *self)
{
  RosterSyncState state = roster_sync_get_state (self->sync);

  if (state == ROSTER_SYNC_READING)
    self->reads_everybody = TRUE;
  else if (state == ROSTER_SYNC_IDLE && self->reads_everybody && !self->was_checked)
    {
      self->was_checked = TRUE;
      roster_sync_check_async (self->sync, NULL, checked_cb, NULL);
    }
  roster_team_update (self);
}

static void
open_directory (RosterTeam *self)
{
  g_autoptr (GFile) file = g_file_get_child (self->folder, "people.roster");

  self->replica = roster_replica_new (file);
  self->sync = roster_sync_new (self->worker, self->replica);
  self->authority =
      roster_team_authority_new (self->worker, self->account, self->replica, self->sync);
  self->directory = roster_directory_new (self->replica, self->authority);
  roster_account_set_replica (self->account, self->replica);
  self->token = g_strdup (roster_account_get_token (self->account));
  roster_sync_set_token (self->sync, self->token);
  g_signal_connect_swapped (self->sync, "notify::error", G_CALLBACK (sync_error_cb), self);
  g_signal_connect_swapped (self->sync, "notify::state", G_CALLBACK (sync_state_cb), self);
  g_signal_connect_swapped (self->sync, "notify::as-of", G_CALLBACK (as_of_cb), self);
  g_signal_connect_swapped (self->sync, "notify::progress", G_CALLBACK (progress_cb), self);
  g_signal_connect_object (self->directory, "failed", G_CALLBACK (failed_cb), self, 0);
  roster_directory_open_async (self->directory, NULL, opened_cb, g_object_ref (self));
}

static void
account_wiped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTeam) self = user_data;

  roster_account_wipe_finish (ROSTER_ACCOUNT (source), result, NULL);
  self->is_wiping = FALSE;
  update_directory (self);
}

/* Somebody is signed in; or it is not known who, but then it is the one who has a file here. */
static gboolean
wants_directory (RosterTeam *self)
{
  g_autoptr (GFile) file = g_file_get_child (self->folder, "people.roster");

  if (!self->was_opened || self->is_closing)
    return FALSE;
  switch (user_session_get_state (roster_account_get_session (self->account)))
    {
    case USER_SESSION_SIGNED_IN:
      return TRUE;
    case USER_SESSION_LOCKED:
      return g_file_query_exists (file, NULL);
    case USER_SESSION_SIGNED_OUT:
    case USER_SESSION_SIGNING_IN:
    case USER_SESSION_EXPIRED:
    case USER_SESSION_REVOKED:
    default:
      return FALSE;
    }
}

static void
update_directory (RosterTeam *self)
{
  gboolean wanted = wants_directory (self);

  if (!wanted)
    drop_directory (self);
  else if (self->directory &&
           g_strcmp0 (self->token, roster_account_get_token (self->account)) != 0)
    {
      /* The keyring was unlocked: now it is known whose session it is. */
      roster_secret_string_free (self->token);
      self->token = g_strdup (roster_account_get_token (self->account));
      roster_sync_set_token (self->sync, self->token);
      roster_team_refresh (self);
    }
  else if (!self->directory && !self->is_wiping)
    {
      /* What the last session left behind has to be gone before. */
      self->is_wiping = self->account->wiping->len > 0;
      if (self->is_wiping)
        roster_account_wipe_async (self->account, account_wiped_cb, g_object_ref (self));
      else
        open_directory (self);
    }
  roster_team_update (self);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTeam) self = user_data;
  g_autoptr (GError) error = NULL;

  roster_account_restore_finish (ROSTER_ACCOUNT (source), result, &error);
  update_directory (self);
  if (error || self->is_shown || !wants_directory (self))
    complete_opening (self, error);
}

/* Closing */

static void
end_closing (GTask *task)
{
  RosterTeam *self = g_task_get_source_object (task);

  roster_worker_close (self->worker);
  roster_team_update (self);
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* One that the end of the session closed is closed, too. */
  roster_directory_close_finish (ROSTER_DIRECTORY (source), result, NULL);
  end_closing (task);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterTeam *self = g_task_get_source_object (task);
  g_autoptr (RosterDirectory) directory = self->directory ? g_object_ref (self->directory) : NULL;

  roster_team_authority_wait_finish (ROSTER_TEAM_AUTHORITY (source), result, NULL);
  drop_directory (self);
  if (directory)
    roster_directory_close_async (directory, NULL, closed_cb, g_object_ref (task));
  else
    end_closing (task);
}

/* GObject */

static void
session_cb (RosterTeam *self)
{
  update_directory (self);
}

static void
worker_cb (RosterTeam *self)
{
  if (roster_worker_get_state (self->worker) == ROSTER_WORKER_READY &&
      roster_account_get_token (self->account))
    roster_account_touch_async (self->account, NULL, NULL, NULL);
  roster_team_update (self);
}

static void
network_cb (RosterTeam *self, gboolean is_available)
{
  if (is_available)
    roster_team_network_changed (self);
}

static void
roster_team_dispose (GObject *object)
{
  RosterTeam *self = ROSTER_TEAM (object);

  g_clear_handle_id (&self->retry_id, g_source_remove);
  drop_directory (self);
  if (self->worker)
    roster_worker_close (self->worker);
  g_clear_object (&self->account);
  g_clear_object (&self->store);
  g_clear_object (&self->worker);
  g_clear_object (&self->folder);

  G_OBJECT_CLASS (roster_team_parent_class)->dispose (object);
}

static void
roster_team_finalize (GObject *object)
{
  RosterTeam *self = ROSTER_TEAM (object);

  g_ptr_array_unref (self->opening);
  g_free (self->reason);

  G_OBJECT_CLASS (roster_team_parent_class)->finalize (object);
}

static void
roster_team_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RosterTeam *self = ROSTER_TEAM (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, roster_team_get_session (self));
      break;
    case PROP_DIRECTORY:
      g_value_set_object (value, roster_team_get_directory (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_SINCE:
      g_value_set_int64 (value, self->since_unix_ms);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, roster_team_get_as_of (self));
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, roster_team_get_progress (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_team_class_init (RosterTeamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = roster_team_dispose;
  object_class->finalize = roster_team_finalize;
  object_class->get_property = roster_team_get_property;

  props[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, USER_TYPE_SESSION, flags);
  props[PROP_DIRECTORY] =
      g_param_spec_object ("directory", NULL, NULL, ROSTER_TYPE_DIRECTORY, flags);
  props[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, ROSTER_TYPE_TEAM_STATE, ROSTER_TEAM_CLOSED, flags);
  props[PROP_SINCE] = g_param_spec_int64 ("since", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_AS_OF] = g_param_spec_int64 ("as-of", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
roster_team_init (RosterTeam *self)
{
  self->since_unix_ms = g_get_real_time () / 1000;
  self->opening = g_ptr_array_new_with_free_func (g_object_unref);
}

RosterTeam *
roster_team_new (const char *id,
                 RosterConnectionUrl *pooled,
                 RosterConnectionUrl *direct,
                 GFile *folder)
{
  RosterTeam *self = g_object_new (ROSTER_TYPE_TEAM, NULL);

  self->folder = g_object_ref (folder);
  self->worker = roster_worker_new (pooled, direct);
  self->store = roster_token_store_new (id);
  self->account = roster_account_new (self->worker, self->store, folder);
  g_signal_connect_object (roster_account_get_session (self->account), "notify::state",
                           G_CALLBACK (session_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (roster_account_get_session (self->account), "notify::reason",
                           G_CALLBACK (session_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->worker, "notify::state", G_CALLBACK (worker_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->worker, "notify::reason", G_CALLBACK (roster_team_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
roster_team_open_async (RosterTeam *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_team_open_async);
  if (self->is_closing)
    {
      g_task_return_error (task, roster_server_error_new (ROSTER_ERROR_CLOSED));
      g_object_unref (task);
      return;
    }
  self->was_opened = TRUE;
  g_ptr_array_add (self->opening, task);
  roster_account_restore_async (self->account, cancellable, restored_cb, g_object_ref (self));
}

gboolean
roster_team_open_finish (RosterTeam *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_team_open_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_team_close_async (RosterTeam *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) closed = roster_server_error_new (ROSTER_ERROR_CLOSED);

  g_task_set_source_tag (task, roster_team_close_async);
  g_task_set_check_cancellable (task, FALSE);
  self->is_closing = TRUE;
  g_clear_handle_id (&self->retry_id, g_source_remove);
  complete_opening (self, closed);
  if (self->authority)
    roster_team_authority_wait_async (ROSTER_TEAM_AUTHORITY (self->authority), written_cb,
                                      g_object_ref (task));
  else
    end_closing (task);
}

gboolean
roster_team_close_finish (RosterTeam *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_team_close_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_team_notify_state (RosterTeam *self, gboolean is_other_state, gboolean is_other_reason)
{
  if (is_other_state)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SINCE]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  if (is_other_reason)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
}
