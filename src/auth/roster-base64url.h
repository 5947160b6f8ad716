/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* base64url without padding (RFC 7515, appendix C). Any thread. */

/** roster_base64url_encode: Returns: (transfer full): the text. */
char *roster_base64url_encode (const guint8 *bytes, gsize n_bytes);

/** roster_base64url_decode: Returns: (transfer full) (nullable): the bytes, for exactly what
 * roster_base64url_encode() makes, so that there is one text only for the same bytes. */
guint8 *roster_base64url_decode (const char *text, gsize *n_bytes);

G_END_DECLS
