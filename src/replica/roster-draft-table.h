/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-kept-draft.h"

G_BEGIN_DECLS

/* What was typed and not saved. On the thread of the database; each blocks and is one transaction.
 * Errors are the common ones of RosterReplica. Inside replica/ only. */

/** roster_draft_table_save: in place of what is kept for this id. ROSTER_ERROR_INVALID when it is
 * longer than ROSTER_KEPT_DRAFT_MAX_BYTES. */
gboolean roster_draft_table_save (RosterDatabase *database,
                                  const RosterKeptDraft *draft,
                                  GError **error);

gboolean roster_draft_table_drop (RosterDatabase *database, const char *id, GError **error);

/** roster_draft_table_load: Returns: (transfer full) (element-type RosterKeptDraft) (nullable): all
 * of them, the newest first, with who has their ids now and valid UTF-8 whatever the file holds. */
GPtrArray *roster_draft_table_load (RosterDatabase *database, GError **error);

G_END_DECLS
