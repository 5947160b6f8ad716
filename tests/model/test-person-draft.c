/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "roster-person-draft.h"

#include <string.h>

#include "roster-cuid.h"

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
assert_texts (RosterPersonDraft *draft, const char *name, const char *email, const char *phone)
{
  g_autofree char *name_now = NULL;
  g_autofree char *email_now = NULL;
  g_autofree char *phone_now = NULL;

  g_object_get (draft, "name", &name_now, "email", &email_now, "phone", &phone_now, NULL);
  g_assert_cmpstr (name_now, ==, name);
  g_assert_cmpstr (email_now, ==, email);
  g_assert_cmpstr (phone_now, ==, phone);
}

static void
assert_errors (RosterPersonDraft *draft, const char *name, const char *email, const char *phone)
{
  g_autofree char *name_error = NULL;
  g_autofree char *email_error = NULL;
  g_autofree char *phone_error = NULL;
  gboolean valid = FALSE;

  g_object_get (draft, "name-error", &name_error, "email-error", &email_error, "phone-error",
                &phone_error, "valid", &valid, NULL);
  g_assert_cmpstr (name_error, ==, name);
  g_assert_cmpstr (email_error, ==, email);
  g_assert_cmpstr (phone_error, ==, phone);
  g_assert_cmpint (valid, ==, !name && !email && !phone);
}

static gboolean
is_changed (RosterPersonDraft *draft)
{
  gboolean changed = FALSE;

  g_object_get (draft, "changed", &changed, NULL);
  return changed;
}

static void
test_new_and_finalize (void)
{
  RosterPersonDraft *draft = roster_person_draft_new (NULL);

  g_assert_null (roster_person_draft_get_base (draft));
  assert_texts (draft, "", "", "");
  assert_errors (draft, "A name is required.", "An e-mail address is required.",
                 "A phone number is required.");
  g_assert_false (is_changed (draft));
  g_assert_null (roster_person_draft_to_person (draft));
  g_assert_finalize_object (draft);
}

static void
test_new_with_base (void)
{
  g_autoptr (RosterPerson) person = john ();
  RosterPersonDraft *draft = roster_person_draft_new (person);
  g_autoptr (RosterPerson) kept = roster_person_draft_to_person (draft);

  g_assert_true (roster_person_draft_get_base (draft) != person);
  g_assert_true (roster_person_equal (roster_person_draft_get_base (draft), person));
  assert_texts (draft, "John Doe", "john@example.com", "555-0100");
  assert_errors (draft, NULL, NULL, NULL);
  g_assert_false (is_changed (draft));
  g_assert_true (roster_person_equal (kept, person));
  g_assert_cmpuint (kept->slot, ==, 7);
  g_assert_finalize_object (draft);
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_ptr_array_add (user_data, (char *) pspec->name);
}

/* names: in alphabetical order; GObject promises none. */
static void
assert_set_notifies (RosterPersonDraft *draft,
                     const char *property,
                     const char *text,
                     const char *names)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();
  gulong handler = g_signal_connect (draft, "notify", G_CALLBACK (notify_cb), seen);
  g_autofree char *joined = NULL;

  g_object_set (draft, property, text, NULL);
  g_object_set (draft, property, text, NULL);
  g_signal_handler_disconnect (draft, handler);

  g_ptr_array_sort (seen, compare_names_cb);
  g_ptr_array_add (seen, NULL);
  joined = g_strjoinv (" ", (char **) seen->pdata);
  g_assert_cmpstr (joined, ==, names);
}

