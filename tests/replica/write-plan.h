/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-replica.h"

G_BEGIN_DECLS

/* An endless row of writes that both who makes them and who looks at what is left of them know: who
 * has to be there after the first n. */

/** WRITE_PLAN_DEPTH: how many writes are under way at the same time. */
#define WRITE_PLAN_DEPTH 3

typedef struct _WritePlan WritePlan;

/** write_plan_new: Returns: (transfer full): the plan after @n_writes. */
WritePlan *write_plan_new (guint n_writes);
void write_plan_free (WritePlan *self);

/**
 * write_plan_start:
 * @replica: where the writes go, from the one the plan is at on; open, or about to be
 * @reported: called for each that was reported as done
 *
 * Makes WRITE_PLAN_DEPTH writes at a time, until write_plan_stop(), or for ever. A write that fails
 * fails the test.
 */
void write_plan_start (WritePlan *self,
                       RosterReplica *replica,
                       void (*reported) (gpointer user_data),
                       gpointer user_data);

/** write_plan_stop: waits for the writes under way. */
void write_plan_stop (WritePlan *self);

/**
 * write_plan_find:
 * @folder: where a closed directory is
 * @n_least: how many writes were reported as done before the file was left
 * @n_most: and how many since then
 *
 * Asserts that the file opens, is whole, and holds the first writes of the plan, each with its
 * history: no fewer than were reported, no more than were begun. Returns: how many
 */
guint write_plan_find (GFile *folder, guint n_least, guint n_most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WritePlan, write_plan_free)

G_END_DECLS
