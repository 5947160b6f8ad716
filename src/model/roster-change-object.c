/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change as an item of a list. Main thread; the object owns the change. */

#include "config.h"

#include "roster-change-object.h"

struct _RosterChangeObject
{
  GObject parent_instance;

  RosterChange *change;
};

G_DEFINE_FINAL_TYPE (RosterChangeObject, roster_change_object, G_TYPE_OBJECT)

static void
roster_change_object_finalize (GObject *object)
{
  RosterChangeObject *self = ROSTER_CHANGE_OBJECT (object);

  roster_change_free (self->change);
  G_OBJECT_CLASS (roster_change_object_parent_class)->finalize (object);
}

static void
roster_change_object_class_init (RosterChangeObjectClass *class)
{
  G_OBJECT_CLASS (class)->finalize = roster_change_object_finalize;
}

static void
roster_change_object_init (RosterChangeObject *self)
{
}

RosterChangeObject *
roster_change_object_new (const RosterChange *change)
{
  RosterChangeObject *self;

  g_return_val_if_fail (change != NULL, NULL);

  self = g_object_new (ROSTER_TYPE_CHANGE_OBJECT, NULL);
  self->change = roster_change_copy (change);
  return self;
}

const RosterChange *
roster_change_object_get_change (RosterChangeObject *self)
{
  g_return_val_if_fail (ROSTER_IS_CHANGE_OBJECT (self), NULL);

  return self->change;
}
