/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the button to the identity, with a provider that can be wrong in every way. */

#include "config.h"

#include "roster-sign-in.h"

#include <string.h>

#include "auth-fixture.h"
#include "roster-error.h"
#include "roster-openid-client.h"
#include "roster-test.h"

static AuthFixture *fixture;

/* A sign-in whose browser it watches. */
typedef struct
{
  RosterSignIn *sign_in;
  char *uri;
  gboolean stays_closed;
  guint n_opened;
} Desk;

static void
open_cb (const char *uri, gpointer user_data)
{
  Desk *desk = user_data;

  g_free (desk->uri);
  desk->uri = g_strdup (uri);
  desk->n_opened++;
  if (!desk->stays_closed)
    auth_fixture_browse (uri, fixture);
}

static Desk *
desk_new (void)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->sign_in = roster_sign_in_new (open_cb, desk, NULL);
  return desk;
}

static void
desk_free (Desk *desk)
{
  roster_test_finalize (desk->sign_in);
  g_free (desk->uri);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static guint16
get_port (Desk *desk)
{
  g_autoptr (GUri) uri = g_uri_parse (desk->uri, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GHashTable) params =
      g_uri_parse_params (g_uri_get_query (uri), -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  g_autoptr (GUri) redirect =
      g_uri_parse (g_hash_table_lookup (params, "redirect_uri"), G_URI_FLAGS_NONE, NULL);

  g_assert_cmpstr (g_uri_get_host (redirect), ==, "127.0.0.1");
  return (guint16) g_uri_get_port (redirect);
}

static RosterIdentity *
run (Desk *desk, const char *fault, GError **error)
{
  g_autoptr (RosterProvider) provider = auth_fixture_make_provider (fixture, fault);
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  RosterIdentity *identity;

  roster_sign_in_run_async (desk->sign_in, provider, NULL, roster_test_result_cb, &result);
  g_assert_cmpint (roster_sign_in_get_state (desk->sign_in), ==, ROSTER_SIGN_IN_CONNECTING);
  ready = roster_test_await (&result);
  identity = roster_sign_in_run_finish (desk->sign_in, ready, error);
  g_assert_cmpint (roster_sign_in_get_state (desk->sign_in), ==, ROSTER_SIGN_IN_IDLE);
  g_assert_null (roster_sign_in_get_authorization_uri (desk->sign_in));
  if (desk->uri)
    g_assert_false (auth_fixture_is_open (get_port (desk)));
  return identity;
}

static void
assert_good (Desk *desk, const char *fault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) identity = run (desk, fault, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (identity->subject, ==, "109876543210");
  g_assert_cmpstr (identity->email, ==, "alice@example.org");
}

static void
test_new (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint timeout_ms;
  guint deadline_ms;

  g_object_get (desk->sign_in, "timeout-ms", &timeout_ms, "deadline-ms", &deadline_ms, NULL);
  g_assert_cmpuint (timeout_ms, ==, 5 * 60 * 1000);
  g_assert_cmpuint (deadline_ms, ==, 20 * 1000);
  roster_sign_in_open_again (desk->sign_in);
  g_assert_cmpuint (desk->n_opened, ==, 0);
}

static void
test_good (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) identity = run (desk, "good", &error);
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_no_error (error);
  g_assert_cmpstr (identity->subject, ==, "109876543210");
  g_assert_cmpstr (identity->email, ==, "alice@example.org");
  g_assert_cmpstr (identity->name, ==, "Alice Johnson");
  g_assert_cmpstr (identity->picture, ==, "https://pictures.example.org/alice.png");
  g_assert_true (g_str_has_prefix (identity->access_token, "access-"));
  g_assert_true (g_str_has_prefix (identity->refresh_token, "refresh-"));
  g_assert_nonnull (identity->id_token);
  g_assert_cmpstr (identity->token_type, ==, "bearer");
  g_assert_cmpstr (identity->scope, ==, "openid email profile");
  g_assert_cmpint (identity->expires_at_unix_s, >, now_s);
  g_assert_cmpint (identity->expires_at_unix_s, <=, now_s + 3599);
}

/* The second asks neither for the metadata nor for the keys again. */
static void
test_no_request_too_many (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  assert_good (desk, "at-hash-missing");
  first = auth_fixture_get_page (fixture, "/at-hash-missing/count");
  g_assert_cmpstr (first, ==,
                   "{\"openid-configuration\": 1, \"authorize\": 1, \"token\": 1, \"keys\": 1}");
  assert_good (desk, "at-hash-missing");
  second = auth_fixture_get_page (fixture, "/at-hash-missing/count");
  g_assert_cmpstr (second, ==,
                   "{\"openid-configuration\": 1, \"authorize\": 2, \"token\": 2, \"keys\": 1}");
}

static void
test_never_cached (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *count = NULL;

  assert_good (desk, "never-cached");
  assert_good (desk, "never-cached");
  count = auth_fixture_get_page (fixture, "/never-cached/count");
  g_assert_cmpstr (count, ==,
                   "{\"openid-configuration\": 2, \"authorize\": 2, \"token\": 2, \"keys\": 1}");
}

static void
test_rotated_keys (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *count = NULL;

  for (guint i = 0; i < 3; i++)
    assert_good (desk, "kid-rotated");
  count = auth_fixture_get_page (fixture, "/kid-rotated/count");
  g_assert_cmpstr (count, ==,
                   "{\"openid-configuration\": 1, \"authorize\": 3, \"token\": 3, \"keys\": 2}");
}

static void
test_allowed (void)
{
  static const char *const FAULTS[] = {
    "aud-list",      "azp-right",     "at-hash-missing",  "secret-in-form",
    "kid-missing",   "userinfo",      "no-refresh-token", "response-iss-missing-allowed",
    "no-revocation", "email-missing",
  };
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    {
      g_test_message ("%s", FAULTS[i]);
      assert_good (desk, FAULTS[i]);
    }
}

typedef struct
{
  const char *fault;
  RosterError code;
} Fault;

static const Fault FAULTS[] = {
  /* Metadata */
  { "metadata-issuer-wrong", ROSTER_ERROR_FAILED },
  { "metadata-plain-http", ROSTER_ERROR_FAILED },
  { "metadata-no-s256", ROSTER_ERROR_FAILED },
  { "metadata-no-rs256", ROSTER_ERROR_FAILED },
  { "metadata-no-code", ROSTER_ERROR_FAILED },
  { "metadata-text", ROSTER_ERROR_FAILED },
  { "metadata-no-token-endpoint", ROSTER_ERROR_FAILED },
  /* The browser's answer */
  { "denied", ROSTER_ERROR_NOT_ALLOWED },
  { "provider-error", ROSTER_ERROR_FAILED },
  { "provider-trouble", ROSTER_ERROR_UNREACHABLE },
  { "response-iss-wrong", ROSTER_ERROR_FAILED },
  { "response-iss-missing", ROSTER_ERROR_FAILED },
  /* Tokens */
  { "code-replayed", ROSTER_ERROR_NOT_SIGNED_IN },
  { "tokens-mac", ROSTER_ERROR_FAILED },
  { "tokens-no-id-token", ROSTER_ERROR_FAILED },
  { "tokens-no-access-token", ROSTER_ERROR_FAILED },
  { "tokens-line-break", ROSTER_ERROR_FAILED },
  { "tokens-number", ROSTER_ERROR_FAILED },
  { "tokens-for-ever", ROSTER_ERROR_FAILED },
  { "tokens-not-jws", ROSTER_ERROR_FAILED },
  { "tokens-two-parts", ROSTER_ERROR_FAILED },
  /* The id token */
  { "alg-none", ROSTER_ERROR_FAILED },
  { "alg-hs256", ROSTER_ERROR_FAILED },
  { "alg-lower", ROSTER_ERROR_FAILED },
  { "alg-rs512", ROSTER_ERROR_FAILED },
  { "kid-unknown", ROSTER_ERROR_FAILED },
  { "kid-number", ROSTER_ERROR_FAILED },
  { "crit", ROSTER_ERROR_FAILED },
  { "signature-strange", ROSTER_ERROR_FAILED },
  { "signature-sha512", ROSTER_ERROR_FAILED },
  { "signature-short", ROSTER_ERROR_FAILED },
  { "signature-empty", ROSTER_ERROR_FAILED },
  { "signature-padded", ROSTER_ERROR_FAILED },
  { "claims-changed", ROSTER_ERROR_FAILED },
  { "iss-wrong", ROSTER_ERROR_FAILED },
  { "iss-google", ROSTER_ERROR_FAILED },
  { "iss-missing", ROSTER_ERROR_FAILED },
  { "aud-wrong", ROSTER_ERROR_FAILED },
  { "aud-several", ROSTER_ERROR_FAILED },
  { "aud-empty", ROSTER_ERROR_FAILED },
  { "aud-missing", ROSTER_ERROR_FAILED },
  { "azp-wrong", ROSTER_ERROR_FAILED },
  { "azp-number", ROSTER_ERROR_FAILED },
  { "exp-past", ROSTER_ERROR_FAILED },
  { "exp-missing", ROSTER_ERROR_FAILED },
  { "exp-text", ROSTER_ERROR_FAILED },
  { "iat-future", ROSTER_ERROR_FAILED },
  { "iat-old", ROSTER_ERROR_FAILED },
  { "iat-missing", ROSTER_ERROR_FAILED },
  { "nbf-future", ROSTER_ERROR_FAILED },
  { "nonce-wrong", ROSTER_ERROR_FAILED },
  { "nonce-missing", ROSTER_ERROR_FAILED },
  { "at-hash-wrong", ROSTER_ERROR_FAILED },
  { "at-hash-number", ROSTER_ERROR_FAILED },
  { "sub-missing", ROSTER_ERROR_FAILED },
  { "sub-number", ROSTER_ERROR_FAILED },
  { "sub-long", ROSTER_ERROR_FAILED },
  { "email-unverified", ROSTER_ERROR_NOT_ALLOWED },
  { "email-verified-text", ROSTER_ERROR_NOT_ALLOWED },
  { "email-none", ROSTER_ERROR_FAILED },
  /* Keys */
  { "keys-none", ROSTER_ERROR_FAILED },
  { "keys-encrypting", ROSTER_ERROR_FAILED },
  { "keys-short", ROSTER_ERROR_FAILED },
  { "keys-exponent-one", ROSTER_ERROR_FAILED },
  { "keys-long", ROSTER_ERROR_FAILED },
  { "keys-same-id", ROSTER_ERROR_FAILED },
  { "keys-many", ROSTER_ERROR_FAILED },
  /* Userinfo */
  { "userinfo-other-sub", ROSTER_ERROR_FAILED },
  { "userinfo-no-sub", ROSTER_ERROR_FAILED },
  { "userinfo-unverified", ROSTER_ERROR_NOT_ALLOWED },
};

/* One sentence, nobody signed in, nobody listening; and the next sign-in works. */
static void
assert_fault (Desk *desk, const char *fault, RosterError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) identity = NULL;

  g_test_message ("%s", fault);
  identity = run (desk, fault, &error);
  g_assert_null (identity);
  g_assert_error (error, ROSTER_ERROR, (int) code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_faults (void)
{
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++)
    assert_fault (desk, FAULTS[i].fault, FAULTS[i].code);
  assert_good (desk, "good");
}

static void
test_broken_answers (void)
{
  static const char *const ENDPOINTS[] = { "discovery", "token", "keys", "userinfo" };
  static const Fault KINDS[] = {
    { "500", ROSTER_ERROR_UNREACHABLE },     { "404", ROSTER_ERROR_FAILED },
    { "html", ROSTER_ERROR_FAILED },         { "html-as-json", ROSTER_ERROR_FAILED },
    { "empty", ROSTER_ERROR_FAILED },        { "list", ROSTER_ERROR_FAILED },
    { "huge", ROSTER_ERROR_FAILED },         { "deep", ROSTER_ERROR_FAILED },
    { "twice", ROSTER_ERROR_FAILED },        { "nul", ROSTER_ERROR_FAILED },
    { "redirect", ROSTER_ERROR_FAILED },     { "keep-method", ROSTER_ERROR_FAILED },
    { "gzip", ROSTER_ERROR_FAILED },         { "truncated", ROSTER_ERROR_UNREACHABLE },
    { "headers", ROSTER_ERROR_UNREACHABLE },
  };
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ENDPOINTS); i++)
    for (guint j = 0; j < G_N_ELEMENTS (KINDS); j++)
      {
        g_autofree char *fault = g_strconcat (ENDPOINTS[i], "-", KINDS[j].fault, NULL);

        assert_fault (desk, fault, KINDS[j].code);
      }
  assert_good (desk, "good");
}

