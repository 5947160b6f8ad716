/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "roster-kept-draft.h"
#include "roster-person.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_PERSON_DRAFT (roster_person_draft_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonDraft, roster_person_draft, ROSTER, PERSON_DRAFT, GObject)

/**
 * RosterPersonDraft:
 *
 * What a person types before it is saved. Properties: "name", "email", "phone" (string, read and
 * write, as typed, never %NULL); "name-error", "email-error", "phone-error" (string, nullable,
 * read-only: a translated sentence while the value is not acceptable; a blank field of a draft says
 * that it is required); "valid" (boolean, read-only: no field has an error); "changed" (boolean,
 * read-only: saving would change something). Main thread.
 */

/**
 * RosterRebase:
 * @ROSTER_REBASE_ASK: leave it to whoever saves: that will be a conflict
 * @ROSTER_REBASE_MINE: what was typed replaces it
 * @ROSTER_REBASE_THEIRS: it replaces what was typed
 *
 * What becomes of a field that was typed into and changed elsewhere as well.
 */
typedef enum
{
  ROSTER_REBASE_ASK,
  ROSTER_REBASE_MINE,
  ROSTER_REBASE_THEIRS,
} RosterRebase;

/**
 * roster_person_draft_new:
 * @base: (nullable): the person being edited, copied; %NULL for somebody new
 *
 * Returns: (transfer full): a draft with the values of @base, or a blank one
 */
RosterPersonDraft *roster_person_draft_new (const RosterPerson *base);

/**
 * roster_person_draft_resume:
 * @kept: what was typed earlier, as it was read from a directory
 *
 * Returns: (transfer full): a draft that goes on with it, on what the person became meanwhile; of
 * somebody new if nobody has the id (any more)
 */
RosterPersonDraft *roster_person_draft_resume (const RosterKeptDraft *kept);

/** roster_person_draft_get_typed_at: Returns: when what it was resumed with was typed, in
 * milliseconds since the Unix epoch; 0 for a draft that was not resumed. */
gint64 roster_person_draft_get_typed_at (RosterPersonDraft *self);

/** roster_person_draft_get_orphaned: Returns: whether the person it was resumed for is gone. */
gboolean roster_person_draft_get_orphaned (RosterPersonDraft *self);

/** roster_person_draft_start_over: Returns: (transfer full): a draft with what the directory had
 * when this one was resumed, and nothing typed. */
RosterPersonDraft *roster_person_draft_start_over (RosterPersonDraft *self);

/** roster_person_draft_get_id: Returns: (transfer none): the id of the person being edited, or the
 * one that somebody new will have. */
const char *roster_person_draft_get_id (RosterPersonDraft *self);

/** roster_person_draft_get_base: Returns: (transfer none) (nullable): the person being edited. */
const RosterPerson *roster_person_draft_get_base (RosterPersonDraft *self);

/** roster_person_draft_rebase: takes the draft of somebody who is there already onto what they
 * became meanwhile. Fields that only one side changed keep that change. */
void roster_person_draft_rebase (RosterPersonDraft *self,
                                 const RosterPerson *current,
                                 RosterRebase rebase);

/** roster_person_draft_keep: Returns: (transfer full): the values as typed, to resume with. */
RosterKeptDraft *roster_person_draft_keep (RosterPersonDraft *self);

/**
 * roster_person_draft_to_person:
 *
 * Returns: (transfer full) (nullable): the values as they are to be kept, with its id, and the
 * times and slot of the base; %NULL while the draft is not valid
 */
RosterPerson *roster_person_draft_to_person (RosterPersonDraft *self);

G_END_DECLS
