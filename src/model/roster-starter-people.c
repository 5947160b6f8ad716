/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-starter-people.h"

#include "roster-cuid.h"

static const struct
{
  const char *name;
  const char *email;
  const char *phone;
} starters[] = {
  { "John Doe", "john.doe@example.com", "+1 (555) 0101" },
  { "Jane Smith", "jane.smith@example.com", "+1 (555) 0102" },
  { "Alice Johnson", "alice.johnson@example.com", "+1 (555) 0103" },
  { "Bob Williams", "bob.williams@example.com", "+1 (555) 0104" },
  { "Charlie Brown", "charlie.brown@example.com", "+1 (555) 0105" },
  { "Emily Davis", "emily.davis@example.com", "+1 (555) 0106" },
  { "Frank Miller", "frank.miller@example.com", "+1 (555) 0107" },
  { "Grace Lee", "grace.lee@example.com", "+1 (555) 0108" },
  { "Henry Moore", "henry.moore@example.com", "+1 (555) 0109" },
  { "Isabella Young", "isabella.young@example.com", "+1 (555) 0110" },
};

GPtrArray *
roster_starter_people_new (void)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);

  for (guint i = 0; i < G_N_ELEMENTS (starters); i++)
    {
      g_autofree char *id = roster_cuid_new ();

      g_ptr_array_add (people, roster_person_new (id, starters[i].name, starters[i].email,
                                                  starters[i].phone));
    }
  return g_steal_pointer (&people);
}
