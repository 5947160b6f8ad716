/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a single code point folds to: ICU's answer, with the few additions that people who search
 * for names expect. Slow (microseconds a code point), which is why the answers are kept.
 *
 * The collator and the transliterator are made once and used by one thread at a time. */

#include "config.h"

#include "roster-fold-page.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* The longest decomposition (U+FDFA) has 18 code units. */
#define MAX_UNITS 64

typedef struct
{
  const UNormalizer2 *nfkd;
  UCollator *primary;
  UTransliterator *latin_ascii;
} Tools;

typedef struct
{
  UChar32 from;
  const char *to;
} Exception;

/* Sorted. Letters that one keyboard has and another lacks, or that take another shape at the end of
 * a word, where Unicode sees different letters. */
static const Exception exceptions[] = {
  { 0x01DD, "e" },            /* ǝ */
  { 0x0254, "o" },            /* ɔ */
  { 0x0259, "e" },            /* ə, Azerbaijani */
  { 0x0263, "g" },            /* ɣ */
  { 0x0269, "i" },            /* ɩ */
  { 0x0275, "o" },            /* ɵ */
  { 0x028A, "u" },            /* ʊ */
  { 0x0292, "z" },            /* ʒ, Skolt Sami */
  { 0x0491, "\u0433" },       /* Cyrillic letters with a stroke, a tail or a bar: ґ */
  { 0x0493, "\u0433" },       /* ғ */
  { 0x0497, "\u0436" },       /* җ */
  { 0x0499, "\u0437" },       /* ҙ */
  { 0x049B, "\u043A" },       /* қ */
  { 0x049D, "\u043A" },       /* ҝ */
  { 0x04A1, "\u043A" },       /* ҡ */
  { 0x04A3, "\u043D" },       /* ң */
  { 0x04A5, "\u043D" },       /* ҥ */
  { 0x04AB, "\u0441" },       /* ҫ */
  { 0x04AF, "\u0443" },       /* ү */
  { 0x04B1, "\u0443" },       /* ұ */
  { 0x04B3, "\u0445" },       /* ҳ */
  { 0x04B7, "\u0447" },       /* ҷ */
  { 0x04E9, "\u043E" },       /* ө */
  { 0x05DA, "\u05DB" },       /* Hebrew final kaf */
  { 0x05DD, "\u05DE" },       /* Hebrew final mem */
  { 0x05DF, "\u05E0" },       /* Hebrew final nun */
  { 0x05E3, "\u05E4" },       /* Hebrew final pe */
  { 0x05E5, "\u05E6" },       /* Hebrew final tsadi */
  { 0x0629, "\u0647" },       /* Arabic teh marbuta, written heh on many keyboards */
  { 0x0649, "\u064A" },       /* Arabic alef maksura */
  { 0x0671, "\u0627" },       /* Arabic alef wasla */
  { 0x0679, "\u062A" },       /* Urdu tteh */
  { 0x067E, "\u0628" },       /* Persian peh */
  { 0x0686, "\u062C" },       /* Persian tcheh */
  { 0x0688, "\u062F" },       /* Urdu ddal */
  { 0x0691, "\u0631" },       /* Urdu rreh */
  { 0x0695, "\u0631" },       /* Kurdish reh with a small v */
  { 0x0698, "\u0632" },       /* Persian jeh */
  { 0x06A4, "\u0641" },       /* Arabic and Kurdish veh */
  { 0x06A9, "\u0643" },       /* Persian and Urdu keheh */
  { 0x06AD, "\u0643" },       /* Uyghur ng */
  { 0x06AF, "\u0643" },       /* Persian gaf */
  { 0x06B5, "\u0644" },       /* Kurdish lam with a small v */
  { 0x06BA, "\u0646" },       /* Urdu noon ghunna */
  { 0x06BE, "\u0647" },       /* Urdu heh doachashmee */
  { 0x06C1, "\u0647" },       /* Urdu heh goal */
  { 0x06C6, "\u0648" },       /* Kurdish oe */
  { 0x06CC, "\u064A" },       /* Persian and Urdu yeh */
  { 0x06CE, "\u064A" },       /* Kurdish yeh with a small v */
  { 0x06D2, "\u064A" },       /* Urdu yeh barree */
  { 0x0E33, "\u0E4D\u0E32" }, /* Thai sara am, which may be typed as the mark and the vowel that it
                                is made of; the mark makes another word */
  { 0x0E4D, "\u0E4D" },
  { 0x0EB3, "\u0ECD\u0EB2" }, /* Lao sara am */
  { 0x0ECD, "\u0ECD" },
  { 0x116A, "\u1169\u1161" }, /* Hangul vowels that are typed as two */
  { 0x116B, "\u1169\u1162" },
  { 0x116C, "\u1169\u1175" },
  { 0x116F, "\u116E\u1165" },
  { 0x1170, "\u116E\u1166" },
  { 0x1171, "\u116E\u1175" },
  { 0x1174, "\u1173\u1175" },
  { 0x11A8,
    "\u1100" }, /* Hangul finals: while a word is typed, the consonant that will begin the */
  { 0x11A9, "\u1101" }, /* next syllable is still the end of this one */
  { 0x11AA, "\u1100\u1109" },
  { 0x11AB, "\u1102" },
  { 0x11AC, "\u1102\u110C" },
  { 0x11AD, "\u1102\u1112" },
  { 0x11AE, "\u1103" },
  { 0x11AF, "\u1105" },
  { 0x11B0, "\u1105\u1100" },
  { 0x11B1, "\u1105\u1106" },
  { 0x11B2, "\u1105\u1107" },
  { 0x11B3, "\u1105\u1109" },
  { 0x11B4, "\u1105\u1110" },
  { 0x11B5, "\u1105\u1111" },
  { 0x11B6, "\u1105\u1112" },
  { 0x11B7, "\u1106" },
  { 0x11B8, "\u1107" },
  { 0x11B9, "\u1107\u1109" },
  { 0x11BA, "\u1109" },
  { 0x11BB, "\u110A" },
  { 0x11BC, "\u110B" },
  { 0x11BD, "\u110C" },
  { 0x11BE, "\u110E" },
  { 0x11BF, "\u110F" },
  { 0x11C0, "\u1110" },
  { 0x11C1, "\u1111" },
  { 0x11C2, "\u1112" },
  { 0x2212, "" }, /* minus sign, which stands for a hyphen in pasted numbers */
  { 0xA78C, "" }, /* saltillo, an apostrophe in Mexico's languages */
};

