/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "roster-link.h"

G_BEGIN_DECLS

/**
 * RosterDb:
 * @arguments: (transfer none): what follows the command's name; ends with %NULL
 * @create: (nullable): --create
 * @output: (nullable): --output
 * @n_generated: --generate
 * @environment: what was read from a .env file, by name
 * @answer: what the command found out: fields, lists of texts and lists of objects
 *
 * One call of the tool.
 */
typedef struct
{
  char **arguments;
  char *create;
  char *output;
  gint64 n_generated;
  gboolean json;
  GHashTable *environment;
  JsonObject *answer;
} RosterDb;

/** RosterDbCommand: Returns: whether all is well; @error may stay unset when the answer tells. */
typedef gboolean (*RosterDbCommand) (RosterDb *db, GError **error);

/** roster_db_get_setting: Returns: (transfer none) (nullable): from the file, or the environment */
const char *roster_db_get_setting (RosterDb *db, const char *name);

/** roster_db_open: Returns: (transfer full) (nullable): a direct connection, no pooler's */
RosterLink *roster_db_open (RosterDb *db, GError **error);

/** roster_db_check_arguments: that there are so many. @usage: what to write instead */
gboolean roster_db_check_arguments (RosterDb *db,
                                    guint n_arguments,
                                    const char *usage,
                                    GError **error);

/** roster_db_say: tells what is going on, on standard error. */
void roster_db_say (const char *what, gpointer user_data);

/**
 * roster_db_add_rows:
 * @names: of the columns; ends with %NULL
 *
 * Adds the rows of @result to the answer as @field.
 */
void roster_db_add_rows (RosterDb *db,
                         const char *field,
                         const PGresult *result,
                         const char *const *names);

/* The commands, by file. */

/* roster-db-schema.c */
gboolean roster_db_migrate (RosterDb *db, GError **error);
gboolean roster_db_push (RosterDb *db, GError **error);
gboolean roster_db_status (RosterDb *db, GError **error);
gboolean roster_db_repair (RosterDb *db, GError **error);

/* roster-db-people.c */
gboolean roster_db_seed (RosterDb *db, GError **error);
gboolean roster_db_verify (RosterDb *db, GError **error);

/* roster-db-members.c */
gboolean roster_db_member (RosterDb *db, GError **error);
gboolean roster_db_session (RosterDb *db, GError **error);
gboolean roster_db_prune (RosterDb *db, GError **error);

G_END_DECLS
