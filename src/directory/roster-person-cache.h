/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "person-object.h"

G_BEGIN_DECLS

/**
 * RosterPersonCache:
 *
 * The PersonObjects that somebody holds, by slot, so that a person is the same object as long as
 * anybody looks at it. It holds none itself. Main thread.
 */
typedef struct _RosterPersonCache RosterPersonCache;

/** roster_person_cache_new: Returns: (transfer full): an empty cache. */
RosterPersonCache *roster_person_cache_new (void);
void roster_person_cache_free (RosterPersonCache *self);

/** roster_person_cache_lookup: Returns: (transfer none) (nullable): the object at @slot. */
PersonObject *roster_person_cache_lookup (RosterPersonCache *self, guint slot);

/**
 * roster_person_cache_dup:
 * @person: somebody with a slot
 *
 * Returns: (transfer full): the object at the slot of @person, a new one with its values if there
 * is none
 */
PersonObject *roster_person_cache_dup (RosterPersonCache *self, const RosterPerson *person);

/** roster_person_cache_foreach: @func may forget the object that it is called with. */
void roster_person_cache_foreach (RosterPersonCache *self,
                                  void (*func) (PersonObject *object, gpointer user_data),
                                  gpointer user_data);

/** roster_person_cache_forget: the object at @slot, if there is one, is nobody in the directory any
 * more. */
void roster_person_cache_forget (RosterPersonCache *self, guint slot);

G_END_DECLS
