/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which page of a team's directory is shown: how to get there, who one is, or the people. What is
 * kept of how to get there is read once, and kept before anybody goes there. Main thread. */

#include "config.h"

#include "roster-team-page.h"

#include <glib/gi18n-lib.h>

#include "roster-account-window.h"
#include "roster-connect-page.h"
#include "roster-directory-page.h"
#include "roster-focus.h"
#include "roster-message-page.h"
#include "roster-sign-in-page.h"
#include "roster-team-client.h"
#include "roster-team-status.h"

struct _RosterTeamPage
{
  AdwBin parent_instance;

  GSettings *settings;
  RosterTokenStore *store; /* (nullable): while what is kept is being read or written */
  GCancellable *loading;
  RosterTeamClient *client; /* (nullable): as long as it is not known how to get there */
  GSignalGroup *session_signals;
  GSignalGroup *team_signals;
  GApplication *application; /* (nullable): of the window */
  gulong active_id;
  GtkWidget *account_window; /* (nullable) */

  GtkStack *stack;
  GtkStack *setup_stack;
  RosterConnectPage *connect_page;
  RosterSignInPage *sign_in_page;
  RosterMessagePage *failed_page; /* (nullable) */
  GtkWidget *loading_page;
  AdwStatusPage *first_sync_page;
  RosterDirectoryPage *directory_page;
};

G_DEFINE_FINAL_TYPE (RosterTeamPage, roster_team_page, ADW_TYPE_BIN)

static UserSession *
get_session (RosterTeamPage *self)
{
  return roster_account_get_session (roster_team_client_get_account (self->client));
}

static void
show_setup (RosterTeamPage *self, GtkWidget *page)
{
  if (gtk_stack_get_visible_child (self->setup_stack) == page &&
      g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "setup") == 0)
    return;
  gtk_stack_set_visible_child_name (self->stack, "setup");
  gtk_stack_set_visible_child (self->setup_stack, page);
  gtk_widget_grab_focus (page);
}

/* Before anybody has arrived there is nothing to look at but how far it is. */
static gboolean
is_first_sync (RosterTeam *team)
{
  RosterTeamState state = roster_team_get_state (team);

  return roster_directory_get_n_people (roster_team_get_directory (team)) == 0 &&
         roster_team_get_as_of (team) == 0 && state != ROSTER_TEAM_LIVE &&
         state != ROSTER_TEAM_ASLEEP;
}

static void
show_directory (RosterTeamPage *self, RosterTeam *team)
{
  gboolean first_sync = is_first_sync (team);
  gboolean was_shown = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "directory") == 0;
  g_autofree char *status = roster_team_status_describe (team);
  g_autofree char *details = roster_team_status_explain (team);

  g_object_set (self->directory_page, "status", status, "status-details", details, NULL);
  if (first_sync)
    {
      adw_status_page_set_title (self->first_sync_page, status);
      adw_status_page_set_description (self->first_sync_page, details);
      show_setup (self, GTK_WIDGET (self->first_sync_page));
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, "directory");
  if (!was_shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->directory_page));
}

static void
update (RosterTeamPage *self)
{
  RosterTeam *team = self->client != NULL ? roster_team_client_get_team (self->client) : NULL;
  RosterDirectory *directory = team != NULL ? roster_team_get_directory (team) : NULL;
  gboolean signed_in =
      team != NULL && user_session_get_state (get_session (self)) == USER_SESSION_SIGNED_IN;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "team.show-account", signed_in);
  if (!signed_in && self->account_window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->account_window));
  g_object_set (self->directory_page, "directory", directory, NULL);
  if (directory != NULL)
    show_directory (self, team);
  else if (self->failed_page != NULL)
    gtk_stack_set_visible_child_name (self->stack, "failed");
  else if (signed_in)
    show_setup (self, self->loading_page);
  else if (team != NULL)
    show_setup (self, GTK_WIDGET (self->sign_in_page));
}

static void
directory_cb (RosterTeamPage *self, GParamSpec *pspec, RosterTeam *team)
{
  RosterDirectory *directory = roster_team_get_directory (team);

  if (directory != NULL)
    {
      g_settings_bind (self->settings, "sort", roster_directory_get_people (directory), "sort",
                       G_SETTINGS_BIND_GET);
      g_signal_connect_object (directory, "notify::n-people", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTeamPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_team_open_finish (ROSTER_TEAM (source), result, &error) || self->client == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->failed_page == NULL)
    {
      self->failed_page = ROSTER_MESSAGE_PAGE (roster_message_page_new ());
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed_page), "failed");
    }
  roster_message_page_show_failure (self->failed_page, error);
  update (self);
}

