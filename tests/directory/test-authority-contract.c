/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every authority promises, asked of each one there is. */

#include "config.h"

#include "replica-test.h"
#include "roster-authority.h"
#include "roster-cuid.h"
#include "roster-error.h"
#include "roster-fake-authority.h"
#include "roster-local-authority.h"

typedef struct
{
  const char *name;
  RosterAuthority *(*make) (RosterReplica *replica);
} Implementation;

static const Implementation IMPLEMENTATIONS[] = {
  { "local", roster_local_authority_new },
  { "fake", roster_fake_authority_new },
};

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  RosterAuthority *authority;
  /* What happened, in order: "+2" and "-1" for a change that put two and removed one, "!" for a
   * call that completed. */
  GString *log;
} Fixture;

static void
changed_cb (RosterReplica *replica, const RosterBatch *batch, Fixture *fixture)
{
  if (batch->people->len > 0)
    g_string_append_printf (fixture->log, "+%u", batch->people->len);
  if (batch->removed->len > 0)
    g_string_append_printf (fixture->log, "-%u", batch->removed->len);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const Implementation *implementation = data;

  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  fixture->authority = implementation->make (fixture->replica);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->replica, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->authority);
  replica_test_free (fixture->replica);
  g_string_free (fixture->log, TRUE);
  roster_test_folder_delete (fixture->folder);
}

static void
assert_log (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static GPtrArray *
create (Fixture *fixture, RosterPerson *const *people, gsize n_people, GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_create_async (fixture->authority, people, n_people, batch_id, NULL,
                                 roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_create_finish (fixture->authority, result, error);
}

static RosterPerson *
create_one (Fixture *fixture, const RosterPerson *person, GError **error)
{
  RosterPerson *people[] = { (RosterPerson *) person };
  g_autoptr (GPtrArray) created = create (fixture, people, 1, error);

  if (!created)
    return NULL;
  g_assert_cmpuint (created->len, ==, 1);
  return roster_person_copy (created->pdata[0]);
}

static RosterPerson *
update (Fixture *fixture,
        const RosterPerson *base,
        const RosterPerson *person,
        RosterPerson **current,
        GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_update_async (fixture->authority, base, person, batch_id, NULL,
                                 roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_authority_update_finish (fixture->authority, result, current, error);
}

static RosterReceipt *
delete_ids (Fixture *fixture, const char *const *ids, GError **error)
{
  g_autofree char *batch_id = roster_cuid_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_authority_delete_async (fixture->authority, ids, batch_id, NULL, roster_test_result_cb,
                                 &kept);
  result = roster_test_await (&kept);
  return roster_authority_delete_finish (fixture->authority, result, error);
}

/* Person @number, added. */
static RosterPerson *
add (Fixture *fixture, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  g_autoptr (GError) error = NULL;
  RosterPerson *added = create_one (fixture, person, &error);

  g_assert_no_error (error);
  g_string_truncate (fixture->log, 0);
  return added;
}

static void
delete_one (Fixture *fixture, const char *id)
{
  const char *ids[] = { id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) deleted = delete_ids (fixture, ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (deleted->n_people, ==, 1);
  g_string_truncate (fixture->log, 0);
}

/* Asserts who is in the replica, and in how many. */
static void
assert_everybody (Fixture *fixture, const RosterPerson *const *people, guint n_people)
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

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
test_can_edit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *edit_reason = NULL;

  g_assert_true (roster_authority_get_can_edit (fixture->authority));
  edit_reason = roster_authority_dup_edit_reason (fixture->authority);
  g_assert_null (edit_reason);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  gint64 before_unix_ms = g_get_real_time () / 1000;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) created = create_one (fixture, person, &error);

  g_assert_no_error (error);
  g_assert_cmpint (created->created_at_unix_ms, >=, before_unix_ms);
  g_assert_cmpint (created->created_at_unix_ms, <=, g_get_real_time () / 1000);
  person->created_at_unix_ms = person->updated_at_unix_ms = created->created_at_unix_ms;
  g_assert_true (roster_person_equal (created, person));
  assert_log (fixture, "+1");
  assert_everybody (fixture, (const RosterPerson *[]){ created }, 1);
}

static void
test_create_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) created = create (fixture, NULL, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (created->len, ==, 0);
  assert_log (fixture, "");
}

static void
test_create_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = add (fixture, 1);
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) again = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&person->name, "Somebody Else");
  again = create_one (fixture, person, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (again, first));
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *[]){ first }, 1);
}

