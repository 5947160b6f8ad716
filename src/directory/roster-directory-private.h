/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-directory.h"

G_BEGIN_DECLS

/* Everybody, as read from the replica at one time. */
typedef struct
{
  RosterIndex *index;
  RosterOrder *order;
} RosterSnapshot;

struct _RosterDirectory
{
  GObject parent_instance;

  RosterReplica *replica;
  RosterAuthority *authority;
  RosterPersonList *people;
  GPtrArray *early_batches; /* of RosterBatch: what changed while loading */
  GCancellable *loading_cancellable;
  GTask *opening;           /* (nullable) what waits for everybody */
  RosterSnapshot *snapshot; /* (nullable) what is loaded but held back */
  guint n_holds;
  guint n_people;
  guint settle_source;
  gboolean loading;
};

G_END_DECLS
