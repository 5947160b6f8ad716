/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An authority of each kind, and its calls, waited for on the main context. */

#include "config.h"

#include "authority-test.h"

#include "roster-cuid.h"

static void
changed_cb (RosterReplica *replica, const RosterBatch *batch, AuthorityTest *fixture)
{
  if (batch->people->len > 0)
    g_string_append_printf (fixture->log, "+%u", batch->people->len);
  if (batch->removed->len > 0)
    g_string_append_printf (fixture->log, "-%u", batch->removed->len);
}

static void
set_up (AuthorityTest *fixture, gconstpointer data)
{
  fixture->kind = data;
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  fixture->authority = fixture->kind->new (fixture->replica, &fixture->kind_data);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->replica, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (AuthorityTest *fixture, gconstpointer data)
{
  fixture->kind->free (fixture->authority, fixture->kind_data);
  replica_test_free (fixture->replica);
  g_string_free (fixture->log, TRUE);
  g_free (fixture->batch_id);
  roster_test_folder_delete (fixture->folder);
}

void
authority_test_assert_log (AuthorityTest *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static const char *
take_batch_id (AuthorityTest *fixture)
{
  g_free (fixture->batch_id);
  fixture->batch_id =
      fixture->next_batch_id ? g_strdup (fixture->next_batch_id) : roster_cuid_new ();
  fixture->next_batch_id = NULL;
  return fixture->batch_id;
}

GPtrArray *
authority_test_create (AuthorityTest *fixture,
                       RosterPerson *const *people,
                       gsize n_people,
                       GError **error)
{
  const char *batch_id = take_batch_id (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_create_async (fixture->authority, roster_person_copy_all (people, n_people),
                                 batch_id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_create_finish (fixture->authority, result, error);
}

RosterPerson *
authority_test_create_one (AuthorityTest *fixture, const RosterPerson *person, GError **error)
{
  RosterPerson *people[] = { (RosterPerson *) person };
  g_autoptr (GPtrArray) created = authority_test_create (fixture, people, 1, error);

  if (!created)
    return NULL;
  g_assert_cmpuint (created->len, ==, 1);
  return roster_person_copy (created->pdata[0]);
}

RosterPerson *
authority_test_update (AuthorityTest *fixture,
                       const RosterPerson *base,
                       const RosterPerson *person,
                       RosterPerson **current,
                       GError **error)
{
  const char *batch_id = take_batch_id (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_update_async (fixture->authority, base, person, batch_id, NULL,
                                 roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_update_finish (fixture->authority, result, current, error);
}

RosterReceipt *
authority_test_delete_ids (AuthorityTest *fixture, const char *const *ids, GError **error)
{
  const char *batch_id = take_batch_id (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_delete_async (fixture->authority, g_strdupv ((char **) ids), batch_id, NULL,
                                 roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_delete_finish (fixture->authority, result, error);
}

/* Person @number, added. */
RosterPerson *
authority_test_add (AuthorityTest *fixture, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  RosterPerson *added = authority_test_create_one (fixture, person, &error);

  g_assert_no_error (error);
  g_string_truncate (fixture->log, 0);
  return added;
}

void
authority_test_delete_one (AuthorityTest *fixture, const char *id)
{
  const char *ids[] = { id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) deleted = authority_test_delete_ids (fixture, ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (deleted->n_people, ==, 1);
  g_string_truncate (fixture->log, 0);
}

/* Asserts who is in the replica, and in how many. */
RosterReceipt *
authority_test_undo (AuthorityTest *fixture, const char *batch_to_undo, GError **error)
{
  g_autofree char *to_undo = g_strdup (batch_to_undo);
  const char *batch_id = take_batch_id (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_undo_async (fixture->authority, to_undo, batch_id, NULL, roster_test_result_cb,
                               &kept);
  result = roster_test_await (&kept);
  return roster_authority_undo_finish (fixture->authority, result, error);
}

RosterReceipt *
authority_test_restore (AuthorityTest *fixture, const char *const *ids, GError **error)
{
  const char *batch_id = take_batch_id (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_restore_async (fixture->authority, g_strdupv ((char **) ids), batch_id, NULL,
                                  roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_restore_finish (fixture->authority, result, error);
}

gboolean
authority_test_purge (AuthorityTest *fixture, const char *const *ids, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_purge_async (fixture->authority, g_strdupv ((char **) ids), NULL,
                                roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_purge_finish (fixture->authority, result, error);
}

GPtrArray *
authority_test_history (AuthorityTest *fixture, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_history_async (fixture->authority, id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_history_finish (fixture->authority, result, error);
}

GPtrArray *
authority_test_deleted (AuthorityTest *fixture,
                        gint64 before_change_id,
                        guint limit,
                        guint *n_total,
                        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_deleted_async (fixture->authority, before_change_id, limit, NULL,
                                  roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_deleted_finish (fixture->authority, result, n_total, error);
}

RosterPerson *
authority_test_edit (AuthorityTest *fixture, const RosterPerson *person, const char *name)
{
  g_autoptr (RosterPerson) wanted = roster_person_copy (person);
  g_autoptr (GError) error = NULL;
  RosterPerson *edited;

  authority_test_set_text (&wanted->name, name);
  edited = authority_test_update (fixture, person, wanted, NULL, &error);
  g_assert_no_error (error);
  g_string_truncate (fixture->log, 0);
  return edited;
}

void
authority_test_assert_everybody (AuthorityTest *fixture,
                                 const RosterPerson *const *people,
                                 guint n_people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) loaded = replica_test_load (fixture->replica, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, n_people);
  for (guint i = 0; i < n_people; i++)
    {
      guint n_found = 0;

      for (guint j = 0; j < n_people; j++)
        n_found += roster_person_equal (loaded->pdata[j], people[i]);
      g_assert_cmpuint (n_found, ==, 1);
    }
}

void
authority_test_set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

const char *
authority_test_same_email (AuthorityTest *fixture, const char *email)
{
  g_autofree char *typed = g_ascii_strup (email, -1);

  return fixture->kind->distinguishes_case ? g_intern_string (email) : g_intern_string (typed);
}

void
authority_test_assert_names (AuthorityTest *fixture, const GError *error, const char *who)
{
  g_assert_true (fixture->kind->names_nobody || strstr (error->message, who));
}

int
authority_test_run (int argc, char *argv[], const AuthorityTestCase *cases, gsize n_cases)
{
  g_test_init (&argc, &argv, NULL);

  for (const AuthorityTestKind *kind = AUTHORITY_TEST_KINDS; kind->name; kind++)
    for (gsize i = 0; i < n_cases; i++)
      {
        g_autofree char *path = g_strdup_printf ("/authority/%s/%s", kind->name, cases[i].name);

        g_test_add (path, AuthorityTest, kind, set_up, cases[i].run, tear_down);
      }
  return g_test_run ();
}
