/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libpq-fe.h>

#include "roster-call.h"

G_BEGIN_DECLS

/* What build-aux/generate-calls writes its code with, and how a connection sends it. Inside
 * postgres/ only. */

/** ROSTER_SERVER_EPOCH_UNIX_MS: 2000-01-01, from which the server counts. */
#define ROSTER_SERVER_EPOCH_UNIX_MS G_GINT64_CONSTANT (946684800000)

typedef enum
{
  ROSTER_SQL_BIGINT,
  ROSTER_SQL_BOOLEAN,
  ROSTER_SQL_INTEGER,
  ROSTER_SQL_OID,
  ROSTER_SQL_TEXT,
  ROSTER_SQL_TEXT_ARRAY,
  ROSTER_SQL_TIMESTAMP,
} RosterSqlType;

typedef enum
{
  ROSTER_ROWS_NOTHING,
  ROSTER_ROWS_ONE,
  ROSTER_ROWS_MANY,
} RosterRows;

/**
 * RosterValueSpec:
 * @offset: of a column, where it is in the struct of the row
 * @has_offset: where the struct says whether it is there; 0 when a pointer says so
 *
 * A parameter or a column.
 */
typedef struct
{
  const char *name;
  RosterSqlType type;
  gboolean nullable;
  gsize offset;
  gsize has_offset;
} RosterValueSpec;

/** RosterCallSpec: all that is known of a statement. */
typedef struct
{
  const char *name;
  const char *text;
  const RosterValueSpec *parameters;
  guint n_parameters;
  RosterRows rows;
  const RosterValueSpec *columns;
  guint n_columns;
  gsize row_size;
} RosterCallSpec;

/** ROSTER_CALL_SPECS: every statement; ends with %NULL. */
extern const RosterCallSpec *const ROSTER_CALL_SPECS[];

/** roster_sql_type_get_oid: Returns: the server's number of the type. */
Oid roster_sql_type_get_oid (RosterSqlType type);

/** roster_call_new: Returns: (transfer full): to be given its values, in order. */
RosterCall *roster_call_new (const RosterCallSpec *spec);

void roster_call_add_null (RosterCall *call);
void roster_call_add_bigint (RosterCall *call, gint64 value);
void roster_call_add_boolean (RosterCall *call, gboolean value);
void roster_call_add_integer (RosterCall *call, gint32 value);
void roster_call_add_oid (RosterCall *call, guint32 value);
void roster_call_add_text (RosterCall *call, const char *value);
void roster_call_add_text_array (RosterCall *call, const char *const *value);
void roster_call_add_timestamp (RosterCall *call, gint64 unix_ms);

const RosterCallSpec *roster_call_get_spec (const RosterCall *call);

/** roster_call_send: hands it to libpq without waiting. Returns: whether libpq took it. */
gboolean roster_call_send (const RosterCall *call, PGconn *connection);

/** roster_answer_new: @result: (transfer full). Returns: (transfer full): rows or an error. */
RosterAnswer *roster_answer_new (const RosterCallSpec *spec, PGresult *result);

/**
 * roster_answer_get_rows:
 * @spec: whose answer it has to be
 * @n_rows: (out) (optional): how many there are
 *
 * Returns: (transfer none) (nullable): the array of rows; %NULL on error, and only then
 */
gconstpointer roster_answer_get_rows (const RosterAnswer *answer,
                                      const RosterCallSpec *spec,
                                      gsize *n_rows,
                                      GError **error);

G_END_DECLS
