/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-batch.h"
#include "roster-change.h"
#include "roster-receipt.h"

G_BEGIN_DECLS

/**
 * RosterFakeTruth:
 *
 * Everybody and their history, in memory, as plainly as can be: what the authorities are compared
 * to. Each write says in @batch what it changed; one that fails leaves the truth half changed, so
 * that it is to be made on a copy. Errors are those of RosterAuthority.
 */
typedef struct _RosterFakeTruth RosterFakeTruth;

RosterFakeTruth *roster_fake_truth_new (void);
RosterFakeTruth *roster_fake_truth_copy (RosterFakeTruth *self);
void roster_fake_truth_free (RosterFakeTruth *self);

/** roster_fake_truth_look_up: Returns: (transfer none) (nullable): who has @id. */
const RosterPerson *roster_fake_truth_look_up (RosterFakeTruth *self, const char *id);

/** roster_fake_truth_find_batch: Returns: (transfer full) (nullable): what came of it; %NULL when
 * it was not made yet. */
RosterReceipt *roster_fake_truth_find_batch (RosterFakeTruth *self, const char *batch_id);

/** roster_fake_truth_put: whoever has the id of @person is as @person now. */
gboolean roster_fake_truth_put (RosterFakeTruth *self,
                                const RosterPerson *person,
                                const char *batch_id,
                                RosterBatch *batch,
                                GError **error);

/** roster_fake_truth_remove: nobody has @id now. */
void roster_fake_truth_remove (RosterFakeTruth *self,
                               const char *id,
                               const char *batch_id,
                               RosterBatch *batch);

gboolean roster_fake_truth_undo (RosterFakeTruth *self,
                                 const char *batch_to_undo,
                                 const char *batch_id,
                                 RosterBatch *batch,
                                 GError **error);
gboolean roster_fake_truth_restore (RosterFakeTruth *self,
                                    const char *id,
                                    const char *batch_id,
                                    RosterBatch *batch,
                                    GError **error);
void roster_fake_truth_purge (RosterFakeTruth *self, const char *const *ids);
GPtrArray *roster_fake_truth_get_history (RosterFakeTruth *self, const char *id);
GPtrArray *roster_fake_truth_get_deleted (RosterFakeTruth *self,
                                          gint64 before_change_id,
                                          guint limit,
                                          guint *n_total);

/** roster_fake_truth_merge_field: compares and sets one field. */
gboolean roster_fake_truth_merge_field (const char *base, const char *wanted, char **now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterFakeTruth, roster_fake_truth_free)

G_END_DECLS
