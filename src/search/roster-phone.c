/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-phone.h"

#include <string.h>

#include "roster-fold.h"
#include "roster-utf8.h"

/* How many digits come before a "(0)" that is only dialled within the country: one of the country
 * code at least, behind what is dialled before it. */
#define AFTER_PLUS 1
#define NO_TRUNK G_MAXSIZE

/* North America dials 011 before a country code, but area codes elsewhere begin so as well: it is
 * one where as many digits follow as no number within a country has. */
#define AFTER_011_MIN_DIGITS 10

/* Moves on to what counts next in a number, from @i on. Returns: a digit as '0' to '9', '+', '(' or
 * ')', and in @origin where it is; 0 at the end. */
static char
next_mark (const char *text, gsize *i, guint *origin)
{
  while (text[*i] != '\0')
    {
      const char *bytes;
      gsize length;
      gint32 c;

      *origin = (guint) *i;
      c = roster_utf8_next (text, i);
      if (c == '(' || c == 0xFF08)
        return '(';
      if (c == ')' || c == 0xFF09)
        return ')';
      if (c < 0)
        continue;
      bytes = roster_fold_code_point ((gunichar) c, &length);
      if (length == 1 && (g_ascii_isdigit (bytes[0]) || bytes[0] == '+'))
        return bytes[0];
    }
  return 0;
}

static gboolean
is_trunk_next (const char *text, gsize i)
{
  guint origin;

  return next_mark (text, &i, &origin) == '0' && next_mark (text, &i, &origin) == ')';
}

static void
append_byte (GString *row, guint8 byte, guint origin, GArray *origins)
{
  g_string_append_c (row, (char) byte);
  if (origins != NULL)
    g_array_append_val (origins, origin);
}

static void
append_digit (GString *row, char digit, guint origin, GArray *origins)
{
  append_byte (row, (guint8) (ROSTER_PHONE_DIGIT_0 + (digit - '0')), origin, origins);
}

/* Appends digits that stand for nothing that is shown. */
static void
append_unseen (GString *row, const char *digits, GArray *origins)
{
  for (; *digits != '\0'; digits++)
    append_digit (row, *digits, G_MAXUINT, origins);
}

/* Appends the digits of @text from @start on, up to a '+' that begins another number, without a
 * "(0)" that comes after @n_before of them. Returns: where it stopped. */
static gsize
append_number (GString *row, const char *text, gsize start, gsize n_before, GArray *origins)
{
  gsize n_digits = 0;
  gsize i = start;
  guint origin = 0;
  char mark;

  while ((mark = next_mark (text, &i, &origin)) != 0)
    {
      if (mark == '+' && origin > start)
        return origin;
      if (mark == '(' && n_digits >= n_before && is_trunk_next (text, i))
        {
          next_mark (text, &i, &origin);
          n_before = NO_TRUNK;
        }
      else if (g_ascii_isdigit (mark))
        {
          append_digit (row, mark, origin, origins);
          n_digits++;
        }
    }
  return i;
}

static gsize
append_all_digits (GString *row, const char *text, GArray *origins)
{
  gsize start = row->len;
  gsize i = 0;
  guint origin;
  char mark;

  while ((mark = next_mark (text, &i, &origin)) != 0)
    {
      if (g_ascii_isdigit (mark))
        append_digit (row, mark, origin, origins);
    }
  return row->len - start;
}

static gboolean
has_prefix (const char *number, gsize length, const char *digits)
{
  for (; *digits != '\0'; digits++, number++, length--)
    {
      if (length == 0 || (guint8) *number != ROSTER_PHONE_DIGIT_0 + (*digits - '0'))
        return FALSE;
    }
  return TRUE;
}

/* ITU-T E.164, List of assigned country codes: one digit in zones 1 and 7, two where listed here,
 * three everywhere else. Returns: 0 when @number has nothing after a whole code. */
static gsize
get_country_code_length (const char *number, gsize length)
{
  static const char two_digits[][3] = { "20", "27", "30", "31", "32", "33", "34", "36", "39",
                                        "40", "41", "43", "44", "45", "46", "47", "48", "49",
                                        "51", "52", "53", "54", "55", "56", "57", "58", "60",
                                        "61", "62", "63", "64", "65", "66", "81", "82", "84",
                                        "86", "90", "91", "92", "93", "94", "95", "98" };
  gsize code_length = 3;

  if (has_prefix (number, length, "0"))
    return 0;
  if (has_prefix (number, length, "1") || has_prefix (number, length, "7"))
    code_length = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (two_digits) && code_length == 3; i++)
    {
      if (has_prefix (number, length, two_digits[i]))
        code_length = 2;
    }
  return length > code_length ? code_length : 0;
}

/* How many digits come before the country code of a number without a "+" (ITU-T E.123): 00 in most
 * countries. Returns: 0 when it has none. */
static gsize
get_access_length (const char *number, gsize length, gsize after_011_min_digits)
{
  if (has_prefix (number, length, "00"))
    return 2;
  if (has_prefix (number, length, "011") && length - 3 >= after_011_min_digits)
    return 3;
  return 0;
}

/* What is dialled before the national number instead of the country code. */
static const char *
get_trunk_prefix (const char *number, gsize length)
{
  if (has_prefix (number, length, "7"))
    return "8";
  if (has_prefix (number, length, "36"))
    return "06";
  return has_prefix (number, length, "1") ? "" : "0";
}

