/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-connect-page.h"

#include <glib/gi18n-lib.h>

#include "roster-focus.h"
#include "roster-invitation.h"
#include "roster-secret-string.h"

struct _RosterConnectPage
{
  AdwBin parent_instance;

  GCancellable *reading; /* (nullable): the file that is being read */
  GtkFileChooserNative *chooser;

  GtkWidget *open_button;
  GtkLabel *message_label;
  GtkEditable *database_row;
  GtkEditable *direct_row;
  GtkEditable *client_id_row;
  GtkEditable *client_secret_row;
  GtkEditable *issuer_row;
  GtkWidget *connect_button;
};

G_DEFINE_FINAL_TYPE (RosterConnectPage, roster_connect_page, ADW_TYPE_BIN)

static guint connect_signal;

typedef struct
{
  const char *name;
  GtkEditable *row;
} Field;

#define N_FIELDS 5

static void
list_fields (RosterConnectPage *self, Field fields[N_FIELDS])
{
  fields[0] = (Field){ "DATABASE_URL", self->database_row };
  fields[1] = (Field){ "AUTH_GOOGLE_ID", self->client_id_row };
  fields[2] = (Field){ "AUTH_GOOGLE_SECRET", self->client_secret_row };
  fields[3] = (Field){ "DATABASE_URL_UNPOOLED", self->direct_row };
  fields[4] = (Field){ "AUTH_GOOGLE_ISSUER", self->issuer_row };
}

/* What the file does not say stays as it is: a client's file goes with an address that was typed.
 */
static void
fill (RosterConnectPage *self, GHashTable *values)
{
  Field fields[N_FIELDS];

  list_fields (self, fields);
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      const char *value = g_hash_table_lookup (values, fields[i].name);

      if (value != NULL)
        gtk_editable_set_text (fields[i].row, value);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) values = roster_invitation_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  roster_connect_page_tell (self, error != NULL ? error->message : NULL);
  if (values == NULL)
    return;
  fill (self, values);
  if (gtk_editable_get_text (self->database_row)[0] != '\0')
    gtk_widget_grab_focus (self->connect_button);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->database_row));
}

static void
read_file (RosterConnectPage *self, GFile *file)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  roster_invitation_read_async (file, self->reading, read_cb, g_object_ref (self));
}

static void
chosen_cb (RosterConnectPage *self, int response, GtkNativeDialog *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    read_file (self, file);
  g_clear_object (&self->chooser);
}

static void
open_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterConnectPage *self = ROSTER_CONNECT_PAGE (widget);

  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Open an Invitation"),
                                   GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, RosterConnectPage *self)
{
  GSList *files = g_value_get_boxed (value);

  if (files == NULL)
    return FALSE;
  read_file (self, files->data);
  return TRUE;
}

static void
connect_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterConnectPage *self = ROSTER_CONNECT_PAGE (widget);
  g_autoptr (GHashTable) values =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                             (GDestroyNotify) roster_secret_string_free);
  g_autoptr (RosterTeamSetup) setup = NULL;
  g_autoptr (GError) error = NULL;
  Field fields[N_FIELDS];

  list_fields (self, fields);
  for (gsize i = 0; i < N_FIELDS; i++)
    g_hash_table_insert (values, (gpointer) fields[i].name,
                         g_strstrip (g_strdup (gtk_editable_get_text (fields[i].row))));
  setup = roster_team_setup_new_from_values (values, &error);
  roster_connect_page_tell (self, error != NULL ? error->message : NULL);
  if (setup != NULL)
    g_signal_emit (self, connect_signal, 0, setup);
}

/* GtkWidget and GObject */

static gboolean
roster_connect_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ROSTER_CONNECT_PAGE (widget)->open_button);
}

static void
roster_connect_page_dispose (GObject *object)
{
  RosterConnectPage *self = ROSTER_CONNECT_PAGE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (roster_connect_page_parent_class)->dispose (object);
}

static void
roster_connect_page_class_init (RosterConnectPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = roster_connect_page_dispose;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_connect_page_grab_focus;

  connect_signal = g_signal_new ("connect", ROSTER_TYPE_CONNECT_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_install_action (widget_class, "connect.open", NULL, open_activated);
  gtk_widget_class_install_action (widget_class, "connect.connect", NULL, connect_activated);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-connect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, open_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, database_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, direct_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, client_secret_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, issuer_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectPage, connect_button);
}

static void
roster_connect_page_init (RosterConnectPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  Field fields[N_FIELDS];

  gtk_widget_init_template (GTK_WIDGET (self));
  list_fields (self, fields);
  for (gsize i = 0; i < N_FIELDS; i++)
    roster_focus_tell (fields[i].row,
                       adw_preferences_row_get_title (ADW_PREFERENCES_ROW (fields[i].row)));
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

void
roster_connect_page_tell (RosterConnectPage *self, const char *sentence)
{
  g_return_if_fail (ROSTER_IS_CONNECT_PAGE (self));

  gtk_label_set_label (self->message_label, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), sentence != NULL);
}
