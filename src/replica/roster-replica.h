/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-batch.h"
#include "roster-person.h"
#include "roster-receipt.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_REPLICA (roster_replica_get_type ())
G_DECLARE_FINAL_TYPE (RosterReplica, roster_replica, ROSTER, REPLICA, GObject)

/**
 * RosterReplica:
 *
 * The SQLite file that holds the directory on this computer. Unless said otherwise functions are
 * called on the main thread; the work is done, in order, on the replica's own thread, which owns
 * the writing handle. Every write is one transaction, durable (WAL, synchronous=FULL) when it is
 * reported. Calls made before roster_replica_open_async() completes wait for it.
 *
 * Property "read-only" (boolean, read-only): the open file may only be read.
 *
 * Signal "changed" (RosterBatch *batch): a write was committed; slots are filled in. Emitted on the
 * main thread, in the order of the commits, always before the call that made the change completes.
 *
 * Writes are kept in the history (roster-replica-history.h) under a batch id that the caller makes
 * (roster_cuid_new()), but for those of roster_replica_apply_async(): there an authority elsewhere
 * keeps it. A call with a batch id that is there already changes nothing.
 *
 * Common errors: ROSTER_ERROR_READ_ONLY, ROSTER_ERROR_NO_SPACE, ROSTER_ERROR_CORRUPT,
 * ROSTER_ERROR_CLOSED, ROSTER_ERROR_FAILED, G_IO_ERROR_CANCELLED (then nothing was written).
 */

/** roster_replica_new: @file: a local file; need not exist. Returns: (transfer full): a closed
 * replica. */
RosterReplica *roster_replica_new (GFile *file);

/**
 * roster_replica_open_async:
 *
 * Opens the file, makes it (mode 0600, with its folder) or brings it up to this version. Errors:
 * the common ones, and ROSTER_ERROR_NEWER_VERSION. A file that is damaged or no directory is left
 * untouched: see roster_replica_set_aside_async(). A file that may only be read opens, see
 * roster_replica_get_read_only().
 */
