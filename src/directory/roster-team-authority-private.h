/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-team-authority.h"
#include "roster-team-call.h"

G_BEGIN_DECLS

/* What the parts of RosterTeamAuthority share. Inside directory/ only. */

struct _RosterTeamAuthority
{
  GObject parent_instance;

  RosterWorker *worker;
  RosterAccount *account;
  RosterReplica *replica;
  RosterSync *sync;
  char *edit_reason;
  GQueue writes;      /* GTask: the first one is under way */
  GPtrArray *waiting; /* GTask: who waits until there are none */
};

/** roster_team_authority_push: @call: (transfer full): asked, after the writes before it if it is
 * one itself. */
void roster_team_authority_push (RosterTeamAuthority *self,
                                 RosterTeamCall *call,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** roster_team_authority_authority_init: in roster-team-authority-calls.c. */
void roster_team_authority_authority_init (RosterAuthorityInterface *iface);

G_END_DECLS
