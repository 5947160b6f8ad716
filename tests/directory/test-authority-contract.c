/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every authority promises about adding and deleting, and about calls as such. */

#include "config.h"

#include "authority-test.h"
#include "roster-error.h"

static void
test_can_edit (AuthorityTest *fixture, gconstpointer data)
{
  g_autofree char *edit_reason = NULL;

  g_assert_true (roster_authority_get_can_edit (fixture->authority));
  edit_reason = roster_authority_dup_edit_reason (fixture->authority);
  g_assert_null (edit_reason);
}

static void
test_create (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  gint64 before_unix_ms = g_get_real_time () / 1000;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) created = authority_test_create_one (fixture, person, &error);

  g_assert_no_error (error);
  g_assert_cmpint (created->created_at_unix_ms, >=, before_unix_ms);
  g_assert_cmpint (created->created_at_unix_ms, <=, g_get_real_time () / 1000);
  person->created_at_unix_ms = person->updated_at_unix_ms = created->created_at_unix_ms;
  g_assert_true (roster_person_equal (created, person));
  authority_test_assert_log (fixture, "+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ created }, 1);
}

static void
test_create_nobody (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) created = authority_test_create (fixture, NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (created->len, ==, 0);
  authority_test_assert_log (fixture, "");
}

static void
test_create_again (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) again = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&person->name, "Somebody Else");
  again = authority_test_create_one (fixture, person, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (again, first));
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first }, 1);
}

static void
test_create_many (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (RosterPerson) taken = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (people, replica_test_person (i));
  created = authority_test_create (fixture, (RosterPerson *const *) people->pdata, 100, &error);
  g_assert_no_error (error);
  authority_test_assert_log (fixture, "+100");
  authority_test_assert_everybody (fixture, (const RosterPerson *const *) created->pdata, 100);

  /* The last one cannot be added, so nobody is. */
  g_ptr_array_set_size (people, 0);
  for (guint i = 200; i < 300; i++)
    g_ptr_array_add (people, replica_test_person (i));
  taken = replica_test_person (50);
  authority_test_set_text (&((RosterPerson *) people->pdata[99])->email, taken->email);
  refused = authority_test_create (fixture, (RosterPerson *const *) people->pdata, 100, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (refused);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *const *) created->pdata, 100);
}

static void
test_create_duplicate_email (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = replica_test_person (2);
  g_autoptr (RosterPerson) third = replica_test_person (3);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&second->email, authority_test_same_email (fixture, first->email));
  refused = authority_test_create_one (fixture, second, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (refused);
  g_clear_error (&error);

  authority_test_set_text (&second->email, "third@example.org");
  authority_test_set_text (&third->email, authority_test_same_email (fixture, second->email));
  nobody = authority_test_create (fixture, (RosterPerson *[]){ second, third }, 2, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (nobody);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first }, 1);
}

static void
test_create_invalid (AuthorityTest *fixture, gconstpointer data)
{
  static const char *const WRONG[] = { "", " ", "\xff", "a\ab", "a\u202eb" };
  g_autoptr (GPtrArray) nobody = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      for (guint field = 0; field < 3; field++)
        {
          g_autoptr (RosterPerson) fine = replica_test_person (1);
          g_autoptr (RosterPerson) wrong = replica_test_person (2);
          g_autoptr (GError) error = NULL;
          char **const fields[] = { &wrong->name, &wrong->email, &wrong->phone };

          authority_test_set_text (fields[field], WRONG[i]);
          nobody = authority_test_create (fixture, (RosterPerson *[]){ fine, wrong }, 2, &error);
          g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
          g_assert_null (nobody);
        }
    }
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, NULL, 0);
}

static void
test_create_trims (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) created = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&person->name, "  Alice Johnson ");
  created = authority_test_create_one (fixture, person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (created->name, ==, "Alice Johnson");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ created }, 1);
}

static void
test_delete (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) third = authority_test_add (fixture, 3);
  const char *ids[] = { first->id, "cnobody", third->id, first->id, NULL };
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (RosterReceipt) again = NULL;
  g_autoptr (GError) error = NULL;

  deleted = authority_test_delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->n_people, ==, 2);
  g_assert_true (roster_person_equal (deleted->person, third));
  authority_test_assert_log (fixture, "-2");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ second }, 1);

  again = authority_test_delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_people, ==, 0);
  g_assert_null (again->person);
  authority_test_assert_log (fixture, "");
}

static void
test_restore (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  const char *ids[] = { first->id, second->id, NULL };
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (GPtrArray) restored = NULL;
  g_autoptr (GError) error = NULL;

  deleted = authority_test_delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  restored = authority_test_create (fixture, (RosterPerson *[]){ first, second }, 2, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (restored->pdata[0], first));
  g_assert_true (roster_person_equal (restored->pdata[1], second));
  authority_test_assert_log (fixture, "-2+2");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first, second }, 2);
}

