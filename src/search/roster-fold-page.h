/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROSTER_FOLD_PAGE_SIZE 256

/**
 * RosterFoldPage:
 * @start: where in @text each code point's answer begins; the next one's start ends it
 *
 * What 256 consecutive code points fold to, one after the other. Never changed, never freed.
 */
typedef struct
{
  guint16 start[ROSTER_FOLD_PAGE_SIZE + 1];
  char text[];
} RosterFoldPage;

/** roster_fold_page_new: @number: code point / 256. Any thread. Returns: (transfer full): asks ICU.
 */
RosterFoldPage *roster_fold_page_new (guint number);

G_END_DECLS
