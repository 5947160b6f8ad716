/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. Owns the team, and whoever revokes at the provider. */

#define G_LOG_DOMAIN "roster-team"

#include "config.h"

#include "roster-team-client.h"

#include "roster-openid-client.h"

struct _RosterTeamClient
{
  GObject parent_instance;

  RosterTeamSetup *setup;
  RosterOpenidClient *openid;
  RosterTeam *team;
};

G_DEFINE_FINAL_TYPE (RosterTeamClient, roster_team_client, G_TYPE_OBJECT)

/* An account that still ends a session outlives this; then there is nobody to revoke with. */
static void
roster_team_client_dispose (GObject *object)
{
  RosterTeamClient *self = ROSTER_TEAM_CLIENT (object);

  if (self->team != NULL)
    roster_account_set_revoker (roster_team_get_account (self->team), NULL, NULL, NULL);
  g_clear_object (&self->team);
  g_clear_object (&self->openid);
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
  g_autoptr (GFile) folder =
      g_file_new_build_filename (g_get_user_data_dir (), DATA_FOLDER, name, NULL);

  self->setup = setup;
  self->team = roster_team_new (
      name, roster_connection_url_parse (setup->database_url, NULL),
      setup->direct_url != NULL ? roster_connection_url_parse (setup->direct_url, NULL) : NULL,
      folder);
  self->openid = roster_openid_client_new (setup->provider);
  roster_account_set_revoker (roster_team_get_account (self->team),
                              roster_openid_client_revoke_async, roster_openid_client_revoke_finish,
                              self->openid);
  return self;
}

RosterTeam *
roster_team_client_get_team (RosterTeamClient *self)
{
  g_return_val_if_fail (ROSTER_IS_TEAM_CLIENT (self), NULL);

  return self->team;
}

RosterAccount *
roster_team_client_get_account (RosterTeamClient *self)
{
  g_return_val_if_fail (ROSTER_IS_TEAM_CLIENT (self), NULL);

  return roster_team_get_account (self->team);
}

const RosterProvider *
roster_team_client_get_provider (RosterTeamClient *self)
{
  g_return_val_if_fail (ROSTER_IS_TEAM_CLIENT (self), NULL);

  return self->setup->provider;
}

typedef struct
{
  RosterTeamClient *self;
  GApplication *application;
} Closing;

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Closing *closing = user_data;
  g_autoptr (RosterTeamClient) self = closing->self;
  g_autoptr (GApplication) application = closing->application;
  g_autoptr (GError) error = NULL;

  if (!roster_team_close_finish (self->team, result, &error))
    g_info ("Closing the team's directory failed: %s", error->message);
  if (application != NULL)
    g_application_release (application);
}

void
roster_team_client_close (RosterTeamClient *self, GApplication *application)
{
  Closing *closing = g_new (Closing, 1);

  g_return_if_fail (ROSTER_IS_TEAM_CLIENT (self));

  *closing = (Closing){ g_object_ref (self), application };
  if (application != NULL)
    g_application_hold (g_object_ref (application));
  roster_team_close_async (self->team, NULL, closed_cb, closing);
}
