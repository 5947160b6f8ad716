/* SPDX-License-Identifier: GPL-3.0-or-later */

/* roster-db migrate, push, status, repair: one survey of the database serves them all. */

#include "config.h"

#include <glib/gstdio.h>

#include "roster-db.h"
#include "roster-error.h"
#include "roster-migrations.h"

static const char *
describe_state (RosterMigrationState state)
{
  switch (state)
    {
    case ROSTER_MIGRATION_PENDING:
      return "pending";
    case ROSTER_MIGRATION_APPLIED:
      return "applied";
    case ROSTER_MIGRATION_EDITED:
      return "edited";
    case ROSTER_MIGRATION_FAILED:
      return "failed";
    case ROSTER_MIGRATION_FOREIGN:
    default:
      return "the web application's";
    }
}

static gboolean
is_adopted_ones (const RosterSurvey *survey, const RosterMigration *migration)
{
  return migration->state == ROSTER_MIGRATION_PENDING && !migration->is_rosters &&
         roster_survey_is_adopted (survey);
}

static void
add_migrations (RosterDb *db, const RosterSurvey *survey)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < survey->migrations->len; i++)
    {
      const RosterMigration *migration = survey->migrations->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "name", migration->name);
      json_object_set_string_member (
          row, "state",
          is_adopted_ones (survey, migration) ? "adopted" : describe_state (migration->state));
      json_array_add_object_element (rows, row);
    }
  json_object_set_array_member (db->answer, "migrations", rows);
}

static void
add_differences (RosterDb *db, const RosterSurvey *survey)
{
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < survey->differences->len; i++)
    json_array_add_string_element (lines, survey->differences->pdata[i]);
  json_object_set_array_member (db->answer, "differences", lines);
}

static gboolean
is_up_to_date (const RosterSurvey *survey)
{
  if (!survey->follows_people || !survey->lets_members_in)
    return FALSE;
  for (guint i = 0; i < survey->migrations->len; i++)
    {
      const RosterMigration *migration = survey->migrations->pdata[i];

      if (migration->state != ROSTER_MIGRATION_APPLIED &&
          migration->state != ROSTER_MIGRATION_FOREIGN && !is_adopted_ones (survey, migration))
        return FALSE;
    }
  return survey->differences->len == 0;
}

gboolean
roster_db_status (RosterDb *db, GError **error)
{
  g_autoptr (RosterLink) link = NULL;
  g_autoptr (RosterSurvey) survey = NULL;
  g_autofree char *holder = NULL;
  gboolean up_to_date;

  if (!roster_db_check_arguments (db, 0, "status", error))
    return FALSE;
  link = roster_db_open (db, error);
  survey = link ? roster_survey_new (link, error) : NULL;
  if (!survey)
    return FALSE;
  up_to_date = is_up_to_date (survey);
  holder = roster_migrations_describe_holder (link, NULL);
  json_object_set_boolean_member (db->answer, "up-to-date", up_to_date);
  json_object_set_string_member (db->answer, "roster", PACKAGE_VERSION);
  json_object_set_string_member (db->answer, "server", survey->server_version);
  json_object_set_string_member (db->answer, "time-zone", survey->time_zone);
  json_object_set_string_member (db->answer, "lock", holder ? holder : "free");
  json_object_set_boolean_member (db->answer, "follows-people", survey->follows_people);
  json_object_set_boolean_member (db->answer, "lets-members-in", survey->lets_members_in);
  add_migrations (db, survey);
  add_differences (db, survey);
  if (survey->has_roster && !survey->lets_members_in)
    roster_db_say ("members cannot come in: this database came without its server's roles. Run "
                   "roster-db migrate, then invite them again.",
                   (gpointer) "roster-db: ");
  if (survey->has_roster && !survey->follows_people)
    roster_db_say ("the web application made the table people anew, and Roster does not hear of "
                   "its changes. Run roster-db migrate.",
                   (gpointer) "roster-db: ");
  if (!g_str_equal (survey->time_zone, "UTC") && !g_str_equal (survey->time_zone, "Etc/UTC"))
    g_printerr ("roster-db: the database's time zone is %s: what plain SQL adds gets a wrong time. "
                "Set its timezone to UTC.\n",
                survey->time_zone);
  return up_to_date;
}

static gboolean
bring_up_to_date (RosterDb *db, RosterLink *link, gboolean keep_history, GError **error)
{
  g_autoptr (RosterSurvey) survey = NULL;

  if (!roster_migrations_lock (link, roster_db_say, (gpointer) "Waiting for ", error) ||
      !roster_migrations_apply (link, keep_history, roster_db_say, (gpointer) "Applying ", error))
    return FALSE;
  survey = roster_survey_new (link, error);
  if (!survey)
    return FALSE;
  add_migrations (db, survey);
  add_differences (db, survey);
  return TRUE;
}

/* Beside the others. The tests know when it is missing in the list, or its outcome in the catalog.
 */
static gboolean
create_migration (RosterDb *db, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d%H%M%S");
  g_autofree char *name =
      g_strcanon (g_ascii_strdown (db->create, -1), "abcdefghijklmnopqrstuvwxyz0123456789", '_');
  g_autofree char *folder = g_strdup_printf ("sql/migrations/%s_%s", time, name);
  g_autofree char *file = g_build_filename (folder, "migration.sql", NULL);

  if (!g_file_test ("sql/migrations", G_FILE_TEST_IS_DIR))
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_FOUND,
                           "There is no sql/migrations here. Go to Roster's sources first.");
      return FALSE;
    }
  if (g_mkdir (folder, 0777) != 0)
    {
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                   "%s cannot be made. Is it there already?", folder);
      return FALSE;
    }
  json_object_set_string_member (db->answer, "created", file);
  roster_db_say ("Write the SQL into it, name it in sql/postgres.gresource.xml, and write what it "
                 "changes into sql/catalog.txt and sql/push.sql.",
                 NULL);
  return g_file_set_contents (file, "", 0, error);
}

gboolean
roster_db_migrate (RosterDb *db, GError **error)
{
  g_autoptr (RosterLink) link = NULL;

  if (!roster_db_check_arguments (db, 0, "migrate [--create NAME]", error))
    return FALSE;
  if (db->create)
    return create_migration (db, error);
  link = roster_db_open (db, error);
  return link && bring_up_to_date (db, link, TRUE, error);
}

gboolean
roster_db_push (RosterDb *db, GError **error)
{
  g_autoptr (RosterLink) link = NULL;

  if (!roster_db_check_arguments (db, 0, "push", error))
    return FALSE;
  link = roster_db_open (db, error);
  return link && bring_up_to_date (db, link, FALSE, error);
}

gboolean
roster_db_repair (RosterDb *db, GError **error)
{
  g_autoptr (RosterLink) link = NULL;

  if (!roster_db_check_arguments (db, 0, "repair", error))
    return FALSE;
  link = roster_db_open (db, error);
  return link && roster_migrations_lock (link, roster_db_say, (gpointer) "Waiting for ", error) &&
         roster_migrations_repair (link, roster_db_say, NULL, error);
}
