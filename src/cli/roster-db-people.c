/* SPDX-License-Identifier: GPL-3.0-or-later */

/* roster-db seed, verify. */

#include "config.h"

#include "roster-db.h"
#include "roster-error.h"
#include "roster-sample-people.h"

#define MAX_GENERATED 10000000
/* Handed to libpq at a time. */
#define COPY_CHUNK_BYTES 65536

/* A column of COPY's text format (PostgreSQL documentation, COPY, "Text Format"). */
static void
append_column (GString *row, const char *text, char end)
{
  for (; *text; text++)
    {
      if (*text == '\\')
        g_string_append_c (row, '\\');
      g_string_append_c (row, *text);
    }
  g_string_append_c (row, end);
}

static void
append_time (GString *row, gint64 unix_ms, char end)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_ms / 1000);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%d %H:%M:%S");

  g_string_append_printf (row, "%s.%03d%c", text, (int) (unix_ms % 1000), end);
}

static void
append_person (GString *rows, const RosterPerson *person)
{
  append_column (rows, person->id, '\t');
  append_column (rows, person->name, '\t');
  append_column (rows, person->email, '\t');
  append_column (rows, person->phone, '\t');
  append_time (rows, person->created_at_unix_ms, '\t');
  append_time (rows, person->updated_at_unix_ms, '\n');
}

static gboolean
set_connection_error (RosterLink *link, GError **error)
{
  g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
               "The people could not be added; nobody was.\n  %s",
               PQerrorMessage (roster_link_get_connection (link)));
  return FALSE;
}

/* The end of COPY's answers. */
static gboolean
finish_copy (RosterLink *link, GError **error)
{
  PGconn *connection = roster_link_get_connection (link);
  gboolean fine = PQputCopyEnd (connection, NULL) == 1;
  PGresult *result;

  while ((result = PQgetResult (connection)))
    {
      fine = fine && PQresultStatus (result) == PGRES_COMMAND_OK;
      PQclear (result);
    }
  return fine || set_connection_error (link, error);
}

static gboolean
copy_generated (RosterLink *link, const char *query, gint64 n_people, GError **error)
{
  g_autoptr (PGresult) copy = roster_link_query (link, query, error, 0);
  g_autoptr (GString) rows = g_string_sized_new (COPY_CHUNK_BYTES * 2);

  if (!copy)
    return FALSE;
  for (gint64 i = 0; i < n_people; i++)
    {
      g_autoptr (RosterPerson) person = roster_sample_person_new ((guint64) i);

      append_person (rows, person);
      if (rows->len < COPY_CHUNK_BYTES && i + 1 < n_people)
        continue;
      if (PQputCopyData (roster_link_get_connection (link), rows->str, (int) rows->len) != 1)
        return set_connection_error (link, error);
      g_string_truncate (rows, 0);
    }
  return finish_copy (link, error);
}

/* Returns how many were not there before, or -1. Where nobody was it is COPY alone. */
static gint64
generate (RosterLink *link, gint64 n_people, GError **error)
{
  g_autoptr (PGresult) added = NULL;

  if (copy_generated (link, "copy-people", n_people, NULL))
    return n_people;
  if (!roster_link_run (link, "begin", error) || !roster_link_run (link, "stage-people", error) ||
      !copy_generated (link, "copy-staged-people", n_people, error) ||
      !(added = roster_link_query (link, "take-staged-people", error, 0)) ||
      !roster_link_run (link, "commit", error))
    return -1;
  return g_ascii_strtoll (PQgetvalue (added, 0, 0), NULL, 10);
}

gboolean
roster_db_seed (RosterDb *db, GError **error)
{
  g_autofree char *seed = roster_link_read_resource ("seed.sql");
  g_autoptr (RosterLink) link = NULL;
  gint64 n_added;

  if (!roster_db_check_arguments (db, 0, "seed [--generate N]", error))
    return FALSE;
  if (db->n_generated < 0 || db->n_generated > MAX_GENERATED)
    {
      g_set_error (error, ROSTER_ERROR, ROSTER_ERROR_INVALID,
                   "--generate takes a number from 0 to %d.", MAX_GENERATED);
      return FALSE;
    }
  link = roster_db_open (db, error);
  if (!link || !roster_link_run_script (link, "seed", seed, error))
    return FALSE;
  n_added = db->n_generated > 0 ? generate (link, db->n_generated, error) : 0;
  if (n_added >= 0)
    json_object_set_int_member (db->answer, "generated", n_added);
  return n_added >= 0;
}

gboolean
roster_db_verify (RosterDb *db, GError **error)
{
  g_autoptr (RosterLink) link = NULL;
  g_autoptr (PGresult) findings = NULL;
  gboolean fine = TRUE;

  if (!roster_db_check_arguments (db, 0, "verify", error))
    return FALSE;
  link = roster_db_open (db, error);
  findings = link ? roster_link_query (link, "verify", error, 0) : NULL;
  if (!findings)
    return FALSE;
  for (int i = 0; i < PQntuples (findings); i++)
    {
      const char *name = PQgetvalue (findings, i, 0);
      const char *value = PQgetvalue (findings, i, 1);

      json_object_set_string_member (db->answer, name, value);
      if (g_str_equal (name, "orphans") || g_str_equal (name, "people-not-in-history") ||
          g_str_equal (name, "triggers-missing") || g_str_has_prefix (name, "open-to-"))
        fine = fine && g_str_equal (value, "0");
    }
  json_object_set_boolean_member (db->answer, "fine", fine);
  return fine;
}
