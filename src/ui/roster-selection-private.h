/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-selection.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean selecting;
  RosterSlotSet *selected; /* while selecting */
  PersonObject *person;
} RosterSelectionState;

struct _RosterSelection
{
  GObject parent_instance;

  RosterPersonList *people;
  RosterSelectionState state;
  RosterSlotSet *beside_range; /* (nullable) who is selected but for the last range */
  guint range_first;           /* the last range */
  guint range_end;
  RosterQuery *all_wanted; /* (nullable) all who match this are to be selected once found */
  guint position;          /* where the chosen person was last */
  guint n_selected;
  guint n_hidden;
};

/* In roster-selection.c. */

/** roster_selection_count: Returns: how many people are in the list. */
guint roster_selection_count (RosterSelection *self);
guint roster_selection_get_slot (RosterSelection *self, guint position);

/** roster_selection_state_has: Returns: whether who is at @slot is shown as selected. */
gboolean roster_selection_state_has (const RosterSelectionState *state, guint slot);

/** roster_selection_copy_state: Returns: (transfer full): what is to be changed and then taken. */
RosterSelectionState roster_selection_copy_state (RosterSelection *self);

/** roster_selection_take: takes @after over and says what differs; only from position @first on,
 * and before @end, can it. */
void roster_selection_take (RosterSelection *self,
                            RosterSelectionState *after,
                            guint first,
                            guint end);

/** roster_selection_forget_intentions: what was selected last is as good as any other. */
void roster_selection_forget_intentions (RosterSelection *self);

/* In roster-selection-model.c. */

void roster_selection_model_iface_init (GtkSelectionModelInterface *iface);

G_END_DECLS