static void
test_notify (void)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);

  assert_set_notifies (draft, "name", NULL, "");
  assert_set_notifies (draft, "name", "J", "changed name name-error");
  assert_set_notifies (draft, "name", "Jo", "name");
  assert_set_notifies (draft, "email", "jo", "email email-error");
  assert_set_notifies (draft, "email", "jon", "email");
  assert_set_notifies (draft, "email", "jo@example.com", "email email-error");
  assert_set_notifies (draft, "phone", "55", "phone phone-error valid");
  assert_set_notifies (draft, "phone", "5", "phone phone-error valid");
  assert_set_notifies (draft, "phone", NULL, "phone phone-error");
  assert_set_notifies (draft, "email", "", "email email-error");
  assert_set_notifies (draft, "name", "", "changed name name-error");
}

static void
test_changed (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (person);

  assert_set_notifies (draft, "name", " John  Doe ", "name");
  g_assert_false (is_changed (draft));
  assert_set_notifies (draft, "name", "John Do", "changed name");
  g_assert_true (is_changed (draft));
  assert_set_notifies (draft, "phone", "555-0101", "phone");
  assert_set_notifies (draft, "name", "John Doe", "name");
  assert_set_notifies (draft, "phone", "555-0100", "changed phone");
  assert_set_notifies (draft, "email", "", "changed email email-error valid");
}

static void
test_blank_is_not_changed (void)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);

  assert_set_notifies (draft, "name", "  ", "name");
  g_assert_false (is_changed (draft));
  assert_set_notifies (draft, "phone", "x", "changed phone phone-error");
}

static void
test_untouched_is_not_changed (void)
{
  g_autoptr (RosterPerson) person =
      roster_person_new ("cjld2cjxh0000qzrmn831i7rn", "John  Doe", "john@example.com", "none");
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (person);
  g_autoptr (RosterPerson) kept = NULL;

  g_assert_false (is_changed (draft));
  assert_errors (draft, NULL, NULL, "A phone number cannot contain “n”.");
  g_assert_null (roster_person_draft_to_person (draft));

  g_object_set (draft, "phone", "555-0100", NULL);
  kept = roster_person_draft_to_person (draft);
  g_assert_cmpstr (kept->name, ==, "John  Doe");
  g_assert_cmpstr (kept->phone, ==, "555-0100");
}

static void
test_base_without_values (void)
{
  g_autoptr (RosterPerson) person = roster_person_new (NULL, NULL, NULL, NULL);
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (person);

  assert_texts (draft, "", "", "");
  g_assert_false (is_changed (draft));
}

static void
test_to_person (void)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  g_autoptr (RosterPerson) person = NULL;

  g_object_set (draft, "name", " Mu\xcc\x88ller ", "email", "mueller@example.com ", "phone", " 12",
                NULL);
  assert_texts (draft, " Mu\xcc\x88ller ", "mueller@example.com ", " 12");
  person = roster_person_draft_to_person (draft);
  g_assert_cmpstr (person->id, ==, roster_person_draft_get_id (draft));
  g_assert_true (roster_cuid_is_valid (person->id));
  g_assert_cmpstr (person->name, ==, "Müller");
  g_assert_cmpstr (person->email, ==, "mueller@example.com");
  g_assert_cmpstr (person->phone, ==, "12");
  g_assert_cmpint (person->created_at_unix_ms, ==, 0);
  g_assert_cmpuint (person->slot, ==, ROSTER_NO_SLOT);
}

static void
test_to_person_with_base (void)
{
  g_autoptr (RosterPerson) base = john ();
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (base);
  g_autoptr (RosterPerson) person = NULL;

  g_object_set (draft, "name", "Jane Smith", NULL);
  person = roster_person_draft_to_person (draft);
  g_assert_cmpstr (person->id, ==, base->id);
  g_assert_cmpstr (person->name, ==, "Jane Smith");
  g_assert_cmpstr (person->email, ==, base->email);
  g_assert_cmpint (person->created_at_unix_ms, ==, 1000);
  g_assert_cmpint (person->updated_at_unix_ms, ==, 2000);
  g_assert_cmpuint (person->slot, ==, 7);
}

