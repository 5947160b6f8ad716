/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person.h"

G_BEGIN_DECLS

/** ROSTER_KEPT_DRAFT_MAX_BYTES: how long all that was typed may be, together. */
#define ROSTER_KEPT_DRAFT_MAX_BYTES (1 << 20)

/**
 * RosterKeptDraft:
 * @typed: the values as they were typed; the id is the one the person has or will have, and
 *   updated_at_unix_ms when they were typed
 * @base: (nullable): the values that editing began from; %NULL for somebody new
 * @current: (nullable): who has the id now, when it was read from a directory
 *
 * What was typed in a dialog and not saved yet, as plain data: what crosses threads. Owns all
 * three.
 */
typedef struct
{
  RosterPerson *typed;
  RosterPerson *base;
  RosterPerson *current;
} RosterKeptDraft;

/** roster_kept_draft_new: Returns: (transfer full): a draft of copies; nobody has its id yet. */
RosterKeptDraft *roster_kept_draft_new (const RosterPerson *typed, const RosterPerson *base);

/** roster_kept_draft_copy: Returns: (transfer full): a deep copy. */
RosterKeptDraft *roster_kept_draft_copy (const RosterKeptDraft *self);
void roster_kept_draft_free (RosterKeptDraft *self);

/** roster_kept_draft_get_name: Returns: (transfer none): the name of whom it is about, or what else
 * is known of them; may be empty. */
const char *roster_kept_draft_get_name (const RosterKeptDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterKeptDraft, roster_kept_draft_free)

G_END_DECLS
