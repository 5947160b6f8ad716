/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "person-object.h"
#include "roster-authority.h"
#include "roster-drafts.h"
#include "roster-person-list.h"
#include "roster-replica.h"
#include "roster-undo-stack.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_DIRECTORY (roster_directory_get_type ())
G_DECLARE_FINAL_TYPE (RosterDirectory, roster_directory, ROSTER, DIRECTORY, GObject)

/**
 * RosterDirectory:
 *
 * What the UI talks to: reads come from the replica, writes go to the authority, and it need not
 * know which. Properties, read-only: "people" (RosterPersonList); "drafts" (RosterDrafts:
 * what was typed and not finished, loaded with the first page); "n-people" (uint: everybody,
 * searched for or not); "loading" (boolean: TRUE from roster_directory_open_async() until everybody
 * can be searched); "writing" (boolean: something that was asked for is being written); "can-edit"
 * (boolean) and "edit-reason" (string, nullable); "can-undo" and
 * "can-redo" (boolean). Main thread.
 *
 * Signal "done" (RosterUndoEntry *entry): people were added, edited, deleted or restored, or that
 * was done again after it was undone: something to offer the undoing of. Emitted before the call
 * completes.
 *
 * Signal "failed" (GError *error): the rest could not be read after the first page was; the
 * directory should be closed.
 *
 * Errors of writes are those of RosterAuthority, as translated sentences.
 */

/**
 * roster_directory_new:
 * @replica: where everybody is read from; closed or open
 * @authority: (transfer none): who accepts writes
 *
 * Returns: (transfer full): a directory that shows nobody until it is opened
 */
RosterDirectory *roster_directory_new (RosterReplica *replica, RosterAuthority *authority);

/**
 * roster_directory_open_async:
 *
 * Opens the replica and completes as soon as the first page is in the list; the rest follows
 * ("loading"). Errors: those of roster_replica_open_async().
 */
