/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cannot be undone is asked about first. Main thread. */

#include "config.h"

#include "roster-delete-question.h"

#include <glib/gi18n-lib.h>

#include "roster-focus.h"
#include "roster-format.h"

typedef struct
{
  AdwMessageDialog *dialog;
  RosterAccount *account;
  char *email;
  GAsyncReadyCallback callback;
  GObject *user_data;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->account);
  g_object_unref (question->user_data);
  g_free (question->email);
  g_free (question);
}

static void
typed_cb (GtkEditable *row, Question *question)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  adw_message_dialog_set_response_enabled (question->dialog, "delete",
                                           g_ascii_strcasecmp (text, question->email) == 0);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "delete"))
    roster_account_delete_async (question->account, NULL, question->callback,
                                 g_object_ref (question->user_data));
}

static GtkWidget *
make_entry (void)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Your e-mail"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  roster_focus_tell (GTK_EDITABLE (row), _ ("Your e-mail"));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  return list;
}

void
roster_delete_question_ask (GtkWindow *parent,
                            RosterAccount *account,
                            GAsyncReadyCallback callback,
                            GObject *user_data)
{
  const char *email = user_session_get_email (roster_account_get_session (account));
  g_autofree char *isolated = roster_format_in_sentence (email);
  GtkWidget *list = make_entry ();
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  Question *question = g_new (Question, 1);

  *question = (Question){
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Delete Your Account?"), NULL)),
    g_object_ref (account),
    g_strdup (email),
    callback,
    g_object_ref (user_data),
  };
  adw_message_dialog_format_body (
      question->dialog,
      /* Translators: %s is an e-mail address. */
      _ ("You are signed out everywhere, in the web application too, and your account of the team "
         "is gone for good. The people in the directory stay. To confirm, type %s."),
      isolated);
  adw_message_dialog_set_extra_child (question->dialog, list);
  adw_message_dialog_add_responses (question->dialog, "cancel", _ ("_Cancel"), "delete",
                                    _ ("_Delete My Account"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (question->dialog, "delete", FALSE);
  adw_message_dialog_set_default_response (question->dialog, "cancel");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  g_signal_connect_data (question->dialog, "response", G_CALLBACK (response_cb), question,
                         question_free, 0);
  g_signal_connect (row, "changed", G_CALLBACK (typed_cb), question);
  gtk_window_present (GTK_WINDOW (question->dialog));
}
