/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_PROGRESS_DIALOG (roster_progress_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RosterProgressDialog,
                      roster_progress_dialog,
                      ROSTER,
                      PROGRESS_DIALOG,
                      AdwMessageDialog)

/** RosterProgressDialog: how far something is that can be cancelled. Nobody sees it when it is done
 * at once. */

/**
 * roster_progress_dialog_new:
 * @heading: what is being done
 * @cancellable: cancelled from the dialog
 *
 * Returns: (transfer full): a dialog that shows itself after a moment, until it is ended
 */
RosterProgressDialog *roster_progress_dialog_new (GtkWindow *parent,
                                                  const char *heading,
                                                  GCancellable *cancellable);

/** roster_progress_dialog_progress_cb: @dialog: a RosterProgressDialog. A GFileProgressCallback. */
void roster_progress_dialog_progress_cb (goffset n_bytes, goffset n_bytes_in_all, gpointer dialog);

/** roster_progress_dialog_end: @self: (transfer full): what was being done is. */
void roster_progress_dialog_end (RosterProgressDialog *self);

G_END_DECLS
