/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a refresh token. */

#include "config.h"

#include "roster-openid-client.h"

#include "auth-fixture.h"
#include "roster-error.h"
#include "roster-sign-in.h"
#include "roster-test.h"

static AuthFixture *fixture;

static RosterOpenidClient *
make_client (const char *fault)
{
  g_autoptr (RosterProvider) provider = auth_fixture_make_provider (fixture, fault);

  return roster_openid_client_new (provider);
}

static char *
sign_in (const char *fault)
{
  g_autoptr (RosterProvider) provider = auth_fixture_make_provider (fixture, fault);
  g_autoptr (RosterSignIn) self = roster_sign_in_new (auth_fixture_browse, fixture, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) identity = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  GAsyncResult *result = NULL;

  roster_sign_in_run_async (self, provider, NULL, roster_test_result_cb, &result);
  ready = roster_test_await (&result);
  identity = roster_sign_in_run_finish (self, ready, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&identity->refresh_token);
}

static gboolean
revoke_token (RosterOpenidClient *client, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  GAsyncResult *result = NULL;

  roster_openid_client_revoke_async (client, token, NULL, roster_test_result_cb, &result);
  ready = roster_test_await (&result);
  return roster_openid_client_revoke_finish (client, ready, error);
}

static RosterTokenResponse *
refresh_token (RosterOpenidClient *client, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) ready = NULL;
  GAsyncResult *result = NULL;

  roster_openid_client_refresh_async (client, token, NULL, roster_test_result_cb, &result);
  ready = roster_test_await (&result);
  return roster_openid_client_refresh_finish (client, ready, error);
}

static void
test_new (void)
{
  RosterOpenidClient *client = make_client ("good");

  g_assert_cmpstr (roster_openid_client_get_provider (client)->client_id, ==, "roster-tests");
  roster_test_finalize (client);
}

static void
test_refresh_and_revoke (void)
{
  g_autofree char *token = sign_in ("good");
  g_autoptr (RosterOpenidClient) client = make_client ("good");
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterTokenResponse) tokens = refresh_token (client, token, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tokens->access_token, ==, "access-again");
  g_assert_null (tokens->refresh_token);
  g_assert_true (revoke_token (client, token, &error));
  g_assert_no_error (error);
  g_assert_false (revoke_token (client, token, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN);
  g_clear_error (&error);
  g_assert_null (refresh_token (client, token, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN);
}

static void
test_faults (void)
{
  g_autoptr (RosterOpenidClient) without = make_client ("no-revocation");
  g_autoptr (RosterOpenidClient) troubled = make_client ("revoke-500");
  g_autoptr (RosterOpenidClient) hostile = make_client ("revoke-redirect");
  g_autoptr (RosterOpenidClient) unknown = make_client ("discovery-html");
  g_autoptr (GError) error = NULL;

  g_assert_true (revoke_token (without, "token", &error));
  g_assert_no_error (error);
  g_assert_false (revoke_token (troubled, "token", &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_false (revoke_token (hostile, "token", &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (refresh_token (unknown, "token", &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = auth_fixture_new ();

  g_test_add_func ("/openid-client/new", test_new);
  g_test_add_func ("/openid-client/refresh-and-revoke", test_refresh_and_revoke);
  g_test_add_func ("/openid-client/faults", test_faults);

  status = g_test_run ();
  auth_fixture_free (fixture);
  return status;
}
