/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-row.h"

#include "roster-fold.h"

static void
append_separator (GString *row, GArray *origins)
{
  guint nowhere = G_MAXUINT;

  g_string_append_c (row, ROSTER_ROW_SEPARATOR);
  if (origins != NULL)
    g_array_append_val (origins, nowhere);
}

static gboolean
is_letter (char c)
{
  return !g_ascii_isdigit (c) && c != '+' && c != ' ';
}

static gboolean
has_letters (const char *folded)
{
  for (; *folded != '\0'; folded++)
    {
      if (is_letter (*folded))
        return TRUE;
    }
  return FALSE;
}

/* Drops the spaces beside letters, so that an extension is found however it is set off: "ext. 12",
 * "ext.12". */
static void
close_up (GString *row, gsize start, GArray *origins)
{
  gsize kept = start;

  for (gsize i = start; i < row->len; i++)
    {
      if (row->str[i] == ' ' && (is_letter (row->str[kept - 1]) || is_letter (row->str[i + 1])))
        continue;
      row->str[kept] = row->str[i];
      if (origins != NULL)
        g_array_index (origins, guint, kept) = g_array_index (origins, guint, i);
      kept++;
    }
  g_string_truncate (row, kept);
  if (origins != NULL)
    g_array_set_size (origins, (guint) kept);
}

/* Returns: whether the two spellings of @text differ */
static gboolean
append_spelling (GString *row,
                 const char *text,
                 RosterField field,
                 RosterSpelling spelling,
                 GArray *origins)
{
  gsize start = row->len;
  gboolean differs = roster_fold_append (row, text, spelling, origins);

  if (field == ROSTER_FIELD_PHONE)
    close_up (row, start, origins);
  return differs;
}

void
roster_row_append (GString *row, const char *text, RosterField field, GArray *origins)
{
  gsize start = row->len;
  gboolean differs = append_spelling (row, text, field, ROSTER_SPELLING_PLAIN, origins);

  if (field == ROSTER_FIELD_PHONE && !has_letters (row->str + start))
    {
      g_string_truncate (row, start);
      if (origins != NULL)
        g_array_set_size (origins, (guint) start);
    }
  else
    {
      append_separator (row, origins);
      if (differs)
        {
          append_spelling (row, text, field, ROSTER_SPELLING_EXPANDED, origins);
          append_separator (row, origins);
        }
    }
}
