/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. The dialog holds itself until it is answered. */

#include "config.h"

#include "roster-copy-chooser.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  RosterCopyChosenFunc func;
  GObject *user_data;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_object_unref (asking->user_data);
  g_free (asking);
}

static void
response_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Asking *asking = user_data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && g_file_peek_path (file) != NULL)
    asking->func (file, asking->user_data);
  g_object_unref (chooser);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
roster_copy_chooser_show (GtkWindow *parent,
                          GtkFileChooserAction action,
                          RosterCopyChosenFunc func,
                          GObject *user_data)
{
  gboolean save = action == GTK_FILE_CHOOSER_ACTION_SAVE;
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (save ? _ ("Save a Copy") : _ ("Open a Copy"), parent, action,
                                   save ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));
  Asking *asking = g_new (Asking, 1);

  *asking = (Asking){ func, g_object_ref (user_data) };
  if (save)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      /* Translators: the name of a file, with a date as g_date_time_format() writes it. */
      g_autofree char *name = g_date_time_format (now, _ ("People %Y-%m-%d.roster"));

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  else
    {
      add_filter (GTK_FILE_CHOOSER (chooser), _ ("Directories"),
                  (const char *[]){ "*.roster", "*.db", "*.db.*", NULL });
      add_filter (GTK_FILE_CHOOSER (chooser), _ ("All Files"), (const char *[]){ "*", NULL });
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), asking, asking_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
