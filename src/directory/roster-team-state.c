/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a team's directory is, put together from what its parts say, and how it comes back after it
 * was offline. Main thread. */

#include "config.h"

#include "roster-team-private.h"

#include <glib/gi18n-lib.h>

#include "roster-error.h"

/* A database that is away is asked again after a pause that doubles. */
#define FIRST_PAUSE_MS 1000
#define LONGEST_PAUSE_MS 60000

/* @reason: (out) (nullable) */
static RosterTeamState
derive_state (RosterTeam *self, const char **reason)
{
  UserSession *session = roster_account_get_session (self->account);
  const GError *error = self->sync ? roster_sync_get_error (self->sync) : NULL;

  *reason = NULL;
  if (!self->was_opened || self->is_closing)
    return ROSTER_TEAM_CLOSED;
  if (!roster_account_get_token (self->account))
    {
      *reason = user_session_get_reason (session);
      return self->is_shown && *reason ? ROSTER_TEAM_OFFLINE : ROSTER_TEAM_SIGNED_OUT;
    }
  switch (roster_worker_get_state (self->worker))
    {
    case ROSTER_WORKER_OFFLINE:
      *reason = roster_worker_get_reason (self->worker);
      return ROSTER_TEAM_OFFLINE;
    case ROSTER_WORKER_WAKING:
      return ROSTER_TEAM_WAKING;
    case ROSTER_WORKER_CONNECTING:
      return ROSTER_TEAM_CONNECTING;
    case ROSTER_WORKER_ASLEEP:
    case ROSTER_WORKER_READY:
    default:
      break;
    }
  if (!self->is_shown)
    return ROSTER_TEAM_CONNECTING;
  switch (roster_sync_get_state (self->sync))
    {
    case ROSTER_SYNC_FAILED:
      *reason = error ? error->message : NULL;
      return ROSTER_TEAM_OFFLINE;
    case ROSTER_SYNC_READING:
      return ROSTER_TEAM_READING;
    case ROSTER_SYNC_PULLING:
      return ROSTER_TEAM_SYNCING;
    case ROSTER_SYNC_IDLE:
    default:
      if (roster_sync_get_progress (self->sync) < 1)
        return ROSTER_TEAM_CONNECTING;
      return roster_worker_get_state (self->worker) == ROSTER_WORKER_READY ? ROSTER_TEAM_LIVE
                                                                           : ROSTER_TEAM_ASLEEP;
    }
}

/* Returns: (nullable): why nobody can be edited now */
static const char *
derive_edit_reason (RosterTeam *self)
{
  UserSession *session = roster_account_get_session (self->account);

  if (!roster_account_get_token (self->account))
    return user_session_get_reason (session) ? user_session_get_reason (session)
                                             : _ ("You are no longer signed in. Sign in again.");
  if (self->state == ROSTER_TEAM_OFFLINE)
    return self->reason ? self->reason
                        : _ ("The team's database does not answer. Check your network and try "
                             "again.");
  if (roster_sync_get_progress (self->sync) < 1)
    return _ ("Everybody is being read from the team's database. You can edit as soon as that is "
              "done.");
  return NULL;
}

static gboolean
retry_cb (gpointer user_data)
{
  RosterTeam *self = user_data;

  self->retry_id = 0;
  roster_team_refresh (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_pulling (RosterTeam *self)
{
  RosterSyncState state = roster_sync_get_state (self->sync);

  return state == ROSTER_SYNC_PULLING || state == ROSTER_SYNC_READING;
}

/* Time alone does not help against anything else. */
static gboolean
is_worth_retrying (RosterTeam *self)
{
  const GError *error = roster_sync_get_error (self->sync);

  return self->token && !is_pulling (self) &&
         (!error || g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE));
}

/* Not all who lost the same database come back at once. */
static void
update_retry (RosterTeam *self)
{
  if (self->state != ROSTER_TEAM_OFFLINE || !self->is_shown)
    {
      g_clear_handle_id (&self->retry_id, g_source_remove);
      if (self->state == ROSTER_TEAM_LIVE)
        self->n_retries = 0;
    }
  else if (self->retry_id == 0 && is_worth_retrying (self))
    {
      guint limit_ms = MIN (FIRST_PAUSE_MS << MIN (self->n_retries, 10), LONGEST_PAUSE_MS);

      self->n_retries++;
      self->retry_id =
          g_timeout_add ((guint) g_random_int_range ((gint32) limit_ms / 2, (gint32) limit_ms),
                         retry_cb, self);
    }
}

void
roster_team_update (RosterTeam *self)
{
  const char *reason;
  RosterTeamState state = derive_state (self, &reason);
  gboolean is_other_state = state != self->state;
  gboolean is_other_reason = g_strcmp0 (reason, self->reason) != 0;
  g_autofree char *before = NULL;

  if (is_other_state)
    {
      self->state = state;
      self->since_unix_ms = g_get_real_time () / 1000;
    }
  if (is_other_reason)
    {
      before = self->reason;
      self->reason = g_strdup (reason);
    }
  if (self->authority)
    roster_team_authority_set_edit_reason (ROSTER_TEAM_AUTHORITY (self->authority),
                                           derive_edit_reason (self));
  update_retry (self);
  roster_team_notify_state (self, is_other_state, is_other_reason);
}

void
roster_team_refresh (RosterTeam *self)
{
  roster_account_check_clock (self->account);
  if (self->is_shown && self->token)
    roster_sync_pull_async (self->sync, ROSTER_URGENCY_PERSON, NULL, NULL, NULL);
}

void
roster_team_network_changed (RosterTeam *self)
{
  if (!self->was_opened || self->is_closing)
    return;
  roster_worker_network_changed (self->worker);
  roster_account_settle_async (self->account, NULL, NULL);
  roster_team_refresh (self);
}

RosterAccount *
roster_team_get_account (RosterTeam *self)
{
  return self->account;
}

RosterDirectory *
roster_team_get_directory (RosterTeam *self)
{
  return self->is_shown ? self->directory : NULL;
}

UserSession *
roster_team_get_session (RosterTeam *self)
{
  return roster_account_get_session (self->account);
}

RosterTeamState
roster_team_get_state (RosterTeam *self)
{
  return self->state;
}

gint64
roster_team_get_since (RosterTeam *self)
{
  return self->since_unix_ms;
}

gint64
roster_team_get_as_of (RosterTeam *self)
{
  return self->sync ? roster_sync_get_as_of (self->sync) : 0;
}

const char *
roster_team_get_reason (RosterTeam *self)
{
  return self->reason;
}

double
roster_team_get_progress (RosterTeam *self)
{
  return self->sync ? roster_sync_get_progress (self->sync) : 0;
}
