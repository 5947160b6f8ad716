/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One change of one person as plain data. Any thread; the struct owns what it points to. */

#include "config.h"

#include "roster-change.h"

G_DEFINE_BOXED_TYPE (RosterChange, roster_change, roster_change_copy, roster_change_free)

static RosterPerson *
copy_person (const RosterPerson *person)
{
  return person ? roster_person_copy (person) : NULL;
}

RosterChange *
roster_change_copy (const RosterChange *change)
{
  RosterChange *copy = g_new (RosterChange, 1);

  *copy = *change;
  copy->author = g_strdup (change->author);
  copy->before = copy_person (change->before);
  copy->after = copy_person (change->after);
  return copy;
}

void
roster_change_free (RosterChange *change)
{
  if (!change)
    return;
  g_free (change->author);
  roster_person_free (change->before);
  roster_person_free (change->after);
  g_free (change);
}
