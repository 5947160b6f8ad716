/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "person-object.h"
#include "roster-authority.h"
#include "roster-person-list.h"
#include "roster-replica.h"

G_BEGIN_DECLS

#define ROSTER_TYPE_DIRECTORY (roster_directory_get_type ())
G_DECLARE_FINAL_TYPE (RosterDirectory, roster_directory, ROSTER, DIRECTORY, GObject)

/**
 * RosterDirectory:
 *
 * What the UI talks to: reads come from the replica, writes go to the authority, and it need not
 * know which. Properties, read-only: "people" (RosterPersonList); "n-people" (uint: everybody,
 * searched for or not); "loading" (boolean: TRUE from roster_directory_open_async() until everybody
 * can be searched); "can-edit" (boolean) and "edit-reason" (string, nullable). Main thread.
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
guint roster_directory_get_n_people (RosterDirectory *self);
gboolean roster_directory_get_loading (RosterDirectory *self);
gboolean roster_directory_get_can_edit (RosterDirectory *self);

/** roster_directory_dup_edit_reason: Returns: (transfer full) (nullable): why not, translated. */
char *roster_directory_dup_edit_reason (RosterDirectory *self);

/**
 * roster_directory_find_by_email:
 * @email: compared without case
 * @except_id: (nullable): somebody who does not count
 *
 * Returns: (transfer full) (nullable): who has this e-mail, as far as the replica knows
 */
PersonObject *roster_directory_find_by_email (RosterDirectory *self,
                                              const char *email,
                                              const char *except_id);

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
 * @people: (array length=n_people): people to add, or to restore with the id and times they had;
 * all or none
 */
void roster_directory_add_async (RosterDirectory *self,
                                 RosterPerson *const *people,
                                 gsize n_people,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean roster_directory_add_finish (RosterDirectory *self, GAsyncResult *result, GError **error);

/**
 * roster_directory_delete_async:
 * @ids: (array zero-terminated=1): whom
 *
 * Returns (finish): (transfer full) (element-type RosterPerson): who was deleted;
 * roster_directory_add_async() undoes it
 */
void roster_directory_delete_async (RosterDirectory *self,
                                    const char *const *ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *roster_directory_delete_finish (RosterDirectory *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
