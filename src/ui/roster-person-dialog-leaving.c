/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of what was typed in the dialog and is not saved: it is kept while it is typed, it
 * is said when it was begun earlier, and it is asked about when the dialog is left. Main thread. */

#include "config.h"

#include "roster-person-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "roster-format.h"

/* Whether the line that says why saving failed says why already. */
static gboolean
is_said (RosterPersonDialog *self, const char *failure)
{
  return gtk_revealer_get_reveal_child (self->failure_revealer) &&
         g_str_equal (gtk_label_get_label (self->failure_label), failure);
}

void
roster_person_dialog_show_unkept (RosterPersonDialog *self)
{
  const char *failure = roster_draft_keeper_get_failure (self->keeper);

  if (failure != NULL)
    {
      const char *lost = _ ("What you typed would be lost if Roster ended now.");
      g_autofree char *sentences =
          g_strjoin (" ", lost, is_said (self, failure) ? NULL : failure, NULL);

      gtk_label_set_label (self->unkept_label, sentences);
    }
  gtk_revealer_set_reveal_child (self->unkept_revealer, failure != NULL);
}

void
roster_person_dialog_keep_draft (RosterPersonDialog *self)
{
  if (self->keeper != NULL)
    roster_draft_keeper_stop (self->keeper);
  g_clear_object (&self->keeper);
  if (self->keeper_signals == NULL)
    {
      self->keeper_signals = g_signal_group_new (ROSTER_TYPE_DRAFT_KEEPER);
      g_signal_group_connect_swapped (self->keeper_signals, "notify::failure",
                                      G_CALLBACK (roster_person_dialog_show_unkept), self);
    }
  self->keeper =
      roster_draft_keeper_new (roster_directory_get_drafts (self->directory), self->draft);
  g_signal_group_set_target (self->keeper_signals, self->keeper);
  roster_person_dialog_show_unkept (self);
}

void
roster_person_dialog_show_resumed (RosterPersonDialog *self)
{
  gint64 typed_at_unix_ms = roster_person_draft_get_typed_at (self->draft);
  gboolean discarded = self->discarded != NULL;

  gtk_revealer_set_reveal_child (self->resumed_revealer, typed_at_unix_ms != 0 || discarded);
  if (discarded)
    {
      gtk_label_set_label (self->resumed_label, _ ("What you had not finished is discarded."));
    }
  else if (roster_person_draft_get_orphaned (self->draft))
    {
      gtk_label_set_label (self->resumed_label,
                           _ ("This person was deleted before you finished. Save to add them "
                              "again."));
    }
  else if (typed_at_unix_ms != 0)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autofree char *sentence =
          roster_format_moment (ROSTER_MOMENT_UNFINISHED, typed_at_unix_ms, now);

      gtk_label_set_label (self->resumed_label, sentence);
    }
  gtk_button_set_label (self->discard_button, discarded ? _ ("Undo") : _ ("Discard"));
}

void
roster_person_dialog_discard_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterPersonDialog *self = ROSTER_PERSON_DIALOG (widget);
  g_autoptr (RosterPersonDraft) discarded = g_steal_pointer (&self->discarded);
  g_autoptr (RosterPersonDraft) old = g_object_ref (self->draft);

  if (discarded != NULL)
    {
      roster_person_dialog_set_draft (self, discarded);
      roster_draft_keeper_keep_async (self->keeper, NULL, NULL);
    }
  else
    {
      g_autoptr (RosterPersonDraft) draft = roster_person_draft_start_over (old);

      roster_draft_keeper_drop (self->keeper);
      roster_person_dialog_set_draft (self, draft);
      self->discarded = g_steal_pointer (&old);
    }
  roster_person_dialog_show_resumed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_field));
}

/* The question outlives this dialog by a moment and must not look for its parent then. */
static void
let_go (GtkWindow *question)
{
  gtk_window_set_transient_for (question, NULL);
}

typedef struct
{
  RosterPersonDialog *dialog;
  void (*leave) (RosterPersonDialog *dialog);
} Leaving;

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Leaving *leaving = user_data;
  g_autoptr (RosterPersonDialog) self = leaving->dialog;

  /* When it could not be kept the dialog says so and stays. */
  if (roster_draft_keeper_keep_finish (ROSTER_DRAFT_KEEPER (source), result, NULL))
    leaving->leave (self);
}

void
roster_person_dialog_leave (RosterPersonDialog *self,
                            const char *response,
                            GtkWindow *question,
                            void (*leave) (RosterPersonDialog *self))
{
  if (g_str_equal (response, "discard"))
    {
      let_go (question);
      roster_draft_keeper_drop (self->keeper);
      leave (self);
    }
  else if (g_str_equal (response, "later"))
    {
      Leaving *leaving = g_new (Leaving, 1);

      *leaving = (Leaving){ g_object_ref (self), leave };
      let_go (question);
      roster_draft_keeper_keep_async (self->keeper, kept_cb, leaving);
    }
}

void
roster_person_dialog_ask_before_leaving (RosterPersonDialog *self, GCallback response)
{
  GtkWidget *question =
      adw_message_dialog_new (GTK_WINDOW (self), _ ("Leave Without Saving?"),
                              _ ("What you typed has not been saved. You can finish it later, or "
                                 "discard it."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "edit", _ ("_Keep Editing"),
                                    "discard", _ ("_Discard"), "later", _ ("Finish _Later"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "edit");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "edit");
  /* For the shortcuts of the application, to quit among them. */
  gtk_window_set_application (GTK_WINDOW (question),
                              gtk_window_get_application (GTK_WINDOW (self)));
  g_signal_connect_object (question, "response", response, self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
close_now (RosterPersonDialog *self)
{
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
leave_cb (RosterPersonDialog *self, const char *response, GtkWindow *question)
{
  roster_person_dialog_leave (self, response, question, close_now);
}

gboolean
roster_person_dialog_close_request (GtkWindow *window)
{
  RosterPersonDialog *self = ROSTER_PERSON_DIALOG (window);
  gboolean changed;

  g_object_get (self->draft, "changed", &changed, NULL);
  if (self->saving)
    return GDK_EVENT_STOP;
  if (changed)
    {
      roster_person_dialog_ask_before_leaving (self, G_CALLBACK (leave_cb));
      return GDK_EVENT_STOP;
    }
  gtk_window_destroy (window);
  return GDK_EVENT_STOP;
}

static void
kept_for_caller_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_draft_keeper_keep_finish (ROSTER_DRAFT_KEEPER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
roster_person_dialog_keep_async (RosterPersonDialog *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_person_dialog_keep_async);
  roster_draft_keeper_keep_async (self->keeper, kept_for_caller_cb, task);
}

gboolean
roster_person_dialog_keep_finish (RosterPersonDialog *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
