/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys as GnuTLS has them. Whoever holds the set owns it. */

#include "config.h"

#include "roster-key-set.h"

#include <gnutls/abstract.h>

#include "roster-auth-fault.h"
#include "roster-base64url.h"
#include "roster-json.h"

/* RFC 7518, section 3.3, asks for 2048 bits; very long keys only cost time. */
#define MIN_MODULUS_BYTES (2048 / 8)
#define MAX_MODULUS_BYTES (8192 / 8)
#define MAX_EXPONENT_BYTES 4
#define MAX_KEYS 64

typedef struct
{
  char *id;
  gnutls_pubkey_t key;
  gsize n_modulus_bytes;
} Key;

struct _RosterKeySet
{
  GPtrArray *keys;
};

static void
key_free (Key *key)
{
  g_free (key->id);
  gnutls_pubkey_deinit (key->key);
  g_free (key);
}

/* Whether member @name, when it is there, is @value. */
static gboolean
agrees (JsonObject *object, const char *name, const char *value)
{
  const char *text;

  return roster_json_read_string (object, name, &text) && (!text || g_str_equal (text, value));
}

static guint8 *
read_number (JsonObject *object, const char *name, gsize *n_bytes)
{
  const char *text;

  if (!roster_json_read_string (object, name, &text) || !text)
    return NULL;
  return roster_base64url_decode (text, n_bytes);
}

static gboolean
is_strong (const guint8 *modulus,
           gsize n_modulus_bytes,
           const guint8 *exponent,
           gsize n_exponent_bytes)
{
  return n_modulus_bytes >= MIN_MODULUS_BYTES && n_modulus_bytes <= MAX_MODULUS_BYTES &&
         modulus[0] >= 0x80 && modulus[n_modulus_bytes - 1] % 2 == 1 && n_exponent_bytes >= 1 &&
         n_exponent_bytes <= MAX_EXPONENT_BYTES && exponent[0] != 0 &&
         exponent[n_exponent_bytes - 1] % 2 == 1 && !(n_exponent_bytes == 1 && exponent[0] < 3);
}

static Key *
read_key (JsonObject *object)
{
  gsize n_modulus_bytes = 0;
  gsize n_exponent_bytes = 0;
  g_autofree guint8 *modulus = NULL;
  g_autofree guint8 *exponent = NULL;
  gnutls_datum_t m;
  gnutls_datum_t e;
  JsonArray *operations;
  const char *type;
  const char *id;
  Key *key;

  if (!roster_json_read_string (object, "kty", &type) || g_strcmp0 (type, "RSA") != 0 ||
      !roster_json_read_string (object, "kid", &id) || !agrees (object, "use", "sig") ||
      !agrees (object, "alg", "RS256") ||
      !roster_json_read_strings (object, "key_ops", &operations) ||
      (operations && !roster_json_has_string (operations, "verify")))
    return NULL;
  modulus = read_number (object, "n", &n_modulus_bytes);
  exponent = read_number (object, "e", &n_exponent_bytes);
  if (!modulus || !exponent || !is_strong (modulus, n_modulus_bytes, exponent, n_exponent_bytes))
    return NULL;
  m = (gnutls_datum_t){ modulus, (unsigned) n_modulus_bytes };
  e = (gnutls_datum_t){ exponent, (unsigned) n_exponent_bytes };
  key = g_new0 (Key, 1);
  key->id = g_strdup (id);
  key->n_modulus_bytes = n_modulus_bytes;
  if (gnutls_pubkey_init (&key->key) != GNUTLS_E_SUCCESS ||
      gnutls_pubkey_import_rsa_raw (key->key, &m, &e) != GNUTLS_E_SUCCESS)
    g_clear_pointer (&key, key_free);
  return key;
}

RosterKeySet *
roster_key_set_parse (const char *text, gsize n_bytes, GError **error)
{
  g_autoptr (JsonObject) object = roster_json_parse_object (text, n_bytes);
  JsonNode *node = object ? json_object_get_member (object, "keys") : NULL;
  JsonArray *array = node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  RosterKeySet *self;

  if (!array || json_array_get_length (array) > MAX_KEYS)
    {
      roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "not a key set");
      return NULL;
    }
  self = g_new0 (RosterKeySet, 1);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) key_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      Key *key =
          JSON_NODE_HOLDS_OBJECT (element) ? read_key (json_node_get_object (element)) : NULL;

      if (key)
        g_ptr_array_add (self->keys, key);
    }
  return self;
}

static const Key *
find (const RosterKeySet *self, const char *id)
{
  const Key *found = NULL;

  for (guint i = 0; i < self->keys->len; i++)
    {
      const Key *key = self->keys->pdata[i];

      if (id && g_strcmp0 (key->id, id) != 0)
        continue;
      if (found)
        return NULL;
      found = key;
    }
  return found;
}

gboolean
roster_key_set_has (const RosterKeySet *self, const char *key_id)
{
  return find (self, key_id) != NULL;
}

gboolean
roster_key_set_verify (const RosterKeySet *self,
                       const char *key_id,
                       const char *text,
                       gsize n_text_bytes,
                       const guint8 *signature,
                       gsize n_signature_bytes)
{
  const Key *key = find (self, key_id);
  const gnutls_datum_t text_datum = { (guint8 *) text, (unsigned) n_text_bytes };
  const gnutls_datum_t signature_datum = { (guint8 *) signature, (unsigned) n_signature_bytes };

  return key && n_signature_bytes == key->n_modulus_bytes &&
         gnutls_pubkey_verify_data2 (key->key, GNUTLS_SIGN_RSA_SHA256, 0, &text_datum,
                                     &signature_datum) >= 0;
}

void
roster_key_set_free (RosterKeySet *self)
{
  g_ptr_array_unref (self->keys);
  g_free (self);
}
