/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts over a real file: what is typed is kept in time, and is there for the next start. */

#include "config.h"

#include "replica-test.h"
#include "roster-draft-keeper.h"
#include "roster-error.h"
#include "roster-replica-drafts.h"

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  RosterDrafts *drafts;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
start (Fixture *fixture)
{
  fixture->replica = replica_test_new_open (fixture->folder);
  fixture->drafts = roster_drafts_new (fixture->replica);
  g_signal_connect_swapped (fixture->drafts, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
stop (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  replica_test_close (fixture->replica, &error);
  g_assert_no_error (error);
  roster_test_finalize (fixture->drafts);
  roster_test_finalize (fixture->replica);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  roster_test_folder_delete (fixture->folder);
}

/* What is in the file when everything asked for until now is done. */
static GPtrArray *
look (Fixture *fixture, guint n_expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *all;

  roster_replica_load_drafts_async (fixture->replica, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  all = roster_replica_load_drafts_finish (fixture->replica, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, n_expected);
  return all;
}

static void
assert_kept (Fixture *fixture, const char *name)
{
  g_autoptr (GPtrArray) all = look (fixture, 1);
  const RosterKeptDraft *kept = all->pdata[0];

  g_assert_cmpstr (kept->typed->name, ==, name);
}

static void
type (RosterPersonDraft *draft, const char *name)
{
  g_object_set (draft, "name", name, NULL);
}

static gboolean
keep (RosterDraftKeeper *keeper, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_draft_keeper_keep_async (keeper, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_draft_keeper_keep_finish (keeper, result, error);
}

static gboolean
has_changed (gpointer fixture)
{
  return ((Fixture *) fixture)->n_changes > 0;
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (roster_drafts_get_all (fixture->drafts)->len, ==, 0);
  g_assert_null (roster_drafts_find (fixture->drafts, NULL));
  g_assert_null (roster_drafts_find (fixture->drafts, "cnobody"));
}

static gboolean
is_kept (gpointer user_data)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *pending = NULL;
  Fixture *fixture = user_data;

  roster_replica_load_drafts_async (fixture->replica, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  all = roster_replica_load_drafts_finish (fixture->replica, result, NULL);
  return all->len > 0;
}

typedef struct
{
  Fixture *fixture;
  RosterPersonDraft *draft;
  guint n_letters;
  guint n_keeps;
} Typing;

/* A letter with every turn of the main loop: it never pauses. */
static gboolean
type_on (gpointer user_data)
{
  Typing *typing = user_data;
  g_autofree char *name = g_strnfill (++typing->n_letters, 'a');

  type (typing->draft, name);
  return is_kept (typing->fixture);
}

static void
test_kept_while_typing_on (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  g_autoptr (RosterDraftKeeper) keeper = roster_draft_keeper_new (fixture->drafts, draft);
  Typing typing = { fixture, draft, 0, 0 };
  gint64 start_us = g_get_monotonic_time ();

  roster_test_wait (type_on, &typing);
  g_test_message ("kept after %u ms", (guint) ((g_get_monotonic_time () - start_us) / 1000));
  g_assert_cmpuint (typing.n_letters, >, 1);
  roster_draft_keeper_drop (keeper);
}

static void
test_kept_by_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  RosterDraftKeeper *keeper = roster_draft_keeper_new (fixture->drafts, draft);

  type (draft, "G");
  roster_draft_keeper_stop (keeper);
  type (draft, "Gr");
  roster_draft_keeper_stop (keeper);
  assert_kept (fixture, "G");
  g_assert_finalize_object (keeper);
  roster_test_wait (has_changed, fixture);
  g_assert_nonnull (roster_drafts_find (fixture->drafts, NULL));
  g_assert_nonnull (roster_drafts_find (fixture->drafts, roster_person_draft_get_id (draft)));

  /* And at the next start. */
  stop (fixture);
  start (fixture);
  fixture->n_changes = 0;
  roster_drafts_load (fixture->drafts);
  roster_test_wait (has_changed, fixture);
  g_assert_cmpuint (roster_drafts_get_all (fixture->drafts)->len, ==, 1);
}

static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  g_autoptr (RosterDraftKeeper) keeper = roster_draft_keeper_new (fixture->drafts, draft);
  g_autoptr (GError) error = NULL;

  type (draft, "Grace");
  g_assert_true (keep (keeper, &error));
  assert_kept (fixture, "Grace");
  type (draft, "Grace Lee");
  roster_draft_keeper_drop (keeper);
  g_ptr_array_unref (look (fixture, 0));
  g_assert_true (keep (keeper, &error));
  g_ptr_array_unref (look (fixture, 0));
}

static void
test_typed_and_undone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  g_autoptr (RosterDraftKeeper) keeper = roster_draft_keeper_new (fixture->drafts, draft);

  type (draft, "G");
  g_assert_true (keep (keeper, NULL));
  assert_kept (fixture, "G");
  type (draft, "");
  g_assert_true (keep (keeper, NULL));
  g_ptr_array_unref (look (fixture, 0));
}

static void
notify_cb (guint *n)
{
  (*n)++;
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (NULL);
  g_autoptr (RosterDraftKeeper) keeper = roster_draft_keeper_new (fixture->drafts, draft);
  g_autofree char *long_name = g_strnfill (ROSTER_KEPT_DRAFT_MAX_BYTES + 1, 'a');
  g_autoptr (GError) error = NULL;
  guint n_notified = 0;

  g_signal_connect_swapped (keeper, "notify::failure", G_CALLBACK (notify_cb), &n_notified);
  type (draft, long_name);
  g_assert_false (keep (keeper, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
  g_assert_cmpstr (roster_draft_keeper_get_failure (keeper), ==, error->message);
  g_clear_error (&error);
  g_assert_false (keep (keeper, &error));
  g_assert_cmpuint (n_notified, ==, 1);
  type (draft, "Grace");
  g_assert_true (keep (keeper, NULL));
  g_assert_null (roster_draft_keeper_get_failure (keeper));
  g_assert_cmpuint (n_notified, ==, 2);
  assert_kept (fixture, "Grace");
}

static RosterPersonDraft *
resume (Fixture *fixture, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *pending = NULL;

  roster_drafts_resume_async (fixture->drafts, id, NULL, roster_test_result_cb, &pending);
  result = roster_test_await (&pending);
  return roster_drafts_resume_finish (fixture->drafts, result, error);
}

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) created = replica_test_create_one (fixture->replica, person, NULL);
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (created);
  g_autoptr (RosterDraftKeeper) keeper = roster_draft_keeper_new (fixture->drafts, draft);
  g_autoptr (RosterPersonDraft) again = NULL;
  g_autoptr (RosterPersonDraft) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  type (draft, "Grace");
  g_assert_true (keep (keeper, NULL));
  again = resume (fixture, created->id, &error);
  g_assert_no_error (error);
  g_object_get (again, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "Grace");
  g_assert_true (roster_person_equal (roster_person_draft_get_base (again), created));

  none = resume (fixture, "cnobody", &error);
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND);
  g_assert_null (none);
}

