/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person.h"

G_BEGIN_DECLS

/**
 * RosterChangeKind:
 * @ROSTER_CHANGE_ADDED: somebody new
 * @ROSTER_CHANGE_EDITED: other values
 * @ROSTER_CHANGE_DELETED: gone
 * @ROSTER_CHANGE_RESTORED: back after having been deleted
 */
typedef enum
{
  ROSTER_CHANGE_ADDED,
  ROSTER_CHANGE_EDITED,
  ROSTER_CHANGE_DELETED,
  ROSTER_CHANGE_RESTORED,
} RosterChangeKind;

/**
 * RosterChange:
 * @id: greater than that of every change before
 * @at_unix_ms: when, in milliseconds since the Unix epoch, UTC
 * @author: (nullable): the name of who did it; %NULL is who uses this computer
 * @before: (nullable): the person as they were; %NULL when they were added or restored
 * @after: (nullable): the person as they were then; %NULL when they were deleted
 *
 * One change of one person, as plain data: what crosses threads. Values of people have no slot.
 */
typedef struct
{
  gint64 id;
  RosterChangeKind kind;
  gint64 at_unix_ms;
  char *author;
  RosterPerson *before;
  RosterPerson *after;
} RosterChange;

#define ROSTER_TYPE_CHANGE (roster_change_get_type ())
GType roster_change_get_type (void) G_GNUC_CONST;

/** roster_change_copy: Returns: (transfer full): a deep copy. Any thread. */
RosterChange *roster_change_copy (const RosterChange *change);

/** roster_change_free: @change: (nullable) (transfer full): what to free. Any thread. */
void roster_change_free (RosterChange *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterChange, roster_change_free)

G_END_DECLS
