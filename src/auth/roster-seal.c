/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sealing with GnuTLS. No state. */

#include "config.h"

#include "roster-seal.h"

#include <glib/gi18n-lib.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>

#include "roster-base64url.h"
#include "roster-error.h"
#include "roster-secret-string.h"

#define PREFIX "rs1."
#define KEY_BYTES 32
#define NONCE_BYTES 12
#define TAG_BYTES 16
/* More than any provider's token; whoever sends more has something else in mind. */
#define MAX_TEXT_BYTES (64 * 1024)

static void
cipher_clear (gnutls_aead_cipher_hd_t *cipher)
{
  if (*cipher)
    gnutls_aead_cipher_deinit (*cipher);
}

typedef gnutls_aead_cipher_hd_t Cipher;
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cipher, cipher_clear)

static gboolean
init_cipher (Cipher *cipher, const char *key_text)
{
  gsize n_bytes = 0;
  g_autofree guint8 *key = roster_base64url_decode (key_text, &n_bytes);
  const gnutls_datum_t datum = { key, KEY_BYTES };
  gboolean done;

  if (!key)
    return FALSE;
  done = n_bytes == KEY_BYTES &&
         gnutls_aead_cipher_init (cipher, GNUTLS_CIPHER_AES_256_GCM, &datum) == GNUTLS_E_SUCCESS;
  explicit_bzero (key, n_bytes);
  return done;
}

/* Where it belongs, with the version; no two places give the same. */
static char *
make_place (const char *row_id, const char *column)
{
  return g_strdup_printf (PREFIX "%" G_GSIZE_FORMAT ".%s.%s", strlen (row_id), row_id, column);
}

static void
set_failed (GError **error)
{
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                       _ ("Your sign-in could not be encrypted on this computer. Restart Roster "
                          "and sign in again."));
}

static void
set_corrupt (GError **error)
{
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT,
                       _ ("What the team's database keeps of your sign-in cannot be opened on this "
                          "computer. Sign out, and sign in again."));
}

char *
roster_seal_make_key (GError **error)
{
  guint8 key[KEY_BYTES];
  char *text;

  if (gnutls_rnd (GNUTLS_RND_KEY, key, sizeof key) != GNUTLS_E_SUCCESS)
    {
      set_failed (error);
      return NULL;
    }
  text = roster_base64url_encode (key, sizeof key);
  explicit_bzero (key, sizeof key);
  return text;
}

char *
roster_seal (const char *key,
             const char *text,
             const char *row_id,
             const char *column,
             GError **error)
{
  g_autofree char *place = make_place (row_id, column);
  gsize n_bytes = strlen (text);
  gsize n_sealed = n_bytes + TAG_BYTES;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *encoded = NULL;
  g_auto (Cipher) cipher = NULL;

  if (n_bytes > MAX_TEXT_BYTES || !init_cipher (&cipher, key))
    {
      set_failed (error);
      return NULL;
    }
  bytes = g_malloc (NONCE_BYTES + n_sealed);
  if (gnutls_rnd (GNUTLS_RND_NONCE, bytes, NONCE_BYTES) != GNUTLS_E_SUCCESS ||
      gnutls_aead_cipher_encrypt (cipher, bytes, NONCE_BYTES, place, strlen (place), TAG_BYTES,
                                  text, n_bytes, bytes + NONCE_BYTES,
                                  &n_sealed) != GNUTLS_E_SUCCESS)
    {
      set_failed (error);
      return NULL;
    }
  encoded = roster_base64url_encode (bytes, NONCE_BYTES + n_sealed);
  return g_strconcat (PREFIX, encoded, NULL);
}

char *
roster_unseal (const char *key,
               const char *sealed,
               const char *row_id,
               const char *column,
               GError **error)
{
  g_autofree char *place = make_place (row_id, column);
  gsize n_bytes = 0;
  gsize n_text;
  g_autofree guint8 *bytes = NULL;
  g_auto (RosterSecretString) text = NULL;
  g_auto (Cipher) cipher = NULL;

  if (g_str_has_prefix (sealed, PREFIX) && strlen (sealed) <= 2 * MAX_TEXT_BYTES)
    bytes = roster_base64url_decode (sealed + strlen (PREFIX), &n_bytes);
  if (!bytes || n_bytes < NONCE_BYTES + TAG_BYTES || !init_cipher (&cipher, key))
    {
      set_corrupt (error);
      return NULL;
    }
  n_text = n_bytes - NONCE_BYTES - TAG_BYTES;
  text = g_malloc0 (n_text + 1);
  if (gnutls_aead_cipher_decrypt (cipher, bytes, NONCE_BYTES, place, strlen (place), TAG_BYTES,
                                  bytes + NONCE_BYTES, n_bytes - NONCE_BYTES, text,
                                  &n_text) != GNUTLS_E_SUCCESS ||
      memchr (text, '\0', n_text))
    {
      explicit_bzero (text, n_text);
      set_corrupt (error);
      return NULL;
    }
  return g_steal_pointer (&text);
}
