/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-letters.h"

#include "roster-phone.h"
#include "roster-row.h"

#define BIT(n) (G_GUINT64_CONSTANT (1) << (n))

#define FIRST_DIGIT 26
#define FIRST_PHONE_DIGIT 36
#define FIRST_SHARED 46
#define N_SHARED 16
#define PLUS 62
#define INTERNATIONAL 63

static guint64
get_single (guint8 byte)
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

/* What stands in no needle counts in no pair. */
static gboolean
is_between_words (guint8 byte)
{
  return byte == ' ' || byte == ROSTER_ROW_SEPARATOR;
}

typedef struct
{
  guint64 single;
  guint64 in_pairs; /* all bits or none */
} Byte;

/* Every byte of everybody comes by here, so that the answers are kept. */
static const Byte *
get_bytes (void)
{
  static gsize made = 0;
  static Byte bytes[256];

  if (g_once_init_enter (&made))
    {
      for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
        {
          bytes[i].single = get_single ((guint8) i);
          bytes[i].in_pairs = is_between_words ((guint8) i) ? 0 : ~G_GUINT64_CONSTANT (0);
        }
      g_once_init_leave (&made, 1);
    }
  return bytes;
}

void
roster_letters_add (RosterLetters *self, const char *text, gsize length)
{
  const Byte *bytes = get_bytes ();
  guint8 last = ' ';

  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) text[i];

      self->single |= bytes[byte].single;
      self->pairs |=
          BIT ((last * 29u + byte * 7u) % 64) & bytes[last].in_pairs & bytes[byte].in_pairs;
      last = byte;
    }
}

gboolean
roster_letters_are_exact (const char *text, gsize length)
{
  return length == 1 && ((guint8) text[0] & 0xC0) != 0x80 && get_single ((guint8) text[0]) != 0;
}