void roster_directory_open_async (RosterDirectory *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean roster_directory_open_finish (RosterDirectory *self, GAsyncResult *result, GError **error);

/**
 * roster_directory_hold:
 *
 * Puts off the reading of everybody beyond the first page until roster_directory_release() has been
 * called as often: so that the first frame waits neither for rows that nobody sees yet nor for a
 * processor that reads them. Where there is no first page, everybody is read at once all the same.
 */
void roster_directory_hold (RosterDirectory *self);
void roster_directory_release (RosterDirectory *self);

/** roster_directory_close_async: completes when every write is done and the file is closed. */
void roster_directory_close_async (RosterDirectory *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_directory_close_finish (RosterDirectory *self,
                                        GAsyncResult *result,
                                        GError **error);

/** roster_directory_get_people: Returns: (transfer none): the list. */
RosterPersonList *roster_directory_get_people (RosterDirectory *self);
RosterDrafts *roster_directory_get_drafts (RosterDirectory *self);
guint roster_directory_get_n_people (RosterDirectory *self);
gboolean roster_directory_get_loading (RosterDirectory *self);

/** roster_directory_get_writing: Returns: whether something that was asked for is being written. */
gboolean roster_directory_get_writing (RosterDirectory *self);
gboolean roster_directory_get_can_edit (RosterDirectory *self);

/** roster_directory_dup_edit_reason: Returns: (transfer full) (nullable): why not, translated. */
char *roster_directory_dup_edit_reason (RosterDirectory *self);

/**
 * roster_directory_find_by_email_async:
 * @email: compared without case
 * @except_id: (nullable): somebody who does not count
 *
 * Looks for who has this e-mail, as far as the replica knows. Errors: G_IO_ERROR_CANCELLED.
 *
 * Returns (finish): (transfer full) (nullable): who that is; %NULL without an error when nobody has
 * it
 */
void roster_directory_find_by_email_async (RosterDirectory *self,
                                           const char *email,
                                           const char *except_id,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
PersonObject *roster_directory_find_by_email_finish (RosterDirectory *self,
                                                     GAsyncResult *result,
                                                     GError **error);

/**
 * roster_directory_save_async:
 * @base: (nullable): the person as it was when editing began; %NULL to add somebody
 * @person: the person as it should be; given an id when it has none
 *
 * Finish: @current: (out) (optional) (nullable) (transfer full): on ROSTER_ERROR_CONFLICT, the
 * person as it is now. Returns: (transfer full) (nullable): the person as it now is in the
 * directory
 */
void roster_directory_save_async (RosterDirectory *self,
                                  const RosterPerson *base,
                                  const RosterPerson *person,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
PersonObject *roster_directory_save_finish (RosterDirectory *self,
                                            GAsyncResult *result,
                                            RosterPerson **current,
                                            GError **error);

/**
 * roster_directory_add_async:
 * @people: (element-type RosterPerson) (transfer full): people to add, with ids; all or none;
 * nobody else's from now on
 */
void roster_directory_add_async (RosterDirectory *self,
                                 GPtrArray *people,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean roster_directory_add_finish (RosterDirectory *self, GAsyncResult *result, GError **error);

/**
 * roster_directory_delete_async:
 * @ids: (array zero-terminated=1) (transfer full): whom
 *
 * Returns (finish): (transfer full) (nullable): how many were deleted, and the last of them
 */
void roster_directory_delete_async (RosterDirectory *self,
                                    char **ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
RosterReceipt *roster_directory_delete_finish (RosterDirectory *self,
                                               GAsyncResult *result,
                                               GError **error);

gboolean roster_directory_get_can_undo (RosterDirectory *self);
gboolean roster_directory_get_can_redo (RosterDirectory *self);

/**
 * roster_directory_undo_async:
 * @batch_id: (nullable): of an entry that "done" told of; %NULL for the latest
 *
 * Undoes something that was done since the directory was made. What has become impossible to undo
 * (ROSTER_ERROR_CONFLICT, ROSTER_ERROR_NOT_FOUND) is forgotten, so that it is not in the way of
 * what was done before.
 *
 * Finish: @person: (out) (optional) (nullable) (transfer full): the last of those it was about, if
 * they are there now. Returns: (transfer full) (nullable): what was undone
 */
void roster_directory_undo_async (RosterDirectory *self,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterUndoEntry *roster_directory_undo_finish (RosterDirectory *self,
                                               GAsyncResult *result,
                                               PersonObject **person,
                                               GError **error);

/** roster_directory_redo_async: does again what was undone last; like
 * roster_directory_undo_async(). */
void roster_directory_redo_async (RosterDirectory *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterUndoEntry *roster_directory_redo_finish (RosterDirectory *self,
                                               GAsyncResult *result,
                                               PersonObject **person,
                                               GError **error);

/** roster_directory_history_async: see roster_authority_history_async(). */
void roster_directory_history_async (RosterDirectory *self,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *roster_directory_history_finish (RosterDirectory *self,
                                            GAsyncResult *result,
                                            GError **error);

/** roster_directory_deleted_async: see roster_authority_deleted_async(). */
void roster_directory_deleted_async (RosterDirectory *self,
                                     gint64 before_change_id,
                                     guint limit,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *roster_directory_deleted_finish (RosterDirectory *self,
                                            GAsyncResult *result,
                                            guint *n_total,
                                            GError **error);

/**
 * roster_directory_restore_async:
 * @ids: (array zero-terminated=1) (transfer full): of the deleted; all or none
 *
 * Finish: @person: (out) (optional) (nullable) (transfer full): the last of them, in the directory
 * again. Returns: (transfer full) (nullable): how many were restored
 */
void roster_directory_restore_async (RosterDirectory *self,
                                     char **ids,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
RosterReceipt *roster_directory_restore_finish (RosterDirectory *self,
                                                GAsyncResult *result,
                                                PersonObject **person,
                                                GError **error);

/** roster_directory_purge_async: see roster_authority_purge_async(); it cannot be undone. */
void roster_directory_purge_async (RosterDirectory *self,
                                   char **ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_directory_purge_finish (RosterDirectory *self,
                                        GAsyncResult *result,
                                        GError **error);

/**
 * roster_directory_save_copy_async:
 * @to: a local file; replaced at the end, at once, or not at all
 * @progress: (nullable): called until the call completes
 *
 * Saves all that is in the directory now as one file, whoever writes meanwhile. Errors: those of
 * roster_replica_save_copy_async().
 */
void roster_directory_save_copy_async (RosterDirectory *self,
                                       GFile *to,
                                       GFileProgressCallback progress,
                                       gpointer progress_data,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean roster_directory_save_copy_finish (RosterDirectory *self,
                                            GAsyncResult *result,
                                            GError **error);

G_END_DECLS
