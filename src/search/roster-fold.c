/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folding is a function of a single code point, so that what ICU says about it is asked once: pages
 * of 256 answers are made when the first of their code points turns up, published with a
 * compare-and-swap, and read without a lock by every thread from then on. */

#include "config.h"

#include "roster-fold.h"

#include "roster-fold-page.h"
#include "roster-utf8.h"

#define N_PAGES (0x110000 / ROSTER_FOLD_PAGE_SIZE)
#define COMBINING_DIAERESIS 0x0308
#define COMBINING_RING_ABOVE 0x030A

static RosterFoldPage *pages[N_PAGES];

static const RosterFoldPage *
get_page (gunichar code_point)
{
  guint number = code_point / ROSTER_FOLD_PAGE_SIZE;
  RosterFoldPage *page = g_atomic_pointer_get (&pages[number]);

  if (G_UNLIKELY (page == NULL))
    {
      page = roster_fold_page_new (number);
      if (!g_atomic_pointer_compare_and_exchange (&pages[number], NULL, page))
        {
          g_free (page);
          page = g_atomic_pointer_get (&pages[number]);
        }
    }
  return page;
}

/* What the expanded spelling adds after this code point, given what came before; 0 for nothing. */
static char
get_expansion (gunichar code_point, char before)
{
  switch (code_point)
    {
    case 0x00C4: /* Ä */
    case 0x00D6: /* Ö */
    case 0x00D8: /* Ø */
    case 0x00DC: /* Ü */
    case 0x00E4:
    case 0x00F6:
    case 0x00F8:
    case 0x00FC:
      return 'e';
    case 0x00C5: /* Å */
    case 0x00E5:
      return 'a';
    case COMBINING_DIAERESIS:
      return before == 'a' || before == 'o' || before == 'u' ? 'e' : 0;
    case COMBINING_RING_ABOVE:
      return before == 'a' ? 'a' : 0;
    default:
      return 0;
    }
}

static inline const char *
get_answer (const RosterFoldPage *page, gunichar code_point, gsize *length)
{
  guint i = code_point % ROSTER_FOLD_PAGE_SIZE;

  *length = page->start[i + 1] - page->start[i];
  return page->text + page->start[i];
}

const char *
roster_fold_code_point (gunichar code_point, gsize *length)
{
  *length = 0;
  g_return_val_if_fail (code_point <= 0x10FFFF, "");

  return get_answer (get_page (code_point), code_point, length);
}

gboolean
roster_fold_append (GString *folded, const char *text, RosterSpelling spelling, GArray *origins)
{
  const RosterFoldPage *ascii = get_page (0);
  gsize start = folded->len;
  gsize i = 0;
  gboolean differs = FALSE;

  while (text[i] != '\0')
    {
      guint origin = (guint) i;
      const RosterFoldPage *page = ascii;
      const char *bytes;
      char expansion = 0;
      gsize length;
      gint32 code_point = roster_utf8_next (text, &i);

      if (code_point < 0)
        continue;
      if (code_point >= 0x80)
        page = get_page ((gunichar) code_point);

      bytes = get_answer (page, (gunichar) code_point, &length);
      if (length == 1 && bytes[0] == ' ' &&
          (folded->len == start || folded->str[folded->len - 1] == ' '))
        continue;
      for (gsize j = 0; j < length; j++)
        g_string_append_c (folded, bytes[j]);

      if (code_point >= 0x80)
        {
          expansion = get_expansion ((gunichar) code_point,
                                     folded->len > start ? folded->str[folded->len - 1] : 0);
          differs |= expansion != 0;
        }
      if (spelling == ROSTER_SPELLING_EXPANDED && expansion != 0)
        {
          g_string_append_c (folded, expansion);
          length++;
        }
      for (gsize j = 0; origins != NULL && j < length; j++)
        g_array_append_val (origins, origin);
    }

  if (folded->len > start && folded->str[folded->len - 1] == ' ')
    {
      g_string_truncate (folded, folded->len - 1);
      if (origins != NULL)
        g_array_set_size (origins, origins->len - 1);
    }
  return differs;
}

char *
roster_fold (const char *text)
{
  GString *folded = g_string_sized_new (strlen (text));

  roster_fold_append (folded, text, ROSTER_SPELLING_PLAIN, NULL);
  return g_string_free (folded, FALSE);
}
