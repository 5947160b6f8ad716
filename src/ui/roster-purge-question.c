/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cannot be undone is asked about first. Main thread. */

#include "config.h"

#include "roster-purge-question.h"

#include <glib/gi18n-lib.h>

#include "roster-format.h"

typedef struct
{
  GtkWidget *page;
  RosterDirectory *directory;
  GStrv ids; /* (nullable) */
  char *told;
} Purge;

static void
purge_clear (gpointer data)
{
  Purge *purge = data;

  g_object_unref (purge->page);
  g_object_unref (purge->directory);
  g_strfreev (purge->ids);
  g_free (purge->told);
}

static void
purge_unref (gpointer purge)
{
  g_rc_box_release_full (purge, purge_clear);
}

static void
purged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Purge *purge = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = roster_directory_purge_finish (ROSTER_DIRECTORY (source), result, &error);

  gtk_widget_activate_action (purge->page, "directory.tell", "s",
                              done ? purge->told : error->message);
  gtk_widget_activate_action (purge->page, "deleted.reload", NULL);
  purge_unref (purge);
}

static void
response_cb (AdwMessageDialog *question, const char *response, Purge *purge)
{
  if (g_str_equal (response, "purge"))
    roster_directory_purge_async (purge->directory, g_steal_pointer (&purge->ids), NULL, purged_cb,
                                  g_rc_box_acquire (purge));
}

static void
closure_gone_cb (gpointer purge, GClosure *closure)
{
  purge_unref (purge);
}

void
roster_purge_question_ask (GtkWidget *page,
                           RosterDirectory *directory,
                           char **ids,
                           guint n_people,
                           const char *name)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (page));
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, NULL, NULL));
  Purge *purge = g_rc_box_new0 (Purge);
  g_autofree char *heading = NULL;

  purge->page = g_object_ref (page);
  purge->directory = g_object_ref (directory);
  purge->ids = ids;
  if (name != NULL)
    {
      g_autofree char *isolated = roster_format_in_sentence (name);

      /* Translators: %s is the name of a person. */
      heading = g_strdup_printf (_ ("Remove %s for Good?"), isolated);
      /* Translators: %s is the name of a person. */
      purge->told = g_strdup_printf (_ ("%s removed for good"), isolated);
    }
  else
    {
      heading = g_strdup_printf (ngettext ("Remove %'u Person for Good?",
                                           "Remove %'u People for Good?", n_people),
                                 n_people);
      purge->told = g_strdup_printf (ngettext ("%'u person removed for good",
                                               "%'u people removed for good", n_people),
                                     n_people);
    }

  adw_message_dialog_set_heading (question, heading);
  adw_message_dialog_set_body (question,
                               _ ("Their history goes with them. This cannot be undone."));
  adw_message_dialog_add_responses (question, "cancel", _ ("_Cancel"), "purge",
                                    _ ("_Remove for Good"), NULL);
  adw_message_dialog_set_response_appearance (question, "purge", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (question, "cancel");
  adw_message_dialog_set_close_response (question, "cancel");
  g_signal_connect_data (question, "response", G_CALLBACK (response_cb), purge, closure_gone_cb, 0);
  gtk_window_present (GTK_WINDOW (question));
}
