/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-change.h"
#include "roster-person.h"
#include "roster-receipt.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_AUTHORITY (roster_authority_get_type ())
G_DECLARE_INTERFACE (RosterAuthority, roster_authority, ROSTER, AUTHORITY, GObject)

/**
 * RosterAuthority:
 *
 * The one place that may accept a write. Properties, read-only, for the UI to bind to: "can-edit"
 * (boolean); "edit-reason" (string, nullable: a translated sentence, why it cannot be edited now).
 * What was accepted is in the replica, and RosterReplica::changed was emitted for it, before the
 * call completes. Every authority validates (roster_person_validate()) before it accepts:
 * ROSTER_ERROR_INVALID. Main thread; each call completes once. Errors besides those named:
 * ROSTER_ERROR_READ_ONLY (with the reason), ROSTER_ERROR_NO_SPACE, ROSTER_ERROR_CLOSED,
 * ROSTER_ERROR_FAILED, G_IO_ERROR_CANCELLED.
 *
 * It keeps a history. What one call writes is a batch; the caller makes its id (roster_cuid_new()),
 * and when a call was repeated with the same one, because its answer was lost, nothing is written
 * twice. By that id it can be undone.
 */
struct _RosterAuthorityInterface
{
  GTypeInterface parent_iface;

  void (*create_async) (RosterAuthority *self,
                        GPtrArray *people,
                        const char *batch_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  GPtrArray *(*create_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*update_async) (RosterAuthority *self,
                        const RosterPerson *base,
                        const RosterPerson *person,
                        const char *batch_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  RosterPerson *(*update_finish) (RosterAuthority *self,
                                  GAsyncResult *result,
                                  RosterPerson **current,
                                  GError **error);
  void (*delete_async) (RosterAuthority *self,
                        char **ids,
                        const char *batch_id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  RosterReceipt *(*delete_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*undo_async) (RosterAuthority *self,
                      const char *batch_to_undo,
                      const char *batch_id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  RosterReceipt *(*undo_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*restore_async) (RosterAuthority *self,
                         char **ids,
                         const char *batch_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  RosterReceipt *(*restore_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*purge_async) (RosterAuthority *self,
                       char **ids,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*purge_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*history_async) (RosterAuthority *self,
                         const char *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GPtrArray *(*history_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*deleted_async) (RosterAuthority *self,
                         gint64 before_change_id,
                         guint limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GPtrArray *(*deleted_finish) (RosterAuthority *self,
                                GAsyncResult *result,
                                guint *n_total,
                                GError **error);
  void (*tidy) (RosterAuthority *self);
};

/** roster_authority_get_can_edit: Returns: whether a write would be accepted now. */
gboolean roster_authority_get_can_edit (RosterAuthority *self);

/** roster_authority_dup_edit_reason: Returns: (transfer full) (nullable): why not, translated. */
char *roster_authority_dup_edit_reason (RosterAuthority *self);

/**
 * roster_authority_create_async:
 * @people: (element-type RosterPerson) (transfer full): nobody else's from now on; with ids
 * (roster_cuid_new()); with times of 0, or with those that they are to have
 *
 * Adds all or none. Repeating it with the same ids gives the same people, never a second one.
 * Errors: ROSTER_ERROR_DUPLICATE_EMAIL.
 * Returns (finish): (transfer full) (element-type RosterPerson): the people as they now are; who
 * was deleted since the first call is left out
 */
void roster_authority_create_async (RosterAuthority *self,
                                    GPtrArray *people,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *roster_authority_create_finish (RosterAuthority *self,
                                           GAsyncResult *result,
                                           GError **error);

/**
 * roster_authority_update_async:
 * @base: the person as it was when editing began
 * @person: the person as it should be
 *
 * Writes the fields that differ; if somebody changed another field meanwhile, both changes stand.
 * Errors: ROSTER_ERROR_NOT_FOUND, ROSTER_ERROR_DUPLICATE_EMAIL, ROSTER_ERROR_CONFLICT.
 *
 * Finish: @current: (out) (optional) (nullable) (transfer full): on a conflict, the person as it is
 * now. Returns: (transfer full) (nullable): the person as it now is
 */
void roster_authority_update_async (RosterAuthority *self,
                                    const RosterPerson *base,
                                    const RosterPerson *person,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
RosterPerson *roster_authority_update_finish (RosterAuthority *self,
                                              GAsyncResult *result,
                                              RosterPerson **current,
                                              GError **error);

/**
 * roster_authority_delete_async:
 * @ids: (array zero-terminated=1) (transfer full): whom; somebody who is gone already is no error
 *
 * Returns (finish): (transfer full) (nullable): what came of it
 */
void roster_authority_delete_async (RosterAuthority *self,
                                    char **ids,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
RosterReceipt *roster_authority_delete_finish (RosterAuthority *self,
                                               GAsyncResult *result,
                                               GError **error);

/**
 * roster_authority_undo_async:
 * @batch_to_undo: what to undo; can itself have been an undo, which does it again
 * @batch_id: the undoing is a batch as well
 *
 * Undoes all of it or nothing: whoever was added is deleted, whoever was deleted is back with the
 * id, values and times they had, what was edited has its former value. A person who is so already
 * is no obstacle; one who was changed otherwise since is: ROSTER_ERROR_CONFLICT. Other errors:
 * ROSTER_ERROR_NOT_FOUND (nothing is known of the batch; one that changed nobody is not kept),
 * ROSTER_ERROR_DUPLICATE_EMAIL. Messages say who is in the way.
 *
 * Returns (finish): (transfer full) (nullable): what came of it
 */
void roster_authority_undo_async (RosterAuthority *self,
                                  const char *batch_to_undo,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterReceipt *roster_authority_undo_finish (RosterAuthority *self,
                                             GAsyncResult *result,
                                             GError **error);

/**
 * roster_authority_restore_async:
 * @ids: (array zero-terminated=1) (transfer full): of the deleted; who is there already is passed
 * over
 *
 * Brings back all of them, as they were when they were deleted, or none. Errors:
 * ROSTER_ERROR_NOT_FOUND (removed for good), ROSTER_ERROR_DUPLICATE_EMAIL.
 *
 * Returns (finish): (transfer full) (nullable): what came of it
 */
void roster_authority_restore_async (RosterAuthority *self,
                                     char **ids,
                                     const char *batch_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
RosterReceipt *roster_authority_restore_finish (RosterAuthority *self,
                                                GAsyncResult *result,
                                                GError **error);

/**
 * roster_authority_purge_async:
 * @ids: (array zero-terminated=1) (nullable) (transfer full): who is not deleted is passed over;
 * %NULL for all who are, at whatever time
 *
 * Removes the deleted for good, with their history and their drafts. That cannot be undone.
 */
void roster_authority_purge_async (RosterAuthority *self,
                                   char **ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_authority_purge_finish (RosterAuthority *self,
                                        GAsyncResult *result,
                                        GError **error);

/**
 * roster_authority_history_async:
 * @id: of somebody who is there or deleted
 *
 * Returns (finish): (transfer full) (element-type RosterChange) (nullable): all their changes,
 * newest first; none when nobody is known by the id
 */
void roster_authority_history_async (RosterAuthority *self,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *roster_authority_history_finish (RosterAuthority *self,
                                            GAsyncResult *result,
                                            GError **error);

/**
 * roster_authority_deleted_async:
 * @before_change_id: the id of the last change of the page before; 0 for the first page
 * @limit: how many at most
 *
 * Reads the deletions of those who are not there now, newest first, as far back as the deleted are
 * kept (the retention).
 *
 * Finish: @n_total: (out): how many there are on all pages. Returns: (transfer full) (element-type
 * RosterChange) (nullable): the page
 */
void roster_authority_deleted_async (RosterAuthority *self,
                                     gint64 before_change_id,
                                     guint limit,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *roster_authority_deleted_finish (RosterAuthority *self,
                                            GAsyncResult *result,
                                            guint *n_total,
                                            GError **error);

/**
 * roster_authority_tidy:
 *
 * Tells that nobody is waiting: time to do, in the background, what is not urgent. Those who were
 * deleted longer ago than the retention are removed for good by it.
 */
void roster_authority_tidy (RosterAuthority *self);

G_END_DECLS
