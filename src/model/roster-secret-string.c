/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Overwriting what is secret. No state. */

#include "config.h"

#include "roster-secret-string.h"

#include <string.h>

void
roster_secret_string_free (char *secret)
{
  if (!secret)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
