/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterKeySet:
 *
 * A provider's public keys for RS256 (RFC 7517, RFC 7518 section 6.3.1); its others are left out.
 * One thread at a time.
 */
typedef struct _RosterKeySet RosterKeySet;

/** roster_key_set_parse: Returns: (transfer full) (nullable): the keys, maybe none of them usable;
 * ROSTER_ERROR_FAILED for what is no key set. */
RosterKeySet *roster_key_set_parse (const char *text, gsize n_bytes, GError **error);

/** roster_key_set_has: @key_id: (nullable). Returns: whether there is exactly one key of that name,
 * or, without a name, exactly one. */
gboolean roster_key_set_has (const RosterKeySet *self, const char *key_id);

/** roster_key_set_verify: Returns: whether the key that roster_key_set_has() means made @signature
 * of @text by RS256 (RFC 7518, section 3.3). */
gboolean roster_key_set_verify (const RosterKeySet *self,
                                const char *key_id,
                                const char *text,
                                gsize n_text_bytes,
                                const guint8 *signature,
                                gsize n_signature_bytes);

void roster_key_set_free (RosterKeySet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterKeySet, roster_key_set_free)

G_END_DECLS
