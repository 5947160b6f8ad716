/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

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
 * roster_person_draft_new:
 * @base: (nullable): the person being edited, copied; %NULL for somebody new
 *
 * Returns: (transfer full): a draft with the values of @base, or a blank one
 */
RosterPersonDraft *roster_person_draft_new (const RosterPerson *base);

/** roster_person_draft_get_base: Returns: (transfer none) (nullable): the person being edited. */
const RosterPerson *roster_person_draft_get_base (RosterPersonDraft *self);

/**
 * roster_person_draft_to_person:
 *
 * Returns: (transfer full) (nullable): the values as they are to be kept, with id, times and slot
 * of the base; %NULL while the draft is not valid
 */
RosterPerson *roster_person_draft_to_person (RosterPersonDraft *self);

G_END_DECLS
