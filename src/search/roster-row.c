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
has_letters (const char *folded)
{
  for (; *folded != '\0'; folded++)
    {
      if (!g_ascii_isdigit (*folded) && *folded != '+' && *folded != ' ')
        return TRUE;
    }
  return FALSE;
}

void
roster_row_append (GString *row, const char *text, RosterField field, GArray *origins)
{
  gsize start = row->len;
  gboolean differs = roster_fold_append (row, text, ROSTER_SPELLING_PLAIN, origins);

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
          roster_fold_append (row, text, ROSTER_SPELLING_EXPANDED, origins);
          append_separator (row, origins);
        }
    }
}
