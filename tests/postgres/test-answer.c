/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing that a server answers is believed before it was looked at. */

#include "config.h"

#include <libpq-fe.h>
#include <string.h>

#include "roster-call-private.h"
#include "roster-calls.h"
#include "roster-error.h"

/* 2024-02-29 12:34:56.789 UTC */
#define LEAP_DAY_UNIX_MS G_GINT64_CONSTANT (1709210096789)
#define LEAP_DAY_SERVER_US G_GINT64_CONSTANT (762525296789999)

typedef struct
{
  const char *bytes;
  int length;
} Value;

#define TEXT(t) ((Value){ (t), (int) strlen (t) })
#define MISSING ((Value){ NULL, -1 })

static Value
number (gint64 *buffer, gint64 value)
{
  *buffer = GINT64_TO_BE (value);
  return (Value){ (const char *) buffer, sizeof *buffer };
}

/* A statement's specification, by way of a call that is never sent. */
static const RosterCallSpec *
take_spec (RosterCall *call)
{
  const RosterCallSpec *spec = roster_call_get_spec (call);

  roster_call_free (call);
  return spec;
}

static PGresult *
make_result (const RosterCallSpec *spec)
{
  PGresult *result = PQmakeEmptyPGresult (NULL, PGRES_TUPLES_OK);
  g_autofree PGresAttDesc *columns = g_new0 (PGresAttDesc, spec->n_columns);

  for (guint i = 0; i < spec->n_columns; i++)
    {
      columns[i].name = (char *) spec->columns[i].name;
      columns[i].format = 1;
      columns[i].typid = roster_sql_type_get_oid (spec->columns[i].type);
    }
  g_assert_true (PQsetResultAttrs (result, (int) spec->n_columns, columns));
  return result;
}

static void
add_row (PGresult *result, guint n_values, const Value *values)
{
  int row = PQntuples (result);

  for (guint i = 0; i < n_values; i++)
    g_assert_true (PQsetvalue (result, row, (int) i, (char *) values[i].bytes, values[i].length));
}

static const RosterCallSpec *
page_spec (void)
{
  return take_spec (roster_call_people_page ("t", 1, 0, 1));
}

/* A page with one person, one value of whom is another. */
static RosterAnswer *
page_with (guint place, Value value)
{
  gint64 created;
  gint64 updated;
  Value values[] = { TEXT ("c1"),
                     TEXT ("Ünal 🦀"),
                     TEXT ("u@example.com"),
                     TEXT ("+49 30 1"),
                     number (&created, LEAP_DAY_SERVER_US),
                     number (&updated, -1) };
  PGresult *result = make_result (page_spec ());

  if (place < G_N_ELEMENTS (values))
    values[place] = value;
  add_row (result, G_N_ELEMENTS (values), values);
  return roster_answer_new (page_spec (), result);
}

static void
test_rows (void)
{
  g_autoptr (RosterAnswer) answer = page_with (G_MAXUINT, MISSING);
  g_autoptr (GError) error = NULL;
  gsize n_rows = 0;
  const RosterPersonRow *row = roster_answer_people_page (answer, &n_rows, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 1);
  g_assert_cmpstr (row->id, ==, "c1");
  g_assert_cmpstr (row->name, ==, "Ünal 🦀");
  g_assert_cmpstr (row->phone, ==, "+49 30 1");
  g_assert_cmpint (row->created_at_unix_ms, ==, LEAP_DAY_UNIX_MS);
  /* A microsecond before 2000 is in the millisecond before it. */
  g_assert_cmpint (row->updated_at_unix_ms, ==, G_GINT64_CONSTANT (946684799999));
}

