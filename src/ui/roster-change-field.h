/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_CHANGE_FIELD (roster_change_field_get_type ())
G_DECLARE_FINAL_TYPE (RosterChangeField, roster_change_field, ROSTER, CHANGE_FIELD, GtkBox)

/**
 * RosterChangeField:
 *
 * What a change did to one value of a person. Properties: "title" (string: the value's name);
 * "left-to-right" (boolean: the value reads so in every language, as an e-mail address does). Main
 * thread.
 */

/**
 * roster_change_field_set_values:
 * @before: (nullable): the old value
 * @after: (nullable): the new value
 *
 * Shows nothing when the values are the same.
 */
void roster_change_field_set_values (RosterChangeField *self,
                                     const char *before,
                                     const char *after);

/** roster_change_field_describe: Returns: (transfer full) (nullable): what it shows, in words. */
char *roster_change_field_describe (RosterChangeField *self);

G_END_DECLS
