/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of an OpenID provider, piece by piece. */

#include "config.h"

#include <string.h>

#include "roster-authorization-request.h"
#include "roster-base64url.h"
#include "roster-endpoint.h"
#include "roster-error.h"
#include "roster-json.h"
#include "roster-provider.h"
#include "roster-redirect-query.h"
#include "roster-secret-string.h"

static void
test_base64url (void)
{
  static const char *const REFUSED[] = { "A", "A=", "AA==", "AB", "A+", "A/", "A A", "AAAAA", "é" };
  static const guint8 BYTES[] = { 3, 236, 255, 224, 193 };
  g_autofree char *text = roster_base64url_encode (BYTES, sizeof BYTES);
  g_autofree guint8 *back = NULL;
  gsize n_bytes = 0;

  /* RFC 7515, appendix C. */
  g_assert_cmpstr (text, ==, "A-z_4ME");
  back = roster_base64url_decode (text, &n_bytes);
  g_assert_cmpmem (back, n_bytes, BYTES, sizeof BYTES);
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    g_assert_null (roster_base64url_decode (REFUSED[i], &n_bytes));
}

static void
test_endpoints (void)
{
  static const char *const ALLOWED[] = {
    "https://accounts.google.com", "https://id.example.org:8443/realm?a=b",
    "http://127.0.0.1:8080",       "http://[::1]:8080/",
    "http://localhost:1/x",        "http://127.9.9.9/",
  };
  static const char *const REFUSED[] = {
    "",
    "accounts.google.com",
    "http://accounts.google.com",
    "http://127.0.0.1.evil.example/",
    "http://localhost.evil.example/",
    "http://192.168.0.1/",
    "ftp://127.0.0.1/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://user@id.example.org",
    "https://user:password@id.example.org",
    "https://id.example.org/#part",
    "https://",
    "https:///path",
    "https://id.example.org/ a",
    "https://id.example.org/\r\nX: y",
    "https://xn--\xc3\xa4.example",
  };

  g_assert_null (roster_endpoint_parse (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ALLOWED); i++)
    {
      g_autoptr (GUri) uri = roster_endpoint_parse (ALLOWED[i]);

      g_assert_nonnull (uri);
    }
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    g_assert_null (roster_endpoint_parse (REFUSED[i]));
}

static void
test_addresses (void)
{
  static const char *const PUBLIC[] = { "8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255",
                                        "2a00:1450:4001::1" };
  static const char *const OTHERS[] = {
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "fe80::1",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
  };

  for (guint i = 0; i < G_N_ELEMENTS (PUBLIC); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (PUBLIC[i]);

      g_assert_true (roster_address_is_public (address));
    }
  for (guint i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (OTHERS[i]);

      g_test_message ("%s", OTHERS[i]);
      g_assert_false (roster_address_is_public (address));
    }
}

static JsonObject *
parse (const char *text)
{
  return roster_json_parse_object (text, strlen (text));
}

static void
test_json (void)
{
  static const char *const REFUSED[] = {
    "",
    " ",
    "[]",
    "5",
    "null",
    "\"a\"",
    "{",
    "}",
    "{}}",
    "{\"a\":1",
    "{\"a\":1,\"a\":2}",
    "{\"b\":{\"a\":1,\"a\":1}}",
    "{\"a\":{\"x\":1},\"a\":{\"x\":1}}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\\u0000\":1}",
    "{\"a\":\"\xff\"}",
    "{\"a\":1} /* more */",
    "// more\n{\"a\":1}",
    "var a = {\"a\":1};",
    "{'a':1}",
    "{\"a\":\"b}",
    "{a:1}",
  };
  g_autofree char *deep_array = g_strnfill (100000, '[');
  g_autofree char *deep_object = g_strnfill (100000, '{');
  g_autofree char *spaces = g_strnfill (ROSTER_JSON_MAX_BYTES, ' ');
  g_autofree char *large = g_strconcat ("{}", spaces, NULL);
  g_autofree char *brackets = g_strconcat ("{\"a\":\"", deep_array, "\\\"\"}", NULL);
  g_autoptr (JsonObject) in_string = parse (brackets);

  g_assert_nonnull (in_string);
  g_assert_null (parse (deep_array));
  g_assert_null (parse (deep_object));
  g_assert_null (parse (large));
  g_assert_null (roster_json_parse_object ("{\"a\":\0 1}", 9));
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_test_message ("%s", REFUSED[i]);
      g_assert_null (parse (REFUSED[i]));
    }
}

