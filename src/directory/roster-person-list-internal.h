/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-list-change.h"
#include "roster-person-cache.h"
#include "roster-person-list-private.h"
#include "roster-slot-diff.h"

G_BEGIN_DECLS

/* What the files of RosterPersonList share. Main thread. */

struct _RosterPersonList
{
  GObject parent_instance;

  RosterIndex *index;        /* NULL until there is a snapshot */
  RosterIndex *index_before; /* (nullable): while it is halfway from one state to the next */
  RosterOrder *order;
  RosterSlotDiff diff; /* diff.new_slots is what is shown; owned here */
  GPtrArray *preview;  /* of PersonObject, kept while there is no snapshot */
  RosterPersonCache *objects;

  char *search;
  RosterQuery *query;
  RosterSort sort;
  gboolean complete;
  GThreadPool *pool;
  GCancellable *searching;
  GCancellable *sorting;
  GArray *changed_since;      /* slots that changed since sorting began */
  GQueue changes;             /* of RosterListChange: what has not begun yet */
  RosterListChange *changing; /* (nullable) what a thread is at */
};

/** ROSTER_PERSON_OF_VIEW: a person whose strings are those of @view. */
#define ROSTER_PERSON_OF_VIEW(view, a_slot)                                                        \
  ((RosterPerson){                                                                                 \
      .id = (char *) (view).id,                                                                    \
      .name = (char *) (view).name,                                                                \
      .email = (char *) (view).email,                                                              \
      .phone = (char *) (view).phone,                                                              \
      .created_at_unix_ms = (view).created_at_unix_ms,                                             \
      .updated_at_unix_ms = (view).updated_at_unix_ms,                                             \
      .slot = (a_slot),                                                                            \
  })

void roster_person_list_set_complete (RosterPersonList *self, gboolean complete);

/** roster_person_list_show: @slots: (transfer full). @changed: as roster_slot_diff_init() has it.
 */
void roster_person_list_show (RosterPersonList *self,
                              RosterSlots *slots,
                              const guint *changed,
                              gsize n_changed);

/** roster_person_list_update: shows what was shown, as it is after a change. */
void roster_person_list_update (RosterPersonList *self, const guint *changed, gsize n_changed);

/** roster_person_list_sort: puts everybody in the order that is asked for, if they are not. */
void roster_person_list_sort (RosterPersonList *self);

/** roster_person_list_stop: ends what @cancellable, which is cleared, stands for. */
void roster_person_list_stop (GCancellable **cancellable);

/** roster_person_list_emit_removed: @slots: (element-type guint): who is about to leave. */
void roster_person_list_emit_removed (RosterPersonList *self, GArray *slots);

G_END_DECLS
