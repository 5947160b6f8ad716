/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_ENTRY_FIELD (roster_entry_field_get_type ())
G_DECLARE_FINAL_TYPE (RosterEntryField, roster_entry_field, ROSTER, ENTRY_FIELD, GtkBox)

/**
 * RosterEntryField:
 *
 * An entry that says below itself what is wrong with its text, but not before the person paused
 * typing, left it or tried to save. Properties: "title", "text" (string), "input-purpose"; "error"
 * (string, nullable: what is wrong with the text right now); "problem" (string, nullable,
 * read-only: the error while it is shown). Signal "settled": typing paused, or the entry was left.
 */

/** roster_entry_field_settle: shows what is wrong with the text, if anything, at once. */
void roster_entry_field_settle (RosterEntryField *self);

/** roster_entry_field_get_text: Returns: (transfer none): what was typed. */
const char *roster_entry_field_get_text (RosterEntryField *self);

/** roster_entry_field_get_problem: Returns: (transfer none) (nullable): what is shown as wrong. */
const char *roster_entry_field_get_problem (RosterEntryField *self);

/** roster_entry_field_set_error: @error: (nullable): a sentence, or %NULL when the text is fine. */
void roster_entry_field_set_error (RosterEntryField *self, const char *error);

/** roster_entry_field_set_left_to_right: for text that is so in every script, such as an e-mail. */
void roster_entry_field_set_left_to_right (RosterEntryField *self);

G_END_DECLS
