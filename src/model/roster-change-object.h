/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-change.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_CHANGE_OBJECT (roster_change_object_get_type ())
G_DECLARE_FINAL_TYPE (RosterChangeObject, roster_change_object, ROSTER, CHANGE_OBJECT, GObject)

/**
 * RosterChangeObject:
 *
 * A change as an item of a list. It never changes. Main thread.
 */

/** roster_change_object_new: @change: copied. Returns: (transfer full): a new object. */
RosterChangeObject *roster_change_object_new (const RosterChange *change);

/** roster_change_object_get_change: Returns: (transfer none): the change. */
const RosterChange *roster_change_object_get_change (RosterChangeObject *self);

G_END_DECLS
