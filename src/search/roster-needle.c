/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "roster-needle.h"

#include <string.h>

RosterNeedle *
roster_needle_new (const char *bytes, gsize length)
{
  RosterNeedle *self = g_malloc (sizeof *self + length);

  self->length = length;
  memcpy (self->bytes, bytes, length);
  return self;
}

const char *
roster_needle_find (const RosterNeedle *self, const char *text, const char *end)
{
  return memmem (text, (gsize) (end - text), self->bytes, self->length);
}

double
roster_needle_estimate (const RosterNeedle *self)
{
  return 4 + 60.0 / (double) (1 << (2 * MIN (self->length, 10)));
}
