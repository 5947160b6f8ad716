/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <unicode/utf8.h>

G_BEGIN_DECLS

/**
 * roster_utf8_next:
 * @text: terminated, need not be valid
 * @i: (inout): where to read, before the end; moved on to what follows
 *
 * Returns: the code point there; negative for bytes that are none
 */
static inline gint32
roster_utf8_next (const char *text, gsize *i)
{
  const guint8 *bytes = (const guint8 *) text + *i;
  gint32 length = 0;
  gint32 code_point;

  U8_NEXT (bytes, length, -1, code_point);
  *i += (gsize) length;
  return code_point;
}

G_END_DECLS
