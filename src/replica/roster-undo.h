/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-database.h"
#include "roster-receipt.h"

G_BEGIN_DECLS

/* What was done, taken back, each as one transaction; @changed (out) (transfer full) is what that
 * changed, with slots, @receipt (out) (transfer full) what came of it. On the thread of the
 * database; each blocks. Errors are those of the function of the same name in
 * roster-replica-history.h; then nothing was changed. Inside replica/ only. */

gboolean roster_undo_batch (RosterDatabase *database,
                            const char *batch_to_undo,
                            const char *batch_id,
                            GCancellable *cancellable,
                            RosterBatch **changed,
                            RosterReceipt **receipt,
                            GError **error);

gboolean roster_undo_deletions (RosterDatabase *database,
                                const char *const *ids,
                                const char *batch_id,
                                GCancellable *cancellable,
                                RosterBatch **changed,
                                RosterReceipt **receipt,
                                GError **error);

G_END_DECLS
