/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came of a write. Any thread; the struct owns the person. */

#include "config.h"

#include "roster-receipt.h"

G_DEFINE_BOXED_TYPE (RosterReceipt, roster_receipt, roster_receipt_copy, roster_receipt_free)

RosterReceipt *
roster_receipt_new (guint n_people, const RosterPerson *person)
{
  RosterReceipt *receipt = g_new (RosterReceipt, 1);

  receipt->n_people = n_people;
  receipt->person = person ? roster_person_copy (person) : NULL;
  return receipt;
}

RosterReceipt *
roster_receipt_copy (const RosterReceipt *receipt)
{
  return roster_receipt_new (receipt->n_people, receipt->person);
}

void
roster_receipt_free (RosterReceipt *receipt)
{
  if (!receipt)
    return;
  roster_person_free (receipt->person);
  g_free (receipt);
}
