/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bringing a database up to what is compiled in, with its records as Prisma keeps them. Nothing is
 * ever reset. On the thread of the link. */

#include "config.h"

#include "roster-migrations.h"

#include "roster-error.h"

/* As long as Prisma waits. */
#define LOCK_TIMEOUT_MS "10000"

static gboolean
set_conflict_error (GError **error, const char *what)
{
  g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT, what);
  return FALSE;
}

char *
roster_migrations_describe_holder (RosterLink *link, GError **error)
{
  g_autoptr (PGresult) holder = roster_link_query (link, "migration-lock-holder", error, 0);

  if (!holder || PQntuples (holder) == 0)
    return NULL;
  return g_strdup_printf ("process %s of %s (%s), connected since %s", PQgetvalue (holder, 0, 0),
                          PQgetvalue (holder, 0, 1), PQgetvalue (holder, 0, 2),
                          PQgetvalue (holder, 0, 3));
}

gboolean
roster_migrations_lock (RosterLink *link,
                        RosterMigrationFunc waits,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (PGresult) attempt = roster_link_query (link, "try-migration-lock", error, 0);
  g_autoptr (PGresult) limited = NULL;
  g_autoptr (PGresult) locked = NULL;
  g_autoptr (PGresult) unlimited = NULL;
  g_autofree char *holder = NULL;
  g_autoptr (GError) reason = NULL;

  if (!attempt)
    return FALSE;
  if (g_str_equal (PQgetvalue (attempt, 0, 0), "t"))
    return TRUE;
  holder = roster_migrations_describe_holder (link, NULL);
  waits (holder ? holder : "somebody who has just finished", user_data);
  limited = roster_link_query (link, "set-lock-timeout", error, 1, LOCK_TIMEOUT_MS);
  if (!limited)
    return FALSE;
  locked = roster_link_query (link, "migration-lock", &reason, 0);
  if (!locked)
    {
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT,
                   "Another migration is under way for more than 10 seconds: %s. Wait until it is "
                   "done, then try again.",
                   holder ? holder : reason->message);
      return FALSE;
    }
  unlimited = roster_link_query (link, "set-lock-timeout", error, 1, "0");
  return unlimited != NULL;
}

static gboolean
set_difference_error (GError **error, const RosterSurvey *survey, const char *what)
{
  g_autoptr (GString) text = g_string_new (what);

  g_string_append (text, " (- is missing, + is too much). It was left as it is.");
  for (guint i = 0; i < survey->differences->len; i++)
    g_string_append_printf (text, "\n  %s", (const char *) survey->differences->pdata[i]);
  return set_conflict_error (error, text->str);
}

/* That nothing is in the way of going on. */
static gboolean
check (const RosterSurvey *survey, GError **error)
{
  if (roster_survey_count (survey, ROSTER_MIGRATION_FAILED) > 0)
    return set_conflict_error (error, "A migration stopped half-way. Run roster-db repair.");
  if (roster_survey_count (survey, ROSTER_MIGRATION_EDITED) > 0)
    return set_conflict_error (
        error, "A migration is not what was applied. Use the Roster that applied it, or run "
               "roster-db repair.");
  if (!survey->is_empty && !survey->has_roster && survey->differences->len > 0)
    return set_difference_error (error, survey, "Schema public is not the web application's");
  if (!survey->has_roster && !survey->can_make_schemas)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_ALLOWED,
                           "This user may not make a schema in this database. Use the URL of the "
                           "database's owner, or grant CREATE on the database.");
      return FALSE;
    }
  if (!survey->lets_members_in && !survey->can_make_roles)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_ALLOWED,
                           "This user may not make roles, which members need. Grant it CREATEROLE, "
                           "or use the URL of a user who has it.");
      return FALSE;
    }
  if (!survey->lets_members_in && !survey->can_add_members)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_NOT_ALLOWED,
                           "The role roster_member, which members need, is another operator's on "
                           "this server. Ask them to run, with your user's name: "
                           "GRANT roster_member TO you WITH ADMIN OPTION");
      return FALSE;
    }
  return TRUE;
}

static gboolean
record (RosterLink *link, const RosterMigration *migration, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autoptr (PGresult) result = migration->is_rosters
                                    ? roster_link_query (link, "record-roster-history", error, 2,
                                                         migration->name, migration->checksum)
                                    : roster_link_query (link, "record-history", error, 3, uuid,
                                                         migration->checksum, migration->name);

  return result != NULL;
}

