/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was typed and not saved, in the file of a replica. */

#include "config.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "replica-test.h"
#include "roster-error.h"
#include "roster-replica-drafts.h"

#define N_KILLS 10

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  guint n_changes;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = roster_test_folder_new ();
  fixture->replica = replica_test_new_open (fixture->folder);
  g_signal_connect_swapped (fixture->replica, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  replica_test_free (fixture->replica);
  roster_test_folder_delete (fixture->folder);
}

static gboolean
save (Fixture *fixture, const RosterPerson *typed, const RosterPerson *base, GError **error)
{
  g_autoptr (RosterKeptDraft) draft = roster_kept_draft_new (typed, base);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_save_draft_async (fixture->replica, draft, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  return roster_replica_save_draft_finish (fixture->replica, result, error);
}

static void
save_fine (Fixture *fixture, const RosterPerson *typed, const RosterPerson *base)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture, typed, base, &error));
  g_assert_no_error (error);
}

static void
drop (Fixture *fixture, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  roster_replica_drop_draft_async (fixture->replica, id, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  g_assert_true (roster_replica_drop_draft_finish (fixture->replica, result, &error));
  g_assert_no_error (error);
}

static GPtrArray *
load (RosterReplica *replica, guint n_expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *drafts;

  roster_replica_load_drafts_async (replica, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  drafts = roster_replica_load_drafts_finish (replica, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (drafts->len, ==, n_expected);
  return drafts;
}

static RosterPerson *
typed_person (const char *id, const char *name, gint64 typed_at_unix_ms)
{
  RosterPerson *typed = roster_person_new (id, name, "half@", "");

  typed->updated_at_unix_ms = typed_at_unix_ms;
  return typed;
}

static void
test_save_and_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) somebody = replica_test_person (1);
  g_autoptr (RosterPerson) created = NULL;
  g_autoptr (RosterPerson) typed = NULL;
  g_autoptr (RosterPerson) later = typed_person ("cnew", " a\nb ", 2000);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GPtrArray) first_page = NULL;
  const RosterKeptDraft *first, *second;
  guint slot, n_people;

  created = replica_test_create_one (fixture->replica, somebody, NULL);
  slot = created->slot;
  replica_test_save_first_page (fixture->replica, "name/C", &slot, 1, NULL);
  g_assert_cmpuint (fixture->n_changes, ==, 1);

  typed = typed_person (created->id, "Person", 1000);
  save_fine (fixture, typed, created);
  save_fine (fixture, later, NULL);
  drafts = load (fixture->replica, 2);
  first = drafts->pdata[0];
  second = drafts->pdata[1];
  g_assert_cmpstr (first->typed->id, ==, "cnew");
  g_assert_cmpstr (first->typed->name, ==, " a\nb ");
  g_assert_null (first->base);
  g_assert_null (first->current);
  g_assert_cmpstr (second->typed->email, ==, "half@");
  g_assert_cmpint (second->typed->updated_at_unix_ms, ==, 1000);
  g_assert_cmpstr (second->base->phone, ==, created->phone);
  g_assert_true (roster_person_equal (second->current, created));

  /* It is no change of anybody. */
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  first_page = replica_test_first_page (fixture->replica, "name/C", &n_people, NULL);
  g_assert_cmpuint (first_page->len, ==, 1);
}