/* Adds the national form of the international number that is in @row from @start on. */
static void
append_national (GString *row, gsize start, GArray *origins)
{
  const char *number = row->str + start;
  gsize length = row->len - start;
  gsize code_length = get_country_code_length (number, length);
  const char *trunk = get_trunk_prefix (number, length);

  if (code_length == 0 || *trunk == '\0')
    return;
  append_byte (row, ROSTER_PHONE_NATIONAL, G_MAXUINT, origins);
  number = row->str + start;
  if (!has_prefix (number + code_length, length - code_length, trunk))
    append_unseen (row, trunk, origins);
  for (gsize i = start + code_length; i < start + length; i++)
    append_byte (row, (guint8) row->str[i], origins != NULL ? g_array_index (origins, guint, i) : 0,
                 origins);
}

static void
truncate_row (GString *row, gsize length, GArray *origins)
{
  g_string_truncate (row, length);
  if (origins != NULL)
    g_array_set_size (origins, (guint) length);
}

/* Adds the forms of one number, which begins at @start. Returns: where the next one does. */
static gsize
append_one (GString *row, const char *text, gsize start, gboolean plus, GArray *origins)
{
  gsize kind = row->len;
  gsize number = kind + 1;
  gsize access_length;
  gsize end;

  append_byte (row, plus ? ROSTER_PHONE_INTERNATIONAL : ROSTER_PHONE_NATIONAL, G_MAXUINT, origins);
  end = append_number (row, text, start, plus ? AFTER_PLUS : NO_TRUNK, origins);
  if (row->len == number)
    {
      truncate_row (row, kind, origins);
      return end;
    }
  access_length = get_access_length (row->str + number, row->len - number, AFTER_011_MIN_DIGITS);
  if (!plus && access_length > 0)
    {
      truncate_row (row, number, origins);
      append_number (row, text, start, access_length + AFTER_PLUS, origins);
      g_string_erase (row, (gssize) number, (gssize) access_length);
      if (origins != NULL)
        g_array_remove_range (origins, (guint) number, (guint) access_length);
      row->str[kind] = (char) ROSTER_PHONE_INTERNATIONAL;
      plus = TRUE;
    }
  if (plus)
    append_national (row, number, origins);
  return end;
}

void
roster_phone_append_forms (GString *row, const char *phone, GArray *origins)
{
  gsize start = row->len;
  gsize i = 0;
  guint origin;
  char mark;
  gsize n_first;
  gsize n_all;

  do
    {
      gsize after = i;

      mark = next_mark (phone, &after, &origin);
      i = append_one (row, phone, i, mark == '+', origins);
    }
  while (phone[i] != '\0');
  if (row->len == start)
    return;

  /* As it stands, where the first form has not all of its digits. */
  for (n_first = 0; start + 1 + n_first < row->len; n_first++)
    {
      if ((guint8) row->str[start + 1 + n_first] < ROSTER_PHONE_DIGIT_0)
        break;
    }
  i = row->len;
  append_byte (row, ROSTER_PHONE_LITERAL, G_MAXUINT, origins);
  n_all = append_all_digits (row, phone, origins);
  if (n_all == n_first)
    truncate_row (row, i, origins);
}

/* @trunk: digits that come first, or none */
static void
add_needle (GPtrArray *needles, int kind, const char *trunk, const char *number, gsize length)
{
  GString *needle = g_string_new (NULL);

  if (kind != 0)
    append_byte (needle, (guint8) kind, 0, NULL);
  append_unseen (needle, trunk, NULL);
  g_string_append_len (needle, number, (gssize) length);
  g_ptr_array_add (needles, g_string_free_to_bytes (needle));
}

GPtrArray *
roster_phone_get_needles (const char *typed)
{
  GPtrArray *needles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *trunk;
  const char *number;
  gsize length;
  gsize code_length;
  gsize access_length;
  gboolean plus;
  gsize i = 0;
  guint origin;
  char mark;

  do
    mark = next_mark (typed, &i, &origin);
  while (mark == '(' || mark == ')');
  plus = mark == '+';

  append_all_digits (digits, typed, NULL);
  if (!plus && digits->len > 0)
    add_needle (needles, 0, "", digits->str, digits->len);
  /* A country code behind 011 is looked for as soon as it can be one: area codes that begin so are
   * found as well. */
  access_length = plus ? 0 : get_access_length (digits->str, digits->len, 2);
  if (!plus && access_length == 0)
    return needles;

  g_string_truncate (digits, 0);
  append_number (digits, typed, plus ? origin : 0, access_length + AFTER_PLUS, NULL);
  number = digits->str + access_length;
  length = digits->len - access_length;
  add_needle (needles, ROSTER_PHONE_INTERNATIONAL, "", number, length);
  /* Some write the country code with no '+'. */
  if (plus && length > 0)
    add_needle (needles, ROSTER_PHONE_NATIONAL, "", number, length);

  code_length = get_country_code_length (number, length);
  if (code_length == 0)
    return needles;
  trunk = get_trunk_prefix (number, length);
  number += code_length;
  length -= code_length;
  add_needle (needles, ROSTER_PHONE_NATIONAL, "", number, length);
  if (*trunk != '\0' && !has_prefix (number, length, trunk))
    add_needle (needles, ROSTER_PHONE_NATIONAL, trunk, number, length);
  return needles;
}
