/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-worker.h"

G_BEGIN_DECLS

/**
 * RosterWorkerThread:
 *
 * The thread behind a RosterWorker: a lane for each urgency, and the listener. Inside postgres/
 * only; called from one other thread.
 */
typedef struct _RosterWorkerThread RosterWorkerThread;

/**
 * RosterWorkerThreadEvents: what is told on the thread.
 * @state_changed: @reason: (nullable)
 */
typedef struct
{
  void (*state_changed) (RosterWorkerState state, const char *reason, gpointer user_data);
  void (*people_changed) (gpointer user_data);
} RosterWorkerThreadEvents;

/** roster_worker_thread_new: @pooled, @direct: (transfer full). Returns: (transfer full): running.
 */
RosterWorkerThread *roster_worker_thread_new (RosterConnectionUrl *pooled,
                                              RosterConnectionUrl *direct,
                                              const RosterWorkerThreadEvents *events,
                                              gpointer user_data);

/** roster_worker_thread_push: @job: (transfer full): of roster_job_new(). */
void roster_worker_thread_push (RosterWorkerThread *self, GTask *job, RosterUrgency urgency);

void roster_worker_thread_network_changed (RosterWorkerThread *self);

/** roster_worker_thread_free: waits for the thread; its jobs complete with ROSTER_ERROR_CLOSED. */
void roster_worker_thread_free (RosterWorkerThread *self);

G_END_DECLS
