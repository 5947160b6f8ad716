/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-directory-page.h"

#include "roster-directory.h"
#include "roster-people-pane.h"
#include "roster-selection.h"

G_BEGIN_DECLS

struct _RosterDirectoryPage
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  PersonObject *person;
  PersonObject *person_before; /* who was chosen when selecting began */
  RosterSelection *selection;
  GSignalGroup *directory_signals;
  GtkEventController *typing;
  gboolean resuming; /* what was typed is being looked up */
  gboolean saving_copy;

  guint retention_days;

  GPtrArray *offered; /* (nullable) of batch ids: what the toast undoes */
  RosterUndoKind offered_kind;
  guint n_offered;
  PersonObject *restored; /* (nullable): whom the toast shows */
  AdwToast *undo_toast;
  AdwToast *undone_toast;
  AdwToast *copied_toast;

  AdwToastOverlay *toast_overlay;
  AdwLeaflet *subpages;
  AdwLeaflet *leaflet;
  RosterPeoplePane *people_pane;
  GtkWidget *person_pane;
};

/* In roster-directory-page.c. */

/** roster_directory_page_set_person: @person: (nullable): who is chosen. */
void roster_directory_page_set_person (RosterDirectoryPage *self, PersonObject *person);

/** roster_directory_page_open_person: chooses @person, scrolls there and shows them. */
void roster_directory_page_open_person (RosterDirectoryPage *self, PersonObject *person);

/** roster_directory_page_go_back: Returns: whether there was somewhere to go back to. */
gboolean roster_directory_page_go_back (RosterDirectoryPage *self);

/* In roster-directory-page-actions.c. */

/** roster_directory_page_install_actions: for class_init. */
void roster_directory_page_install_actions (GtkWidgetClass *class);

/** roster_directory_page_update_actions: enables those that can be used now. */
void roster_directory_page_update_actions (RosterDirectoryPage *self);

/** roster_directory_page_make_toast: @text: no markup. Returns: (transfer full): a toast. */
AdwToast *roster_directory_page_make_toast (const char *text);

/** roster_directory_page_tell: @text: what happened, to be read at leisure. */
void roster_directory_page_tell (RosterDirectoryPage *self, const char *text);

/** roster_directory_page_tell_failure: @error: what went wrong; a sentence, unless cancelled. */
void roster_directory_page_tell_failure (RosterDirectoryPage *self, const GError *error);

/** roster_directory_page_tell_copied: @text: that it was; takes the place of the one before. */
void roster_directory_page_tell_copied (RosterDirectoryPage *self, const char *text);

/* In roster-directory-page-copy.c. */

/** roster_directory_page_install_copy_actions: for class_init. */
void roster_directory_page_install_copy_actions (GtkWidgetClass *class);

/* In roster-directory-page-selection.c. */

/** roster_directory_page_install_selection_actions: for class_init. */
void roster_directory_page_install_selection_actions (GtkWidgetClass *class);

/** roster_directory_page_update_selection_actions: enables those that can be used now. */
void roster_directory_page_update_selection_actions (RosterDirectoryPage *self);

/* In roster-directory-page-undo.c. */

/** roster_directory_page_done_cb: offers to undo what was done. */
void roster_directory_page_done_cb (RosterDirectoryPage *self, const RosterUndoEntry *entry);

/** roster_directory_page_set_restored: @person: (nullable): whom the toast that tells of a
 * restoring shows. */
void roster_directory_page_set_restored (RosterDirectoryPage *self, PersonObject *person);

/** roster_directory_page_install_undo_actions: for class_init. */
void roster_directory_page_install_undo_actions (GtkWidgetClass *class);

/** roster_directory_page_update_undo_actions: enables those that can be used now. */
void roster_directory_page_update_undo_actions (RosterDirectoryPage *self);

G_END_DECLS