static void
test_restore_duplicate_email (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) other = replica_test_person (2);
  g_autoptr (RosterPerson) successor = NULL;
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_delete_one (fixture, first->id);
  authority_test_set_text (&other->email, first->email);
  successor = authority_test_create_one (fixture, other, &error);
  g_assert_no_error (error);
  refused = authority_test_create_one (fixture, first, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (refused);
  authority_test_assert_log (fixture, "+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ successor }, 1);
}

static void
test_cancel (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RosterPerson) there = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) person = replica_test_person (2);
  g_autoptr (RosterPerson) wanted = roster_person_copy (there);
  const char *ids[] = { there->id, NULL };
  GAsyncResult *kept[3] = { NULL };

  authority_test_set_text (&wanted->name, "Alice Johnson");
  g_cancellable_cancel (cancellable);
  roster_authority_create_async (fixture->authority, roster_person_copy_all (&person, 1),
                                 AUTHORITY_TEST_BATCH ("a"), cancellable, roster_test_result_cb,
                                 &kept[0]);
  roster_authority_update_async (fixture->authority, there, wanted, AUTHORITY_TEST_BATCH ("b"),
                                 cancellable, roster_test_result_cb, &kept[1]);
  roster_authority_delete_async (fixture->authority, g_strdupv ((char **) ids),
                                 AUTHORITY_TEST_BATCH ("c"), cancellable, roster_test_result_cb,
                                 &kept[2]);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GAsyncResult) result = roster_test_await (&kept[i]);
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_assert_null (roster_authority_create_finish (fixture->authority, result, &error));
      else if (i == 1)
        g_assert_null (roster_authority_update_finish (fixture->authority, result, NULL, &error));
      else
        g_assert_null (roster_authority_delete_finish (fixture->authority, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ there }, 1);
}

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  AuthorityTest *fixture = user_data;

  g_string_append_c (fixture->log, '!');
}

static gboolean
have_all_completed (gpointer user_data)
{
  AuthorityTest *fixture = user_data;
  guint n = 0;

  for (const char *at = fixture->log->str; *at; at++)
    n += *at == '!';
  return n == 4;
}

/* Each call says what changed before it completes; nobody has to wait for one to make the next. */
static void
test_order (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = replica_test_person (1);
  g_autoptr (RosterPerson) second = replica_test_person (2);
  g_autoptr (RosterPerson) wanted = replica_test_person (1);
  const char *ids[] = { first->id, second->id, NULL };
  g_auto (GStrv) changes = NULL;
  g_autofree char *changed = NULL;
  guint n_changed = 0;
  guint n_completed = 0;

  authority_test_set_text (&wanted->name, "Alice Johnson");
  roster_authority_create_async (fixture->authority, roster_person_copy_all (&first, 1),
                                 AUTHORITY_TEST_BATCH ("a"), NULL, completed_cb, fixture);
  roster_authority_create_async (fixture->authority, roster_person_copy_all (&second, 1),
                                 AUTHORITY_TEST_BATCH ("b"), NULL, completed_cb, fixture);
  roster_authority_update_async (fixture->authority, first, wanted, AUTHORITY_TEST_BATCH ("c"),
                                 NULL, completed_cb, fixture);
  roster_authority_delete_async (fixture->authority, g_strdupv ((char **) ids),
                                 AUTHORITY_TEST_BATCH ("d"), NULL, completed_cb, fixture);
  roster_test_wait (have_all_completed, fixture);

  for (const char *at = fixture->log->str; *at; at++)
    {
      n_changed += *at == '+' || *at == '-';
      n_completed += *at == '!';
      g_assert_cmpuint (n_completed, <=, n_changed);
    }
  changes = g_strsplit (fixture->log->str, "!", -1);
  changed = g_strjoinv ("", changes);
  g_assert_cmpstr (changed, ==, "+1+1+1-2");
  authority_test_assert_everybody (fixture, NULL, 0);
}

static void
test_closed (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (replica_test_close (fixture->replica, NULL));
  refused = authority_test_create_one (fixture, person, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
  g_assert_null (refused);
  authority_test_assert_log (fixture, "");
}

static const AuthorityTestCase CASES[] = {
  { "can-edit", test_can_edit },
  { "create", test_create },
  { "create/nobody", test_create_nobody },
  { "create/again", test_create_again },
  { "create/many", test_create_many },
  { "create/duplicate-email", test_create_duplicate_email },
  { "create/invalid", test_create_invalid },
  { "create/trims", test_create_trims },
  { "delete", test_delete },
  { "restore", test_restore },
  { "restore/duplicate-email", test_restore_duplicate_email },
  { "cancel", test_cancel },
  { "order", test_order },
  { "closed", test_closed },
};

int
main (int argc, char *argv[])
{
  return authority_test_run (argc, argv, CASES, G_N_ELEMENTS (CASES));
}
