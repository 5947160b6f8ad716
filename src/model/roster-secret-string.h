/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RosterSecretString:
 *
 * A string that nobody may find in memory when it is no longer needed: g_auto (RosterSecretString)
 * overwrites it before it is freed.
 */
typedef char *RosterSecretString;

/** roster_secret_string_free: @secret: (nullable) (transfer full): overwritten, then freed. Any
 * thread. */
void roster_secret_string_free (char *secret);

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (RosterSecretString, roster_secret_string_free, NULL)

G_END_DECLS