static void
test_bad_text (void)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  g_autofree char *long_name = g_strnfill (100000, 'a');

  g_object_set (draft, "name", long_name, "email", "\xff", "phone", "\x01", NULL);
  assert_texts (draft, long_name, "\xff", "\x01");
  assert_errors (draft, "A name can have at most 200 characters; this one has 100000.",
                 "This text is damaged. Type it again.",
                 "This text contains a control character. Type it again.");
  g_assert_null (roster_person_draft_to_person (draft));
}

static RosterPerson *
john_but (const char *name, const char *phone)
{
  return roster_person_new ("cjld2cjxh0000qzrmn831i7rn", name, "john@example.com", phone);
}

/* Types over @base, keeps it, and goes on when the person is @current. */
static RosterPersonDraft *
keep_and_resume (const RosterPerson *base,
                 const char *name,
                 const char *phone,
                 const RosterPerson *current)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (base);
  g_autoptr (RosterKeptDraft) kept = NULL;

  g_object_set (draft, "name", name, "phone", phone, NULL);
  kept = roster_person_draft_keep (draft);
  g_assert_cmpstr (kept->typed->id, ==, roster_person_draft_get_id (draft));
  g_assert_cmpint (kept->typed->updated_at_unix_ms, >, 0);
  kept->current = current ? roster_person_copy (current) : NULL;
  return roster_person_draft_resume (kept);
}

static void
test_resume (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPersonDraft) draft = keep_and_resume (person, "Joh", "+", person);
  g_autoptr (RosterPersonDraft) blank = NULL;

  assert_texts (draft, "Joh", "john@example.com", "+");
  g_assert_true (is_changed (draft));
  g_assert_cmpstr (roster_person_draft_get_id (draft), ==, person->id);
  g_assert_true (roster_person_equal (roster_person_draft_get_base (draft), person));
  g_assert_cmpint (roster_person_draft_get_typed_at (draft), >, 0);
  g_assert_false (roster_person_draft_get_orphaned (draft));

  blank = roster_person_draft_start_over (draft);
  assert_texts (blank, "John Doe", "john@example.com", "555-0100");
  g_assert_false (is_changed (blank));
  g_assert_cmpint (roster_person_draft_get_typed_at (blank), ==, 0);
}

static void
test_resume_somebody_new (void)
{
  g_autoptr (RosterPersonDraft) draft = keep_and_resume (NULL, "Jane", "", NULL);

  assert_texts (draft, "Jane", "", "");
  g_assert_null (roster_person_draft_get_base (draft));
  g_assert_false (roster_person_draft_get_orphaned (draft));
}

static void
test_resume_somebody_deleted (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPersonDraft) draft = keep_and_resume (person, "Johnny", "555-0100", NULL);
  g_autoptr (RosterPerson) again = roster_person_draft_to_person (draft);
  g_autoptr (RosterPersonDraft) blank = roster_person_draft_start_over (draft);

  g_assert_null (roster_person_draft_get_base (draft));
  g_assert_true (roster_person_draft_get_orphaned (draft));
  g_assert_cmpstr (again->id, ==, person->id);
  g_assert_cmpstr (again->phone, ==, "555-0100");
  assert_texts (blank, "", "", "");
}

/* Roster ended between a save and the dropping of its draft. */
static void
test_resume_what_was_saved (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPerson) saved = john_but ("Johnny", "555-0100");
  g_autoptr (RosterPersonDraft) edited = keep_and_resume (person, " Johnny ", "555-0100", saved);
  g_autoptr (RosterPersonDraft) added = NULL;
  g_autoptr (RosterKeptDraft) kept = NULL;

  g_assert_false (is_changed (edited));

  added = roster_person_draft_new (NULL);
  g_object_set (added, "name", "Johnny", "email", "john@example.com", "phone", "555-0100 ", NULL);
  kept = roster_person_draft_keep (added);
  kept->current = roster_person_copy (saved);
  g_clear_object (&added);
  added = roster_person_draft_resume (kept);
  g_assert_false (is_changed (added));
}

