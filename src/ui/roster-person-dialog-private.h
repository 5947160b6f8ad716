/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person-dialog.h"

#include "roster-draft-keeper.h"
#include "roster-entry-field.h"

G_BEGIN_DECLS

struct _RosterPersonDialog
{
  AdwWindow parent_instance;

  RosterDirectory *directory;
  RosterPersonDraft *draft;
  GBindingGroup *draft_bindings;
  GSignalGroup *draft_signals;
  RosterDraftKeeper *keeper;
  GSignalGroup *keeper_signals;
  RosterPersonDraft *discarded; /* until something is typed in its place */
  PersonObject *duplicate;
  GCancellable *looking; /* for the duplicate */
  char *refusal;         /* (nullable): what to say when there is none after all */
  gboolean saving;
  gboolean deleted; /* the person who is edited, by somebody else */
  GtkWidget *last_focus;

  GtkWidget *save_button;
  GtkRevealer *failure_revealer;
  GtkLabel *failure_label;
  GtkRevealer *unkept_revealer;
  GtkLabel *unkept_label;
  GtkRevealer *resumed_revealer;
  GtkLabel *resumed_label;
  GtkButton *discard_button;
  RosterEntryField *name_field;
  RosterEntryField *email_field;
  RosterEntryField *phone_field;
  GtkWidget *open_button;
  GtkLabel *open_label;
};

/* In roster-person-dialog.c. */

/** roster_person_dialog_set_draft: edits @draft from here on, and keeps it. */
void roster_person_dialog_set_draft (RosterPersonDialog *self, RosterPersonDraft *draft);

/* In roster-person-dialog-leaving.c: what becomes of what was typed and is not saved. */

/** roster_person_dialog_keep_draft: has the draft kept while it is typed. */
void roster_person_dialog_keep_draft (RosterPersonDialog *self);

/** roster_person_dialog_show_unkept: says that the draft cannot be kept, if so, and why, unless the
 * line above the fields says that. */
void roster_person_dialog_show_unkept (RosterPersonDialog *self);

/** roster_person_dialog_show_resumed: says that the draft was begun earlier, if it was. */
void roster_person_dialog_show_resumed (RosterPersonDialog *self);

/** roster_person_dialog_discard_activated: starts over, or takes that back. */
void roster_person_dialog_discard_activated (GtkWidget *widget,
                                             const char *name,
                                             GVariant *parameter);

/** roster_person_dialog_ask_before_leaving: @response: a handler of the answer: "edit", "later" or
 * "discard"; see roster_person_dialog_leave(). */
void roster_person_dialog_ask_before_leaving (RosterPersonDialog *self, GCallback response);

/**
 * roster_person_dialog_leave:
 * @response: the answer
 * @question: who asked
 * @leave: what to do when the answer is to leave, which closes the dialog
 */
void roster_person_dialog_leave (RosterPersonDialog *self,
                                 const char *response,
                                 GtkWindow *question,
                                 void (*leave) (RosterPersonDialog *self));

/** roster_person_dialog_close_request: asks first when there is something to lose. */
gboolean roster_person_dialog_close_request (GtkWindow *window);

G_END_DECLS
