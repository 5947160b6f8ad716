/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "roster-index.h"
#include "roster-order.h"
#include "roster-query.h"
#include "roster-slots.h"

G_BEGIN_DECLS

/**
 * roster_search_first_page:
 * @query: what to look for
 * @index: whom to look through
 * @order: everybody of @index in order
 * @complete: (out): whether these are all the matches
 *
 * Finds the first matches within a bounded time, for the main thread.
 *
 * Returns: (transfer full) (nullable): a page of matches, or all of them; %NULL when a page was not
 * filled and more people have to be looked through
 */
RosterSlots *roster_search_first_page (RosterQuery *query,
                                       RosterIndex *index,
                                       RosterOrder *order,
                                       gboolean *complete);

/**
 * roster_search_update:
 * @shown: who was shown
 * @query: what is looked for
 * @index: the snapshot after a change
 * @order: everybody of @index in order, which may be another than before
 * @changed: (array length=n_changed): slots whose person is new, changed or gone in @index
 *
 * Returns: (transfer full): who is to be shown after the change
 */
RosterSlots *roster_search_update (RosterSlots *shown,
                                   RosterQuery *query,
                                   RosterIndex *index,
                                   RosterOrder *order,
                                   const guint *changed,
                                   gsize n_changed);

/** roster_search_pool_new: Returns: (transfer full): threads for roster_search_async(). */
GThreadPool *roster_search_pool_new (void);

/**
 * roster_search_async:
 * @pool: threads made by roster_search_pool_new()
 *
 * Finds all the matches, on threads of its own. Called from, and completing on, the main thread.
 * Errors: G_IO_ERROR_CANCELLED.
 */
void roster_search_async (GThreadPool *pool,
                          RosterQuery *query,
                          RosterIndex *index,
                          RosterOrder *order,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/** roster_search_finish: Returns: (transfer full) (nullable): all the matches. */
RosterSlots *roster_search_finish (GAsyncResult *result, GError **error);

/**
 * roster_sort_async:
 *
 * Puts everybody in another order, on a thread of its own. Called from, and completing on, the main
 * thread. Errors: G_IO_ERROR_CANCELLED.
 */
void roster_sort_async (RosterIndex *index,
                        RosterSort sort,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/** roster_sort_finish: Returns: (transfer full) (nullable): everybody in order. */
RosterOrder *roster_sort_finish (GAsyncResult *result, GError **error);

G_END_DECLS
