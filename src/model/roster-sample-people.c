/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People made up from tables by a counter. Any thread: nothing is kept between calls. */

#include "config.h"

#include "roster-sample-people.h"

#include "roster-sample-names.h"
#include "roster-sample-phones.h"

#include <string.h>

/* 2019-01-01 and the length of the six years from it. */
#define FIRST_CREATED_AT_UNIX_MS G_GINT64_CONSTANT (1546300800000)
#define SPAN_MS G_GINT64_CONSTANT (189388800000)

typedef struct
{
  guint weight;
  const char *const *given;
  guint n_given;
  const char *const *family;
  guint n_family;
  const char *const *phones;
  guint n_phones;
  const char *order;
  guint second_given_percent;
  const char *given_joiner;
  guint second_family_percent;
  const char *family_joiner;
} Culture;

#define NAMES(culture, phones)                                                                     \
  culture##_given, G_N_ELEMENTS (culture##_given), culture##_family,                               \
      G_N_ELEMENTS (culture##_family), phones##_phones, G_N_ELEMENTS (phones##_phones)

/* The order is that of the name's parts: Given, Family, and what stands between. */
static const Culture cultures[] = {
  { 200, NAMES (english, american), "G F", 8, " ", 4, "-" },
  { 70, NAMES (english, british), "G F", 6, " ", 6, "-" },
  { 40, NAMES (dutch, dutch), "G F", 8, " ", 6, "-" },
  { 45, NAMES (italian, italian), "G F", 6, " ", 0, "" },
  { 50, NAMES (indian, indian), "G F", 6, " ", 0, "" },
  { 30, NAMES (indonesian, indonesian), "G F", 20, " ", 0, "" },
  { 30, NAMES (african, african), "G F", 10, " ", 4, "-" },
  { 65, NAMES (german, german), "G F", 8, "-", 6, "-" },
  { 45, NAMES (french, french), "G F", 12, "-", 4, "-" },
  { 45, NAMES (spanish, spanish), "G F", 15, " ", 70, " " },
  { 15, NAMES (portuguese, spanish), "G F", 20, " ", 60, " " },
  { 35, NAMES (polish, polish), "G F", 4, " ", 6, "-" },
  { 30, NAMES (turkish, turkish), "G F", 10, " ", 3, " " },
  { 35, NAMES (nordic, nordic), "G F", 8, " ", 6, "-" },
  { 20, NAMES (vietnamese, vietnamese), "F G", 70, " ", 0, "" },
  { 10, NAMES (icelandic, nordic), "G F", 15, " ", 0, "" },
  { 10, NAMES (romanian, eastern), "G F", 15, "-", 3, "-" },
  { 10, NAMES (hungarian, eastern), "F G", 5, " ", 3, "-" },
  { 35, NAMES (russian, cyrillic), "G F", 0, "", 2, "-" },
  { 15, NAMES (ukrainian, cyrillic), "G F", 0, "", 2, "-" },
  { 20, NAMES (greek, greek), "G F", 4, " ", 4, "-" },
  { 30, NAMES (arabic, arabic), "G F", 15, " ", 0, "" },
  { 15, NAMES (hebrew, hebrew), "G F", 6, " ", 4, "-" },
  { 25, NAMES (hindi, hindi), "G F", 6, " ", 0, "" },
  { 35, NAMES (chinese, chinese), "FG", 75, "", 0, "" },
  { 10, NAMES (japanese, japanese), "F G", 0, "", 0, "" },
  { 20, NAMES (korean, korean), "FG", 95, "", 0, "" },
  { 10, NAMES (kana, japanese), "F G", 0, "", 0, "" },
};

#define TOTAL_WEIGHT 1000

static const char *const domains[] = {
  "example.com",      "example.org",     "example.net",         "mail.example.com",
  "team.example.org", "web.example.net", "post.de.example.org",
};

/* The finalizer of splitmix64: every number to another, no two to the same. */
static guint64
mix (guint64 number)
{
  number = (number ^ (number >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  number = (number ^ (number >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return number ^ (number >> 31);
}

/* splitmix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
static guint64
next (guint64 *state)
{
  *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return mix (*state);
}

static guint
below (guint64 *state, guint bound)
{
  return (guint) (((next (state) >> 32) * bound) >> 32);
}

/* The front of a table is the common part of it. */
static const char *
draw_name (guint64 *state, const char *const *names, guint n_names)
{
  guint first = below (state, n_names);
  guint second = below (state, n_names);

  return names[MIN (first, second)];
}

static const Culture *
draw_culture (guint64 *state)
{
  guint left = below (state, TOTAL_WEIGHT);
  const Culture *culture = cultures;

  while (left >= culture->weight)
    left -= culture++->weight;
  return culture;
}

/* Adds a name to what is shown, and in small ASCII letters to what makes up the address. */
static void
append_name (GString *shown, GString *romanised, const char *name)
{
  const char *roman = strchr (name, '=');

  g_string_append_len (shown, name, roman ? roman - name : (gssize) strlen (name));
  for (const char *c = roman ? roman + 1 : name; *c; c++)
    if (g_ascii_isalpha (*c))
      g_string_append_c (romanised, g_ascii_tolower (*c));
}

static void
append_names (GString *shown,
              GString *romanised,
              guint64 *state,
              const char *const *names,
              guint n_names,
              guint second_percent,
              const char *joiner)
{
  const char *first = draw_name (state, names, n_names);
  const char *second = draw_name (state, names, n_names);

  append_name (shown, romanised, first);
  if (below (state, 100) < second_percent && first != second)
    {
      g_string_append (shown, joiner);
      append_name (shown, romanised, second);
    }
}

static void
append_email (GString *email,
              guint64 *state,
              const GString *given,
              const GString *family,
              guint64 number)
{
  switch (below (state, 8))
    {
    case 0:
      g_string_append_printf (email, "%c%s", given->str[0], family->str);
      break;
    case 1:
      g_string_append (email, given->str);
      break;
    case 2:
      g_string_append_printf (email, "%s.%s", family->str, given->str);
      break;
    case 3:
      g_string_append_printf (email, "%s_%s", given->str, family->str);
      break;
    default:
      g_string_append_printf (email, "%s.%s", given->str, family->str);
      break;
    }
  g_string_append_printf (email, "%" G_GUINT64_FORMAT "@%s", number,
                          domains[below (state, G_N_ELEMENTS (domains))]);
}

static char *
fill_in (const char *format, guint64 *state)
{
  GString *filled = g_string_sized_new (40);
  gunichar zero = '0';

  for (; *format; format = g_utf8_next_char (format))
    {
      gunichar c = g_utf8_get_char (format);

      if (c > 0x7f && g_unichar_isdigit (c))
        zero = c - (gunichar) g_unichar_digit_value (c);
      if (c == '#')
        c = zero + below (state, 10);
      else if (c == 'N')
        c = '2' + below (state, 8);
      g_string_append_unichar (filled, c);
    }
  return g_string_free (filled, FALSE);
}

/* A cuid whose counter, fingerprint and random part are the mixed number: 36^16 is more than 2^64,
 * so that no two numbers share one. */
static char *
make_id (guint64 number, guint64 created_at_unix_ms)
{
  const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
  char *id = g_malloc (26);
  guint64 rest = mix (number);

  id[0] = 'c';
  id[25] = '\0';
  for (guint i = 24; i > 8; i--, rest /= 36)
    id[i] = digits[rest % 36];
  for (guint i = 8; i > 0; i--, created_at_unix_ms /= 36)
    id[i] = digits[created_at_unix_ms % 36];
  return id;
}

RosterPerson *
roster_sample_person_new (guint64 number)
{
  guint64 state = number;
  const Culture *culture = draw_culture (&state);
  g_autoptr (GString) given = g_string_sized_new (64);
  g_autoptr (GString) family = g_string_sized_new (64);
  g_autoptr (GString) roman_given = g_string_sized_new (64);
  g_autoptr (GString) roman_family = g_string_sized_new (64);
  GString *name = g_string_sized_new (64);
  GString *email = g_string_sized_new (64);
  RosterPerson *person = g_new0 (RosterPerson, 1);

  append_names (given, roman_given, &state, culture->given, culture->n_given,
                culture->second_given_percent, culture->given_joiner);
  append_names (family, roman_family, &state, culture->family, culture->n_family,
                culture->second_family_percent, culture->family_joiner);
  for (const char *part = culture->order; *part; part++)
    {
      if (*part == 'G')
        g_string_append_len (name, given->str, (gssize) given->len);
      else if (*part == 'F')
        g_string_append_len (name, family->str, (gssize) family->len);
      else
        g_string_append_c (name, *part);
    }
  append_email (email, &state, roman_given, roman_family, number);

  person->name = g_string_free (name, FALSE);
  person->email = g_string_free (email, FALSE);
  person->phone = fill_in (culture->phones[below (&state, culture->n_phones)], &state);
  person->created_at_unix_ms =
      FIRST_CREATED_AT_UNIX_MS + (gint64) (next (&state) % (guint64) SPAN_MS);
  person->updated_at_unix_ms = person->created_at_unix_ms;
  if (below (&state, 100) < 60)
    person->updated_at_unix_ms += (gint64) (next (&state) % (guint64) SPAN_MS / 12);
  person->id = make_id (number, (guint64) person->created_at_unix_ms);
  person->slot = ROSTER_NO_SLOT;
  return person;
}