static void
set_client (RosterTeamPage *self, RosterTeamSetup *setup)
{
  RosterTeam *team;

  self->client = roster_team_client_new (setup);
  team = roster_team_client_get_team (self->client);
  roster_sign_in_page_set_client (self->sign_in_page, self->client);
  g_signal_group_set_target (self->session_signals, get_session (self));
  g_signal_group_set_target (self->team_signals, team);
  roster_team_open_async (team, NULL, opened_cb, g_object_ref (self));
  update (self);
}

/* What is kept */

static void
store_cb (RosterTeamPage *self)
{
  gboolean locked = roster_token_store_get_state (self->store) == ROSTER_TOKEN_STORE_LOCKED;

  roster_sign_in_page_set_locked (self->sign_in_page,
                                  locked ? roster_token_store_get_reason (self->store) : NULL);
  if (locked)
    show_setup (self, GTK_WIDGET (self->sign_in_page));
}

static void
take_store (RosterTeamPage *self, const char *name)
{
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  self->store = roster_token_store_new (name);
  g_signal_connect_object (self->store, "notify", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
}

static void
let_go_of_store (RosterTeamPage *self)
{
  g_signal_handlers_disconnect_by_func (self->store, store_cb, self);
  g_clear_object (&self->store);
  roster_sign_in_page_set_locked (self->sign_in_page, NULL);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterTeamPage) self = user_data;
  g_autoptr (RosterTokenStore) store = g_object_ref (ROSTER_TOKEN_STORE (source));
  g_autoptr (GError) error = NULL;
  RosterTeamSetup *setup;

  if (!roster_token_store_load_finish (store, result, NULL) || self->store != store)
    return;
  let_go_of_store (self);
  setup = roster_team_setup_new_from_secrets (roster_token_store_get (store), &error);
  if (setup != NULL)
    {
      set_client (self, setup);
      return;
    }
  roster_connect_page_tell (self->connect_page, roster_token_store_get_reason (store));
  show_setup (self, GTK_WIDGET (self->connect_page));
}

static void
load (RosterTeamPage *self, const char *name)
{
  take_store (self, name);
  roster_token_store_load_async (self->store, self->loading, loaded_cb, g_object_ref (self));
}

typedef struct
{
  RosterTeamPage *self;
  RosterTeamSetup *setup;
} Keeping;

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Keeping *keeping = user_data;
  g_autoptr (RosterTeamPage) self = keeping->self;
  g_autoptr (RosterTeamSetup) setup = keeping->setup;

  /* Without a keyring it is known until the end; the session's reason says so. */
  roster_token_store_save_finish (ROSTER_TOKEN_STORE (source), result, NULL);
  if (self->store != ROSTER_TOKEN_STORE (source))
    return;
  let_go_of_store (self);
  set_client (self, g_steal_pointer (&setup));
}

/* Whoever was signed in to the same directory stays so. */
static void
known_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Keeping *keeping = user_data;
  RosterTokenStore *store = ROSTER_TOKEN_STORE (source);
  RosterSecrets *secrets;

  roster_token_store_load_finish (store, result, NULL);
  secrets = roster_secrets_copy (roster_token_store_get (store));
  roster_team_setup_keep (keeping->setup, secrets);
  roster_token_store_save_async (store, secrets, kept_cb, keeping);
}

static void
connect_cb (RosterTeamPage *self, RosterTeamSetup *setup)
{
  g_autofree char *name = roster_team_setup_make_name (setup);
  Keeping *keeping = g_new (Keeping, 1);

  if (self->store != NULL)
    let_go_of_store (self);
  g_settings_set_string (self->settings, "directory", name);
  *keeping = (Keeping){ g_object_ref (self), roster_team_setup_copy (setup) };
  take_store (self, name);
  roster_token_store_load_async (self->store, self->loading, known_cb, keeping);
}

static void
account_closed_cb (gpointer user_data, GObject *window)
{
  RosterTeamPage *self = user_data;

  self->account_window = NULL;
}

static void
show_account_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterTeamPage *self = ROSTER_TEAM_PAGE (widget);

  if (self->account_window == NULL)
    {
      self->account_window =
          roster_account_window_new (roster_team_client_get_account (self->client));
      g_object_weak_ref (G_OBJECT (self->account_window), account_closed_cb, self);
      gtk_window_set_transient_for (GTK_WINDOW (self->account_window),
                                    GTK_WINDOW (gtk_widget_get_root (widget)));
    }
  gtk_window_present (GTK_WINDOW (self->account_window));
}

