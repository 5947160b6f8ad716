/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "roster-identity.h"

G_BEGIN_DECLS

/* The standard claims (OpenID Connect Core 1.0, section 5.1) of a verified id token, and of
 * userinfo where the provider has them only there. Any thread. */

/** roster_profile_is_complete: whether @claims say all of e-mail, whether it is verified, and name,
 * so that userinfo need not be asked. */
gboolean roster_profile_is_complete (JsonObject *claims);

/**
 * roster_profile_read:
 * @claims: of the id token
 * @userinfo: (nullable): what it does not say is looked for here
 *
 * Returns: (transfer full) (nullable): somebody without tokens. ROSTER_ERROR_NOT_ALLOWED: the
 * e-mail is not verified; ROSTER_ERROR_FAILED: @userinfo is somebody else's, or the e-mail is none
 */
RosterIdentity *roster_profile_read (JsonObject *claims, JsonObject *userinfo, GError **error);

G_END_DECLS
