/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-secrets.h"

G_BEGIN_DECLS

/**
 * RosterTokenStoreState:
 * @ROSTER_TOKEN_STORE_UNKNOWN: nobody has asked yet
 * @ROSTER_TOKEN_STORE_LOCKED: the keyring is locked, and its owner is asked to unlock it
 * @ROSTER_TOKEN_STORE_KEPT: the keyring has what is here
 * @ROSTER_TOKEN_STORE_IN_MEMORY: it does not; what is here is lost at the end, "reason" says why
 */
typedef enum
{
  ROSTER_TOKEN_STORE_UNKNOWN,
  ROSTER_TOKEN_STORE_LOCKED,
  ROSTER_TOKEN_STORE_KEPT,
  ROSTER_TOKEN_STORE_IN_MEMORY,
} RosterTokenStoreState;

#define ROSTER_TYPE_TOKEN_STORE_STATE (roster_token_store_state_get_type ())
GType roster_token_store_state_get_type (void) G_GNUC_CONST;

#define ROSTER_TYPE_TOKEN_STORE (roster_token_store_get_type ())
G_DECLARE_FINAL_TYPE (RosterTokenStore, roster_token_store, ROSTER, TOKEN_STORE, GObject)

/**
 * RosterTokenStore:
 *
 * The secrets of one directory: one item of the user's keyring, never a file. Without a keyring
 * they are kept in memory. Main thread; nothing blocks it. Properties, read-only: "state"
 * (RosterTokenStoreState) and "reason" (string, nullable: a translated sentence).
 */

/** roster_token_store_new: @directory: tells it from the user's others; no secret. Returns:
 * (transfer full): a store that knows nothing yet. */
RosterTokenStore *roster_token_store_new (const char *directory);

/**
 * roster_token_store_load_async:
 *
 * Reads what the keyring has; a locked one's owner is asked to unlock it, for as long as it takes.
 * When there is no keyring, or it stays locked, what was set here before stays. To be asked again
 * when the user wants to unlock after all. One call at a time.
 *
 * roster_token_store_load_finish: Returns: %FALSE only when cancelled
 */
void roster_token_store_load_async (RosterTokenStore *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean roster_token_store_load_finish (RosterTokenStore *self,
                                         GAsyncResult *result,
                                         GError **error);

/** roster_token_store_get: Returns: (transfer none): the secrets, until they are set again. */
const RosterSecrets *roster_token_store_get (RosterTokenStore *self);

/**
 * roster_token_store_save_async:
 * @secrets: (transfer full): roster_token_store_get() gives them from now on
 *
 * Has the keyring keep them instead of what it has; when there are none, nothing is left in it. Of
 * calls at once the last one counts.
 *
 * roster_token_store_save_finish: Errors: ROSTER_ERROR_FAILED: the keyring does not keep them, or
 * still has what was there before; "state" and "reason" say so too.
 */
void roster_token_store_save_async (RosterTokenStore *self,
                                    RosterSecrets *secrets,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean roster_token_store_save_finish (RosterTokenStore *self,
                                         GAsyncResult *result,
                                         GError **error);

RosterTokenStoreState roster_token_store_get_state (RosterTokenStore *self);
const char *roster_token_store_get_reason (RosterTokenStore *self);

G_END_DECLS
