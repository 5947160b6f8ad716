/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-person-draft.h"
#include "roster-replica.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_DRAFTS (roster_drafts_get_type ())
G_DECLARE_FINAL_TYPE (RosterDrafts, roster_drafts, ROSTER, DRAFTS, GObject)

/**
 * RosterDrafts:
 *
 * What was typed into dialogs and not finished, kept with the directory on this computer. What says
 * no more than the directory itself is no draft and is forgotten. Main thread.
 *
 * Signal "changed": there are others now.
 */

/** roster_drafts_new: Returns: (transfer full): no drafts, until they are loaded. */
RosterDrafts *roster_drafts_new (RosterReplica *replica);

/** roster_drafts_load: looks what is kept; "changed" tells when it is known. */
void roster_drafts_load (RosterDrafts *self);

/** roster_drafts_get_all: Returns: (transfer none) (element-type RosterKeptDraft): the newest
 * first. */
GPtrArray *roster_drafts_get_all (RosterDrafts *self);

/**
 * roster_drafts_find:
 * @id: (nullable): of the person; %NULL for the newest of somebody new
 *
 * Returns: (transfer none) (nullable): what was not finished
 */
const RosterKeptDraft *roster_drafts_find (RosterDrafts *self, const char *id);

/**
 * roster_drafts_resume_async:
 * @id: of a draft
 *
 * roster_drafts_resume_finish: Returns: (transfer full) (nullable): the draft, on what the person
 * is now. Errors: ROSTER_ERROR_NOT_FOUND when there is nothing to finish any more, and the common
 * ones of RosterReplica
 */
void roster_drafts_resume_async (RosterDrafts *self,
                                 const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RosterPersonDraft *roster_drafts_resume_finish (RosterDrafts *self,
                                                GAsyncResult *result,
                                                GError **error);

/** roster_drafts_drop: forgets what was typed for @id. */
void roster_drafts_drop (RosterDrafts *self, const char *id);

/**
 * roster_drafts_save_async:
 *
 * Keeps @draft as it is now, or forgets it if it would change nothing. On the disk when it
 * completes.
 */
void roster_drafts_save_async (RosterDrafts *self,
                               RosterPersonDraft *draft,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean roster_drafts_save_finish (RosterDrafts *self, GAsyncResult *result, GError **error);

G_END_DECLS
