/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sealing what is kept on the server and is nobody's business there: AES-256-GCM (NIST SP 800-38D)
 * with a key that never leaves the keyring. A sealed text is "rs1." and, in URL-safe base64 without
 * padding (RFC 4648, section 5), twelve random bytes, what is sealed, and sixteen bytes that tell
 * whether it is still that, and where it belongs. Any thread. */

/** roster_seal_make_key: Returns: (transfer full) (nullable): a new key, a RosterSecretString;
 * ROSTER_ERROR_FAILED when the system gives no random bytes. */
char *roster_seal_make_key (GError **error);

/**
 * roster_seal:
 * @key: of roster_seal_make_key()
 * @row_id: where it will be kept; it opens nowhere else
 * @column: likewise
 *
 * Returns: (transfer full) (nullable): sealed; ROSTER_ERROR_FAILED for what is no key
 */
char *roster_seal (const char *key,
                   const char *text,
                   const char *row_id,
                   const char *column,
                   GError **error);

/**
 * roster_unseal:
 *
 * Returns: (transfer full) (nullable): what was sealed, a RosterSecretString; ROSTER_ERROR_CORRUPT
 * for whatever is not exactly what roster_seal() made with this key for this place
 */
char *roster_unseal (const char *key,
                     const char *sealed,
                     const char *row_id,
                     const char *column,
                     GError **error);

G_END_DECLS