/* GtkWidget and GObject */

static gboolean
roster_team_page_grab_focus (GtkWidget *widget)
{
  RosterTeamPage *self = ROSTER_TEAM_PAGE (widget);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "directory") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->directory_page));
  return gtk_widget_grab_focus (gtk_stack_get_visible_child (self->setup_stack));
}

/* Whoever comes back to the window wants to see what has changed. */
static void
active_cb (RosterTeamPage *self, GParamSpec *pspec, GtkWindow *window)
{
  if (self->client != NULL && gtk_window_is_active (window))
    roster_team_refresh (roster_team_client_get_team (self->client));
}

static void
roster_team_page_root (GtkWidget *widget)
{
  RosterTeamPage *self = ROSTER_TEAM_PAGE (widget);
  GtkWindow *window;

  GTK_WIDGET_CLASS (roster_team_page_parent_class)->root (widget);
  window = GTK_WINDOW (gtk_widget_get_root (widget));
  self->active_id =
      g_signal_connect_swapped (window, "notify::is-active", G_CALLBACK (active_cb), self);
  g_set_object (&self->application, G_APPLICATION (gtk_window_get_application (window)));
}

static void
roster_team_page_unroot (GtkWidget *widget)
{
  RosterTeamPage *self = ROSTER_TEAM_PAGE (widget);

  g_clear_signal_handler (&self->active_id, gtk_widget_get_root (widget));
  GTK_WIDGET_CLASS (roster_team_page_parent_class)->unroot (widget);
}

static void
roster_team_page_dispose (GObject *object)
{
  RosterTeamPage *self = ROSTER_TEAM_PAGE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->account_window != NULL)
    g_object_weak_unref (G_OBJECT (self->account_window), account_closed_cb, self);
  self->account_window = NULL;
  g_clear_object (&self->session_signals);
  g_clear_object (&self->team_signals);
  if (self->client != NULL)
    roster_team_client_close (self->client, self->application);
  g_clear_object (&self->client);
  g_clear_object (&self->application);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (roster_team_page_parent_class)->dispose (object);
}

static void
roster_team_page_class_init (RosterTeamPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = roster_team_page_dispose;
  widget_class->root = roster_team_page_root;
  widget_class->unroot = roster_team_page_unroot;
  widget_class->focus = roster_focus_children;
  widget_class->grab_focus = roster_team_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "team.show-account", NULL, show_account_activated);

  g_type_ensure (ROSTER_TYPE_CONNECT_PAGE);
  g_type_ensure (ROSTER_TYPE_DIRECTORY_PAGE);
  g_type_ensure (ROSTER_TYPE_SIGN_IN_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/roster/ui/roster-team-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, setup_stack);
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, connect_page);
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, loading_page);
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, first_sync_page);
  gtk_widget_class_bind_template_child (widget_class, RosterTeamPage, directory_page);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
roster_team_page_init (RosterTeamPage *self)
{
  static const char *const told[] = { "notify::state", "notify::as-of", "notify::reason",
                                      "notify::progress" };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->session_signals = g_signal_group_new (USER_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::state", G_CALLBACK (update),
                                  self);
  self->team_signals = g_signal_group_new (ROSTER_TYPE_TEAM);
  g_signal_group_connect_swapped (self->team_signals, "notify::directory",
                                  G_CALLBACK (directory_cb), self);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    g_signal_group_connect_swapped (self->team_signals, told[i], G_CALLBACK (update), self);
  update (self);
}

GtkWidget *
roster_team_page_new (GSettings *settings, GHashTable *environment)
{
  RosterTeamPage *self = g_object_new (ROSTER_TYPE_TEAM_PAGE, NULL);
  g_autofree char *name = g_settings_get_string (settings, "directory");
  g_autoptr (GError) error = NULL;
  RosterTeamSetup *setup;

  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "retention-days", self->directory_page, "retention-days",
                   G_SETTINGS_BIND_GET);
  if (g_hash_table_contains (environment, "DATABASE_URL"))
    {
      setup = roster_team_setup_new_from_values (environment, &error);
      roster_connect_page_tell (self->connect_page, error != NULL ? error->message : NULL);
      if (setup != NULL)
        set_client (self, setup);
      else
        show_setup (self, GTK_WIDGET (self->connect_page));
    }
  else if (g_str_has_prefix (name, ROSTER_TEAM_NAME_PREFIX))
    load (self, name);
  else
    show_setup (self, GTK_WIDGET (self->connect_page));
  return GTK_WIDGET (self);
}
