/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-error.h"

G_BEGIN_DECLS

/* What a lane is asked to do: a GTask whose data is the calls. Made anywhere; from
 * roster_job_watch() on it belongs to the lane's thread, until one of roster_job_return_... takes
 * it back to the context it was made in, and completes it there. Inside postgres/ only. */

/**
 * roster_job_new:
 * @calls: (transfer full) (element-type RosterCall): each a transaction of its own
 * @timeout_ms: from now on, for all of it
 *
 * Returns: (transfer full): a job
 */
GTask *roster_job_new (gpointer source_object,
                       GPtrArray *calls,
                       guint timeout_ms,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/** RosterJobFunc: told once that it was cancelled (G_IO_ERROR_CANCELLED), or is too late
 * (ROSTER_ERROR_UNREACHABLE). */
typedef void (*RosterJobFunc) (GTask *job, const GError *error, gpointer user_data);

/** roster_job_watch: has @given_up called, in @context, until the job is returned. */
void roster_job_watch (GTask *job,
                       GMainContext *context,
                       RosterJobFunc given_up,
                       gpointer user_data);

/** roster_job_get_calls: Returns: (transfer none) (element-type RosterCall): what to send. */
GPtrArray *roster_job_get_calls (GTask *job);

/** roster_job_get_age_ms: Returns: for how long it is asked for. */
gint64 roster_job_get_age_ms (GTask *job);

/** roster_job_return_answers: @job: (transfer full); @answers: (element-type RosterAnswer). */
void roster_job_return_answers (GTask *job, GPtrArray *answers);

/** roster_job_return_error: @job: (transfer full). */
void roster_job_return_error (GTask *job, const GError *error);

G_END_DECLS
