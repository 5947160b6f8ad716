/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-directory.h"
#include "roster-person-draft.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_PERSON_DIALOG (roster_person_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonDialog, roster_person_dialog, ROSTER, PERSON_DIALOG, AdwWindow)

/**
 * RosterPersonDialog:
 *
 * Adds or edits a person. Nothing that was typed is lost unless the person at the keyboard says so.
 * Signals: "saved" (PersonObject), just before it closes; "open-person" (PersonObject): somebody
 * else is to be shown instead, likewise.
 */

/**
 * roster_person_dialog_new:
 * @draft: what to edit; its base decides between adding and editing
 *
 * Returns: (transfer floating): the dialog, not shown yet
 */
GtkWidget *roster_person_dialog_new (RosterDirectory *directory, RosterPersonDraft *draft);

G_END_DECLS
