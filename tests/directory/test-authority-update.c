/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every authority promises about editing. */

#include "config.h"

#include "authority-test.h"
#include "roster-error.h"

static void
test_update (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) other = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&wanted->name, "Alice Johnson");
  updated = authority_test_update (fixture, base, wanted, &current, &error);
  g_assert_no_error (error);
  g_assert_null (current);
  g_assert_cmpint (updated->updated_at_unix_ms, >, base->updated_at_unix_ms);
  wanted->updated_at_unix_ms = updated->updated_at_unix_ms;
  g_assert_true (roster_person_equal (updated, wanted));
  authority_test_assert_log (fixture, "+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ updated, other }, 2);
}

static void
test_update_moves_time_forward (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) now = NULL;
  g_autoptr (GError) error = NULL;
  gint64 tomorrow_unix_ms = g_get_real_time () / 1000 + 24 * 60 * 60 * 1000;

  /* A clock that was ahead when the person was last changed. */
  person->created_at_unix_ms = person->updated_at_unix_ms = tomorrow_unix_ms;
  now = authority_test_create_one (fixture, person, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 10; i++)
    {
      g_autoptr (RosterPerson) base = g_steal_pointer (&now);
      g_autofree char *phone = g_strdup_printf ("+44 20 %u", i);

      authority_test_set_text (&person->phone, phone);
      now = authority_test_update (fixture, base, person, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (now->updated_at_unix_ms, ==, tomorrow_unix_ms + i);
      g_assert_cmpint (now->created_at_unix_ms, ==, tomorrow_unix_ms);
    }
}

static void
test_update_nothing (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) updated = authority_test_update (fixture, base, base, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (roster_person_equal (updated, base));
  authority_test_assert_log (fixture, "");
}

static void
test_update_merges (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) mine = roster_person_copy (base);
  g_autoptr (RosterPerson) theirs = roster_person_copy (base);
  g_autoptr (RosterPerson) after_theirs = NULL;
  g_autoptr (RosterPerson) after_mine = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&theirs->phone, "+44 20 7946 0000");
  after_theirs = authority_test_update (fixture, base, theirs, NULL, &error);
  g_assert_no_error (error);
  authority_test_set_text (&mine->name, "Alice Johnson");
  after_mine = authority_test_update (fixture, base, mine, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (after_mine->name, ==, mine->name);
  g_assert_cmpstr (after_mine->phone, ==, theirs->phone);
  g_assert_cmpint (after_mine->updated_at_unix_ms, >, after_theirs->updated_at_unix_ms);
  authority_test_assert_log (fixture, "+1+1");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ after_mine }, 1);
}

static void
test_update_conflict (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) mine = roster_person_copy (base);
  g_autoptr (RosterPerson) theirs = roster_person_copy (base);
  g_autoptr (RosterPerson) after_theirs = NULL;
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&theirs->name, "Alice Johnson");
  after_theirs = authority_test_update (fixture, base, theirs, NULL, &error);
  g_assert_no_error (error);
  g_string_truncate (fixture->log, 0);

  /* One field of two is in conflict: neither is written. */
  authority_test_set_text (&mine->name, "Grace Lee");
  authority_test_set_text (&mine->phone, "+44 20 7946 0000");
  refused = authority_test_update (fixture, base, mine, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  g_assert_null (refused);
  g_assert_true (roster_person_equal (current, after_theirs));
  g_clear_error (&error);
  refused = authority_test_update (fixture, base, mine, NULL, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ after_theirs }, 1);
}

static void
test_update_same_change (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) first = NULL;
  g_autoptr (RosterPerson) second = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&wanted->name, "Alice Johnson");
  first = authority_test_update (fixture, base, wanted, NULL, &error);
  g_assert_no_error (error);
  second = authority_test_update (fixture, base, wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (roster_person_equal (first, second));
  authority_test_assert_log (fixture, "+1");
}

static void
test_update_not_found (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_delete_one (fixture, base->id);
  authority_test_set_text (&wanted->name, "Alice Johnson");
  refused = authority_test_update (fixture, base, wanted, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  g_assert_null (refused);
  g_assert_null (current);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, NULL, 0);
}

static void
test_update_duplicate_email (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) first = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) second = authority_test_add (fixture, 2);
  g_autoptr (RosterPerson) wanted = roster_person_copy (second);
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&wanted->email, authority_test_same_email (fixture, first->email));
  updated = authority_test_update (fixture, second, wanted, &current, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL);
  g_assert_null (updated);
  g_assert_null (current);
  g_clear_error (&error);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ first, second }, 2);

  /* One's own in other letters is nobody else's. */
  authority_test_set_text (&wanted->email, "PERSON2@example.org");
  updated = authority_test_update (fixture, second, wanted, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (updated->email, ==, "PERSON2@example.org");
}

static void
test_update_invalid (AuthorityTest *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) base = authority_test_add (fixture, 1);
  g_autoptr (RosterPerson) wanted = roster_person_copy (base);
  g_autoptr (RosterPerson) refused = NULL;
  g_autoptr (GError) error = NULL;

  authority_test_set_text (&wanted->email, "no address");
  refused = authority_test_update (fixture, base, wanted, NULL, &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
  g_assert_null (refused);
  authority_test_assert_log (fixture, "");
  authority_test_assert_everybody (fixture, (const RosterPerson *[]){ base }, 1);
}

static const AuthorityTestCase CASES[] = {
  { "update", test_update },
  { "update/moves-time-forward", test_update_moves_time_forward },
  { "update/nothing", test_update_nothing },
  { "update/merges", test_update_merges },
  { "update/conflict", test_update_conflict },
  { "update/same-change", test_update_same_change },
  { "update/not-found", test_update_not_found },
  { "update/duplicate-email", test_update_duplicate_email },
  { "update/invalid", test_update_invalid },
};

int
main (int argc, char *argv[])
{
  return authority_test_run (argc, argv, CASES, G_N_ELEMENTS (CASES));
}
