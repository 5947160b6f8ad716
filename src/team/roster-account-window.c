/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. Closed by the page when nobody is signed in any longer. */

#include "config.h"

#include "roster-account-window.h"

#include <glib/gi18n-lib.h>

#include "roster-delete-question.h"
#include "roster-format.h"
#include "roster-person-picture.h"

struct _RosterAccountWindow
{
  AdwPreferencesWindow parent_instance;

  RosterAccount *account;
  GCancellable *cancellable;
  GPtrArray *rows; /* of sessions */

  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *email_label;
  AdwPreferencesGroup *sessions_group;
  GtkWidget *sessions_spinner;
};

G_DEFINE_FINAL_TYPE (RosterAccountWindow, roster_account_window, ADW_TYPE_PREFERENCES_WINDOW)

static void load_sessions (RosterAccountWindow *self);

static void
tell (RosterAccountWindow *self, const char *sentence)
{
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (sentence));
}

/* Returns: whether there is somebody to tell. */
static gboolean
is_open (RosterAccountWindow *self)
{
  return !g_cancellable_is_cancelled (self->cancellable);
}

/* A call that ended the session here closes the window; there is nothing to add. */
static void
tell_error (RosterAccountWindow *self, const GError *error)
{
  if (error != NULL && is_open (self) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, error->message);
}

/* Sessions */

static void
clear_sessions (RosterAccountWindow *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->sessions_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  roster_account_end_session_finish (ROSTER_ACCOUNT (source), result, &error);
  tell_error (self, error);
  if (is_open (self))
    load_sessions (self);
}

static void
end_cb (GtkWidget *button, RosterAccountWindow *self)
{
  gtk_widget_set_sensitive (button, FALSE);
  roster_account_end_session_async (self->account, g_object_get_data (G_OBJECT (button), "session"),
                                    self->cancellable, ended_cb, g_object_ref (self));
}

static void
add_session (RosterAccountWindow *self, const RosterOpenSession *session)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *time = roster_format_time (session->expires_unix_ms, zone);
  /* Translators: %s is a date with the time of day. */
  g_autofree char *until = g_strdup_printf (_ ("Until %s, and longer when it is used"), time);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 session->is_this ? _ ("This Computer") : _ ("Another Device"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), until);
  if (!session->is_this)
    {
      GtkWidget *button = gtk_button_new_with_label (_ ("Sign Out"));

      g_object_set_data_full (G_OBJECT (button), "session", g_strdup (session->id), g_free);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      until, -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (end_cb), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  adw_preferences_group_add (self->sessions_group, row);
  g_ptr_array_add (self->rows, row);
}

static void
sessions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sessions =
      roster_account_sessions_finish (ROSTER_ACCOUNT (source), result, &error);

  if (!is_open (self))
    return;
  gtk_widget_set_visible (self->sessions_spinner, FALSE);
  clear_sessions (self);
  adw_preferences_group_set_description (self->sessions_group,
                                         error != NULL ? error->message : NULL);
  for (guint i = 0; sessions != NULL && i < sessions->len; i++)
    add_session (self, sessions->pdata[i]);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.end-others",
                                 sessions != NULL && sessions->len > 1);
}

static void
load_sessions (RosterAccountWindow *self)
{
  roster_account_sessions_async (self->account, self->cancellable, sessions_cb,
                                 g_object_ref (self));
}

static void
others_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  int n_ended = roster_account_end_others_finish (ROSTER_ACCOUNT (source), result, &error);
  g_autofree char *sentence = NULL;

  if (!is_open (self))
    return;
  if (n_ended >= 0)
    {
      sentence = g_strdup_printf (ngettext ("%d other device signed out",
                                            "%d other devices signed out", (gulong) n_ended),
                                  n_ended);
      tell (self, sentence);
    }
  tell_error (self, error);
  load_sessions (self);
}

static void
end_others_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterAccountWindow *self = ROSTER_ACCOUNT_WINDOW (widget);

  gtk_widget_action_set_enabled (widget, "account.end-others", FALSE);
  roster_account_end_others_async (self->account, self->cancellable, others_ended_cb,
                                   g_object_ref (self));
}

/* The end of this one */

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  roster_account_sign_out_finish (ROSTER_ACCOUNT (source), result, &error);
  tell_error (self, error);
}

static void
sign_out_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterAccountWindow *self = ROSTER_ACCOUNT_WINDOW (widget);

  roster_account_sign_out_async (self->account, signed_out_cb, g_object_ref (self));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccountWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  roster_account_delete_finish (ROSTER_ACCOUNT (source), result, &error);
  tell_error (self, error);
}

static void
delete_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterAccountWindow *self = ROSTER_ACCOUNT_WINDOW (widget);

  roster_delete_question_ask (GTK_WINDOW (self), self->account, deleted_cb, G_OBJECT (self));
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterAccountWindow) self = user_data;
  g_autoptr (GdkTexture) picture = roster_person_picture_load_finish (result, NULL);

  if (picture != NULL && is_open (self))
    adw_avatar_set_custom_image (self->avatar, GDK_PAINTABLE (picture));
}

static void
show_user (RosterAccountWindow *self)
{
  UserSession *session = roster_account_get_session (self->account);
  const char *name = user_session_get_name (session);
  const char *email = user_session_get_email (session);

  adw_avatar_set_text (self->avatar, name != NULL ? name : email);
  gtk_label_set_label (self->name_label, name != NULL ? name : email);
  gtk_label_set_label (self->email_label, email);
  gtk_widget_set_visible (GTK_WIDGET (self->email_label), name != NULL);
  if (user_session_get_picture (session) != NULL)
    roster_person_picture_load_async (user_session_get_picture (session), self->cancellable,
                                      picture_cb, g_object_ref (self));
}

/* GObject */

static void
roster_account_window_dispose (GObject *object)
{
  RosterAccountWindow *self = ROSTER_ACCOUNT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (roster_account_window_parent_class)->dispose (object);
}

static void
roster_account_window_finalize (GObject *object)
{
  RosterAccountWindow *self = ROSTER_ACCOUNT_WINDOW (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (roster_account_window_parent_class)->finalize (object);
}

static void
roster_account_window_class_init (RosterAccountWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = roster_account_window_dispose;
  G_OBJECT_CLASS (class)->finalize = roster_account_window_finalize;

  gtk_widget_class_install_action (widget_class, "account.end-others", NULL, end_others_activated);
  gtk_widget_class_install_action (widget_class, "account.sign-out", NULL, sign_out_activated);
  gtk_widget_class_install_action (widget_class, "account.delete", NULL, delete_activated);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-account-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterAccountWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RosterAccountWindow, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterAccountWindow, email_label);
  gtk_widget_class_bind_template_child (widget_class, RosterAccountWindow, sessions_group);
  gtk_widget_class_bind_template_child (widget_class, RosterAccountWindow, sessions_spinner);
}

static void
roster_account_window_init (RosterAccountWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.end-others", FALSE);
}

GtkWidget *
roster_account_window_new (RosterAccount *account)
{
  RosterAccountWindow *self = g_object_new (ROSTER_TYPE_ACCOUNT_WINDOW, NULL);

  self->account = g_object_ref (account);
  show_user (self);
  load_sessions (self);
  return GTK_WIDGET (self);
}
