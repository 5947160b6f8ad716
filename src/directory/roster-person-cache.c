/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Weak references by slot. Main thread. */

#include "config.h"

#include "roster-person-cache.h"

struct _RosterPersonCache
{
  GHashTable *entries; /* slot → Entry */
};

typedef struct
{
  RosterPersonCache *cache;
  GObject *object;
  guint slot;
} Entry;

static void
object_gone_cb (gpointer data, GObject *object)
{
  Entry *entry = data;

  entry->object = NULL;
  g_hash_table_remove (entry->cache->entries, GUINT_TO_POINTER (entry->slot));
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->object)
    g_object_weak_unref (entry->object, object_gone_cb, entry);
  g_free (entry);
}

RosterPersonCache *
roster_person_cache_new (void)
{
  RosterPersonCache *self = g_new (RosterPersonCache, 1);

  self->entries = g_hash_table_new_full (NULL, NULL, NULL, entry_free);
  return self;
}

void
roster_person_cache_free (RosterPersonCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

PersonObject *
roster_person_cache_lookup (RosterPersonCache *self, guint slot)
{
  Entry *entry = g_hash_table_lookup (self->entries, GUINT_TO_POINTER (slot));

  return entry ? PERSON_OBJECT (entry->object) : NULL;
}

PersonObject *
roster_person_cache_dup (RosterPersonCache *self, const RosterPerson *person)
{
  PersonObject *object = roster_person_cache_lookup (self, person->slot);
  Entry *entry;

  if (object)
    return g_object_ref (object);

  object = person_object_new (person);
  /* Two whom the replica does not have are not the same. */
  if (person->slot == ROSTER_NO_SLOT)
    return object;
  entry = g_new (Entry, 1);
  *entry = (Entry){ self, G_OBJECT (object), person->slot };
  g_object_weak_ref (entry->object, object_gone_cb, entry);
  g_hash_table_insert (self->entries, GUINT_TO_POINTER (person->slot), entry);
  return object;
}

void
roster_person_cache_forget (RosterPersonCache *self, guint slot)
{
  g_hash_table_remove (self->entries, GUINT_TO_POINTER (slot));
}

void
roster_person_cache_foreach (RosterPersonCache *self,
                             void (*func) (PersonObject *object, gpointer user_data),
                             gpointer user_data)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer value;

  /* What is told of a change may make objects and let go of some. */
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (objects, g_object_ref (((Entry *) value)->object));
  for (guint i = 0; i < objects->len; i++)
    func (g_ptr_array_index (objects, i), user_data);
}