static const Tools *
get_tools (void)
{
  static gsize made = 0;
  static Tools tools;

  if (g_once_init_enter (&made))
    {
      static const char latin_ascii[] = "Latin-ASCII";
      UChar id[sizeof latin_ascii];
      UErrorCode status = U_ZERO_ERROR;

      u_charsToUChars (latin_ascii, id, sizeof id);
      tools.nfkd = unorm2_getNFKDInstance (&status);
      tools.primary = ucol_open ("", &status);
      tools.latin_ascii = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
      if (U_FAILURE (status))
        g_error ("ICU lacks its data: %s", u_errorName (status));
      ucol_setStrength (tools.primary, UCOL_PRIMARY);
      g_once_init_leave (&made, 1);
    }
  return &tools;
}

static const char *
find_exception (UChar32 c)
{
  gsize low = 0;
  gsize high = G_N_ELEMENTS (exceptions);

  while (low < high)
    {
      gsize middle = (low + high) / 2;
      if (exceptions[middle].from == c)
        return exceptions[middle].to;
      if (exceptions[middle].from < c)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
is_dropped (const Tools *tools, UChar32 c)
{
  static const UChar nothing[] = { 0 };
  UChar units[U16_MAX_LENGTH];
  gint32 n_units = 0;

  if (c == '@')
    return FALSE;
  /* Voiced and semi-voiced sounds are other letters to whoever reads Kana. */
  if (c == 0x3099 || c == 0x309A)
    return FALSE;
  if (U_GET_GC_MASK (c) & (U_GC_P_MASK | U_GC_SK_MASK | U_GC_CC_MASK | U_GC_Z_MASK))
    return TRUE;
  if (c >= 0x02B9 && c <= 0x02FF) /* Spacing Modifier Letters: ʻ ʼ ʿ and the like */
    return TRUE;
  U16_APPEND_UNSAFE (units, n_units, c);
  return ucol_strcoll (tools->primary, units, n_units, nothing, 0) == UCOL_EQUAL;
}

static void
append_folded (const Tools *tools, UChar32 c, GString *folded)
{
  const char *exception = find_exception (c);

  if (exception != NULL)
    g_string_append (folded, exception);
  else if (c >= 0x30A1 && c <= 0x30F6)
    g_string_append_unichar (folded, c - 0x60); /* Katakana as Hiragana */
  else if (u_charDigitValue (c) >= 0)
    g_string_append_c (folded, '0' + u_charDigitValue (c));
  else if (!is_dropped (tools, c))
    g_string_append_unichar (folded, c);
}

static void
append_code_point (const Tools *tools, UChar32 c, GString *folded)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar units[MAX_UNITS];
  UChar cased[MAX_UNITS];
  gint32 n_units = 0;
  gint32 n_cased;
  gint32 i = 0;

  if (u_isUWhiteSpace (c))
    {
      g_string_append_c (folded, ' ');
      return;
    }
  if (find_exception (c) != NULL)
    {
      append_folded (tools, c, folded);
      return;
    }

  U16_APPEND_UNSAFE (cased, n_units, c);
  n_units = unorm2_normalize (tools->nfkd, cased, n_units, units, MAX_UNITS, &status);
  n_cased = u_strFoldCase (cased, MAX_UNITS, units, n_units, U_FOLD_CASE_DEFAULT, &status);
  /* Folding can compose: U+0390 becomes a base with two marks, U+0130 an i with a dot. */
  n_units = unorm2_normalize (tools->nfkd, cased, n_cased, units, MAX_UNITS, &status);
  if (U_FAILURE (status))
    return;

  while (i < n_units)
    {
      gint32 start = i;
      UChar32 part;

      U16_NEXT (units, i, n_units, part);
      if (part >= 0x80 && find_exception (part) == NULL &&
          uscript_getScript (part, &status) == USCRIPT_LATIN)
        {
          gint32 length = i - start;
          gint32 limit = length;
          gint32 j = 0;

          u_memcpy (cased, units + start, length);
          utrans_transUChars (tools->latin_ascii, cased, &length, MAX_UNITS, 0, &limit, &status);
          while (j < length)
            {
              U16_NEXT (cased, j, length, part);
              append_folded (tools, u_foldCase (part, U_FOLD_CASE_DEFAULT), folded);
            }
        }
      else
        append_folded (tools, part, folded);
    }
}

RosterFoldPage *
roster_fold_page_new (guint number)
{
  static GMutex mutex;
  const Tools *tools = get_tools ();
  g_autoptr (GString) folded = g_string_new (NULL);
  guint16 start[ROSTER_FOLD_PAGE_SIZE + 1];
  RosterFoldPage *page;

  g_mutex_lock (&mutex);
  for (guint i = 0; i < ROSTER_FOLD_PAGE_SIZE; i++)
    {
      UChar32 c = (UChar32) (number * ROSTER_FOLD_PAGE_SIZE + i);

      start[i] = (guint16) folded->len;
      if (c != 0 && !U_IS_SURROGATE (c))
        append_code_point (tools, c, folded);
    }
  g_mutex_unlock (&mutex);
  start[ROSTER_FOLD_PAGE_SIZE] = (guint16) folded->len;

  page = g_malloc (sizeof *page + folded->len);
  memcpy (page->start, start, sizeof start);
  memcpy (page->text, folded->str, folded->len);
  return page;
}
