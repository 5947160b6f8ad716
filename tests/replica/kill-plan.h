/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person.h"

G_BEGIN_DECLS

/* An endless row of writes that a program which is killed at any moment and the one that kills it
 * both know: who has to be there after the first n of them. */

/** KILL_PLAN_DEPTH: how many writes are under way at the same time. */
#define KILL_PLAN_DEPTH 3

typedef enum
{
  KILL_CREATE,
  KILL_UPDATE,
  KILL_DELETE,
} KillWrite;

/**
 * KillPlan:
 * @n_writes: how many writes were made
 * @people: (element-type utf8 RosterPerson): who is there after them, without times
 */
typedef struct
{
  guint n_writes;
  GHashTable *people;
} KillPlan;

KillPlan *kill_plan_new (guint n_writes);
void kill_plan_free (KillPlan *self);

/**
 * kill_plan_next:
 * @base: (out) (transfer full) (nullable): who is there before the write
 * @person: (out) (transfer full) (nullable): who is there after it
 *
 * Makes the next write. Returns: what it is
 */
KillWrite kill_plan_next (KillPlan *self, RosterPerson **base, RosterPerson **person);

/** kill_plan_skip: makes the next write without telling. */
void kill_plan_skip (KillPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KillPlan, kill_plan_free)

G_END_DECLS
