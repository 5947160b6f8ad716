/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-authority.h"
#include "roster-replica.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_FAKE_AUTHORITY (roster_fake_authority_get_type ())
G_DECLARE_FINAL_TYPE (RosterFakeAuthority, roster_fake_authority, ROSTER, FAKE_AUTHORITY, GObject)

/**
 * RosterFakeAuthority:
 *
 * An authority elsewhere, as a test wants it: it keeps its own truth in memory, takes one call
 * after another, and tells the replica what it accepted. Main thread.
 */

/** roster_fake_authority_new: @replica: who is told. Returns: (transfer full): it knows nobody. */
RosterAuthority *roster_fake_authority_new (RosterReplica *replica);

/** roster_fake_authority_fail_next: @error: (transfer full): what the next call that is taken up
 * fails with; nothing is written. */
void roster_fake_authority_fail_next (RosterFakeAuthority *self, GError *error);

/** roster_fake_authority_set_edit_reason: @edit_reason: (nullable): why every write is refused from
 * now on; %NULL accepts them again. */
void roster_fake_authority_set_edit_reason (RosterFakeAuthority *self, const char *edit_reason);

/** roster_fake_authority_hold: takes up no further call until it is released. */
void roster_fake_authority_hold (RosterFakeAuthority *self);
void roster_fake_authority_release (RosterFakeAuthority *self);

/** roster_fake_authority_put: somebody else adds or changes @person, with their times. */
void roster_fake_authority_put (RosterFakeAuthority *self, const RosterPerson *person);

/** roster_fake_authority_remove: somebody else deletes whoever has @id. */
void roster_fake_authority_remove (RosterFakeAuthority *self, const char *id);

G_END_DECLS
