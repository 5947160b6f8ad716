/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page says follows from the keyring, the session and the sign-in that is under way, and
 * from nothing else. Main thread. */

#include "config.h"

#include "roster-sign-in-page.h"

#include <glib/gi18n-lib.h>

#include "roster-focus.h"
#include "roster-sign-in.h"

struct _RosterSignInPage
{
  AdwBin parent_instance;

  RosterTeamClient *client;
  RosterAccount *account;
  RosterSignIn *sign_in;
  GSignalGroup *session_signals;
  GCancellable *running; /* (nullable): ends the sign-in that is under way */
  char *failure;         /* (nullable): why the last one did not work */
  char *locked;          /* (nullable): why nothing is known before the keyring is unlocked */

  AdwToastOverlay *toast_overlay;
  AdwStatusPage *status_page;
  GtkSpinner *spinner;
  GtkLabel *message_label;
  GtkWidget *sign_in_button;
  GtkWidget *open_again_button;
  GtkWidget *copy_button;
  GtkWidget *cancel_button;
  GtkWidget *unlock_button;
};

G_DEFINE_FINAL_TYPE (RosterSignInPage, roster_sign_in_page, ADW_TYPE_BIN)

typedef struct
{
  const char *icon;
  const char *title;
  const char *message;
} Words;

static UserSession *
get_session (RosterSignInPage *self)
{
  return self->account != NULL ? roster_account_get_session (self->account) : NULL;
}

static UserSessionState
get_state (RosterSignInPage *self)
{
  UserSession *session = get_session (self);

  return session != NULL ? user_session_get_state (session) : USER_SESSION_SIGNED_OUT;
}

static const char *
get_reason (RosterSignInPage *self)
{
  UserSession *session = get_session (self);

  return session != NULL ? user_session_get_reason (session) : NULL;
}

static Words
running_words (RosterSignInPage *self)
{
  switch (roster_sign_in_get_state (self->sign_in))
    {
    case ROSTER_SIGN_IN_CONNECTING:
      return (Words){ NULL, _ ("Connecting…"), _ ("The sign-in service is asked for its page.") };
    case ROSTER_SIGN_IN_WAITING:
      return (Words){ NULL, _ ("Finish in the Browser"),
                      _ ("The sign-in page is open in your browser. This window goes on by itself "
                         "once you have signed in there.") };
    case ROSTER_SIGN_IN_FINISHING:
    case ROSTER_SIGN_IN_IDLE:
    default:
      return (Words){ NULL, _ ("Signing In…"), _ ("The team’s directory is being opened.") };
    }
}

static Words
resting_words (RosterSignInPage *self)
{
  UserSessionState state = get_state (self);
  const char *reason = get_reason (self);

  if (self->failure != NULL)
    return (Words){ "dialog-warning-symbolic", _ ("Signing In Did Not Work"), self->failure };
  if (state == USER_SESSION_EXPIRED || state == USER_SESSION_REVOKED)
    return (Words){ "avatar-default-symbolic", _ ("You Are Signed Out"), reason };
  return (Words){ "avatar-default-symbolic", _ ("Sign In"),
                  reason != NULL ? reason
                                 : _ ("Everybody in your team’s directory is there once you have "
                                      "signed in with your account.") };
}

static void
update_actions (RosterSignInPage *self, gboolean locked, gboolean waiting)
{
  GtkWidget *widget = GTK_WIDGET (self);
  /* Without a sign-in that did not work it is the keyring that there is something to say of. */
  gboolean in_memory = self->failure == NULL && get_reason (self) != NULL &&
                       get_state (self) == USER_SESSION_SIGNED_OUT;
  gboolean running = self->running != NULL;

  gtk_widget_set_visible (self->sign_in_button, !running && !locked);
  gtk_widget_set_visible (self->open_again_button, waiting);
  gtk_widget_set_visible (self->copy_button, waiting);
  gtk_widget_set_visible (self->cancel_button, running);
  gtk_widget_set_visible (self->unlock_button, !running && !locked && in_memory);
  gtk_widget_action_set_enabled (widget, "sign-in.start",
                                 self->client != NULL && !running && !locked);
  gtk_widget_action_set_enabled (widget, "sign-in.cancel", running);
  gtk_widget_action_set_enabled (widget, "sign-in.open-again", waiting);
  gtk_widget_action_set_enabled (widget, "sign-in.copy-address", waiting);
  gtk_widget_action_set_enabled (widget, "sign-in.unlock", !running && !locked && in_memory);
}

