/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * RosterReceipt:
 * @n_people: how many people were changed
 * @person: (nullable): the last of them as they are now, with a slot where a replica holds them, or
 *   as they were when they were deleted; %NULL when nobody was changed
 *
 * What came of a write that may be about a million people, without all of them.
 */
typedef struct
{
  guint n_people;
  RosterPerson *person;
} RosterReceipt;

#define ROSTER_TYPE_RECEIPT (roster_receipt_get_type ())
GType roster_receipt_get_type (void) G_GNUC_CONST;

/** roster_receipt_new: @person: (nullable): copied. Returns: (transfer full): the receipt. */
RosterReceipt *roster_receipt_new (guint n_people, const RosterPerson *person);

/** roster_receipt_copy: Returns: (transfer full): a deep copy. Any thread. */
RosterReceipt *roster_receipt_copy (const RosterReceipt *receipt);

/** roster_receipt_free: @receipt: (nullable) (transfer full): what to free. Any thread. */
void roster_receipt_free (RosterReceipt *receipt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterReceipt, roster_receipt_free)

G_END_DECLS
