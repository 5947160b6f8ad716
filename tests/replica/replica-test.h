/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-change.h"
#include "roster-replica.h"
#include "roster-replica-history.h"
#include "roster-test.h"

G_BEGIN_DECLS

/* The replica's calls, waited for. Each returns what its finish function does, and each write is a
 * batch of its own. */

/** replica_test_new: Returns: (transfer full): a closed replica of "people.roster" in @folder. */
RosterReplica *replica_test_new (GFile *folder);

/** replica_test_new_open: Returns: (transfer full): the same, open. */
RosterReplica *replica_test_new_open (GFile *folder);

/** replica_test_free: @self: (transfer full): closed, and released by everybody else. */
void replica_test_free (RosterReplica *self);

gboolean replica_test_open (RosterReplica *self, GError **error);
gboolean replica_test_close (RosterReplica *self, GError **error);
GFile *replica_test_set_aside (RosterReplica *self, GError **error);
GPtrArray *replica_test_first_page (RosterReplica *self,
                                    const char *key,
                                    guint *n_people,
                                    GError **error);
gboolean replica_test_save_first_page (RosterReplica *self,
                                       const char *key,
                                       const guint *slots,
                                       guint n_slots,
                                       GError **error);
GPtrArray *replica_test_create (RosterReplica *self,
                                RosterPerson *const *people,
                                gsize n_people,
                                GError **error);
RosterPerson *replica_test_create_one (RosterReplica *self,
                                       const RosterPerson *person,
                                       GError **error);
RosterPerson *replica_test_update (RosterReplica *self,
                                   const RosterPerson *base,
                                   const RosterPerson *person,
                                   RosterPerson **current,
                                   GError **error);
RosterReceipt *replica_test_delete (RosterReplica *self, const char *const *ids, GError **error);
RosterReceipt *replica_test_undo (RosterReplica *self,
                                  const char *batch_to_undo,
                                  const char *batch_id,
                                  GError **error);
RosterReceipt *replica_test_restore (RosterReplica *self, const char *const *ids, GError **error);
gboolean replica_test_purge (RosterReplica *self, const char *const *ids, GError **error);
/** replica_test_expire: Returns: whether more are left. */
gboolean replica_test_expire (RosterReplica *self,
                              gint64 retention_ms,
                              guint limit,
                              GError **error);
GPtrArray *replica_test_deleted (RosterReplica *self,
                                 gint64 before_change_id,
                                 gint64 since_unix_ms,
                                 guint limit,
                                 guint *n_total,
                                 GError **error);

/** replica_test_history: does not fail. */
GPtrArray *replica_test_history (RosterReplica *self, const char *id);
gboolean replica_test_apply (RosterReplica *self, const RosterBatch *batch, GError **error);

/** replica_test_load: Returns: (transfer full) (element-type RosterPerson) (nullable): everybody.
 */
GPtrArray *replica_test_load (RosterReplica *self, GError **error);

/** replica_test_execute: runs @sql on the closed file as another program would. */
void replica_test_execute (GFile *folder, const char *sql);

/**
 * replica_test_deny:
 * @folder: whose permissions are changed
 * @file_mode: what the files in it become
 * @folder_mode: what it becomes itself
 *
 * To the superuser nothing is denied, so that the process is somebody else until
 * replica_test_allow(): the permissions that count are those of everybody.
 */
void replica_test_deny (GFile *folder, int file_mode, int folder_mode);
void replica_test_allow (GFile *folder);

/** replica_test_person: Returns: (transfer full): person @number, without times. */
RosterPerson *replica_test_person (guint number);

G_END_DECLS
