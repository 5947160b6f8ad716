/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-secret-string.h"
#include "roster-sync.h"
#include "roster-team-authority.h"
#include "roster-team.h"

G_BEGIN_DECLS

/* What the parts of RosterTeam share. Inside directory/ only. */

struct _RosterTeam
{
  GObject parent_instance;

  GFile *folder;
  RosterWorker *worker;
  RosterTokenStore *store;
  RosterAccount *account;

  /* All or none: while somebody is signed in. */
  RosterReplica *replica;
  RosterSync *sync;
  RosterAuthority *authority;
  RosterDirectory *directory;
  char *token;

  /* GTask: who waits until it is open. */
  GPtrArray *opening;
  gboolean was_opened;
  gboolean is_closing;
  gboolean is_shown; /* the directory is open */
  gboolean is_wiping;
  gboolean was_fetched_again;
  gboolean reads_everybody;
  gboolean was_checked;

  RosterTeamState state;
  gint64 since_unix_ms;
  char *reason;
  guint retry_id;
  guint n_retries;
};

/** roster_team_update: says how everything is now, and tries again what is to be tried again. In
 * roster-team-state.c. */
void roster_team_update (RosterTeam *self);

/** roster_team_notify_state: tells everybody. */
void roster_team_notify_state (RosterTeam *self, gboolean is_other_state, gboolean is_other_reason);

G_END_DECLS
