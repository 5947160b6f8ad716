/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "person-object.h"

static RosterPerson *
john (void)
{
  RosterPerson *person =
      roster_person_new ("cjld2cjxh0000qzrmn831i7rn", "John Doe", "john@example.com", "555-0100");

  person->created_at_unix_ms = 1000;
  person->updated_at_unix_ms = 2000;
  person->slot = 7;
  return person;
}

static void
set (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static void
test_new_and_finalize (void)
{
  g_autoptr (RosterPerson) person = john ();
  PersonObject *object = person_object_new (person);

  g_assert_true (person_object_get_person (object) != person);
  g_assert_true (roster_person_equal (person_object_get_person (object), person));
  g_assert_cmpuint (person_object_get_person (object)->slot, ==, 7);
  g_assert_cmpstr (person_object_get_id (object), ==, "cjld2cjxh0000qzrmn831i7rn");
  g_assert_cmpstr (person_object_get_name (object), ==, "John Doe");
  g_assert_cmpstr (person_object_get_email (object), ==, "john@example.com");
  g_assert_cmpstr (person_object_get_phone (object), ==, "555-0100");
  g_assert_cmpint (person_object_get_created_at (object), ==, 1000);
  g_assert_cmpint (person_object_get_updated_at (object), ==, 2000);

  g_assert_finalize_object (object);
}

static void
test_blank (void)
{
  PersonObject *object = g_object_new (PERSON_TYPE_OBJECT, NULL);

  g_assert_null (person_object_get_id (object));
  g_assert_cmpstr (person_object_get_name (object), ==, "");
  g_assert_finalize_object (object);
}

static void
test_properties (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (PersonObject) object = person_object_new (person);
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;
  g_autofree char *phone = NULL;
  gint64 created_at = 0;
  gint64 updated_at = 0;

  g_object_get (object, "id", &id, "name", &name, "email", &email, "phone", &phone, "created-at",
                &created_at, "updated-at", &updated_at, NULL);
  g_assert_cmpstr (id, ==, person->id);
  g_assert_cmpstr (name, ==, person->name);
  g_assert_cmpstr (email, ==, person->email);
  g_assert_cmpstr (phone, ==, person->phone);
  g_assert_cmpint (created_at, ==, 1000);
  g_assert_cmpint (updated_at, ==, 2000);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  GString *seen = user_data;

  g_string_append_printf (seen, "%s ", pspec->name);
}

static void
assert_update_notifies (PersonObject *object, const RosterPerson *person, const char *names)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  gulong handler = g_signal_connect (object, "notify", G_CALLBACK (notify_cb), seen);

  person_object_update (object, person);
  g_assert_cmpstr (seen->str, ==, names);
  g_assert_true (roster_person_equal (person_object_get_person (object), person));
  g_signal_handler_disconnect (object, handler);
}

static void
test_notify (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (PersonObject) object = person_object_new (person);

  assert_update_notifies (object, person, "");

  set (&person->id, "cjld2cjxh0000qzrmn831i7ro");
  assert_update_notifies (object, person, "id ");
  set (&person->name, "Jane Smith");
  assert_update_notifies (object, person, "name ");
  set (&person->email, "jane@example.com");
  assert_update_notifies (object, person, "email ");
  set (&person->phone, "555-0101");
  assert_update_notifies (object, person, "phone ");
  person->created_at_unix_ms++;
  assert_update_notifies (object, person, "created-at ");
  person->updated_at_unix_ms++;
  assert_update_notifies (object, person, "updated-at ");

  person->slot++;
  assert_update_notifies (object, person, "");
  g_assert_cmpuint (person_object_get_person (object)->slot, ==, person->slot);
}

static void
test_update_with_its_own (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (PersonObject) object = person_object_new (person);

  person_object_update (object, person_object_get_person (object));
  g_assert_true (roster_person_equal (person_object_get_person (object), person));
}

static void
update_again_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  person_object_update (PERSON_OBJECT (object), user_data);
}

static void
test_update_while_notifying (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPerson) last = john ();
  g_autoptr (PersonObject) object = person_object_new (person);

  set (&person->name, "Jane Smith");
  set (&person->email, "jane@example.com");
  set (&last->name, "Alice Johnson");
  g_signal_connect (object, "notify::name", G_CALLBACK (update_again_cb), last);
  person_object_update (object, person);
  g_assert_true (roster_person_equal (person_object_get_person (object), last));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-object/new-and-finalize", test_new_and_finalize);
  g_test_add_func ("/person-object/blank", test_blank);
  g_test_add_func ("/person-object/properties", test_properties);
  g_test_add_func ("/person-object/notify", test_notify);
  g_test_add_func ("/person-object/update-with-its-own", test_update_with_its_own);
  g_test_add_func ("/person-object/update-while-notifying", test_update_while_notifying);

  return g_test_run ();
}
