/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RosterNeedle: some bytes that are looked for in folded text. */
typedef struct
{
  gsize length;
  char bytes[];
} RosterNeedle;

/** roster_needle_new: Returns: (transfer full): to be freed with g_free(). */
RosterNeedle *roster_needle_new (const char *bytes, gsize length);

/** roster_needle_find: Returns: (nullable): where it first occurs in @text, which ends before @end.
 */
const char *roster_needle_find (const RosterNeedle *self, const char *text, const char *end);

/** roster_needle_estimate: Returns: about how long it takes to look for @self, in nanoseconds a
 * person. */
double roster_needle_estimate (const RosterNeedle *self);

G_END_DECLS
