/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-account.h"
#include "roster-connection-url.h"
#include "roster-directory.h"

G_BEGIN_DECLS

/**
 * RosterTeamState:
 * @ROSTER_TEAM_CLOSED: it was not opened yet, or is closed
 * @ROSTER_TEAM_SIGNED_OUT: nobody is signed in, see the session
 * @ROSTER_TEAM_READING: everybody is being read from the database for the first time, or anew; what
 *   has arrived can be searched; "progress" says how far it is
 * @ROSTER_TEAM_CONNECTING: the database is asked, and nothing is known of it yet
 * @ROSTER_TEAM_WAKING: likewise, for longer than one takes that was awake
 * @ROSTER_TEAM_SYNCING: what changed is being read
 * @ROSTER_TEAM_LIVE: what is here is what the database was at the last contact, and it is awake
 * @ROSTER_TEAM_ASLEEP: likewise, but it went to sleep; whatever a person does wakes it up
 * @ROSTER_TEAM_OFFLINE: it cannot be reached, or does not answer as it should, or the keyring that
 *   has the way in is locked; "reason" says why
 */
typedef enum
{
  ROSTER_TEAM_CLOSED,
  ROSTER_TEAM_SIGNED_OUT,
  ROSTER_TEAM_READING,
  ROSTER_TEAM_CONNECTING,
  ROSTER_TEAM_WAKING,
  ROSTER_TEAM_SYNCING,
  ROSTER_TEAM_LIVE,
  ROSTER_TEAM_ASLEEP,
  ROSTER_TEAM_OFFLINE,
} RosterTeamState;

#define ROSTER_TYPE_TEAM_STATE (roster_team_state_get_type ())
GType roster_team_state_get_type (void) G_GNUC_CONST;

#define ROSTER_TYPE_TEAM (roster_team_get_type ())
G_DECLARE_FINAL_TYPE (RosterTeam, roster_team, ROSTER, TEAM, GObject)

/**
 * RosterTeam:
 *
 * A team's directory on this computer: who is signed in, the replica and how it stays what the
 * database is. It reads what changed when it is opened, when the database says that people were
 * changed, with each write, when it is told to, and when the database can be reached again, which
 * it finds out by itself. Main thread.
 *
 * Properties, read-only: "session" (UserSession), "directory" (RosterDirectory, nullable: there
 * while somebody is signed in and the replica is open), "state" (RosterTeamState), "since" (gint64:
 * since when it is so), "as-of" (gint64: when the replica was last what the database was; 0:
 * never), both in milliseconds since the Unix epoch, "reason" (string, nullable: a translated
 * sentence, why it is offline or nobody is signed in) and "progress" (double, 0 to 1: how much of
 * everybody is there).
 *
 * When the session ends, wherever that was, "directory" becomes %NULL first, and then everything in
 * the folder is deleted. Who signs in to the account has the directory opened.
 */

/**
 * roster_team_new:
 * @id: tells the directory from the user's others in the keyring; no secret
 * @pooled: (transfer full): the way to the database
 * @direct: (transfer full) (nullable): the way to listen on; %NULL does without
 * @folder: everything of the team's on this computer, see roster_account_new()
 *
 * Returns: (transfer full): a team that is closed
 */
RosterTeam *roster_team_new (const char *id,
                             RosterConnectionUrl *pooled,
                             RosterConnectionUrl *direct,
                             GFile *folder);

/**
 * roster_team_open_async:
 *
 * Finds out who is signed in and, if somebody is, opens the directory; completes with its first
 * page, without a network. Whatever else there is to know comes after. To be called again when the
 * user wants to unlock the keyring after all. Finish: Errors: those of roster_replica_open_async()
 * but for those that a new file helps against: it is fetched again.
 */
void roster_team_open_async (RosterTeam *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean roster_team_open_finish (RosterTeam *self, GAsyncResult *result, GError **error);

/** roster_team_refresh: what changed is read now; to be called when the window gets the focus. Does
 * nothing while nobody is signed in. */
void roster_team_refresh (RosterTeam *self);

/** roster_team_network_changed: the network is another one, or the computer was suspended. Changes
 * of the network it hears of by itself. */
void roster_team_network_changed (RosterTeam *self);

/** roster_team_close_async: completes when every write is done and nothing is open any more. */
void roster_team_close_async (RosterTeam *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean roster_team_close_finish (RosterTeam *self, GAsyncResult *result, GError **error);

/** roster_team_get_account: Returns: (transfer none): to sign in and out with. */
RosterAccount *roster_team_get_account (RosterTeam *self);

/** roster_team_get_directory: Returns: (transfer none) (nullable): see "directory". */
RosterDirectory *roster_team_get_directory (RosterTeam *self);

UserSession *roster_team_get_session (RosterTeam *self);
RosterTeamState roster_team_get_state (RosterTeam *self);
gint64 roster_team_get_since (RosterTeam *self);
gint64 roster_team_get_as_of (RosterTeam *self);
const char *roster_team_get_reason (RosterTeam *self);
double roster_team_get_progress (RosterTeam *self);

G_END_DECLS
