/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a database is: its two histories beside the files that are compiled in, and schema public
 * beside what it should be. Changes nothing. On the thread of the link. */

#include "config.h"

#include <gio/gio.h>

#include "roster-migrations.h"

#define RESOURCES "/io/github/rosterapp/Roster/sql/"

static void
migration_free (RosterMigration *migration)
{
  g_free (migration->name);
  g_free (migration->path);
  g_free (migration->checksum);
  g_free (migration);
}

void
roster_survey_free (RosterSurvey *survey)
{
  g_free (survey->server_version);
  g_free (survey->time_zone);
  g_clear_pointer (&survey->migrations, g_ptr_array_unref);
  g_clear_pointer (&survey->differences, g_ptr_array_unref);
  g_free (survey);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_files (RosterSurvey *survey, const char *folder, const char *suffix, gboolean is_rosters)
{
  g_autofree char *path = g_strconcat (RESOURCES, folder, NULL);
  g_auto (GStrv) names = g_resources_enumerate_children (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_assert (names);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  for (guint i = 0; names[i]; i++)
    {
      RosterMigration *migration = g_new0 (RosterMigration, 1);
      g_autofree char *text = NULL;

      g_strdelimit (names[i], "/", '\0');
      migration->path = g_strconcat (folder, "/", names[i], suffix, NULL);
      text = roster_link_read_resource (migration->path);
      migration->name = g_strdup (names[i]);
      migration->checksum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
      migration->is_rosters = is_rosters;
      g_ptr_array_add (survey->migrations, migration);
    }
}

static RosterMigration *
find (RosterSurvey *survey, const char *name, gboolean is_rosters)
{
  for (guint i = 0; i < survey->migrations->len; i++)
    {
      RosterMigration *migration = survey->migrations->pdata[i];

      if (migration->is_rosters == is_rosters && g_str_equal (migration->name, name))
        return migration;
    }
  return NULL;
}

static void
take_record (RosterSurvey *survey, const PGresult *records, int row, gboolean is_rosters)
{
  const char *name = PQgetvalue (records, row, 0);
  const char *checksum = PQgetvalue (records, row, 1);
  const char *outcome = PQgetvalue (records, row, 2);
  RosterMigration *migration = find (survey, name, is_rosters);

  if (g_str_equal (outcome, "rolled-back"))
    return;
  if (!migration)
    {
      migration = g_new0 (RosterMigration, 1);
      migration->name = g_strdup (name);
      migration->checksum = g_strdup (checksum);
      migration->is_rosters = is_rosters;
      migration->state = ROSTER_MIGRATION_FOREIGN;
      g_ptr_array_add (survey->migrations, migration);
    }
  else if (g_str_equal (migration->checksum, checksum))
    migration->state = ROSTER_MIGRATION_APPLIED;
  else
    migration->state = ROSTER_MIGRATION_EDITED;
  if (g_str_equal (outcome, "failed"))
    migration->state = ROSTER_MIGRATION_FAILED;
}

static gboolean
read_history (RosterSurvey *survey, RosterLink *link, gboolean is_rosters, GError **error)
{
  g_autoptr (PGresult) records =
      roster_link_query (link, is_rosters ? "roster-history" : "history", error, 0);

  if (!records)
    return FALSE;
  for (int i = 0; i < PQntuples (records); i++)
    take_record (survey, records, i, is_rosters);
  return TRUE;
}

/* Both are sorted by their bytes. */
static void
compare_catalog (RosterSurvey *survey, const PGresult *lines)
{
  g_autofree char *text = roster_link_read_resource ("catalog.txt");
  g_auto (GStrv) wanted = g_strsplit (g_strchomp (text), "\n", -1);
  int n_lines = PQntuples (lines);

  for (int i = 0, j = 0; wanted[i] || j < n_lines;)
    {
      const char *found = j < n_lines ? PQgetvalue (lines, j, 0) : NULL;
      int order = !found ? -1 : !wanted[i] ? 1 : strcmp (wanted[i], found);

      if (order < 0)
        g_ptr_array_add (survey->differences, g_strconcat ("- ", wanted[i], NULL));
      else if (order > 0)
        g_ptr_array_add (survey->differences, g_strconcat ("+ ", found, NULL));
      i += order <= 0;
      j += order >= 0;
    }
  survey->is_empty = n_lines == 0;
}

static gboolean
is_true (const PGresult *result, int column)
{
  return g_str_equal (PQgetvalue (result, 0, column), "t");
}

static void
take_server (RosterSurvey *survey, const PGresult *server)
{
  survey->server_pid = (int) g_ascii_strtoll (PQgetvalue (server, 0, 0), NULL, 10);
  survey->server_version = g_strdup (PQgetvalue (server, 0, 1));
  survey->time_zone = g_strdup (PQgetvalue (server, 0, 2));
  survey->can_make_roles = is_true (server, 3);
  survey->can_write_public = is_true (server, 4);
  survey->can_make_schemas = is_true (server, 5);
  survey->has_history = is_true (server, 6);
  survey->has_roster = is_true (server, 7);
  survey->follows_people = is_true (server, 8);
  survey->lets_members_in = is_true (server, 9);
  survey->can_add_members = is_true (server, 10);
}

RosterSurvey *
roster_survey_new (RosterLink *link, GError **error)
{
  g_autoptr (RosterSurvey) survey = g_new0 (RosterSurvey, 1);
  g_autoptr (PGresult) server = roster_link_query (link, "server", error, 0);
  g_autoptr (PGresult) catalog = server ? roster_link_query (link, "catalog", error, 0) : NULL;

  if (!catalog)
    return NULL;
  survey->migrations = g_ptr_array_new_with_free_func ((GDestroyNotify) migration_free);
  survey->differences = g_ptr_array_new_with_free_func (g_free);
  take_server (survey, server);
  compare_catalog (survey, catalog);
  add_files (survey, "migrations", "/migration.sql", FALSE);
  add_files (survey, "roster", "", TRUE);
  if ((survey->has_history && !read_history (survey, link, FALSE, error)) ||
      (survey->has_roster && !read_history (survey, link, TRUE, error)))
    return NULL;
  return g_steal_pointer (&survey);
}

guint
roster_survey_count (const RosterSurvey *survey, RosterMigrationState state)
{
  guint n = 0;

  for (guint i = 0; i < survey->migrations->len; i++)
    n += ((RosterMigration *) survey->migrations->pdata[i])->state == state;
  return n;
}

gboolean
roster_survey_is_adopted (const RosterSurvey *survey)
{
  gboolean has_ours = FALSE;

  for (guint i = 0; i < survey->migrations->len; i++)
    {
      const RosterMigration *migration = survey->migrations->pdata[i];

      has_ours |=
          !migration->is_rosters && migration->path && migration->state != ROSTER_MIGRATION_PENDING;
    }
  return !survey->is_empty && !has_ours;
}
