/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One person as plain data. Any thread; the struct owns its strings. */

#include "config.h"

#include "roster-person.h"

G_DEFINE_BOXED_TYPE (RosterPerson, roster_person, roster_person_copy, roster_person_free)

RosterPerson *
roster_person_new (const char *id, const char *name, const char *email, const char *phone)
{
  RosterPerson *person = g_new0 (RosterPerson, 1);

  person->id = g_strdup (id);
  person->name = g_strdup (name);
  person->email = g_strdup (email);
  person->phone = g_strdup (phone);
  person->slot = ROSTER_NO_SLOT;
  return person;
}

RosterPerson *
roster_person_copy (const RosterPerson *person)
{
  RosterPerson *copy = roster_person_new (person->id, person->name, person->email, person->phone);

  copy->created_at_unix_ms = person->created_at_unix_ms;
  copy->updated_at_unix_ms = person->updated_at_unix_ms;
  copy->slot = person->slot;
  return copy;
}

GPtrArray *
roster_person_copy_all (RosterPerson *const *people, gsize n_people)
{
  GPtrArray *copies = g_ptr_array_new_full ((guint) n_people, (GDestroyNotify) roster_person_free);

  for (gsize i = 0; i < n_people; i++)
    g_ptr_array_add (copies, roster_person_copy (people[i]));
  return copies;
}

void
roster_person_free (RosterPerson *person)
{
  if (!person)
    return;
  g_free (person->id);
  g_free (person->name);
  g_free (person->email);
  g_free (person->phone);
  g_free (person);
}

gboolean
roster_person_equal (const RosterPerson *a, const RosterPerson *b)
{
  return g_strcmp0 (a->id, b->id) == 0 && g_strcmp0 (a->name, b->name) == 0 &&
         g_strcmp0 (a->email, b->email) == 0 && g_strcmp0 (a->phone, b->phone) == 0 &&
         a->created_at_unix_ms == b->created_at_unix_ms &&
         a->updated_at_unix_ms == b->updated_at_unix_ms;
}