void roster_replica_open_async (RosterReplica *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean roster_replica_open_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/**
 * roster_replica_set_aside_async:
 *
 * Renames the file of a replica that is not open (with its -wal and -shm) to a name beside it that
 * says so and when, so that the next open makes a new one. roster_replica_set_aside_finish:
 * Returns: (transfer full) (nullable): where it is now
 */
void roster_replica_set_aside_async (RosterReplica *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GFile *roster_replica_set_aside_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/** roster_replica_close_async: completes when everything asked for before is done; then all calls
 * fail with ROSTER_ERROR_CLOSED, until it is opened again. */
void roster_replica_close_async (RosterReplica *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean roster_replica_close_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/** roster_replica_get_file: Returns: (transfer none): the file. */
GFile *roster_replica_get_file (RosterReplica *self);

/** roster_replica_get_read_only: Returns: whether the open file may only be read. */
gboolean roster_replica_get_read_only (RosterReplica *self);

/**
 * RosterReplicaRowFunc:
 * @person: somebody, with slot; valid during the call
 *
 * Called on the thread that called roster_replica_load(), in ascending order of slots.
 */
typedef void (*RosterReplicaRowFunc) (const RosterPerson *person, gpointer user_data);

/**
 * roster_replica_load:
 *
 * Reads everybody, from one snapshot, over a handle of its own. Blocks: any thread but the main
 * one, while the replica is open. Changes committed after the snapshot come by "changed".
 */
gboolean roster_replica_load (RosterReplica *self,
                              RosterReplicaRowFunc func,
                              gpointer user_data,
                              GCancellable *cancellable,
                              GError **error);

/**
 * roster_replica_first_page_async:
 * @key: which order, with its locale ("name/de_DE")
 *
 * Reads the first people in the order that roster_replica_save_first_page_async() kept, if nobody
 * changed since.
 *
 * roster_replica_first_page_finish:
 * @n_people: (out): how many people there are in all
 * Returns: (transfer full) (element-type RosterPerson) (nullable): the first page; empty when
 * nobody is there or nothing was kept (@n_people tells these apart)
 */
void roster_replica_first_page_async (RosterReplica *self,
                                      const char *key,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *roster_replica_first_page_finish (RosterReplica *self,
                                             GAsyncResult *result,
                                             guint *n_people,
                                             GError **error);

/** roster_replica_save_first_page_async: @slots: copied; dropped by the next write that changes
 * anybody. */
void roster_replica_save_first_page_async (RosterReplica *self,
                                           const char *key,
                                           const guint *slots,
                                           guint n_slots,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean roster_replica_save_first_page_finish (RosterReplica *self,
                                                GAsyncResult *result,
                                                GError **error);

/**
 * roster_replica_find_async:
 * @ids: (array zero-terminated=1) (transfer full): whom
 *
 * roster_replica_find_finish: Returns: (transfer full) (element-type RosterPerson) (nullable):
 * those of them who are there, in the order of @ids
 */
void roster_replica_find_async (RosterReplica *self,
                                char **ids,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GPtrArray *roster_replica_find_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/**
 * roster_replica_create_async:
 * @people: (element-type RosterPerson) (transfer full): people with ids, nobody else's from now on;
 * made valid by roster_person_validate(). Times of 0 are set to now (equal); others are kept
 *
 * Adds all of them or none. Somebody whose id is there already is not added again (a repeated call
 * is no error). Errors: common, ROSTER_ERROR_INVALID, ROSTER_ERROR_DUPLICATE_EMAIL (compared
 * without ASCII case).
 *
 * roster_replica_create_finish: Returns: (transfer full) (element-type RosterPerson): all of them
 * as they now are; who was deleted since the first call is left out
 */
void roster_replica_create_async (RosterReplica *self,
                                  GPtrArray *people,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
GPtrArray *roster_replica_create_finish (RosterReplica *self, GAsyncResult *result, GError **error);

/**
 * roster_replica_update_async:
 * @base: the person as it was when editing began
 * @person: the person as it should be; only fields that differ from @base are written
 *
 * Field-level compare-and-set: a field that meanwhile became what @person wants is no conflict.
 * Errors: common, ROSTER_ERROR_NOT_FOUND, ROSTER_ERROR_DUPLICATE_EMAIL, ROSTER_ERROR_CONFLICT.
 *
 * roster_replica_update_finish:
 * @current: (out) (optional) (nullable) (transfer full): on ROSTER_ERROR_CONFLICT the person as it
 * is now. Returns: (transfer full) (nullable): the person as it now is; "updated_at" moved if
 * anything changed
 */
void roster_replica_update_async (RosterReplica *self,
                                  const RosterPerson *base,
                                  const RosterPerson *person,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterPerson *roster_replica_update_finish (RosterReplica *self,
                                            GAsyncResult *result,
                                            RosterPerson **current,
                                            GError **error);

/**
 * roster_replica_delete_async:
 * @ids: (array zero-terminated=1) (transfer full): ids that are not there are passed over
 *
 * roster_replica_delete_finish: Returns: (transfer full) (nullable): what came of it
 */
void roster_replica_delete_async (RosterReplica *self,
                                  char **ids,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterReceipt *roster_replica_delete_finish (RosterReplica *self,
                                             GAsyncResult *result,
                                             GError **error);

/**
 * roster_replica_apply_async:
 * @batch: copied; first who is removed goes, by id, then people are put, by id and in order,
 * without any check but the file's own
 *
 * Takes over what an authority elsewhere has accepted.
 */
void roster_replica_apply_async (RosterReplica *self,
                                 const RosterBatch *batch,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean roster_replica_apply_finish (RosterReplica *self, GAsyncResult *result, GError **error);

G_END_DECLS
