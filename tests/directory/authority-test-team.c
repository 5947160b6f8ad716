/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authority that is a team's database: ROSTER_TEST_MEMBER_URL is a member's way there,
 * ROSTER_TEST_OWNER_URL that of who empties it before each case. */

#include "config.h"

#include "authority-test.h"
#include "roster-link.h"
#include "roster-team-authority.h"

typedef struct
{
  RosterWorker *worker;
  RosterTokenStore *store;
  RosterAccount *account;
  RosterSync *sync;
} Team;

static void
empty_database (void)
{
  PGconn *owner = PQconnectdb (g_getenv ("ROSTER_TEST_OWNER_URL"));
  PGresult *result = PQexec (owner, "DELETE FROM public.people; DELETE FROM roster.people_history;"
                                    " DELETE FROM roster.batches");

  g_assert_cmpint (PQresultStatus (result), ==, PGRES_COMMAND_OK);
  PQclear (result);
  PQfinish (owner);
}

static void
sign_in (RosterAccount *account)
{
  g_autoptr (RosterIdentity) identity = roster_identity_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  identity->subject = g_strdup ("subject");
  identity->email = g_strdup ("member@example.com");
  identity->name = g_strdup ("Jane Smith");
  identity->token_type = g_strdup ("bearer");
  roster_account_sign_in_async (account, identity, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  roster_account_sign_in_finish (account, result, &error);
  g_assert_no_error (error);
}

static void
pull (RosterSync *sync)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  roster_sync_pull_async (sync, ROSTER_URGENCY_PERSON, NULL, roster_test_result_cb, &kept);
  result = roster_test_await (&kept);
  roster_sync_pull_finish (sync, result, &error);
  g_assert_no_error (error);
}

static RosterAuthority *
new_team (RosterReplica *replica, gpointer *data)
{
  Team *team = g_new (Team, 1);
  g_autoptr (GFile) folder = g_file_get_parent (roster_replica_get_file (replica));
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url =
      roster_connection_url_parse (g_getenv ("ROSTER_TEST_MEMBER_URL"), &error);

  g_assert_no_error (error);
  empty_database ();
  team->worker = roster_worker_new (url, NULL);
  team->store = roster_token_store_new ("test");
  team->account = roster_account_new (team->worker, team->store, folder);
  sign_in (team->account);
  team->sync = roster_sync_new (team->worker, replica);
  roster_sync_set_token (team->sync, roster_account_get_token (team->account));
  pull (team->sync);
  *data = team;
  return roster_team_authority_new (team->worker, team->account, replica, team->sync);
}

static void
free_team (RosterAuthority *authority, gpointer data)
{
  Team *team = data;

  roster_sync_close (team->sync);
  roster_worker_close (team->worker);
  roster_test_finalize (authority);
  roster_test_finalize (team->sync);
  roster_test_finalize (team->account);
  roster_test_finalize (team->store);
  roster_test_finalize (team->worker);
  g_free (team);
}

const AuthorityTestKind AUTHORITY_TEST_KINDS[] = {
  { "team", TRUE, TRUE, new_team, free_team },
  { NULL },
};
