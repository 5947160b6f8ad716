/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "roster-application.h"

/* The XDG Base Directory Specification has relative paths ignored, which GLib takes as they are. */
static void
ignore_relative_folders (void)
{
  static const char *const folders[] = { "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                         "XDG_RUNTIME_DIR", "XDG_STATE_HOME" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      const char *path = g_getenv (folders[i]);

      if (path != NULL && !g_path_is_absolute (path))
        g_unsetenv (folders[i]);
    }
}

int
main (int argc, char *argv[])
{
  ignore_relative_folders ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (APPLICATION_NAME);

  g_autoptr (RosterApplication) application = roster_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
