/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-letters.h"

#include "roster-phone.h"

#define BIT(n) (G_GUINT64_CONSTANT (1) << (n))

#define FIRST_DIGIT 26
#define FIRST_PHONE_DIGIT 36
#define FIRST_SHARED 46
#define N_SHARED 16
#define PLUS 62
#define INTERNATIONAL 63

guint64
roster_letters_of_byte (guint8 byte)
{
  if (byte >= 'a' && byte <= 'z')
    return BIT (byte - 'a');
  if (byte >= '0' && byte <= '9')
    return BIT (FIRST_DIGIT + byte - '0');
  if (byte >= ROSTER_PHONE_DIGIT_0 && byte < ROSTER_PHONE_DIGIT_0 + 10)
    return BIT (FIRST_PHONE_DIGIT + byte - ROSTER_PHONE_DIGIT_0);
  if (byte >= 0x80 && byte <= 0xBF)
    return BIT (FIRST_SHARED + byte % N_SHARED);
  if (byte == '+')
    return BIT (PLUS);
  if (byte == ROSTER_PHONE_INTERNATIONAL)
    return BIT (INTERNATIONAL);
  return 0;
}

guint64
roster_letters_of_text (const char *text, gsize length)
{
  guint64 letters = 0;

  for (gsize i = 0; i < length; i++)
    letters |= roster_letters_of_byte ((guint8) text[i]);
  return letters;
}

gboolean
roster_letters_are_exact (const char *text, gsize length)
{
  return length == 1 && ((guint8) text[0] & 0xC0) != 0x80 &&
         roster_letters_of_byte ((guint8) text[0]) != 0;
}