static void
test_no_rows (void)
{
  g_autoptr (RosterAnswer) answer = roster_answer_new (page_spec (), make_result (page_spec ()));
  g_autoptr (GError) error = NULL;
  gsize n_rows = 1;

  g_assert_nonnull (roster_answer_people_page (answer, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 0);
}

static void
test_nothing (void)
{
  const RosterCallSpec *spec = take_spec (roster_call_listen ());
  g_autoptr (RosterAnswer) answer =
      roster_answer_new (spec, PQmakeEmptyPGresult (NULL, PGRES_COMMAND_OK));
  g_autoptr (GError) error = NULL;

  g_assert_true (roster_answer_listen (answer, &error));
  g_assert_no_error (error);
}

static void
test_nulls (void)
{
  const RosterCallSpec *spec = take_spec (roster_call_changes_since ("t", "c"));
  PGresult *result = make_result (spec);
  Value values[] = { TEXT ("cursor"), MISSING, MISSING, MISSING, MISSING, MISSING, MISSING };
  g_autoptr (RosterAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  const RosterChangeRow *rows;
  gsize n_rows;

  add_row (result, G_N_ELEMENTS (values), values);
  answer = roster_answer_new (spec, result);
  rows = roster_answer_changes_since (answer, &n_rows, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rows[0].next_cursor, ==, "cursor");
  g_assert_null (rows[0].id);
  g_assert_false (rows[0].has_created_at_unix_ms);
}

static void
assert_refused (RosterAnswer *taken, RosterError code)
{
  g_autoptr (RosterAnswer) answer = taken;
  g_autoptr (GError) error = NULL;
  gsize n_rows = 7;

  g_assert_null (roster_answer_people_page (answer, &n_rows, &error));
  g_assert_error (error, ROSTER_ERROR, (int) code);
  g_assert_cmpuint (n_rows, ==, 7);
}

static void
test_bad_values (void)
{
  gint64 buffer;

  assert_refused (page_with (1, TEXT ("caf\xe9")), ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (1, TEXT ("\xed\xa0\x80")), ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (1, (Value){ "a\0b", 3 }), ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (1, MISSING), ROSTER_ERROR_CORRUPT);
  /* Infinite, and the years 0 and 10000. */
  assert_refused (page_with (4, number (&buffer, G_MAXINT64)), ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (4, number (&buffer, G_MININT64)), ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (4, number (&buffer, G_GINT64_CONSTANT (-63082281600000001))),
                  ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (4, number (&buffer, G_GINT64_CONSTANT (252455616000000000))),
                  ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (4, TEXT ("2024")), ROSTER_ERROR_CORRUPT);
  assert_refused (page_with (4, TEXT ("")), ROSTER_ERROR_CORRUPT);
}

static void
test_other_columns (void)
{
  const RosterCallSpec *others[] = { take_spec (roster_call_my_sessions ("t")),
                                     take_spec (roster_call_changes_since ("t", "c")),
                                     take_spec (roster_call_begin_sync ("t")) };
  PGresult *result = make_result (page_spec ());
  PGresAttDesc column = { .name = (char *) "id", .typid = 25 };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_refused (roster_answer_new (page_spec (), make_result (others[i])),
                    ROSTER_ERROR_NEWER_VERSION);
  PQclear (result);
  /* Text instead of binary. */
  result = PQmakeEmptyPGresult (NULL, PGRES_TUPLES_OK);
  g_assert_true (PQsetResultAttrs (result, 1, &column));
  assert_refused (roster_answer_new (page_spec (), result), ROSTER_ERROR_NEWER_VERSION);
  assert_refused (roster_answer_new (page_spec (), PQmakeEmptyPGresult (NULL, PGRES_COMMAND_OK)),
                  ROSTER_ERROR_NEWER_VERSION);
}

static void
test_one_row (void)
{
  const RosterCallSpec *spec = take_spec (roster_call_count_deleted ("t"));
  gint64 buffer;
  Value value = number (&buffer, 5);

  for (guint n = 0; n <= 2; n++)
    {
      PGresult *result = make_result (spec);
      g_autoptr (RosterAnswer) answer = NULL;
      g_autoptr (GError) error = NULL;
      const RosterDeletedTotalRow *row;

      for (guint i = 0; i < n; i++)
        add_row (result, 1, &value);
      answer = roster_answer_new (spec, result);
      row = roster_answer_count_deleted (answer, &error);
      if (n == 1)
        g_assert_cmpint (row->n_people, ==, 5);
      else
        g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NEWER_VERSION);
    }
}

static void
test_booleans (void)
{
  const RosterCallSpec *spec = take_spec (roster_call_my_sessions ("t"));
  const char *const bytes[] = { "\0", "\1", "\2" };

  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      gint64 buffer;
      Value values[] = { TEXT ("c1"), number (&buffer, 0), { bytes[i], 1 } };
      PGresult *result = make_result (spec);
      g_autoptr (RosterAnswer) answer = NULL;
      g_autoptr (GError) error = NULL;
      const RosterSessionRow *row;
      gsize n_rows;

      add_row (result, G_N_ELEMENTS (values), values);
      answer = roster_answer_new (spec, result);
      row = roster_answer_my_sessions (answer, &n_rows, &error);
      if (i < 2)
        g_assert_cmpint (row->is_this, ==, (int) i);
      else
        g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_CORRUPT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer/rows", test_rows);
  g_test_add_func ("/answer/no-rows", test_no_rows);
  g_test_add_func ("/answer/nothing", test_nothing);
  g_test_add_func ("/answer/nulls", test_nulls);
  g_test_add_func ("/answer/bad-values", test_bad_values);
  g_test_add_func ("/answer/other-columns", test_other_columns);
  g_test_add_func ("/answer/one-row", test_one_row);
  g_test_add_func ("/answer/booleans", test_booleans);
  return g_test_run ();
}
