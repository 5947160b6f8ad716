/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-replica.h"
#include "roster-worker.h"

G_BEGIN_DECLS

/**
 * RosterSyncState:
 * @ROSTER_SYNC_IDLE: nobody has asked for anything yet, or what was asked for is done
 * @ROSTER_SYNC_PULLING: what changed is being read
 * @ROSTER_SYNC_READING: everybody is being read; "progress" says how far it has come
 * @ROSTER_SYNC_FAILED: the last pull did not come to its end; "error" says why
 */
typedef enum
{
  ROSTER_SYNC_IDLE,
  ROSTER_SYNC_PULLING,
  ROSTER_SYNC_READING,
  ROSTER_SYNC_FAILED,
} RosterSyncState;

#define ROSTER_TYPE_SYNC_STATE (roster_sync_state_get_type ())
GType roster_sync_state_get_type (void) G_GNUC_CONST;

#define ROSTER_TYPE_SYNC (roster_sync_get_type ())
G_DECLARE_FINAL_TYPE (RosterSync, roster_sync, ROSTER, SYNC, GObject)

/**
 * RosterSync:
 *
 * Keeps a replica what the team's database is: reads everybody, page by page, goes on where it was
 * stopped, and from then on what changed; RosterReplica::changed tells of it. When the server
 * cannot say what changed, everybody is read anew, and what was there stays until it is known who
 * is gone. Main thread. One pull at a time; what is asked for during one, by however many, is one
 * more after it. RosterWorker::people-changed asks for one too.
 *
 * Properties, read-only: "state" (RosterSyncState), "since" (gint64: since when it is so),
 * "error" (GError, nullable: why the last pull failed), "as-of" (gint64: when the replica was last
 * what the database was, known once the first pull has begun; 0: never), both times in milliseconds
 * since the Unix epoch, and "progress" (double, 0 to 1: how much of everybody is there).
 *
 * Errors of every call: ROSTER_ERROR_NOT_SIGNED_IN, ROSTER_ERROR_NOT_ALLOWED,
 * ROSTER_ERROR_UNREACHABLE, ROSTER_ERROR_NEWER_VERSION, ROSTER_ERROR_CORRUPT (the server sends what
 * Roster cannot read), ROSTER_ERROR_CLOSED, ROSTER_ERROR_FAILED, the common ones of RosterReplica,
 * G_IO_ERROR_CANCELLED.
 */

/** roster_sync_new: Returns: (transfer full): a sync that waits to be asked. */
RosterSync *roster_sync_new (RosterWorker *worker, RosterReplica *replica);

/** roster_sync_set_token: @token: (nullable): the session's, from the next question on; without one
 * nobody is asked anything. */
void roster_sync_set_token (RosterSync *self, const char *token);

/**
 * roster_sync_pull_async:
 * @urgency: of the question, when there is none under way
 *
 * Completes when the replica has everything that was in the database at the time of the call.
 * Cancelling ends the waiting only: what was begun is of use.
 */
void roster_sync_pull_async (RosterSync *self,
                             RosterUrgency urgency,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean roster_sync_pull_finish (RosterSync *self, GAsyncResult *result, GError **error);

/**
 * roster_sync_check_async:
 *
 * Compares the replica with the database, in the background: seconds of the server's time for a
 * million people. When they are not the same, everybody is read anew before it completes. Errors
 * besides: ROSTER_ERROR_CONFLICT: people were changed all the time, so that it cannot be said.
 *
 * roster_sync_check_finish: @equal: (out): whether they were the same
 */
void roster_sync_check_async (RosterSync *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean roster_sync_check_finish (RosterSync *self,
                                   GAsyncResult *result,
                                   gboolean *equal,
                                   GError **error);

/** roster_sync_close: ends what is under way; it, and every later call, completes with
 * ROSTER_ERROR_CLOSED. Before the worker and the replica are closed. */
void roster_sync_close (RosterSync *self);

RosterSyncState roster_sync_get_state (RosterSync *self);
gint64 roster_sync_get_since (RosterSync *self);
const GError *roster_sync_get_error (RosterSync *self);
gint64 roster_sync_get_as_of (RosterSync *self);
double roster_sync_get_progress (RosterSync *self);

G_END_DECLS
