/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** ROSTER_NO_SLOT: the slot of a person that no replica holds. */
#define ROSTER_NO_SLOT G_MAXUINT

/**
 * RosterPerson:
 * @id: (nullable): cuid; %NULL until the person is given one
 * @name: UTF-8
 * @email: UTF-8
 * @phone: UTF-8
 * @created_at_unix_ms: when the person was added, in milliseconds since the Unix epoch, UTC
 * @updated_at_unix_ms: when the person last changed, likewise
 * @slot: the place in the replica's table, small and stable as long as the person lives in the
 *   file; %ROSTER_NO_SLOT where no replica holds it
 *
 * One person as plain data: what crosses threads. The strings are owned by the struct.
 */
typedef struct
{
  char *id;
  char *name;
  char *email;
  char *phone;
  gint64 created_at_unix_ms;
  gint64 updated_at_unix_ms;
  guint slot;
} RosterPerson;

#define ROSTER_TYPE_PERSON (roster_person_get_type ())
GType roster_person_get_type (void) G_GNUC_CONST;

/**
 * roster_person_new:
 * @id: (nullable): cuid
 * @name: name
 * @email: e-mail
 * @phone: phone
 *
 * Returns: (transfer full): a person with these values, both times 0 and no slot. Any thread.
 */
RosterPerson *roster_person_new (const char *id,
                                 const char *name,
                                 const char *email,
                                 const char *phone);

/** roster_person_copy: Returns: (transfer full): a deep copy of @person. Any thread. */
RosterPerson *roster_person_copy (const RosterPerson *person);

/** roster_person_copy_all: Returns: (transfer full) (element-type RosterPerson): deep copies of the
 * @n_people of @people. Any thread. */
GPtrArray *roster_person_copy_all (RosterPerson *const *people, gsize n_people);

/** roster_person_free: @person: (nullable) (transfer full): what to free. Any thread. */
void roster_person_free (RosterPerson *person);

/**
 * roster_person_equal:
 *
 * Returns: whether both have the same id, values and times (the slot does not count). Any thread.
 */
gboolean roster_person_equal (const RosterPerson *a, const RosterPerson *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterPerson, roster_person_free)

G_END_DECLS