static void
test_resume_what_changed_elsewhere (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPerson) current = john_but ("Jack", "555-0102");
  g_autoptr (RosterPersonDraft) draft = keep_and_resume (person, "John Doe ", "555-0101", current);
  const RosterPerson *base = roster_person_draft_get_base (draft);

  /* Theirs where only they changed it; where both did, saving is a conflict. */
  assert_texts (draft, "Jack", "john@example.com", "555-0101");
  g_assert_cmpstr (base->name, ==, "Jack");
  g_assert_cmpstr (base->phone, ==, "555-0100");
  g_assert_true (is_changed (draft));
}

static void
test_rebase (void)
{
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterPerson) current = john_but ("Jack", "555-0102");
  g_autoptr (RosterPersonDraft) mine = roster_person_draft_new (person);
  g_autoptr (RosterPersonDraft) theirs = roster_person_draft_new (person);

  g_object_set (mine, "phone", "555-0101", NULL);
  roster_person_draft_rebase (mine, current, ROSTER_REBASE_MINE);
  assert_texts (mine, "Jack", "john@example.com", "555-0101");
  g_assert_cmpstr (roster_person_draft_get_base (mine)->phone, ==, "555-0102");
  g_assert_true (is_changed (mine));

  g_object_set (theirs, "phone", "555-0101", NULL);
  roster_person_draft_rebase (theirs, current, ROSTER_REBASE_THEIRS);
  assert_texts (theirs, "Jack", "john@example.com", "555-0102");
  g_assert_false (is_changed (theirs));
}

static void
assert_name (RosterKeptDraft *kept, const char *name)
{
  g_assert_cmpstr (roster_kept_draft_get_name (kept), ==, name);
}

static void
test_name_of_kept (void)
{
  g_autoptr (RosterPerson) typed = roster_person_new ("c1", "Jo", "jo@", "5");
  g_autoptr (RosterPerson) person = john ();
  g_autoptr (RosterKeptDraft) kept = roster_kept_draft_new (typed, NULL);

  assert_name (kept, "Jo");
  *kept->typed->name = '\0';
  assert_name (kept, "jo@");
  *kept->typed->email = '\0';
  assert_name (kept, "5");
  kept->base = roster_person_copy (person);
  assert_name (kept, "John Doe");
  kept->current = john_but ("Jack", "");
  assert_name (kept, "Jack");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/person-draft/new-and-finalize", test_new_and_finalize);
  g_test_add_func ("/person-draft/new-with-base", test_new_with_base);
  g_test_add_func ("/person-draft/notify", test_notify);
  g_test_add_func ("/person-draft/changed", test_changed);
  g_test_add_func ("/person-draft/blank-is-not-changed", test_blank_is_not_changed);
  g_test_add_func ("/person-draft/untouched-is-not-changed", test_untouched_is_not_changed);
  g_test_add_func ("/person-draft/base-without-values", test_base_without_values);
  g_test_add_func ("/person-draft/to-person", test_to_person);
  g_test_add_func ("/person-draft/to-person-with-base", test_to_person_with_base);
  g_test_add_func ("/person-draft/bad-text", test_bad_text);
  g_test_add_func ("/person-draft/resume", test_resume);
  g_test_add_func ("/person-draft/resume/somebody-new", test_resume_somebody_new);
  g_test_add_func ("/person-draft/resume/somebody-deleted", test_resume_somebody_deleted);
  g_test_add_func ("/person-draft/resume/what-was-saved", test_resume_what_was_saved);
  g_test_add_func ("/person-draft/resume/what-changed-elsewhere",
                   test_resume_what_changed_elsewhere);
  g_test_add_func ("/person-draft/rebase", test_rebase);
  g_test_add_func ("/person-draft/name-of-kept", test_name_of_kept);

  return g_test_run ();
}
