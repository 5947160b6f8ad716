/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first page, kept for the next start. Main thread. */

#include "config.h"

#include <locale.h>

#include "roster-directory-private.h"
#include "roster-person-list-private.h"

/* As many rows as most windows show: each row of the first frame takes about half a millisecond.
 */
#define FIRST_PAGE_PEOPLE 12
/* The first page is kept for the next start once nothing has changed for this long. */
#define SETTLE_TIMEOUT_S 2

char *
roster_directory_dup_order_key (RosterSort sort)
{
  g_autoptr (GEnumClass) sorts = g_type_class_ref (ROSTER_TYPE_SORT);

  return g_strconcat (g_enum_get_value (sorts, sort)->value_nick, "/", setlocale (LC_COLLATE, NULL),
                      NULL);
}

void
roster_directory_keep_first_page (RosterDirectory *self)
{
  RosterOrder *order = roster_person_list_get_order (self->people);
  g_autofree char *key = NULL;
  const guint *slots;
  guint n;

  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (!order || roster_person_list_is_behind (self->people) ||
      roster_replica_get_read_only (self->replica))
    return;
  key = roster_directory_dup_order_key (roster_order_get_sort (order));
  slots = roster_order_get_slots (order, &n);
  roster_replica_save_first_page_async (self->replica, key, slots, MIN (n, FIRST_PAGE_PEOPLE), NULL,
                                        NULL, NULL);
}

static gboolean
settled_cb (gpointer user_data)
{
  RosterDirectory *self = user_data;

  if (roster_person_list_is_behind (self->people))
    return G_SOURCE_CONTINUE;
  self->settle_source = 0;
  roster_directory_keep_first_page (self);
  return G_SOURCE_REMOVE;
}

void
roster_directory_unsettle (RosterDirectory *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add_seconds (SETTLE_TIMEOUT_S, settled_cb, self);
}