static void
test_save_again_and_drop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) one = typed_person ("cnew", "G", 1000);
  g_autoptr (RosterPerson) two = typed_person ("cnew", "Gr", 2000);
  g_autoptr (GPtrArray) drafts = NULL;

  save_fine (fixture, one, NULL);
  save_fine (fixture, two, NULL);
  drafts = load (fixture->replica, 1);
  g_assert_cmpstr (((RosterKeptDraft *) drafts->pdata[0])->typed->name, ==, "Gr");
  drop (fixture, "cnobody");
  drop (fixture, "cnew");
  g_ptr_array_unref (load (fixture->replica, 0));
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *as_long_as_may_be = g_strnfill (ROSTER_KEPT_DRAFT_MAX_BYTES - 5, 'a');
  g_autofree char *longer = g_strnfill (ROSTER_KEPT_DRAFT_MAX_BYTES, 'a');
  g_autoptr (RosterPerson) fine = typed_person ("cnew", as_long_as_may_be, 1000);
  g_autoptr (RosterPerson) too_long = typed_person ("cnew", longer, 2000);
  g_autoptr (GPtrArray) drafts = NULL;
  g_autoptr (GError) error = NULL;

  save_fine (fixture, fine, NULL);
  g_assert_false (save (fixture, too_long, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
  drafts = load (fixture->replica, 1);
  g_assert_cmpstr (((RosterKeptDraft *) drafts->pdata[0])->typed->name, ==, as_long_as_may_be);
}

static void
test_damaged_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) typed = typed_person ("cnew", "Grace", 1000);
  g_autoptr (GPtrArray) drafts = NULL;

  save_fine (fixture, typed, NULL);
  replica_test_execute (fixture->folder,
                        "UPDATE draft SET name = CAST (X'47FF0072' AS TEXT), email = '';");
  drafts = load (fixture->replica, 1);
  g_assert_cmpstr (((RosterKeptDraft *) drafts->pdata[0])->typed->name, ==,
                   "G\xef\xbf\xbd\xef\xbf\xbdr");
}

static void
test_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) typed = typed_person ("cnew", "Grace", 1000);
  g_autoptr (GError) error = NULL;

  replica_test_close (fixture->replica, NULL);
  g_assert_false (save (fixture, typed, NULL, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CLOSED);
  g_assert_true (replica_test_open (fixture->replica, NULL));
}

/* The file alone has what was typed once typing has paused, as with people. */
static gboolean
is_in_file (gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GFile) from = g_object_ref (roster_replica_get_file (fixture->replica));
  GFile *folder = roster_test_folder_new ();
  g_autoptr (GFile) to = g_file_get_child (folder, "people.roster");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) drafts = NULL;
  GAsyncResult *kept = NULL;
  RosterReplica *copy;

  g_assert_true (g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  copy = replica_test_new_open (folder);
  roster_replica_load_drafts_async (copy, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  drafts = roster_replica_load_drafts_finish (copy, result, NULL);
  g_clear_object (&result);
  replica_test_free (copy);
  roster_test_folder_delete (folder);
  return drafts->len == 1;
}

static void
test_checkpoint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterPerson) typed = typed_person ("cnew", "Grace", 1000);

  save_fine (fixture, typed, NULL);
  roster_test_wait (is_in_file, fixture);
}

/* Types on and on until it is killed; returns how often what was typed was reported as kept. */
static guint
type_and_kill (GFile *folder)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "replica", "draft-writer", NULL);
  char *argv[] = { program, (char *) g_file_peek_path (folder), NULL };
  int n_wanted = g_test_rand_int_range (1, 40);
  g_autoptr (GError) error = NULL;
  gssize n_read = 1;
  guint n = 0;
  GPid pid;
  int output;
  char line;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &output, NULL, &error);
  g_assert_no_error (error);
  for (; n < (guint) n_wanted; n++)
    g_assert_cmpint (read (output, &line, 1), ==, 1);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  while ((n_read = read (output, &line, 1)) == 1)
    n++;
  g_assert_cmpint (n_read, ==, 0);
  close (output);
  return n;
}

static void
test_kill (Fixture *fixture, gconstpointer data)
{
  replica_test_close (fixture->replica, NULL);
  for (guint i = 0; i < N_KILLS; i++)
    {
      guint n_reported = type_and_kill (fixture->folder);
      g_autoptr (GPtrArray) drafts = NULL;
      const RosterKeptDraft *draft;

      g_assert_true (replica_test_open (fixture->replica, NULL));
      drafts = load (fixture->replica, 1);
      draft = drafts->pdata[0];
      g_assert_cmpuint (strlen (draft->typed->name), >=, n_reported);
      g_assert_cmpuint (strlen (draft->typed->name), <=, n_reported + 1);
      drop (fixture, draft->typed->id);
      replica_test_close (fixture->replica, NULL);
    }
  g_assert_true (replica_test_open (fixture->replica, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/replica/draft/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("save-and-load", test_save_and_load);
  ADD ("save-again-and-drop", test_save_again_and_drop);
  ADD ("too-long", test_too_long);
  ADD ("damaged-text", test_damaged_text);
  ADD ("closed", test_closed);
  ADD ("checkpoint", test_checkpoint);
  ADD ("kill", test_kill);
#undef ADD

  return g_test_run ();
}
