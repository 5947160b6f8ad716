/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RosterCopyChosenFunc:
 * @file: a local file
 */
typedef void (*RosterCopyChosenFunc) (GFile *file, gpointer user_data);

/**
 * roster_copy_chooser_show:
 * @action: to save a copy of the directory, or to open one
 * @func: called when a file was chosen
 * @user_data: for @func; held while the question is open
 *
 * Asks for a file. Main thread.
 */
void roster_copy_chooser_show (GtkWindow *parent,
                               GtkFileChooserAction action,
                               RosterCopyChosenFunc func,
                               GObject *user_data);

G_END_DECLS
