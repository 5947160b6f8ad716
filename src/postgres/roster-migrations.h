/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-link.h"

G_BEGIN_DECLS

/**
 * RosterMigrationState:
 * @ROSTER_MIGRATION_PENDING: known here, not applied there
 * @ROSTER_MIGRATION_APPLIED: the same here and there
 * @ROSTER_MIGRATION_EDITED: applied, but the file was another one then
 * @ROSTER_MIGRATION_FAILED: stopped half-way
 * @ROSTER_MIGRATION_FOREIGN: applied, and known only to the web application
 */
typedef enum
{
  ROSTER_MIGRATION_PENDING,
  ROSTER_MIGRATION_APPLIED,
  ROSTER_MIGRATION_EDITED,
  ROSTER_MIGRATION_FAILED,
  ROSTER_MIGRATION_FOREIGN,
} RosterMigrationState;

/**
 * RosterMigration:
 * @name: the name of its folder, or of its file
 * @path: (nullable): its file below sql/; %NULL when it is foreign
 * @checksum: SHA-256 of the file's bytes, in hex; what the history has when it is foreign
 * @is_rosters: whether it is of Roster's own schema
 */
typedef struct
{
  char *name;
  char *path;
  char *checksum;
  gboolean is_rosters;
  RosterMigrationState state;
} RosterMigration;

/**
 * RosterSurvey:
 *
 * What a database is, and what of it is to be done.
 */
typedef struct
{
  int server_pid;
  char *server_version;
  char *time_zone;
  gboolean can_make_roles;
  gboolean can_write_public;
  gboolean can_make_schemas;
  gboolean has_history;
  gboolean has_roster;
  /* Whether Roster's triggers are on people. */
  gboolean follows_people;
  /* Whether the group that members are in is there, and can call Roster's functions. */
  gboolean lets_members_in;
  /* Whether that group is this user's to give. */
  gboolean can_add_members;
  /* RosterMigration, in the order in which they are applied. */
  GPtrArray *migrations;
  /* Lines such as "+ column people.city text": where public is not what it should be. */
  GPtrArray *differences;
  /* Whether there is any table of the web application's at all. */
  gboolean is_empty;
} RosterSurvey;

/** roster_survey_new: looks and changes nothing. Returns: (transfer full) (nullable): the findings
 */
RosterSurvey *roster_survey_new (RosterLink *link, GError **error);

void roster_survey_free (RosterSurvey *survey);

/** roster_survey_count: Returns: how many migrations are in @state. */
guint roster_survey_count (const RosterSurvey *survey, RosterMigrationState state);

/** roster_survey_is_adopted: Returns: whether public is the web application's own work. */
gboolean roster_survey_is_adopted (const RosterSurvey *survey);

/** RosterMigrationFunc: told before each. */
typedef void (*RosterMigrationFunc) (const char *what, gpointer user_data);

/**
 * roster_migrations_lock:
 * @waits: (scope call): told who has the lock when it has to wait
 *
 * Takes Prisma's migration lock for as long as the connection lasts, or gives up after 10 seconds.
 */
gboolean roster_migrations_lock (RosterLink *link,
                                 RosterMigrationFunc waits,
                                 gpointer user_data,
                                 GError **error);

/**
 * roster_migrations_describe_holder: Returns: (transfer full) (nullable): who has the lock, for
 *   people
 */
char *roster_migrations_describe_holder (RosterLink *link, GError **error);

/**
 * roster_migrations_apply:
 * @keep_history: whether Prisma's history is to say so, never in a database that has none though
 *   it has tables; else public is made whole without, or left as it is
 * @begins: (scope call): told the name of each
 *
 * Applies what is pending, each with its record in one transaction. To be called with the lock.
 * Errors: those of RosterLink, and ROSTER_ERROR_CONFLICT where it would have to undo something.
 */
gboolean roster_migrations_apply (RosterLink *link,
                                  gboolean keep_history,
                                  RosterMigrationFunc begins,
                                  gpointer user_data,
                                  GError **error);

/**
 * roster_migrations_repair:
 * @does: (scope call): told what it does
 *
 * Marks what failed as rolled back, what was edited as it is now. Changes nothing but the records,
 * and those of an edited migration only where public is what it should be.
 */
gboolean roster_migrations_repair (RosterLink *link,
                                   RosterMigrationFunc does,
                                   gpointer user_data,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSurvey, roster_survey_free)

G_END_DECLS
