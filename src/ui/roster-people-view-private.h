/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-people-view.h"

#include "roster-person-row.h"

G_BEGIN_DECLS

typedef enum
{
  SCROLL_NOWHERE,
  SCROLL_TO_START,
  SCROLL_TO_PERSON,
  SCROLL_TO_SLOT,
} Scroll;

struct _RosterPeopleView
{
  AdwBin parent_instance;

  RosterPersonList *people;
  PersonObject *person;
  gboolean folded;
  GSignalGroup *people_signals;
  char *search;

  Scroll scroll;
  gboolean scrolled_near;
  guint slot;         /* whose row is to be where it was */
  double slot_offset; /* from the top of what one sees, in pixels */
  gboolean focus_after_scroll;
  guint scroll_id;

  GtkWidget *list_view;
  RosterSelection *selection;
  GMenuModel *person_menu;
  GtkWidget *row_menu; /* made when it is first opened */
};

/* In roster-people-view-rows.c. */

/** roster_people_view_install_rows: for class_init. */
void roster_people_view_install_rows (GtkWidgetClass *class);

/** roster_people_view_choose_focused_row: Returns: (transfer none) (nullable): the row with the
 * focus, chosen now; %NULL in selection mode as well. */
RosterPersonRow *roster_people_view_choose_focused_row (RosterPeopleView *self);

G_END_DECLS