static gboolean
apply_one (RosterLink *link, const RosterMigration *migration, GError **error)
{
  g_autofree char *script = roster_link_read_resource (migration->path);

  if (roster_link_run (link, "begin", error) &&
      roster_link_run_script (link, migration->name, script, error) &&
      record (link, migration, error) && roster_link_run (link, "commit", error))
    return TRUE;
  roster_link_run (link, "rollback", NULL);
  return FALSE;
}

/* All of public that is missing, in one transaction, if nothing is too much. */
static gboolean
complete (RosterLink *link, GError **error)
{
  g_autofree char *script = roster_link_read_resource ("push.sql");
  g_autoptr (RosterSurvey) survey = NULL;

  if (roster_link_run (link, "begin", error) &&
      roster_link_run_script (link, "push", script, error) &&
      (survey = roster_survey_new (link, error)) &&
      (survey->differences->len == 0 ||
       set_difference_error (error, survey,
                             "Write a migration: schema public cannot become what it should be "
                             "without losing something")) &&
      roster_link_run (link, "commit", error))
    return TRUE;
  roster_link_run (link, "rollback", NULL);
  return FALSE;
}

/* What the web application, or a restore, took from a database that has everything else. */
static gboolean
set_right (RosterLink *link,
           const RosterSurvey *survey,
           RosterMigrationFunc begins,
           gpointer user_data,
           GError **error)
{
  if (!survey->follows_people)
    {
      begins ("Roster's triggers to people, a new table", user_data);
      if (!roster_link_run (link, "follow-people", error))
        return FALSE;
    }
  if (survey->lets_members_in)
    return TRUE;
  begins ("the rights of members, which a restored database has lost", user_data);
  return roster_link_run (link, "let-members-in", error);
}

gboolean
roster_migrations_apply (RosterLink *link,
                         gboolean keep_history,
                         RosterMigrationFunc begins,
                         gpointer user_data,
                         GError **error)
{
  g_autoptr (RosterSurvey) survey = roster_survey_new (link, error);
  gboolean is_adopted;

  if (survey && !keep_history && survey->differences->len > 0)
    {
      begins ("schema public", user_data);
      if (!complete (link, error))
        return FALSE;
      g_clear_pointer (&survey, roster_survey_free);
      survey = roster_survey_new (link, error);
    }
  if (!survey || !check (survey, error))
    return FALSE;
  is_adopted = roster_survey_is_adopted (survey);
  if (!is_adopted && keep_history && !survey->has_history &&
      !roster_link_run (link, "create-history", error))
    return FALSE;
  for (guint i = 0; i < survey->migrations->len; i++)
    {
      const RosterMigration *migration = survey->migrations->pdata[i];

      if (migration->state != ROSTER_MIGRATION_PENDING ||
          (!migration->is_rosters && (is_adopted || !keep_history)))
        continue;
      begins (migration->name, user_data);
      if (!apply_one (link, migration, error))
        return FALSE;
    }
  return !survey->has_roster || set_right (link, survey, begins, user_data, error);
}

static gboolean
repair_one (RosterLink *link,
            const RosterSurvey *survey,
            const RosterMigration *migration,
            RosterMigrationFunc does,
            gpointer user_data,
            GError **error)
{
  g_autofree char *failed =
      g_strdup_printf ("%s stopped half-way: marked as rolled back, to be applied again",
                       migration->name);
  g_autofree char *edited =
      g_strdup_printf ("%s was edited since: its new checksum is recorded", migration->name);
  g_autoptr (PGresult) result = NULL;

  if (migration->state == ROSTER_MIGRATION_FAILED)
    {
      does (failed, user_data);
      result = roster_link_query (link, "mark-rolled-back", error, 1, migration->name);
      return result != NULL;
    }
  if (migration->state != ROSTER_MIGRATION_EDITED)
    return TRUE;
  if (!migration->is_rosters && survey->differences->len > 0)
    return set_conflict_error (
        error, "An edited migration did not leave schema public as it should be. See "
               "roster-db status for the difference, and remove that first.");
  does (edited, user_data);
  result = roster_link_query (link, migration->is_rosters ? "mark-roster-edited" : "mark-edited",
                              error, 2, migration->name, migration->checksum);
  return result != NULL;
}

gboolean
roster_migrations_repair (RosterLink *link,
                          RosterMigrationFunc does,
                          gpointer user_data,
                          GError **error)
{
  g_autoptr (RosterSurvey) survey = roster_survey_new (link, error);

  if (!survey)
    return FALSE;
  for (guint i = 0; i < survey->migrations->len; i++)
    if (!repair_one (link, survey, survey->migrations->pdata[i], does, user_data, error))
      return FALSE;
  return TRUE;
}
