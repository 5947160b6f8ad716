/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-person-list-private.h"

G_BEGIN_DECLS

/** list_people_fill: shows sample people 0 to @n - 1, at slots 1 to @n, in the order of "sort". */
void list_people_fill (RosterPersonList *list, guint n);

/** list_people_apply: @person: (transfer full): changed or new in @list, or @removed. */
void list_people_apply (RosterPersonList *list, RosterPerson *person, gboolean removed);

G_END_DECLS
