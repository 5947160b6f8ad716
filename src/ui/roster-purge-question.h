/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "roster-directory.h"

G_BEGIN_DECLS

/**
 * roster_purge_question_ask:
 * @page: what is asked from; its actions "deleted.reload" and "directory.tell" hear of the outcome
 * @ids: (nullable) (array zero-terminated=1) (transfer full): of the deleted; %NULL for all of them
 * @n_people: how many they are
 * @name: (nullable): the name of the only one
 *
 * Asks whether they should be removed for good, and removes them if so. Main thread.
 */
void roster_purge_question_ask (GtkWidget *page,
                                RosterDirectory *directory,
                                char **ids,
                                guint n_people,
                                const char *name);

G_END_DECLS
