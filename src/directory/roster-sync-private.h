/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-call.h"
#include "roster-replica-sync.h"
#include "roster-sync-point.h"
#include "roster-sync.h"

G_BEGIN_DECLS

struct _RosterSync
{
  GObject parent_instance;

  RosterWorker *worker;
  RosterReplica *replica;
  char *token;
  guint64 generation;

  RosterSyncState state;
  gint64 since_unix_ms;
  gint64 as_of_unix_ms;
  double progress;
  GError *error;

  /* Tasks: who waits for the pull under way, and who for the one after it. */
  GPtrArray *waiting;
  GPtrArray *waiting_for_next;
  RosterUrgency urgency;
  RosterUrgency next_urgency;
  gboolean is_closed;
  gboolean reads_anew;

  /* The pull under way. */
  GCancellable *cancellable; /* (nullable) when there is none */
  RosterSyncPoint *asked; /* (nullable) where the replica is once it has all that was asked for */
  guint n_under_way;
  guint n_attempts;
  gint64 asked_at_unix_ms;
  gboolean is_whole;
  gboolean is_void;
  GError *failure;
};

/* In roster-sync.c. */

/** roster_sync_tell_point: @point: where the replica is now. */
void roster_sync_tell_point (RosterSync *self, const RosterSyncPoint *point);

/** roster_sync_fail: @failure: (transfer full): why the pull is of no use any more. */
void roster_sync_fail (RosterSync *self, GError *failure);

/** roster_sync_end_pull: nothing is under way any more. */
void roster_sync_end_pull (RosterSync *self);

/* In roster-sync-steps.c. */

/** roster_sync_go_on: asks for what is next in the pull, or ends it. */
void roster_sync_go_on (RosterSync *self);

/**
 * roster_sync_read_changes:
 * @answer: (transfer full): to changes-since
 * @asked_at_unix_ms: when that was asked
 * @rows: (out): who changed
 *
 * Returns: (transfer full) (nullable): where the replica is with @rows; %NULL without an error when
 * everybody is to be read anew
 */
RosterSyncPoint *roster_sync_read_changes (RosterAnswer *answer,
                                           gint64 asked_at_unix_ms,
                                           RosterSyncRows *rows,
                                           GError **error);

/** roster_sync_ask: @call: (transfer full): the question. */
void roster_sync_ask (RosterSync *self,
                      RosterCall *call,
                      RosterUrgency urgency,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/** roster_sync_ask_finish: Returns: (transfer full) (nullable): the answer, which may be an error
 * too. */
RosterAnswer *roster_sync_ask_finish (RosterSync *self, GAsyncResult *result, GError **error);

G_END_DECLS
