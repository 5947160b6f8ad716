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
 * Adds or edits a person. Nothing that was typed is lost unless the person at the keyboard says so:
 * until it is saved it is kept as one of the RosterDrafts of the directory.
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

/**
 * roster_person_dialog_keep_async:
 *
 * Keeps what was typed, so that it is offered again when Roster ends now.
 * roster_person_dialog_keep_finish: Returns: whether it is on the disk; the dialog says when not
 */
void roster_person_dialog_keep_async (RosterPersonDialog *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean roster_person_dialog_keep_finish (RosterPersonDialog *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
