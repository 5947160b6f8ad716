/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. Owns the worker, the account and whoever revokes at the provider. */

#include "config.h"

#include "roster-team-client.h"

#include "roster-openid-client.h"
#include "roster-worker.h"

struct _RosterTeamClient
{
  GObject parent_instance;

  RosterTeamSetup *setup;
  RosterWorker *worker;
  RosterOpenidClient *openid;
  RosterAccount *account;
};

G_DEFINE_FINAL_TYPE (RosterTeamClient, roster_team_client, G_TYPE_OBJECT)

/* An account that still ends a session outlives this; then there is nobody to revoke with. */
static void
roster_team_client_dispose (GObject *object)
{
  RosterTeamClient *self = ROSTER_TEAM_CLIENT (object);

  if (self->account != NULL)
    roster_account_set_revoker (self->account, NULL, NULL, NULL);
  g_clear_object (&self->account);
  g_clear_object (&self->openid);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->setup, roster_team_setup_free);
  G_OBJECT_CLASS (roster_team_client_parent_class)->dispose (object);
}

static void
roster_team_client_class_init (RosterTeamClientClass *class)
{
  G_OBJECT_CLASS (class)->dispose = roster_team_client_dispose;
}

static void
roster_team_client_init (RosterTeamClient *self)
{
}

RosterTeamClient *
roster_team_client_new (RosterTeamSetup *setup)
{
  RosterTeamClient *self = g_object_new (ROSTER_TYPE_TEAM_CLIENT, NULL);
  g_autofree char *name = roster_team_setup_make_name (setup);
  g_autoptr (RosterTokenStore) store = roster_token_store_new (name);
  g_autoptr (GFile) folder =
      g_file_new_build_filename (g_get_user_data_dir (), DATA_FOLDER, name, NULL);

  self->setup = setup;
  self->worker = roster_worker_new (
      roster_connection_url_parse (setup->database_url, NULL),
      setup->direct_url != NULL ? roster_connection_url_parse (setup->direct_url, NULL) : NULL);
  self->openid = roster_openid_client_new (setup->provider);
  self->account = roster_account_new (self->worker, store, folder);
  roster_account_set_revoker (self->account, roster_openid_client_revoke_async,
                              roster_openid_client_revoke_finish, self->openid);
  return self;
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  roster_account_restore_finish (ROSTER_ACCOUNT (source), result, NULL);
}

void
roster_team_client_open (RosterTeamClient *self)
{
  g_return_if_fail (ROSTER_IS_TEAM_CLIENT (self));

  roster_account_restore_async (self->account, NULL, restored_cb, NULL);
}

RosterAccount *
roster_team_client_get_account (RosterTeamClient *self)
{
  g_return_val_if_fail (ROSTER_IS_TEAM_CLIENT (self), NULL);

  return self->account;
}

const RosterProvider *
roster_team_client_get_provider (RosterTeamClient *self)
{
  g_return_val_if_fail (ROSTER_IS_TEAM_CLIENT (self), NULL);

  return self->setup->provider;
}

void
roster_team_client_close (RosterTeamClient *self)
{
  g_return_if_fail (ROSTER_IS_TEAM_CLIENT (self));

  roster_worker_close (self->worker);
}