static void
test_members (void)
{
  g_autoptr (JsonObject) object =
      parse ("{\"s\":\"text\",\"n\":null,\"i\":5,\"d\":1.5e3,\"h\":1e300,\"b\":true,"
             "\"a\":[\"x\",\"y\"],\"m\":[\"x\",1],\"o\":{},\"big\":9223372036854775807}");
  const char *string;
  gboolean boolean;
  gint64 seconds;
  JsonArray *array;

  g_assert_nonnull (object);
  g_assert_true (roster_json_read_string (object, "s", &string));
  g_assert_cmpstr (string, ==, "text");
  g_assert_true (roster_json_read_string (object, "n", &string));
  g_assert_null (string);
  g_assert_true (roster_json_read_string (object, "none", &string));
  g_assert_null (string);
  g_assert_false (roster_json_read_string (object, "i", &string));
  g_assert_false (roster_json_read_string (object, "a", &string));
  g_assert_true (roster_json_read_boolean (object, "b", &boolean));
  g_assert_true (boolean);
  g_assert_true (roster_json_read_boolean (object, "none", &boolean));
  g_assert_false (boolean);
  g_assert_false (roster_json_read_boolean (object, "s", &boolean));
  g_assert_false (roster_json_read_boolean (object, "i", &boolean));
  g_assert_true (roster_json_read_seconds (object, "i", &seconds));
  g_assert_cmpint (seconds, ==, 5);
  g_assert_true (roster_json_read_seconds (object, "d", &seconds));
  g_assert_cmpint (seconds, ==, 1500);
  g_assert_false (roster_json_read_seconds (object, "h", &seconds));
  g_assert_false (roster_json_read_seconds (object, "big", &seconds));
  g_assert_false (roster_json_read_seconds (object, "s", &seconds));
  g_assert_false (roster_json_read_seconds (object, "b", &seconds));
  g_assert_true (roster_json_read_strings (object, "a", &array));
  g_assert_true (roster_json_has_string (array, "y"));
  g_assert_false (roster_json_has_string (array, "z"));
  g_assert_false (roster_json_has_string (NULL, "z"));
  g_assert_false (roster_json_read_strings (object, "m", &array));
  g_assert_false (roster_json_read_strings (object, "s", &array));
  g_assert_false (roster_json_read_strings (object, "o", &array));
}

static void
test_query (void)
{
  g_autoptr (GHashTable) empty = roster_redirect_query_parse (NULL);
  g_autoptr (GHashTable) parsed = roster_redirect_query_parse ("a=1+2%2B&&b&=c&d=e=f&g=%C3%A9");

  g_assert_cmpuint (g_hash_table_size (empty), ==, 0);
  /* Two without a name, which therefore comes twice. */
  g_assert_null (parsed);
  parsed = roster_redirect_query_parse ("a=1+2%2B&b&=c&d=e=f&g=%C3%A9");
  g_assert_nonnull (parsed);
  g_assert_cmpstr (g_hash_table_lookup (parsed, "a"), ==, "1 2+");
  g_assert_cmpstr (g_hash_table_lookup (parsed, "b"), ==, "");
  g_assert_cmpstr (g_hash_table_lookup (parsed, ""), ==, "c");
  g_assert_cmpstr (g_hash_table_lookup (parsed, "d"), ==, "e=f");
  g_assert_cmpstr (g_hash_table_lookup (parsed, "g"), ==, "é");
  g_assert_null (roster_redirect_query_parse ("%61=1&a=2"));
}

/* Configuration */

