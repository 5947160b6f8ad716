/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-drafts.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_DRAFT_KEEPER (roster_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (RosterDraftKeeper, roster_draft_keeper, ROSTER, DRAFT_KEEPER, GObject)

/**
 * RosterDraftKeeper:
 *
 * Keeps on the disk what is typed into a draft: half a second after the first letter that is not
 * there yet, and when it is stopped. Property "failure" (string, nullable, read-only): a
 * translated sentence, why what was typed last is not on the disk. Main thread.
 */

/** roster_draft_keeper_new: Returns: (transfer full): a keeper of what is typed from now on. */
RosterDraftKeeper *roster_draft_keeper_new (RosterDrafts *drafts, RosterPersonDraft *draft);

/** roster_draft_keeper_get_failure: Returns: (transfer none) (nullable): why it is not kept. */
const char *roster_draft_keeper_get_failure (RosterDraftKeeper *self);

/**
 * roster_draft_keeper_keep_async:
 *
 * Keeps the draft at once. roster_draft_keeper_keep_finish: Returns: whether it is on the disk
 */
void roster_draft_keeper_keep_async (RosterDraftKeeper *self,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean roster_draft_keeper_keep_finish (RosterDraftKeeper *self,
                                          GAsyncResult *result,
                                          GError **error);

/** roster_draft_keeper_stop: keeps what is not kept yet, and nothing that is typed from here on. */
void roster_draft_keeper_stop (RosterDraftKeeper *self);

/** roster_draft_keeper_drop: forgets the draft; nothing that is typed from here on is kept. */
void roster_draft_keeper_drop (RosterDraftKeeper *self);

G_END_DECLS