static void
update (RosterSignInPage *self)
{
  gboolean locked = self->locked != NULL || get_state (self) == USER_SESSION_LOCKED;
  gboolean busy = self->running != NULL || locked;
  gboolean waiting =
      self->running != NULL && roster_sign_in_get_state (self->sign_in) == ROSTER_SIGN_IN_WAITING;
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  Words words;

  if (locked)
    words = (Words){ "dialog-password-symbolic", _ ("The Keyring Is Locked"),
                     self->locked != NULL ? self->locked : get_reason (self) };
  else
    words = self->running != NULL ? running_words (self) : resting_words (self);
  adw_status_page_set_icon_name (self->status_page, words.icon);
  adw_status_page_set_title (self->status_page, words.title);
  gtk_label_set_label (self->message_label, words.message != NULL ? words.message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  update_actions (self, locked, waiting);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* Signing in */

static void
open_uri (const char *uri, gpointer user_data)
{
  GtkWidget *self = user_data;
  g_autoptr (GdkAppLaunchContext) context =
      gdk_display_get_app_launch_context (gtk_widget_get_display (self));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, NULL, NULL);
}

/* Whatever came of it: the person is in the browser, and it goes on here. */
static void
end_run (RosterSignInPage *self, GCancellable *run, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->running != run)
    return;
  g_clear_object (&self->running);
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->failure = g_strdup (error->message);
  update (self);
  if (root != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_window_present (GTK_WINDOW (root));
}

typedef struct
{
  RosterSignInPage *self;
  RosterAccount *account;
  GCancellable *cancellable;
} Run;

static Run *
run_new (RosterSignInPage *self)
{
  Run *run = g_new (Run, 1);

  *run = (Run){ g_object_ref (self), g_object_ref (self->account), g_object_ref (self->running) };
  return run;
}

static void
run_free (Run *run)
{
  g_object_unref (run->self);
  g_object_unref (run->account);
  g_object_unref (run->cancellable);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;

  roster_account_sign_in_finish (run->account, result, &error);
  end_run (run->self, run->cancellable, error);
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Run) run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) identity =
      roster_sign_in_run_finish (ROSTER_SIGN_IN (source), result, &error);

  if (identity != NULL)
    {
      roster_account_sign_in_async (run->account, identity, run->cancellable, signed_in_cb, run);
      g_steal_pointer (&run);
      return;
    }
  /* One that was replaced says nothing of the one that replaced it. */
  if (run->self->running == run->cancellable)
    roster_account_give_up_sign_in (run->account, error);
  end_run (run->self, run->cancellable, error);
}

static void
start_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (widget);

  g_clear_pointer (&self->failure, g_free);
  self->running = g_cancellable_new ();
  roster_account_begin_sign_in (self->account);
  roster_sign_in_run_async (self->sign_in, roster_team_client_get_provider (self->client),
                            self->running, identified_cb, run_new (self));
  update (self);
}

static void
cancel_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (widget);

  g_cancellable_cancel (self->running);
}

static void
open_again_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (widget);

  roster_sign_in_open_again (self->sign_in);
}

static void
copy_address_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          roster_sign_in_get_authorization_uri (self->sign_in));
  adw_toast_overlay_add_toast (self->toast_overlay,
                               adw_toast_new (_ ("Address copied. Paste it into a browser.")));
}

static void
unlock_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (widget);

  if (self->client != NULL)
    roster_team_open_async (roster_team_client_get_team (self->client), NULL, NULL, NULL);
}

/* GtkWidget and GObject */

static gboolean
roster_sign_in_page_grab_focus (GtkWidget *widget)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (widget);

  return gtk_widget_grab_focus (self->running != NULL ? self->cancel_button : self->sign_in_button);
}

static void
roster_sign_in_page_dispose (GObject *object)
{
  RosterSignInPage *self = ROSTER_SIGN_IN_PAGE (object);

  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->sign_in);
  g_clear_object (&self->account);
  g_clear_object (&self->client);
  g_clear_pointer (&self->failure, g_free);
  g_clear_pointer (&self->locked, g_free);
  G_OBJECT_CLASS (roster_sign_in_page_parent_class)->dispose (object);
}

static void
roster_sign_in_page_class_init (RosterSignInPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = roster_sign_in_page_dispose;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_sign_in_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "sign-in.start", NULL, start_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.cancel", NULL, cancel_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.open-again", NULL, open_again_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.copy-address", NULL,
                                   copy_address_activated);
  gtk_widget_class_install_action (widget_class, "sign-in.unlock", NULL, unlock_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sign-in.cancel", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, status_page);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, open_again_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSignInPage, unlock_button);
}

static void
roster_sign_in_page_init (RosterSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->sign_in = roster_sign_in_new (open_uri, self, NULL);
  g_signal_connect_object (self->sign_in, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  self->session_signals = g_signal_group_new (USER_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify", G_CALLBACK (update), self);
  update (self);
}

void
roster_sign_in_page_set_locked (RosterSignInPage *self, const char *reason)
{
  g_return_if_fail (ROSTER_IS_SIGN_IN_PAGE (self));

  g_free (self->locked);
  self->locked = g_strdup (reason);
  update (self);
}

void
roster_sign_in_page_set_client (RosterSignInPage *self, RosterTeamClient *client)
{
  g_return_if_fail (ROSTER_IS_SIGN_IN_PAGE (self));

  if (!g_set_object (&self->client, client))
    return;
  g_cancellable_cancel (self->running);
  g_clear_object (&self->running);
  g_clear_pointer (&self->failure, g_free);
  g_clear_object (&self->account);
  if (client != NULL)
    self->account = g_object_ref (roster_team_client_get_account (client));
  g_signal_group_set_target (self->session_signals, get_session (self));
  update (self);
}