static void
test_create_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people =
      g_ptr_array_new_with_free_func ((GDestroyNotify) roster_person_free);
  g_autoptr (GPtrArray) created = NULL;
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (RosterPerson) taken = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (people, replica_test_person (i));
  created = create (fixture, (RosterPerson *const *) people->pdata, 100, &error);
  g_assert_no_error (error);
  assert_log (fixture, "+100");
  assert_everybody (fixture, (const RosterPerson *const *) created->pdata, 100);

  /* The last one cannot be added, so nobody is. */
  g_ptr_array_set_size (people, 0);
  for (guint i = 200; i < 300; i++)
    g_ptr_array_add (people, replica_test_person (i));
  taken = replica_test_person (50);
  set_text (&((RosterPerson *) people->pdata[99])->email, taken->email);
  refused = create (fixture, (RosterPerson *const *) people->pdata, 100, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (refused);
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *const *) created->pdata, 100);
}

static void
test_create_duplicate_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = add (fixture, 1);
  g_autoptr (RosterPerson) second = replica_test_person (2);
  g_autoptr (RosterPerson) third = replica_test_person (3);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GPtrArray) nobody = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&second->email, "PERSON1@Example.ORG");
  refused = create_one (fixture, second, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (refused);
  g_clear_error (&error);

  set_text (&second->email, "Third@example.org");
  set_text (&third->email, "third@example.org");
  nobody = create (fixture, (RosterPerson *[]){ second, third }, 2, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (nobody);
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *[]){ first }, 1);
}

static void
test_create_invalid (Fixture *fixture, gconstpointer data)
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

          set_text (fields[field], WRONG[i]);
          nobody = create (fixture, (RosterPerson *[]){ fine, wrong }, 2, &error);
          g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
          g_assert_null (nobody);
        }
    }
  assert_log (fixture, "");
  assert_everybody (fixture, NULL, 0);
}

static void
test_create_trims (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) created = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&person->name, "  Alice Johnson ");
  created = create_one (fixture, person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (created->name, ==, "Alice Johnson");
  assert_everybody (fixture, (const RosterPerson *[]){ created }, 1);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (RosterPerson) other = add (fixture, 2);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&wanted->name, "Alice Johnson");
  updated = update (fixture, base, wanted, &current, &error);
  g_assert_no_error (error);
  g_assert_null (current);
  g_assert_cmpint (updated->updated_at_unix_ms, >, base->updated_at_unix_ms);
  wanted->updated_at_unix_ms = updated->updated_at_unix_ms;
  g_assert_true (roster_person_equal (updated, wanted));
  assert_log (fixture, "+1");
  assert_everybody (fixture, (const RosterPerson *[]){ updated, other }, 2);
}

static void
test_update_moves_time_forward (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) now = NULL;
  g_autoptr (GError) error = NULL;
  gint64 tomorrow_unix_ms = g_get_real_time () / 1000 + 24 * 60 * 60 * 1000;

  /* A clock that was ahead when the person was last changed. */
  person->created_at_unix_ms = person->updated_at_unix_ms = tomorrow_unix_ms;
  now = create_one (fixture, person, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 10; i++)
    {
      g_autoptr (RosterPerson) base = g_steal_pointer (&now);
      g_autofree char *phone = g_strdup_printf ("+44 20 %u", i);

      set_text (&person->phone, phone);
      now = update (fixture, base, person, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (now->updated_at_unix_ms, ==, tomorrow_unix_ms + i);
      g_assert_cmpint (now->created_at_unix_ms, ==, tomorrow_unix_ms);
    }
}

static void
test_update_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) updated = update (fixture, base, base, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (roster_person_equal (updated, base));
  assert_log (fixture, "");
}

