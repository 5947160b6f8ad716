/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "roster-person.h"

G_BEGIN_DECLS

#define PERSON_TYPE_OBJECT (person_object_get_type ())
G_DECLARE_FINAL_TYPE (PersonObject, person_object, PERSON, OBJECT, GObject)

/**
 * PersonObject:
 *
 * A person as the UI binds to it. Properties, all read-only from outside: "id", "name", "email",
 * "phone" (string), "created-at", "updated-at" (gint64, Unix milliseconds UTC). Main thread.
 */

/** person_object_new: @person: copied. Returns: (transfer full): a new object. */
PersonObject *person_object_new (const RosterPerson *person);

/**
 * person_object_update:
 * @person: the values to take; copied
 *
 * Takes over the values of @person and notifies those properties that changed, and only those.
 */
void person_object_update (PersonObject *self, const RosterPerson *person);

/** person_object_get_person: Returns: (transfer none): the values; valid until the next update. */
const RosterPerson *person_object_get_person (PersonObject *self);

const char *person_object_get_id (PersonObject *self);
const char *person_object_get_name (PersonObject *self);
const char *person_object_get_email (PersonObject *self);
const char *person_object_get_phone (PersonObject *self);
gint64 person_object_get_created_at (PersonObject *self);
gint64 person_object_get_updated_at (PersonObject *self);

G_END_DECLS
