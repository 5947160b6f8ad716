/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where exactly an id token begins and ceases to be one; see test-sign-in.c for the rest. */

#include "config.h"

#include "roster-id-token.h"

#include <gnutls/abstract.h>
#include <string.h>

#include "roster-base64url.h"
#include "roster-error.h"
#include "roster-provider.h"

#define NOW 1700000000
#define GOOD_TIMES "\"exp\":1700003600,\"iat\":1700000000"

static gnutls_privkey_t private_key;
static RosterKeySet *keys;

static char *
encode_text (const char *text)
{
  return roster_base64url_encode ((const guint8 *) text, strlen (text));
}

static void
make_keys (void)
{
  gnutls_datum_t m = { NULL, 0 };
  gnutls_datum_t e = { NULL, 0 };
  g_autofree char *modulus = NULL;
  g_autofree char *exponent = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_skipped;

  g_assert_cmpint (gnutls_privkey_init (&private_key), ==, 0);
  g_assert_cmpint (gnutls_privkey_generate (private_key, GNUTLS_PK_RSA, 2048, 0), ==, 0);
  g_assert_cmpint (gnutls_privkey_export_rsa_raw (private_key, &m, &e, NULL, NULL, NULL, NULL, NULL,
                                                  NULL),
                   ==, 0);
  /* GnuTLS has a zero before it, to say that it is positive. */
  n_skipped = m.data[0] == 0;
  modulus = roster_base64url_encode (m.data + n_skipped, m.size - n_skipped);
  exponent = roster_base64url_encode (e.data, e.size);
  text = g_strdup_printf ("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"%s\",\"e\":\"%s\"}]}",
                          modulus, exponent);
  keys = roster_key_set_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_true (roster_key_set_has (keys, "k"));
  g_assert_false (roster_key_set_has (keys, "other"));
  gnutls_free (m.data);
  gnutls_free (e.data);
}

static char *
sign (const char *claims)
{
  g_autofree char *header = encode_text ("{\"alg\":\"RS256\",\"kid\":\"k\"}");
  g_autofree char *payload = encode_text (claims);
  g_autofree char *text = g_strconcat (header, ".", payload, NULL);
  g_autofree char *encoded = NULL;
  const gnutls_datum_t datum = { (guint8 *) text, (unsigned) strlen (text) };
  gnutls_datum_t signature = { NULL, 0 };

  g_assert_cmpint (gnutls_privkey_sign_data2 (private_key, GNUTLS_SIGN_RSA_SHA256, 0, &datum,
                                              &signature),
                   ==, 0);
  encoded = roster_base64url_encode (signature.data, signature.size);
  gnutls_free (signature.data);
  return g_strconcat (text, ".", encoded, NULL);
}

/* Of a token with @issuer and the claims of @times. */
static gboolean
is_accepted (const char *issuer, const char *expected_issuer, const char *times)
{
  const RosterIdTokenContext context = { expected_issuer, "client", "nonce", "token", NOW };
  g_autofree char *claims =
      g_strdup_printf ("{\"iss\":\"%s\",\"aud\":\"client\",\"nonce\":\"nonce\",\"sub\":\"1\",%s}",
                       issuer, times);
  g_autofree char *token = sign (claims);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) verified = roster_id_token_verify (token, keys, &context, &error);

  if (!verified)
    g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
  return verified != NULL;
}

static void
test_issuers (void)
{
  g_assert_true (is_accepted (ROSTER_GOOGLE_ISSUER, ROSTER_GOOGLE_ISSUER, GOOD_TIMES));
  g_assert_true (is_accepted ("accounts.google.com", ROSTER_GOOGLE_ISSUER, GOOD_TIMES));
  g_assert_false (is_accepted ("http://accounts.google.com", ROSTER_GOOGLE_ISSUER, GOOD_TIMES));
  g_assert_false (is_accepted (ROSTER_GOOGLE_ISSUER "/", ROSTER_GOOGLE_ISSUER, GOOD_TIMES));
  g_assert_false (is_accepted ("id.example.org", "https://id.example.org", GOOD_TIMES));
  g_assert_true (is_accepted ("https://id.example.org", "https://id.example.org", GOOD_TIMES));
  g_assert_false (is_accepted ("accounts.google.com", "https://id.example.org", GOOD_TIMES));
}

static void
test_times (void)
{
  static const struct
  {
    const char *times;
    gboolean is_good;
  } CASES[] = {
    { "\"exp\":1699999701,\"iat\":1699999700", TRUE },
    { "\"exp\":1699999700,\"iat\":1699999700", FALSE },
    { "\"exp\":1700003600,\"iat\":1700000300", TRUE },
    { "\"exp\":1700003600,\"iat\":1700000301", FALSE },
    { "\"exp\":1700003600,\"iat\":1699999400", TRUE },
    { "\"exp\":1700003600,\"iat\":1699999399", FALSE },
    { "\"exp\":1700000100,\"iat\":1700000101", FALSE },
    { "\"exp\":1700003600.5,\"iat\":1700000000.25", TRUE },
    { "\"exp\":9007199254740994,\"iat\":1700000000", FALSE },
    { "\"exp\":-1,\"iat\":1700000000", FALSE },
    { "\"exp\":null,\"iat\":1700000000", FALSE },
    { GOOD_TIMES ",\"nbf\":1700000300", TRUE },
    { GOOD_TIMES ",\"nbf\":1700000301", FALSE },
    { GOOD_TIMES ",\"nonce\":\"nonce\"", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("%s", CASES[i].times);
      g_assert_cmpint (is_accepted (ROSTER_GOOGLE_ISSUER, ROSTER_GOOGLE_ISSUER, CASES[i].times), ==,
                       CASES[i].is_good);
    }
}

/* Every token that differs by one bit is another. */
static void
test_every_bit (void)
{
  const RosterIdTokenContext context = { ROSTER_GOOGLE_ISSUER, "client", "nonce", "token", NOW };
  g_autofree char *token =
      sign ("{\"iss\":\"" ROSTER_GOOGLE_ISSUER
            "\",\"aud\":\"client\",\"nonce\":\"nonce\",\"sub\":\"1\"," GOOD_TIMES "}");
  g_autoptr (JsonObject) good = roster_id_token_verify (token, keys, &context, NULL);

  g_assert_nonnull (good);
  for (gsize i = 0; token[i]; i++)
    {
      token[i] ^= 1;
      g_assert_null (roster_id_token_verify (token, keys, &context, NULL));
      token[i] ^= 1;
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  make_keys ();

  g_test_add_func ("/id-token/issuers", test_issuers);
  g_test_add_func ("/id-token/times", test_times);
  g_test_add_func ("/id-token/every-bit", test_every_bit);

  status = g_test_run ();
  roster_key_set_free (keys);
  gnutls_privkey_deinit (private_key);
  return status;
}