/* Roster ended between a save and the dropping of its draft. */
static void
test_finished_is_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) person = replica_test_person (1);
  g_autoptr (RosterPerson) created = replica_test_create_one (fixture->replica, person, NULL);
  g_autoptr (RosterPersonDraft) draft = roster_person_draft_new (created);
  g_autoptr (RosterDraftKeeper) keeper = roster_draft_keeper_new (fixture->drafts, draft);
  g_autoptr (RosterPerson) saved = NULL;
  g_autoptr (RosterPerson) updated = NULL;
  g_autoptr (RosterPersonDraft) none = NULL;

  type (draft, " Grace Lee ");
  g_assert_true (keep (keeper, NULL));
  saved = roster_person_draft_to_person (draft);
  updated = replica_test_update (fixture->replica, created, saved, NULL, NULL);
  g_assert_nonnull (updated);
  none = resume (fixture, created->id, NULL);
  g_assert_null (none);
  roster_draft_keeper_stop (keeper);
  g_ptr_array_unref (look (fixture, 1));
  g_ptr_array_unref (look (fixture, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/drafts/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("new-and-finalize", test_new);
  ADD ("kept-while-typing-on", test_kept_while_typing_on);
  ADD ("kept-by-stop", test_kept_by_stop);
  ADD ("dropped", test_dropped);
  ADD ("typed-and-undone", test_typed_and_undone);
  ADD ("failure", test_failure);
  ADD ("resume", test_resume);
  ADD ("finished-is-forgotten", test_finished_is_forgotten);
#undef ADD

  return g_test_run ();
}
