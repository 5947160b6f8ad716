/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-directory.h"

G_BEGIN_DECLS

struct _RosterDirectory
{
  GObject parent_instance;

  RosterReplica *replica;
  RosterAuthority *authority;
  RosterPersonList *people;
  GPtrArray *early_batches; /* of RosterBatch: what changed while loading */
  GCancellable *loading_cancellable;
  GTask *opening; /* (nullable) what waits for everybody */
  guint n_holds;
  gboolean load_is_held;
  guint n_people;
  guint settle_source;
  gboolean loading;
};

G_END_DECLS