static void
test_slow_answers (void)
{
  static const char *const FAULTS_OF_TIME[] = {
    "discovery-drip", "discovery-silence", "token-drip",    "token-silence",
    "keys-drip",      "keys-silence",      "userinfo-drip", "userinfo-silence",
  };
  g_autoptr (Desk) desk = desk_new ();

  for (guint i = 0; i < G_N_ELEMENTS (FAULTS_OF_TIME); i++)
    {
      g_object_set (desk->sign_in, "deadline-ms", 1000, NULL);
      assert_fault (desk, FAULTS_OF_TIME[i], ROSTER_ERROR_UNREACHABLE);
    }
  g_object_set (desk->sign_in, "deadline-ms", 20000, NULL);
  assert_good (desk, "good");
}

static void
test_nobody_there (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (RosterProvider) provider =
      roster_provider_new ("http://127.0.0.1:1", "roster-tests", NULL, NULL);
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GError) error = NULL;

  roster_sign_in_run_async (desk->sign_in, provider, NULL, roster_test_result_cb, &result);
  ready = roster_test_await (&result);
  g_assert_null (roster_sign_in_run_finish (desk->sign_in, ready, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE);
}

static void
test_names (void)
{
  static const struct
  {
    const char *fault;
    const char *name;
    const char *picture;
  } CASES[] = {
    { "name-nothing", NULL, "https://pictures.example.org/alice.png" },
    { "name-number", NULL, "https://pictures.example.org/alice.png" },
    { "picture-file", "Alice Johnson", NULL },
    { "picture-http", "Alice Johnson", NULL },
    { "picture-script", "Alice Johnson", NULL },
  };
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) hostile = run (desk, "name-hostile", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (hostile->name, "ecilA Johnsonxxx"));
  g_assert_cmpint (g_utf8_strlen (hostile->name, -1), <=, 200);
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RosterIdentity) identity = run (desk, CASES[i].fault, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (identity->name, ==, CASES[i].name);
      g_assert_cmpstr (identity->picture, ==, CASES[i].picture);
    }
}

