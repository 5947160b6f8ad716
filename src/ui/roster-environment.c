/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-environment.h"

#include <string.h>

#include "roster-secret-string.h"

static const char *const NAMES[] = { "DATABASE_URL", "DATABASE_URL_UNPOOLED", "AUTH_GOOGLE_ID",
                                     "AUTH_GOOGLE_SECRET", "AUTH_GOOGLE_ISSUER" };

GHashTable *
roster_environment_take (void)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                              (GDestroyNotify) roster_secret_string_free);

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      char *value = (char *) g_getenv (NAMES[i]);

      if (value == NULL)
        continue;
      if (value[0] != '\0')
        g_hash_table_insert (values, (gpointer) NAMES[i], g_strdup (value));
      /* Else /proc would go on showing it. */
      memset (value, 0, strlen (value));
      g_unsetenv (NAMES[i]);
    }
  return values;
}
