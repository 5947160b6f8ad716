/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-phone.h"

#include <string.h>
#include <unicode/utf8.h>

#include "roster-fold.h"

/* How many digits come before a "(0)" that is only dialled within the country. */
#define AFTER_PLUS 1
#define AFTER_ZEROS 3
#define NO_TRUNK G_MAXSIZE

/* What of a phone number counts: digits as '0' to '9', '+', '(' and ')', each with its origin. */
typedef struct
{
  GString *marks;
  GArray *origins;
} Marks;

static void
marks_clear (Marks *marks)
{
  if (marks->marks != NULL)
    g_string_free (marks->marks, TRUE);
  g_clear_pointer (&marks->origins, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Marks, marks_clear)

static void
marks_add (Marks *marks, char mark, guint origin)
{
  g_string_append_c (marks->marks, mark);
  g_array_append_val (marks->origins, origin);
}

static void
marks_init (Marks *marks, const char *text)
{
  gsize i = 0;

  marks->marks = g_string_new (NULL);
  marks->origins = g_array_new (FALSE, FALSE, sizeof (guint));
  while (text[i] != '\0')
    {
      guint origin = (guint) i;
      const char *bytes;
      gsize length;
      gint32 c;

      U8_NEXT ((const guint8 *) text, i, -1, c);
      if (c < 0)
        continue;
      bytes = roster_fold_code_point ((gunichar) c, &length);
      if (length == 1 && (g_ascii_isdigit (bytes[0]) || bytes[0] == '+'))
        marks_add (marks, bytes[0], origin);
      else if (c == '(' || c == 0xFF08)
        marks_add (marks, '(', origin);
      else if (c == ')' || c == 0xFF09)
        marks_add (marks, ')', origin);
    }
}

/* ITU-T E.164, List of assigned country codes: one digit in zones 1 and 7, two where listed here,
 * three everywhere else. Returns: 0 when @digits has no whole code. */
static gsize
get_country_code_length (const char *digits)
{
  static const char two_digits[][3] = { "20", "27", "30", "31", "32", "33", "34", "36", "39",
                                        "40", "41", "43", "44", "45", "46", "47", "48", "49",
                                        "51", "52", "53", "54", "55", "56", "57", "58", "60",
                                        "61", "62", "63", "64", "65", "66", "81", "82", "84",
                                        "86", "90", "91", "92", "93", "94", "95", "98" };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  for (gsize i = 0; i < G_N_ELEMENTS (two_digits); i++)
    {
      if (strncmp (digits, two_digits[i], 2) == 0)
        return 2;
    }
  return digits[0] != '\0' && digits[0] != '0' && strlen (digits) >= 3 ? 3 : 0;
}

/* What is dialled before a national number instead of the country code. */
static const char *
get_trunk_prefix (const char *digits, gsize code_length)
{
  if (code_length != 1)
    return "0";
  return digits[0] == '7' ? "8" : "";
}

/* Copies the digits of @marks from @start to @end, without a "(0)" that comes after @n_before
 * digits, the prefix and some of the country code. */
static void
copy_digits (const Marks *marks, gsize start, gsize end, gsize n_before, Marks *digits)
{
  for (gsize i = start; i < end; i++)
    {
      const char *mark = marks->marks->str + i;

      if (digits->marks->len >= n_before && i + 3 <= end && strncmp (mark, "(0)", 3) == 0)
        {
          i += 2;
          n_before = G_MAXSIZE;
        }
      else if (g_ascii_isdigit (*mark))
        marks_add (digits, *mark, g_array_index (marks->origins, guint, i));
    }
}

static void
append_byte (GString *row, guint8 byte, guint origin, GArray *origins)
{
  g_string_append_c (row, (char) byte);
  if (origins != NULL)
    g_array_append_val (origins, origin);
}

static void
append_form (GString *row,
             guint8 kind,
             const char *trunk,
             const Marks *digits,
             gsize skip,
             GArray *origins)
{
  append_byte (row, kind, G_MAXUINT, origins);
  for (; *trunk != '\0'; trunk++)
    append_byte (row, ROSTER_PHONE_DIGIT_0 + (*trunk - '0'), G_MAXUINT, origins);
  for (gsize i = skip; i < digits->marks->len; i++)
    append_byte (row, ROSTER_PHONE_DIGIT_0 + (digits->marks->str[i] - '0'),
                 g_array_index (digits->origins, guint, i), origins);
}

/* A number in international form: the digits after '+' or "00". */
static void
append_international (GString *row, const Marks *digits, GArray *origins)
{
  const char *str = digits->marks->str;
  gsize code = get_country_code_length (str);
  const char *trunk = get_trunk_prefix (str, code);

  append_form (row, ROSTER_PHONE_INTERNATIONAL, "", digits, 0, origins);
  if (code == 0 || str[code] == '\0' || *trunk == '\0')
    return;
  append_form (row, ROSTER_PHONE_NATIONAL, str[code] == *trunk ? "" : trunk, digits, code, origins);
}

void
roster_phone_append_forms (GString *row, const char *phone, GArray *origins)
{
  g_auto (Marks) marks = { 0 };
  g_auto (Marks) all = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)) };
  gsize start = 0;
  gboolean whole = FALSE;

  marks_init (&marks, phone);
  copy_digits (&marks, 0, marks.marks->len, NO_TRUNK, &all);
  if (all.marks->len == 0)
    return;

  /* A '+' begins a number, so a field with two of them has two numbers. */
  while (start < marks.marks->len)
    {
      g_auto (Marks) digits = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)) };
      gboolean international = marks.marks->str[start] == '+';
      gsize end = start + 1;

      while (end < marks.marks->len && marks.marks->str[end] != '+')
        end++;
      copy_digits (&marks, start, end, international ? AFTER_PLUS : NO_TRUNK, &digits);
      if (!international && g_str_has_prefix (digits.marks->str, "00"))
        {
          g_auto (Marks) after = { g_string_new (NULL),
                                   g_array_new (FALSE, FALSE, sizeof (guint)) };

          copy_digits (&marks, start, end, AFTER_ZEROS, &after);
          g_string_erase (after.marks, 0, 2);
          g_array_remove_range (after.origins, 0, 2);
          append_international (row, &after, origins);
        }
      else if (international && digits.marks->len > 0)
        append_international (row, &digits, origins);
      else if (digits.marks->len > 0)
        append_form (row, ROSTER_PHONE_NATIONAL, "", &digits, 0, origins);

      whole |= digits.marks->len == all.marks->len &&
               (international || !g_str_has_prefix (digits.marks->str, "00"));
      start = end;
    }
  if (!whole)
    append_form (row, ROSTER_PHONE_LITERAL, "", &all, 0, origins);
}

