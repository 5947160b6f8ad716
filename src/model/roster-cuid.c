/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ids as cuid version 1 lays them out. The counter is shared by all threads; nothing else is kept.
 */

#include "config.h"

#include "roster-cuid.h"

#include <errno.h>
#include <unistd.h>

#define CUID_LENGTH 25
#define TIME_DIGITS 8
#define COUNTER_DIGITS 4
#define PID_DIGITS 2
#define HOST_DIGITS 2
#define RANDOM_DIGITS 8

G_STATIC_ASSERT (1 + TIME_DIGITS + COUNTER_DIGITS + PID_DIGITS + HOST_DIGITS + RANDOM_DIGITS ==
                 CUID_LENGTH);

/* The last digits of the number, as cuid's pad() cuts them. */
static char *
write_base36 (char *to, guint64 number, guint n_digits)
{
  for (guint i = n_digits; i-- > 0; number /= 36)
    to[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
  return to + n_digits;
}

static guint64
host_number (void)
{
  const char *name = g_get_host_name ();
  guint64 sum = 36;

  for (; *name; name++)
    sum += (guchar) *name + 1;
  return sum;
}

static guint64
random_number (void)
{
  guint64 number;

  if (getentropy (&number, sizeof number) != 0)
    g_error ("The system gives no random numbers: %s", g_strerror (errno));
  return number;
}

char *
roster_cuid_new (void)
{
  static guint counter;
  char *id = g_malloc (CUID_LENGTH + 1);
  char *end = id;

  *end++ = 'c';
  end = write_base36 (end, (guint64) g_get_real_time () / 1000, TIME_DIGITS);
  end = write_base36 (end, (guint) g_atomic_int_add (&counter, 1), COUNTER_DIGITS);
  end = write_base36 (end, (guint64) getpid (), PID_DIGITS);
  end = write_base36 (end, host_number (), HOST_DIGITS);
  end = write_base36 (end, random_number (), RANDOM_DIGITS);
  *end = '\0';
  return id;
}

gboolean
roster_cuid_is_valid (const char *id)
{
  guint length = 1;

  if (!id || id[0] != 'c')
    return FALSE;
  while (length <= CUID_LENGTH && (g_ascii_isdigit (id[length]) || g_ascii_islower (id[length])))
    length++;
  return length == CUID_LENGTH && id[length] == '\0';
}
