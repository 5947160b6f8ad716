/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values as the server takes them in binary (PostgreSQL's source, the _recv function of each type).
 * A call belongs to whoever holds it. */

#include "config.h"

#include "roster-call-private.h"

#include <string.h>

/* PostgreSQL's source, src/include/catalog/pg_type.dat */
static const Oid OIDS[] = {
  [ROSTER_SQL_BIGINT] = 20,      [ROSTER_SQL_BOOLEAN] = 16, [ROSTER_SQL_INTEGER] = 23,
  [ROSTER_SQL_OID] = 26,         [ROSTER_SQL_TEXT] = 25,    [ROSTER_SQL_TEXT_ARRAY] = 1009,
  [ROSTER_SQL_TIMESTAMP] = 1114,
};

struct _RosterCall
{
  const RosterCallSpec *spec;
  guint n_values;
  Oid *types;
  /* NULL for NULL. */
  char **values;
  int *lengths;
  int *formats;
};

Oid
roster_sql_type_get_oid (RosterSqlType type)
{
  return OIDS[type];
}

RosterCall *
roster_call_new (const RosterCallSpec *spec)
{
  RosterCall *call = g_new0 (RosterCall, 1);

  call->spec = spec;
  call->types = g_new0 (Oid, spec->n_parameters);
  call->values = g_new0 (char *, spec->n_parameters);
  call->lengths = g_new0 (int, spec->n_parameters);
  call->formats = g_new0 (int, spec->n_parameters);
  for (guint i = 0; i < spec->n_parameters; i++)
    {
      call->types[i] = roster_sql_type_get_oid (spec->parameters[i].type);
      call->formats[i] = 1;
    }
  return call;
}

void
roster_call_free (RosterCall *call)
{
  /* Tokens are among them. */
  for (guint i = 0; i < call->n_values; i++)
    if (call->values[i])
      explicit_bzero (call->values[i], (gsize) call->lengths[i]);
  for (guint i = 0; i < call->n_values; i++)
    g_free (call->values[i]);
  g_free (call->types);
  g_free (call->values);
  g_free (call->lengths);
  g_free (call->formats);
  g_free (call);
}

static void
take (RosterCall *call, RosterSqlType type, char *value, gsize length)
{
  const RosterValueSpec *parameter = &call->spec->parameters[call->n_values];

  g_assert (call->n_values < call->spec->n_parameters && parameter->type == type);
  g_assert (length <= G_MAXINT);
  call->values[call->n_values] = value;
  call->lengths[call->n_values] = (int) length;
  call->n_values++;
}

void
roster_call_add_null (RosterCall *call)
{
  g_assert (call->spec->parameters[call->n_values].nullable);
  take (call, call->spec->parameters[call->n_values].type, NULL, 0);
}

static void
add_64 (RosterCall *call, RosterSqlType type, gint64 value)
{
  gint64 bytes = GINT64_TO_BE (value);

  take (call, type, g_memdup2 (&bytes, sizeof bytes), sizeof bytes);
}

static void
add_32 (RosterCall *call, RosterSqlType type, guint32 value)
{
  guint32 bytes = GUINT32_TO_BE (value);

  take (call, type, g_memdup2 (&bytes, sizeof bytes), sizeof bytes);
}

void
roster_call_add_bigint (RosterCall *call, gint64 value)
{
  add_64 (call, ROSTER_SQL_BIGINT, value);
}

void
roster_call_add_boolean (RosterCall *call, gboolean value)
{
  char byte = value ? 1 : 0;

  take (call, ROSTER_SQL_BOOLEAN, g_memdup2 (&byte, 1), 1);
}

void
roster_call_add_integer (RosterCall *call, gint32 value)
{
  add_32 (call, ROSTER_SQL_INTEGER, (guint32) value);
}

void
roster_call_add_oid (RosterCall *call, guint32 value)
{
  add_32 (call, ROSTER_SQL_OID, value);
}

void
roster_call_add_text (RosterCall *call, const char *value)
{
  if (value)
    take (call, ROSTER_SQL_TEXT, g_strdup (value), strlen (value));
  else
    roster_call_add_null (call);
}

static void
append_32 (GByteArray *bytes, guint32 value)
{
  guint32 number = GUINT32_TO_BE (value);

  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
}

void
roster_call_add_text_array (RosterCall *call, const char *const *value)
{
  g_autoptr (GByteArray) bytes = NULL;
  guint n_values;
  gsize length;

  if (!value)
    {
      roster_call_add_null (call);
      return;
    }
  bytes = g_byte_array_new ();
  n_values = g_strv_length ((char **) value);
  append_32 (bytes, n_values > 0 ? 1 : 0); /* dimensions */
  append_32 (bytes, 0);                    /* no NULL in it */
  append_32 (bytes, roster_sql_type_get_oid (ROSTER_SQL_TEXT));
  if (n_values > 0)
    {
      append_32 (bytes, n_values);
      append_32 (bytes, 1); /* the first index */
    }
  for (guint i = 0; i < n_values; i++)
    {
      gsize n_bytes = strlen (value[i]);

      append_32 (bytes, (guint32) n_bytes);
      g_byte_array_append (bytes, (const guint8 *) value[i], (guint) n_bytes);
    }
  length = bytes->len;
  take (call, ROSTER_SQL_TEXT_ARRAY, (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE),
        length);
}

void
roster_call_add_timestamp (RosterCall *call, gint64 unix_ms)
{
  add_64 (call, ROSTER_SQL_TIMESTAMP, (unix_ms - ROSTER_SERVER_EPOCH_UNIX_MS) * 1000);
}

const RosterCallSpec *
roster_call_get_spec (const RosterCall *call)
{
  return call->spec;
}

gboolean
roster_call_send (const RosterCall *call, PGconn *connection)
{
  g_assert (call->n_values == call->spec->n_parameters);
  return PQsendQueryParams (connection, call->spec->text, (int) call->n_values, call->types,
                            (const char *const *) call->values, call->lengths, call->formats, 1);
}