/* Waiting */

static gboolean
is_waiting (gpointer user_data)
{
  return roster_sign_in_get_state (((Desk *) user_data)->sign_in) == ROSTER_SIGN_IN_WAITING;
}

static GAsyncResult **
begin (Desk *desk, const char *fault, GCancellable *cancellable)
{
  g_autoptr (RosterProvider) provider = auth_fixture_make_provider (fixture, fault);
  GAsyncResult **result = g_new0 (GAsyncResult *, 1);

  roster_sign_in_run_async (desk->sign_in, provider, cancellable, roster_test_result_cb, result);
  roster_test_wait (is_waiting, desk);
  g_assert_cmpstr (roster_sign_in_get_authorization_uri (desk->sign_in), ==, desk->uri);
  return result;
}

static void
end (Desk *desk, GAsyncResult **result, GQuark domain, int code)
{
  g_autoptr (GAsyncResult) ready = roster_test_await (result);
  g_autoptr (GError) error = NULL;

  g_assert_null (roster_sign_in_run_finish (desk->sign_in, ready, &error));
  g_assert_error (error, domain, code);
  g_free (result);
}

static void
test_wrong_state_then_late (void)
{
  static const char *const WRONG[] = { "state-wrong", "state-missing" };

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (Desk) desk = desk_new ();

      g_object_set (desk->sign_in, "timeout-ms", 1000, NULL);
      assert_fault (desk, WRONG[i], ROSTER_ERROR_FAILED);
      g_object_set (desk->sign_in, "timeout-ms", 60000, NULL);
      assert_good (desk, "good");
    }
}

