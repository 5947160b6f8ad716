/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server answered, held to what it should be: nothing of it is believed before. Strings stay
 * where libpq put them. Immutable once made. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-call-private.h"

#include <string.h>

#include "roster-server-error.h"

/* The years that can be shown, 1 to 9999. */
#define FIRST_UNIX_MS G_GINT64_CONSTANT (-62135596800000)
#define LAST_UNIX_MS G_GINT64_CONSTANT (253402300799999)

struct _RosterAnswer
{
  const RosterCallSpec *spec;
  PGresult *result;
  gpointer rows;
  gsize n_rows;
  GError *error;
};

void
roster_answer_free (RosterAnswer *answer)
{
  PQclear (answer->result);
  g_free (answer->rows);
  g_clear_error (&answer->error);
  g_free (answer);
}

static gboolean
read_64 (const char *bytes, int length, gint64 *value)
{
  if (length != sizeof *value)
    return FALSE;
  memcpy (value, bytes, sizeof *value);
  *value = GINT64_FROM_BE (*value);
  return TRUE;
}

static gboolean
read_32 (const char *bytes, int length, guint32 *value)
{
  if (length != sizeof *value)
    return FALSE;
  memcpy (value, bytes, sizeof *value);
  *value = GUINT32_FROM_BE (*value);
  return TRUE;
}

/* The server counts microseconds; it has infinite times too, at both ends of the numbers. */
static gboolean
read_timestamp (const char *bytes, int length, gint64 *unix_ms)
{
  gint64 server_us;
  gint64 server_ms;

  if (!read_64 (bytes, length, &server_us))
    return FALSE;
  server_ms = server_us / 1000 - (server_us % 1000 < 0 ? 1 : 0);
  *unix_ms = server_ms + ROSTER_SERVER_EPOCH_UNIX_MS;
  return *unix_ms >= FIRST_UNIX_MS && *unix_ms <= LAST_UNIX_MS;
}

/* libpq puts a NUL behind every value. One within is not valid here. */
static gboolean
read_text (const char *bytes, int length, const char **value)
{
  *value = bytes;
  return g_utf8_validate_len (bytes, (gsize) length, NULL);
}

static gboolean
read_boolean (const char *bytes, int length, gboolean *value)
{
  if (length != 1 || (bytes[0] != 0 && bytes[0] != 1))
    return FALSE;
  *value = bytes[0] == 1;
  return TRUE;
}

static gboolean
read_value (RosterSqlType type, const char *bytes, int length, gpointer member)
{
  switch (type)
    {
    case ROSTER_SQL_BIGINT:
      return read_64 (bytes, length, member);
    case ROSTER_SQL_BOOLEAN:
      return read_boolean (bytes, length, member);
    case ROSTER_SQL_INTEGER:
    case ROSTER_SQL_OID:
      return read_32 (bytes, length, member);
    case ROSTER_SQL_TEXT:
      return read_text (bytes, length, member);
    case ROSTER_SQL_TIMESTAMP:
      return read_timestamp (bytes, length, member);
    case ROSTER_SQL_TEXT_ARRAY:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
read_row (const RosterAnswer *answer, int row, char *members)
{
  for (guint i = 0; i < answer->spec->n_columns; i++)
    {
      const RosterValueSpec *column = &answer->spec->columns[i];
      gboolean is_there = !PQgetisnull (answer->result, row, (int) i);

      if (!is_there && !column->nullable)
        return FALSE;
      if (column->has_offset != 0)
        G_STRUCT_MEMBER (gboolean, members, column->has_offset) = is_there;
      if (is_there && !read_value (column->type, PQgetvalue (answer->result, row, (int) i),
                                   PQgetlength (answer->result, row, (int) i),
                                   G_STRUCT_MEMBER_P (members, column->offset)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_expected_columns (const RosterAnswer *answer)
{
  const RosterCallSpec *spec = answer->spec;

  if (PQnfields (answer->result) != (int) spec->n_columns)
    return FALSE;
  for (guint i = 0; i < spec->n_columns; i++)
    if (PQftype (answer->result, (int) i) != roster_sql_type_get_oid (spec->columns[i].type) ||
        PQfformat (answer->result, (int) i) != 1)
      return FALSE;
  return TRUE;
}

static gboolean
read_rows (RosterAnswer *answer)
{
  const RosterCallSpec *spec = answer->spec;

  if (spec->rows == ROSTER_ROWS_NOTHING)
    return TRUE;
  if (!has_expected_columns (answer))
    {
      g_info ("%s: the columns are other ones", spec->name);
      roster_server_error_set (&answer->error, ROSTER_ERROR_NEWER_VERSION);
      return FALSE;
    }
  answer->n_rows = (gsize) PQntuples (answer->result);
  answer->rows = g_malloc0_n (MAX (answer->n_rows, 1), spec->row_size);
  for (gsize i = 0; i < answer->n_rows; i++)
    if (!read_row (answer, (int) i, (char *) answer->rows + i * spec->row_size))
      {
        g_info ("%s: a value cannot be read", spec->name);
        roster_server_error_set (&answer->error, ROSTER_ERROR_CORRUPT);
        return FALSE;
      }
  if (spec->rows == ROSTER_ROWS_ONE && answer->n_rows != 1)
    {
      g_info ("%s: %" G_GSIZE_FORMAT " rows instead of one", spec->name, answer->n_rows);
      roster_server_error_set (&answer->error, ROSTER_ERROR_NEWER_VERSION);
      return FALSE;
    }
  return TRUE;
}

RosterAnswer *
roster_answer_new (const RosterCallSpec *spec, PGresult *result)
{
  RosterAnswer *answer = g_new0 (RosterAnswer, 1);
  ExecStatusType status = PQresultStatus (result);

  answer->spec = spec;
  answer->result = result;
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
    roster_server_error_set_from_result (&answer->error, result, spec->name);
  else if (!read_rows (answer))
    g_clear_pointer (&answer->rows, g_free);
  return answer;
}

gconstpointer
roster_answer_get_rows (const RosterAnswer *answer,
                        const RosterCallSpec *spec,
                        gsize *n_rows,
                        GError **error)
{
  /* What is read as another statement's rows would be read wrongly. */
  g_assert (answer->spec == spec);
  if (answer->error)
    {
      g_propagate_error (error, g_error_copy (answer->error));
      return NULL;
    }
  if (n_rows)
    *n_rows = answer->n_rows;
  return answer->rows ? answer->rows : answer;
}
