/* SPDX-License-Identifier: GPL-3.0-or-later */

/* No state: the dynamic linker has it. */

#define G_LOG_DOMAIN "roster-application"

#include "config.h"

#include "roster-team-module.h"

#include <glib/gi18n-lib.h>
#include <gmodule.h>

#include "roster-error.h"

/* What runs in the build tree says where that is, as it does for the settings' schema. */
static char *
find_module (void)
{
  const char *folder = g_getenv ("ROSTER_MODULE_DIR");

  return g_build_filename (folder != NULL && folder[0] != '\0' ? folder : MODULE_DIR,
                           "libroster-team." G_MODULE_SUFFIX, NULL);
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *path = find_module ();
  GModule *module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
  gpointer page_new = NULL;

  if (module != NULL && g_module_symbol (module, ROSTER_TEAM_PAGE_NEW, &page_new))
    {
      g_module_make_resident (module);
      g_task_return_pointer (task, page_new, NULL);
      return;
    }
  g_info ("The module for team directories was not loaded: %s", g_module_error ());
  g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("The part of Roster that is for team directories is missing or "
                              "damaged. Install Roster again, then try again."));
}

gboolean
roster_team_is_chosen (GSettings *settings, GHashTable *environment)
{
  g_autofree char *directory = g_settings_get_string (settings, "directory");

  return g_str_has_prefix (directory, ROSTER_TEAM_NAME_PREFIX) ||
         (g_hash_table_contains (environment, "DATABASE_URL") &&
          (g_hash_table_contains (environment, "AUTH_GOOGLE_ID") || AUTH_GOOGLE_ID[0] != '\0'));
}

gboolean
roster_team_module_is_here (void)
{
  g_autofree char *path = find_module ();

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

void
roster_team_module_load_async (GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_team_module_load_async);
  g_task_run_in_thread (task, load_in_thread);
}

RosterTeamPageNew
roster_team_module_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return (RosterTeamPageNew) g_task_propagate_pointer (G_TASK (result), error);
}