static void
test_late (void)
{
  g_autoptr (Desk) desk = desk_new ();

  desk->stays_closed = TRUE;
  g_object_set (desk->sign_in, "timeout-ms", 1, NULL);
  assert_fault (desk, "good", ROSTER_ERROR_FAILED);
}

static void
test_cancel (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RosterProvider) provider = auth_fixture_make_provider (fixture, "good");
  GAsyncResult **result;

  desk->stays_closed = TRUE;
  result = begin (desk, "good", cancellable);
  g_cancellable_cancel (cancellable);
  end (desk, result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (auth_fixture_is_open (get_port (desk)));
  result = g_new0 (GAsyncResult *, 1);
  roster_sign_in_run_async (desk->sign_in, provider, cancellable, roster_test_result_cb, result);
  end (desk, result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  desk->stays_closed = FALSE;
  assert_good (desk, "good");
}

static void
test_open_again (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (RosterIdentity) identity = NULL;
  GAsyncResult **result;

  desk->stays_closed = TRUE;
  result = begin (desk, "good", NULL);
  desk->stays_closed = FALSE;
  roster_sign_in_open_again (desk->sign_in);
  g_assert_cmpuint (desk->n_opened, ==, 2);
  ready = roster_test_await (result);
  g_free (result);
  identity = roster_sign_in_run_finish (desk->sign_in, ready, &error);
  g_assert_no_error (error);
  g_assert_nonnull (identity);
}

/* The browser of the first brings its answer while the second waits. */
static void
test_second_replaces_first (void)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autofree char *old_uri = NULL;
  guint16 old_port;
  GAsyncResult **first;

  desk->stays_closed = TRUE;
  first = begin (desk, "good", NULL);
  old_uri = g_strdup (desk->uri);
  old_port = get_port (desk);
  desk->stays_closed = FALSE;
  assert_good (desk, "good");
  end (desk, first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (auth_fixture_is_open (old_port));
  g_assert_cmpstr (old_uri, !=, desk->uri);
}

static void
count_cb (guint *n_notified)
{
  ++*n_notified;
}

static void
test_notify (void)
{
  g_autoptr (Desk) desk = desk_new ();
  guint n_states = 0;
  guint n_uris = 0;
  guint n_timeouts = 0;

  g_signal_connect_swapped (desk->sign_in, "notify::state", G_CALLBACK (count_cb), &n_states);
  g_signal_connect_swapped (desk->sign_in, "notify::authorization-uri", G_CALLBACK (count_cb),
                            &n_uris);
  g_signal_connect_swapped (desk->sign_in, "notify::timeout-ms", G_CALLBACK (count_cb),
                            &n_timeouts);
  assert_good (desk, "good");
  g_assert_cmpuint (n_states, ==, 4);
  g_assert_cmpuint (n_uris, ==, 2);
  g_object_set (desk->sign_in, "timeout-ms", 7, NULL);
  g_object_set (desk->sign_in, "timeout-ms", 7, NULL);
  g_assert_cmpuint (n_timeouts, ==, 1);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = auth_fixture_new ();

  g_test_add_func ("/sign-in/new", test_new);
  g_test_add_func ("/sign-in/good", test_good);
  g_test_add_func ("/sign-in/no-request-too-many", test_no_request_too_many);
  g_test_add_func ("/sign-in/never-cached", test_never_cached);
  g_test_add_func ("/sign-in/rotated-keys", test_rotated_keys);
  g_test_add_func ("/sign-in/allowed", test_allowed);
  g_test_add_func ("/sign-in/faults", test_faults);
  g_test_add_func ("/sign-in/broken-answers", test_broken_answers);
  g_test_add_func ("/sign-in/slow-answers", test_slow_answers);
  g_test_add_func ("/sign-in/nobody-there", test_nobody_there);
  g_test_add_func ("/sign-in/names", test_names);
  g_test_add_func ("/sign-in/wrong-state-then-late", test_wrong_state_then_late);
  g_test_add_func ("/sign-in/late", test_late);
  g_test_add_func ("/sign-in/cancel", test_cancel);
  g_test_add_func ("/sign-in/open-again", test_open_again);
  g_test_add_func ("/sign-in/second-replaces-first", test_second_replaces_first);
  g_test_add_func ("/sign-in/notify", test_notify);

  status = g_test_run ();
  auth_fixture_free (fixture);
  return status;
}
