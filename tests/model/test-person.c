/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-error.h"
#include "roster-person.h"

static RosterPerson *
full_person (void)
{
  RosterPerson *person =
      roster_person_new ("cjld2cjxh0000qzrmn831i7rn", "John Doe", "john@example.com", "555-0100");

  person->created_at_unix_ms = 1000;
  person->updated_at_unix_ms = 2000;
  person->slot = 7;
  return person;
}

static void
test_new (void)
{
  g_autoptr (RosterPerson) person =
      roster_person_new (NULL, "John Doe", "john@example.com", "555-0100");

  g_assert_null (person->id);
  g_assert_cmpstr (person->name, ==, "John Doe");
  g_assert_cmpstr (person->email, ==, "john@example.com");
  g_assert_cmpstr (person->phone, ==, "555-0100");
  g_assert_cmpint (person->created_at_unix_ms, ==, 0);
  g_assert_cmpint (person->updated_at_unix_ms, ==, 0);
  g_assert_cmpuint (person->slot, ==, ROSTER_NO_SLOT);
  roster_person_free (NULL);
}

static void
test_copy (void)
{
  g_autoptr (RosterPerson) person = full_person ();
  g_autoptr (RosterPerson) copy = g_boxed_copy (ROSTER_TYPE_PERSON, person);

  g_assert_true (roster_person_equal (person, copy));
  g_assert_cmpuint (copy->slot, ==, 7);
  g_assert_true (copy->name != person->name);
}

static void
test_copy_all (void)
{
  g_autoptr (RosterPerson) person = full_person ();
  g_autoptr (GPtrArray) copies = roster_person_copy_all (&person, 1);

  g_assert_cmpuint (copies->len, ==, 1);
  g_assert_true (copies->pdata[0] != person);
  g_assert_true (roster_person_equal (copies->pdata[0], person));
}

static void
test_equal (void)
{
  g_autoptr (RosterPerson) person = full_person ();
  char **fields[] = { &person->id, &person->name, &person->email, &person->phone };
  g_autoptr (RosterPerson) copy = roster_person_copy (person);

  copy->slot = ROSTER_NO_SLOT;
  g_assert_true (roster_person_equal (person, copy));

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      char *kept = *fields[i];

      *fields[i] = NULL;
      g_assert_false (roster_person_equal (person, copy));
      g_assert_false (roster_person_equal (copy, person));
      *fields[i] = kept;
    }

  copy->created_at_unix_ms++;
  g_assert_false (roster_person_equal (person, copy));
  copy->created_at_unix_ms--;
  copy->updated_at_unix_ms++;
  g_assert_false (roster_person_equal (person, copy));
}

static void
test_error_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (ROSTER_ERROR), ==, "RosterError");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person/new", test_new);
  g_test_add_func ("/person/copy", test_copy);
  g_test_add_func ("/person/copy-all", test_copy_all);
  g_test_add_func ("/person/equal", test_equal);
  g_test_add_func ("/person/error-domain", test_error_domain);

  return g_test_run ();
}
