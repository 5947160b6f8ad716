/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a shown value a query matched: the same row is made of the value as the index has, with
 * the place that each byte came from, and the matches are led back. */

#include "config.h"

#include "roster-query.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "roster-fold.h"
#include "roster-phone.h"
#include "roster-query-private.h"
#include "roster-row.h"
#include "roster-utf8.h"

/* Sets covered[origin] for each place that a byte of an occurrence of @needle came from. */
static void
cover (const RosterNeedle *needle, const GString *row, const GArray *origins, gboolean *covered)
{
  const char *end = row->str + origins->len;
  const char *from = row->str;
  const char *hit;

  while ((hit = roster_needle_find (needle, from, end)) != NULL)
    {
      gsize start = (gsize) (hit - row->str);

      for (gsize i = start; i < start + needle->length; i++)
        {
          guint origin = g_array_index (origins, guint, i);

          if (origin != G_MAXUINT)
            covered[origin] = TRUE;
        }
      from = hit + 1;
    }
}

/* Whether a search does not see @code_point, so that a match may run on behind it. */
static gboolean
is_passed_over (gint32 code_point, RosterField field)
{
  gsize length;
  const char *bytes;

  if (code_point < 0)
    return TRUE;
  bytes = roster_fold_code_point ((gunichar) code_point, &length);
  if (field == ROSTER_FIELD_PHONE && length == 1)
    return bytes[0] == ' ' || bytes[0] == '+';
  return length == 0;
}

static void
append_range (GArray *ranges, guint start, guint end)
{
  RosterTextRange range = { start, end };

  if (ranges->len > 0)
    {
      RosterTextRange *last = &g_array_index (ranges, RosterTextRange, ranges->len - 1);

      if (start <= last->end)
        {
          last->end = MAX (last->end, end);
          return;
        }
    }
  g_array_append_val (ranges, range);
}

/* Joins what is covered to ranges, across what is passed over in between. */
static GArray *
get_covered_ranges (const char *text, RosterField field, const gboolean *covered)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (RosterTextRange));
  guint joined_from = G_MAXUINT;
  gsize i = 0;

  while (text[i] != '\0')
    {
      guint start = (guint) i;
      gint32 c = roster_utf8_next (text, &i);

      if (covered[start])
        {
          append_range (ranges, MIN (start, joined_from), (guint) i);
          joined_from = (guint) i;
        }
      else if (!is_passed_over (c, field))
        joined_from = G_MAXUINT;
    }
  return ranges;
}

/* Widens ranges so that none begins or ends within what a reader sees as one character. */
static GArray *
widen_to_graphemes (GArray *ranges, const char *text)
{
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *graphemes = ubrk_open (UBRK_CHARACTER, "", NULL, 0, &status);
  UText *utext = utext_openUTF8 (NULL, text, -1, &status);
  GArray *widened = g_array_new (FALSE, FALSE, sizeof (RosterTextRange));

  ubrk_setUText (graphemes, utext, &status);
  for (guint i = 0; i < ranges->len && U_SUCCESS (status); i++)
    {
      RosterTextRange range = g_array_index (ranges, RosterTextRange, i);
      gint32 start = (gint32) range.start;
      gint32 end = (gint32) range.end;

      if (!ubrk_isBoundary (graphemes, start))
        start = ubrk_preceding (graphemes, start);
      if (!ubrk_isBoundary (graphemes, end))
        end = ubrk_following (graphemes, end);
      append_range (widened, (guint) MAX (start, 0),
                    end == UBRK_DONE ? (guint) strlen (text) : (guint) end);
    }
  utext_close (utext);
  ubrk_close (graphemes);
  g_array_unref (ranges);
  return widened;
}

GArray *
roster_query_highlight (RosterQuery *self, const char *text, RosterField field)
{
  GPtrArray *clauses = roster_query_get_clauses (self);
  g_autoptr (GString) row = g_string_new (NULL);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree gboolean *covered = g_new0 (gboolean, strlen (text) + 1);
  GArray *ranges;

  roster_row_append (row, text, field, origins);
  if (field == ROSTER_FIELD_PHONE)
    roster_phone_append_forms (row, text, origins);
  g_string_set_size (row, row->len + ROSTER_NEEDLE_PADDING);
  for (guint i = 0; i < clauses->len; i++)
    {
      RosterClause *clause = g_ptr_array_index (clauses, i);

      for (guint j = 0; j < clause->len; j++)
        cover (g_ptr_array_index (clause, j), row, origins, covered);
    }
  ranges = get_covered_ranges (text, field, covered);
  return ranges->len > 0 && !g_str_is_ascii (text) ? widen_to_graphemes (ranges, text) : ranges;
}
