/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-connection-url.h"

G_BEGIN_DECLS

/**
 * RosterLane:
 *
 * A queue of jobs for one connection, which it opens when there is a job and keeps. What it sends
 * can be repeated without harm, as every statement of sql/queries/ can: when a connection is lost,
 * what was under way is sent again over the next. On the thread of its main context; inside
 * postgres/ only.
 */
typedef struct _RosterLane RosterLane;

/** RosterLaneFunc: told when what the getters say may be another. */
typedef void (*RosterLaneFunc) (RosterLane *self, gpointer user_data);

/**
 * roster_lane_new:
 * @url: outlives it
 * @linger_ms: after how long with nothing to do the connection is closed; 0 for never
 *
 * Returns: (transfer full): an empty lane
 */
RosterLane *roster_lane_new (const RosterConnectionUrl *url,
                             guint linger_ms,
                             GMainContext *context,
                             RosterLaneFunc changed,
                             gpointer user_data);

/** roster_lane_free: every job is completed with ROSTER_ERROR_CLOSED. */
void roster_lane_free (RosterLane *self);

/**
 * roster_lane_push:
 * @job: (transfer full): of roster_job_new(); completed, in its own context, with a GPtrArray of
 * RosterAnswer or with ROSTER_ERROR_UNREACHABLE (too late; what was asked for may still be done),
 * any error of connecting, ROSTER_ERROR_CLOSED or G_IO_ERROR_CANCELLED
 */
void roster_lane_push (RosterLane *self, GTask *job);

/** roster_lane_rest: closes the connection when nothing is asked of it at the moment. */
void roster_lane_rest (RosterLane *self);

/** roster_lane_renew: gives the connection up; when there are jobs, they get another one at once.
 */
void roster_lane_renew (RosterLane *self);

/** roster_lane_is_open: Returns: whether there is a connection. */
gboolean roster_lane_is_open (RosterLane *self);

/** roster_lane_is_connecting: Returns: whether one is being made, or waited for. */
gboolean roster_lane_is_connecting (RosterLane *self);

/** roster_lane_get_error: Returns: (transfer none) (nullable): why the last attempt to connect
 * failed; %NULL when there is nothing to complain about, such as a server that is just waking up.
 */
const GError *roster_lane_get_error (RosterLane *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterLane, roster_lane_free)

G_END_DECLS
