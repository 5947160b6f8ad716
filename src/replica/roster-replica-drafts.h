/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-kept-draft.h"
#include "roster-replica.h"

G_BEGIN_DECLS

/* What was typed and not saved, kept in the replica's file. It is no change of anybody: the replica
 * emits no "changed". Main thread; in order with the other calls; common errors of RosterReplica.
 */

/**
 * roster_replica_save_draft_async:
 * @draft: copied; in place of what is kept for this id
 *
 * On the disk when it completes. Errors besides: ROSTER_ERROR_INVALID: it is longer than
 * ROSTER_KEPT_DRAFT_MAX_BYTES.
 */
void roster_replica_save_draft_async (RosterReplica *self,
                                      const RosterKeptDraft *draft,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean roster_replica_save_draft_finish (RosterReplica *self,
                                           GAsyncResult *result,
                                           GError **error);

/** roster_replica_drop_draft_async: @id: that none is kept for is no error. */
void roster_replica_drop_draft_async (RosterReplica *self,
                                      const char *id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean roster_replica_drop_draft_finish (RosterReplica *self,
                                           GAsyncResult *result,
                                           GError **error);

/**
 * roster_replica_load_drafts_async:
 *
 * roster_replica_load_drafts_finish: Returns: (transfer full) (element-type RosterKeptDraft)
 * (nullable): all of them, the newest first, each with who has its id now
 */
void roster_replica_load_drafts_async (RosterReplica *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *roster_replica_load_drafts_finish (RosterReplica *self,
                                              GAsyncResult *result,
                                              GError **error);

G_END_DECLS
