/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person as a line of text. Pure; any thread. */

#include "config.h"

#include "roster-export-line.h"

#include <csv.h>

#include "roster-person-validation.h"

#define FORMULA_STARTS "=+-@\t\r\n＝＋－＠"
#define QUOTE '"'

static gboolean
is_formula (const char *value)
{
  g_autofree char *phone = NULL;

  if (*value == '\0' || !g_utf8_strchr (FORMULA_STARTS, -1, g_utf8_get_char (value)))
    return FALSE;
  phone = roster_validate_phone (value, NULL);
  return !phone || !g_str_equal (phone, value);
}

static void
append_field (GString *text, const char *value)
{
  g_autofree char *harmless = is_formula (value) ? g_strconcat ("'", value, NULL) : NULL;
  const char *field = harmless ? harmless : value;
  gsize n_bytes = strlen (field), end = text->len;

  /* At worst every character is a quote, and twice there. */
  g_string_set_size (text, end + 2 * n_bytes + 2);
  end += csv_write2 (text->str + end, text->len - end, field, n_bytes, QUOTE);
  g_string_truncate (text, end);
}

static void
append_record (GString *text, const char *name, const char *email, const char *phone)
{
  append_field (text, name);
  g_string_append_c (text, ',');
  append_field (text, email);
  g_string_append_c (text, ',');
  append_field (text, phone);
  g_string_append (text, "\r\n");
}

/* In English in every language, so that other programs know them. */
void
roster_export_append_csv_header (GString *text)
{
  append_record (text, "Name", "E-mail", "Phone");
}

void
roster_export_append_csv (GString *text, const RosterPerson *person)
{
  append_record (text, person->name, person->email, person->phone);
}

static void
append_in_line (GString *text, const char *value)
{
  if (is_formula (value))
    g_string_append_c (text, '\'');
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029)
        g_string_append_c (text, ' ');
      else
        g_string_append_unichar (text, c);
    }
}

void
roster_export_append_tabbed (GString *text, const RosterPerson *person)
{
  append_in_line (text, person->name);
  g_string_append_c (text, '\t');
  append_in_line (text, person->email);
  g_string_append_c (text, '\t');
  append_in_line (text, person->phone);
  g_string_append_c (text, '\n');
}