static void
add_needle (GPtrArray *needles, int kind, const char *trunk, const char *digits)
{
  GByteArray *needle = g_byte_array_new ();
  guint8 byte = (guint8) kind;

  if (kind != 0)
    g_byte_array_append (needle, &byte, 1);
  for (; *trunk != '\0'; trunk++)
    {
      byte = ROSTER_PHONE_DIGIT_0 + (*trunk - '0');
      g_byte_array_append (needle, &byte, 1);
    }
  for (; *digits != '\0'; digits++)
    {
      byte = ROSTER_PHONE_DIGIT_0 + (*digits - '0');
      g_byte_array_append (needle, &byte, 1);
    }
  g_ptr_array_add (needles, g_byte_array_free_to_bytes (needle));
}

GPtrArray *
roster_phone_get_needles (const char *typed)
{
  GPtrArray *needles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_auto (Marks) marks = { 0 };
  g_auto (Marks) literal = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)) };
  g_auto (Marks) digits = { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)) };
  const char *number;
  const char *trunk;
  gboolean plus;
  gboolean zeros;
  gsize code;

  marks_init (&marks, typed);
  plus = marks.marks->str[strspn (marks.marks->str, "()")] == '+';
  copy_digits (&marks, 0, marks.marks->len, NO_TRUNK, &literal);
  zeros = !plus && g_str_has_prefix (literal.marks->str, "00");
  if (!plus && literal.marks->len > 0)
    add_needle (needles, 0, "", literal.marks->str);
  if (!plus && !zeros)
    return needles;

  copy_digits (&marks, 0, marks.marks->len, zeros ? AFTER_ZEROS : AFTER_PLUS, &digits);
  number = digits.marks->str + (zeros ? 2 : 0);
  add_needle (needles, ROSTER_PHONE_INTERNATIONAL, "", number);
  if (*number == '\0')
    return needles;
  /* Some write the country code with no '+'. */
  if (plus)
    add_needle (needles, ROSTER_PHONE_NATIONAL, "", number);

  code = get_country_code_length (number);
  trunk = get_trunk_prefix (number, code);
  if (code == 0 || number[code] == '\0')
    return needles;
  add_needle (needles, ROSTER_PHONE_NATIONAL, "", number + code);
  if (*trunk != '\0' && number[code] != *trunk)
    add_needle (needles, ROSTER_PHONE_NATIONAL, trunk, number + code);
  return needles;
}