static void
test_update_merges (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (RosterPerson) mine = roster_person_copy (base);
  g_autoptr (RosterPerson) theirs = roster_person_copy (base);
  g_autoptr (RosterPerson) after_theirs = NULL;
  g_autoptr (RosterPerson) after_mine = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&theirs->phone, "+44 20 7946 0000");
  after_theirs = update (fixture, base, theirs, NULL, &error);
  g_assert_no_error (error);
  set_text (&mine->name, "Alice Johnson");
  after_mine = update (fixture, base, mine, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after_mine->name, ==, mine->name);
  g_assert_cmpstr (after_mine->phone, ==, theirs->phone);
  g_assert_cmpint (after_mine->updated_at_unix_ms, >, after_theirs->updated_at_unix_ms);
  assert_log (fixture, "+1+1");
  assert_everybody (fixture, (const RosterPerson *[]){ after_mine }, 1);
}

static void
test_update_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (RosterPerson) mine = roster_person_copy (base);
  g_autoptr (RosterPerson) theirs = roster_person_copy (base);
  g_autoptr (RosterPerson) after_theirs = NULL;
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&theirs->name, "Alice Johnson");
  after_theirs = update (fixture, base, theirs, NULL, &error);
  g_assert_no_error (error);
  g_string_truncate (fixture->log, 0);

  /* One field of two is in conflict: neither is written. */
  set_text (&mine->name, "Grace Lee");
  set_text (&mine->phone, "+44 20 7946 0000");
  refused = update (fixture, base, mine, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  g_assert_null (refused);
  g_assert_true (roster_person_equal (current, after_theirs));
  g_clear_error (&error);
  refused = update (fixture, base, mine, NULL, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *[]){ after_theirs }, 1);
}

static void
test_update_same_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) first = NULL;
  g_autoptr (RosterPerson) second = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&wanted->name, "Alice Johnson");
  first = update (fixture, base, wanted, NULL, &error);
  g_assert_no_error (error);
  second = update (fixture, base, wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (first, second));
  assert_log (fixture, "+1");
}

static void
test_update_not_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  delete_one (fixture, base->id);
  set_text (&wanted->name, "Alice Johnson");
  refused = update (fixture, base, wanted, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  g_assert_null (refused);
  g_assert_null (current);
  assert_log (fixture, "");
  assert_everybody (fixture, NULL, 0);
}

static void
test_update_duplicate_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = add (fixture, 1);
  g_autoptr (RosterPerson) second = add (fixture, 2);
  g_autoptr (RosterPerson) wanted = roster_person_copy (second);
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&wanted->email, "PERSON1@example.org");
  updated = update (fixture, second, wanted, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (updated);
  g_assert_null (current);
  g_clear_error (&error);
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *[]){ first, second }, 2);

  /* One's own in other letters is nobody else's. */
  set_text (&wanted->email, "PERSON2@example.org");
  updated = update (fixture, second, wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (updated->email, ==, "PERSON2@example.org");
}

static void
test_update_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  set_text (&wanted->email, "no address");
  refused = update (fixture, base, wanted, NULL, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
  g_assert_null (refused);
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *[]){ base }, 1);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = add (fixture, 1);
  g_autoptr (RosterPerson) second = add (fixture, 2);
  g_autoptr (RosterPerson) third = add (fixture, 3);
  const char *ids[] = { first->id, "cnobody", third->id, first->id, NULL };
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (RosterReceipt) again = NULL;
  g_autoptr (GError) error = NULL;

  deleted = delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (deleted->n_people, ==, 2);
  g_assert_true (roster_person_equal (deleted->person, third));
  assert_log (fixture, "-2");
  assert_everybody (fixture, (const RosterPerson *[]){ second }, 1);

  again = delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_people, ==, 0);
  g_assert_null (again->person);
  assert_log (fixture, "");
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = add (fixture, 1);
  g_autoptr (RosterPerson) second = add (fixture, 2);
  const char *ids[] = { first->id, second->id, NULL };
  g_autoptr (RosterReceipt) deleted = NULL;
  g_autoptr (GPtrArray) restored = NULL;
  g_autoptr (GError) error = NULL;

  deleted = delete_ids (fixture, ids, &error);
  g_assert_no_error (error);
  restored = create (fixture, (RosterPerson *[]){ first, second }, 2, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (restored->pdata[0], first));
  g_assert_true (roster_person_equal (restored->pdata[1], second));
  assert_log (fixture, "-2+2");
  assert_everybody (fixture, (const RosterPerson *[]){ first, second }, 2);
}

