/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-person.h"

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
 */
struct _RosterAuthorityInterface
{
  GTypeInterface parent_iface;

  void (*create_async) (RosterAuthority *self,
                        RosterPerson *const *people,
                        gsize n_people,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  GPtrArray *(*create_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
  void (*update_async) (RosterAuthority *self,
                        const RosterPerson *base,
                        const RosterPerson *person,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  RosterPerson *(*update_finish) (RosterAuthority *self,
                                  GAsyncResult *result,
                                  RosterPerson **current,
                                  GError **error);
  void (*delete_async) (RosterAuthority *self,
                        const char *const *ids,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  GPtrArray *(*delete_finish) (RosterAuthority *self, GAsyncResult *result, GError **error);
};

/** roster_authority_get_can_edit: Returns: whether a write would be accepted now. */
gboolean roster_authority_get_can_edit (RosterAuthority *self);

/** roster_authority_dup_edit_reason: Returns: (transfer full) (nullable): why not, translated. */
char *roster_authority_dup_edit_reason (RosterAuthority *self);

/**
 * roster_authority_create_async:
 * @people: (array length=n_people): with ids (roster_cuid_new()); with times of 0, or with the
 * times of somebody who was deleted and is restored
 *
 * Adds all or none. Repeating it with the same ids gives the same people, never a second one.
 * Errors: ROSTER_ERROR_DUPLICATE_EMAIL.
 * Returns (finish): (transfer full) (element-type RosterPerson): the people as they now are
 */
void roster_authority_create_async (RosterAuthority *self,
                                    RosterPerson *const *people,
                                    gsize n_people,
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
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
RosterPerson *roster_authority_update_finish (RosterAuthority *self,
                                              GAsyncResult *result,
                                              RosterPerson **current,
                                              GError **error);

/**
 * roster_authority_delete_async:
 * @ids: (array zero-terminated=1): whom; somebody who is gone already is no error
 *
 * Returns (finish): (transfer full) (element-type RosterPerson): who was deleted, as they were;
 * creating them again undoes it
 */
void roster_authority_delete_async (RosterAuthority *self,
                                    const char *const *ids,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *roster_authority_delete_finish (RosterAuthority *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