static void
test_provider (void)
{
  static const char *const WRONG_ISSUERS[] = { "http://id.example.org", "id.example.org",
                                               "https://id.example.org?a=b",
                                               "https://id.example.org/#a" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterProvider) google = roster_provider_new (NULL, "id", "", &error);
  g_autoptr (RosterProvider) copy = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (google->issuer, ==, "https://accounts.google.com");
  g_assert_null (google->client_secret);
  copy = roster_provider_copy (google);
  g_assert_cmpstr (copy->client_id, ==, "id");
  for (guint i = 0; i < G_N_ELEMENTS (WRONG_ISSUERS); i++)
    {
      g_assert_null (roster_provider_new (WRONG_ISSUERS[i], "id", NULL, &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_null (roster_provider_new (NULL, "", NULL, NULL));
  g_assert_null (roster_provider_new (NULL, "i\nd", NULL, NULL));
  g_assert_null (roster_provider_new (NULL, "id", "s\xc3\xa9", NULL));
}

static void
test_values (void)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterProvider) provider = NULL;

  g_assert_null (roster_provider_new_from_values (values, &error));
  g_assert_no_error (error);
  g_hash_table_insert (values, (gpointer) "AUTH_GOOGLE_ID", (gpointer) "id");
  g_hash_table_insert (values, (gpointer) "AUTH_GOOGLE_SECRET", (gpointer) "secret");
  g_hash_table_insert (values, (gpointer) "AUTH_GOOGLE_ISSUER",
                       (gpointer) "http://127.0.0.1:8080/x");
  provider = roster_provider_new_from_values (values, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (provider->issuer, ==, "http://127.0.0.1:8080/x");
  g_assert_cmpstr (provider->client_id, ==, "id");
  g_assert_cmpstr (provider->client_secret, ==, "secret");
  g_hash_table_insert (values, (gpointer) "AUTH_GOOGLE_ISSUER", (gpointer) "http://192.0.2.1/");
  g_assert_null (roster_provider_new_from_values (values, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
}

static RosterProvider *
read_client (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return roster_provider_new_from_client_json (bytes, error);
}

static void
test_client_json (void)
{
  static const char *const REFUSED[] = {
    "",
    "{}",
    "{\"web\":{\"client_id\":\"a\"}}",
    "{\"installed\":[]}",
    "{\"installed\":{\"client_id\":5}}",
    "{\"installed\":{\"client_secret\":\"b\"}}",
    "{\"installed\":{\"client_id\":\"a\",\"client_id\":\"b\"}}",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterProvider) provider = read_client (
      "{\"installed\":{\"client_id\":\"1-a.apps.googleusercontent.com\",\"project_id\":\"p\","
      "\"auth_uri\":\"https://accounts.google.com/o/oauth2/auth\",\"client_secret\":\"GOCSPX-b\","
      "\"redirect_uris\":[\"http://localhost\"]}}",
      &error);

  g_assert_no_error (error);
  g_assert_cmpstr (provider->issuer, ==, ROSTER_GOOGLE_ISSUER);
  g_assert_cmpstr (provider->client_id, ==, "1-a.apps.googleusercontent.com");
  g_assert_cmpstr (provider->client_secret, ==, "GOCSPX-b");
  for (guint i = 0; i < G_N_ELEMENTS (REFUSED); i++)
    {
      g_assert_null (read_client (REFUSED[i], &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID);
      g_clear_error (&error);
    }
}

/* The question */

static void
test_request (void)
{
  RosterProviderMetadata metadata = { .authorization_endpoint =
                                          (char *) "https://id.example.org/auth" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterAuthorizationRequest) request =
      roster_authorization_request_new ("http://127.0.0.1:1234/", &error);
  g_autoptr (RosterAuthorizationRequest) other =
      roster_authorization_request_new ("http://127.0.0.1:1234/", &error);
  g_autofree char *uri = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (request->state, !=, other->state);
  g_assert_cmpstr (request->state, !=, request->nonce);
  g_assert_cmpstr (request->nonce, !=, request->code_verifier);
  g_assert_cmpuint (strlen (request->code_verifier), ==, 43);
  /* RFC 7636, appendix B. */
  g_clear_pointer (&request->code_verifier, roster_secret_string_free);
  request->code_verifier = g_strdup ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  uri = roster_authorization_request_make_uri (request, &metadata, "i d&");
  g_assert_true (g_str_has_prefix (
      uri, "https://id.example.org/auth?response_type=code&client_id=i+d%26&redirect_uri=http%3A%2F"
           "%2F127.0.0.1%3A1234%2F&scope=openid+email+profile&state="));
  g_assert_true (g_str_has_suffix (
      uri, "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
           "&access_type=offline"));
  g_assert_null (strstr (uri, request->code_verifier));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/openid/base64url", test_base64url);
  g_test_add_func ("/openid/endpoints", test_endpoints);
  g_test_add_func ("/openid/addresses", test_addresses);
  g_test_add_func ("/openid/json", test_json);
  g_test_add_func ("/openid/members", test_members);
  g_test_add_func ("/openid/query", test_query);
  g_test_add_func ("/openid/provider", test_provider);
  g_test_add_func ("/openid/environment", test_values);
  g_test_add_func ("/openid/client-json", test_client_json);
  g_test_add_func ("/openid/request", test_request);

  return g_test_run ();
}