static void
test_restore_duplicate_email (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = add (fixture, 1);
  g_autoptr (RosterPerson) other = replica_test_person (2);
  g_autoptr (RosterPerson) successor = NULL;
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  delete_one (fixture, first->id);
  set_text (&other->email, first->email);
  successor = create_one (fixture, other, &error);
  g_assert_no_error (error);
  refused = create_one (fixture, first, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (refused);
  assert_log (fixture, "+1");
  assert_everybody (fixture, (const RosterPerson *[]){ successor }, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RosterPerson) there = add (fixture, 1);
  g_autoptr (RosterPerson) person = replica_test_person (2);
  g_autoptr (RosterPerson) wanted = roster_person_copy (there);
  const char *ids[] = { there->id, NULL };
  GAsyncResult *kept[3] = { NULL };

  set_text (&wanted->name, "Alice Johnson");
  g_cancellable_cancel (cancellable);
  roster_authority_create_async (fixture->authority, &person, 1, "a", cancellable,
                                 roster_test_result_cb, &kept[0]);
  roster_authority_update_async (fixture->authority, there, wanted, "b", cancellable,
                                 roster_test_result_cb, &kept[1]);
  roster_authority_delete_async (fixture->authority, ids, "c", cancellable, roster_test_result_cb,
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
  assert_log (fixture, "");
  assert_everybody (fixture, (const RosterPerson *[]){ there }, 1);
}

static void
completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_string_append_c (fixture->log, '!');
}

static gboolean
have_all_completed (gpointer user_data)
{
  Fixture *fixture = user_data;
  guint n = 0;

  for (const char *at = fixture->log->str; *at; at++)
    n += *at == '!';
  return n == 4;
}

/* Each call says what changed before it completes; nobody has to wait for one to make the next. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = replica_test_person (1);
  g_autoptr (RosterPerson) second = replica_test_person (2);
  g_autoptr (RosterPerson) wanted = replica_test_person (1);
  const char *ids[] = { first->id, second->id, NULL };
  g_auto (GStrv) changes = NULL;
  g_autofree char *changed = NULL;
  guint n_changed = 0;
  guint n_completed = 0;

  set_text (&wanted->name, "Alice Johnson");
  roster_authority_create_async (fixture->authority, &first, 1, "a", NULL, completed_cb, fixture);
  roster_authority_create_async (fixture->authority, &second, 1, "b", NULL, completed_cb, fixture);
  roster_authority_update_async (fixture->authority, first, wanted, "c", NULL, completed_cb,
                                 fixture);
  roster_authority_delete_async (fixture->authority, ids, "d", NULL, completed_cb, fixture);
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
  assert_everybody (fixture, NULL, 0);
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (replica_test_close (fixture->replica, NULL));
  refused = create_one (fixture, person, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
  g_assert_null (refused);
  assert_log (fixture, "");
}

static const struct
{
  const char *name;
  void (*run) (Fixture *fixture, gconstpointer data);
} CASES[] = {
  { "can-edit", test_can_edit },
  { "create", test_create },
  { "create/nobody", test_create_nobody },
  { "create/again", test_create_again },
  { "create/many", test_create_many },
  { "create/duplicate-email", test_create_duplicate_email },
  { "create/invalid", test_create_invalid },
  { "create/trims", test_create_trims },
  { "update", test_update },
  { "update/moves-time-forward", test_update_moves_time_forward },
  { "update/nothing", test_update_nothing },
  { "update/merges", test_update_merges },
  { "update/conflict", test_update_conflict },
  { "update/same-change", test_update_same_change },
  { "update/not-found", test_update_not_found },
  { "update/duplicate-email", test_update_duplicate_email },
  { "update/invalid", test_update_invalid },
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
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (IMPLEMENTATIONS); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (CASES); j++)
        {
          g_autofree char *path =
              g_strdup_printf ("/authority/%s/%s", IMPLEMENTATIONS[i].name, CASES[j].name);

          g_test_add (path, Fixture, &IMPLEMENTATIONS[i], set_up, CASES[j].run, tear_down);
        }
    }
  return g_test_run ();
}
