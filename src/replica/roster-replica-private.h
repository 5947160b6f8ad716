/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-database.h"
#include "roster-kept-draft.h"
#include "roster-receipt.h"
#include "roster-replica-sync.h"

G_BEGIN_DECLS

/* How the calls of a replica run. Inside replica/ only. */

struct _RosterReplica
{
  GObject parent_instance;

  GFile *file;

  /* Main thread. */
  GThreadPool *pool;
  gboolean read_only;
  guint64 seen_generation;
  guint checkpoint_id;

  /* The pool's thread. The generation counts the writes that changed anybody. */
  RosterDatabase *database;
  guint64 generation;

  /* Any thread, atomic. */
  int is_open;
  int is_miscounted;
};

typedef struct _RosterReplicaJob RosterReplicaJob;

/* Runs on the pool's thread; the database is open if the job needs it. */
typedef gboolean (*RosterReplicaJobFunc) (RosterReplica *self,
                                          RosterReplicaJob *job,
                                          GCancellable *cancellable,
                                          GError **error);

/* What a call is given, and what came of it; the thread that has it now owns it. */
struct _RosterReplicaJob
{
  RosterReplicaJobFunc run;
  gboolean needs_open;

  GPtrArray *people;
  RosterPerson *base;
  RosterPerson *person;
  char **ids;
  RosterBatch *batch;
  RosterKeptDraft *draft;
  RosterSyncPoint *from;
  RosterSyncPoint *to;
  RosterSyncRows rows;
  char *key;
  char *batch_id;
  GArray *slots;
  guint64 generation;
  gint64 change_id;
  gint64 time_ms;
  guint limit;

  GPtrArray *result_people;
  GPtrArray *result_changes;
  GPtrArray *result_drafts;
  RosterPerson *result_person;
  RosterReceipt *result_receipt;
  RosterSyncPoint *result_point;
  GFile *result_file;
  guint result_n;
  gboolean result_more;
  gboolean result_read_only;
  RosterBatch *changed;
  gboolean wrote_other;
  gboolean changed_any;
  GError *error;
};

/** roster_replica_job_new: Returns: (transfer full): a job that needs the database open. */
RosterReplicaJob *roster_replica_job_new (RosterReplicaJobFunc run);

/** roster_replica_set_closed_error: says that the directory is not open. Any thread. */
void roster_replica_set_closed_error (GError **error);

/** roster_replica_push: @job: (transfer full): put at the end of the queue. */
void roster_replica_push (RosterReplica *self,
                          gpointer source_tag,
                          RosterReplicaJob *job,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/** roster_replica_finish: Returns: (transfer none) (nullable): the job, when it went well. */
RosterReplicaJob *roster_replica_finish (RosterReplica *self,
                                         gpointer source_tag,
                                         GAsyncResult *result,
                                         GError **error);

G_END_DECLS
