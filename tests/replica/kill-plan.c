/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of six writes two add somebody, two change the second of them, and two delete those who were
 * added a while before: about 200 people are there at a time. */

#include "config.h"

#include "kill-plan.h"

#include "replica-test.h"

#define CYCLE 6
#define LIFE (100 * CYCLE + 3)

KillPlan *
kill_plan_new (guint n_writes)
{
  KillPlan *self = g_new0 (KillPlan, 1);
  /* Whoever was added before is gone by now. */
  guint start = n_writes > 2 * LIFE ? (n_writes - 2 * LIFE) / CYCLE * CYCLE : 0;

  self->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) roster_person_free);
  self->n_writes = start;
  while (self->n_writes < n_writes)
    kill_plan_skip (self);
  return self;
}

void
kill_plan_free (KillPlan *self)
{
  g_hash_table_unref (self->people);
  g_free (self);
}

static RosterPerson *
look_up (KillPlan *self, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  const RosterPerson *there = g_hash_table_lookup (self->people, person->id);

  return there ? roster_person_copy (there) : NULL;
}

KillWrite
kill_plan_next (KillPlan *self, RosterPerson **base, RosterPerson **person)
{
  guint n = self->n_writes++;
  RosterPerson *copy;

  *base = NULL;
  *person = NULL;
  switch (n % CYCLE)
    {
    case 0:
    case 1:
      *person = replica_test_person (n);
      copy = roster_person_copy (*person);
      g_hash_table_replace (self->people, copy->id, copy);
      return KILL_CREATE;

    case 2:
    case 5:
      *base = look_up (self, n - n % CYCLE + 1);
      *person = roster_person_copy (*base);
      g_free ((*person)->phone);
      (*person)->phone = g_strdup_printf ("+44 20 %u", n);
      copy = roster_person_copy (*person);
      g_hash_table_replace (self->people, copy->id, copy);
      return KILL_UPDATE;

    default:
      if (n >= LIFE)
        *base = look_up (self, n - LIFE);
      if (*base)
        g_hash_table_remove (self->people, (*base)->id);
      return KILL_DELETE;
    }
}

void
kill_plan_skip (KillPlan *self)
{
  RosterPerson *base, *person;

  kill_plan_next (self, &base, &person);
  roster_person_free (base);
  roster_person_free (person);
}
