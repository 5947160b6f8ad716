/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-call.h"
#include "roster-connection-url.h"

G_BEGIN_DECLS

/**
 * RosterWorkerState:
 * @ROSTER_WORKER_ASLEEP: nobody has asked for anything yet, or the server went to sleep; the next
 *   call wakes it up
 * @ROSTER_WORKER_CONNECTING: a call waits for a connection
 * @ROSTER_WORKER_WAKING: for longer than a server takes that was awake
 * @ROSTER_WORKER_READY: there is a connection
 * @ROSTER_WORKER_OFFLINE: there was none to be had; "reason" says why
 */
typedef enum
{
  ROSTER_WORKER_ASLEEP,
  ROSTER_WORKER_CONNECTING,
  ROSTER_WORKER_WAKING,
  ROSTER_WORKER_READY,
  ROSTER_WORKER_OFFLINE,
} RosterWorkerState;

#define ROSTER_TYPE_WORKER_STATE (roster_worker_state_get_type ())
GType roster_worker_state_get_type (void) G_GNUC_CONST;

/**
 * RosterUrgency:
 * @ROSTER_URGENCY_PERSON: somebody waits for it
 * @ROSTER_URGENCY_BACKGROUND: nobody does; it has a connection of its own, for as long as there is
 *   something to do, so that nobody ever waits for it
 */
typedef enum
{
  ROSTER_URGENCY_PERSON,
  ROSTER_URGENCY_BACKGROUND,
} RosterUrgency;

/** ROSTER_WORKER_TIMEOUT_MS: how long somebody waits at most, a server that wakes up included. */
#define ROSTER_WORKER_TIMEOUT_MS 30000

#define ROSTER_TYPE_WORKER (roster_worker_get_type ())
G_DECLARE_FINAL_TYPE (RosterWorker, roster_worker, ROSTER, WORKER, GObject)

/**
 * RosterWorker:
 *
 * All connections to the team's database, on a thread of their own. Main thread. Properties,
 * read-only: "state" (RosterWorkerState), "reason" (string, nullable: a translated sentence, why it
 * is offline) and "since" (gint64: since when it is so, in milliseconds since the Unix epoch).
 * Signal "people-changed": somebody may have changed people; only a hint.
 */

/**
 * roster_worker_new:
 * @pooled: (transfer full): for everything that is asked for
 * @direct: (transfer full) (nullable): for listening; %NULL does without
 *
 * Returns: (transfer full): a worker that connects when it is asked for something
 */
RosterWorker *roster_worker_new (RosterConnectionUrl *pooled, RosterConnectionUrl *direct);

/**
 * roster_worker_run_async:
 * @calls: (transfer full) (element-type RosterCall): at least one; sent at once, each a transaction
 *   of its own
 * @timeout_ms: for all of it
 *
 * Asks the server, in one round trip when there is a connection. When the connection breaks all of
 * @calls are asked again over another one; every statement allows that. Cancelling has the server
 * stop too, within seconds.
 *
 * roster_worker_run_finish: Errors: ROSTER_ERROR_UNREACHABLE (no answer in time; what was asked for
 * may still have been done), ROSTER_ERROR_NOT_ALLOWED (the server cannot prove who it is, or does
 * not accept the role), ROSTER_ERROR_NOT_A_MEMBER (nor its password), ROSTER_ERROR_CLOSED,
 * ROSTER_ERROR_NEWER_VERSION (the server is too old), ROSTER_ERROR_FAILED, G_IO_ERROR_CANCELLED.
 * Returns: (transfer full) (element-type RosterAnswer) (nullable): one for each call
 */
void roster_worker_run_async (RosterWorker *self,
                              GPtrArray *calls,
                              RosterUrgency urgency,
                              guint timeout_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *roster_worker_run_finish (RosterWorker *self, GAsyncResult *result, GError **error);

/**
 * roster_worker_network_changed:
 *
 * Tells that the network is another one, or the computer was suspended: no connection is to be
 * trusted any longer, and one that could not be had may be now. Calls under way are asked again.
 */
void roster_worker_network_changed (RosterWorker *self);

/**
 * roster_worker_close:
 *
 * Ends all connections. Calls under way complete with ROSTER_ERROR_CLOSED, and so does every later
 * one. Waits for the thread, which waits for nothing.
 */
void roster_worker_close (RosterWorker *self);

RosterWorkerState roster_worker_get_state (RosterWorker *self);
const char *roster_worker_get_reason (RosterWorker *self);
gint64 roster_worker_get_since (RosterWorker *self);

G_END_DECLS
