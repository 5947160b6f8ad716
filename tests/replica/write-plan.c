/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of six writes two add somebody, two change the second of them, and two delete those who were
 * added a while before: about 200 people are there at a time. */

#include "config.h"

#include "write-plan.h"

#include <sqlite3.h>

#include "replica-test.h"
#include "roster-cuid.h"

#define CYCLE 6
#define LIFE (100 * CYCLE + 3)

struct _WritePlan
{
  guint n_writes;
  GHashTable *people;

  RosterReplica *replica;
  void (*reported) (gpointer user_data);
  gpointer user_data;
  guint n_under_way;
  gboolean stopping;
};

typedef enum
{
  WRITE_CREATE,
  WRITE_UPDATE,
  WRITE_DELETE,
} Write;

static RosterPerson *
look_up (WritePlan *self, guint number)
{
  g_autoptr (RosterPerson) person = replica_test_person (number);
  const RosterPerson *there = g_hash_table_lookup (self->people, person->id);

  return there ? roster_person_copy (there) : NULL;
}

static void
put (WritePlan *self, const RosterPerson *person)
{
  RosterPerson *copy = roster_person_copy (person);

  g_hash_table_replace (self->people, copy->id, copy);
}

/* Plans the next write: @base is who is there before it, @person after it. */
static Write
plan_next (WritePlan *self, RosterPerson **base, RosterPerson **person)
{
  guint n = self->n_writes++;

  *base = NULL;
  *person = NULL;
  switch (n % CYCLE)
    {
    case 0:
    case 1:
      *person = replica_test_person (n);
      put (self, *person);
      return WRITE_CREATE;

    case 2:
    case 5:
      *base = look_up (self, n - n % CYCLE + 1);
      *person = roster_person_copy (*base);
      g_free ((*person)->phone);
      (*person)->phone = g_strdup_printf ("+44 20 %u", n);
      put (self, *person);
      return WRITE_UPDATE;

    default:
      if (n >= LIFE)
        *base = look_up (self, n - LIFE);
      if (*base)
        g_hash_table_remove (self->people, (*base)->id);
      return WRITE_DELETE;
    }
}

static void
skip_next (WritePlan *self)
{
  RosterPerson *base, *person;

  plan_next (self, &base, &person);
  roster_person_free (base);
  roster_person_free (person);
}

WritePlan *
write_plan_new (guint n_writes)
{
  WritePlan *self = g_new0 (WritePlan, 1);
  /* Whoever was added before is gone by now. */
  guint start = n_writes > 2 * LIFE ? (n_writes - 2 * LIFE) / CYCLE * CYCLE : 0;

  self->people =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) roster_person_free);
  self->n_writes = start;
  while (self->n_writes < n_writes)
    skip_next (self);
  return self;
}

void
write_plan_free (WritePlan *self)
{
  g_hash_table_unref (self->people);
  g_free (self);
}

static void write_next (WritePlan *self);

static void
report (WritePlan *self, gboolean done, GError *error)
{
  g_assert_no_error (error);
  g_assert_true (done);
  self->n_under_way--;
  self->reported (self->user_data);
  if (!self->stopping)
    write_next (self);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) created =
      roster_replica_create_finish (ROSTER_REPLICA (source), result, &error);

  report (user_data, created != NULL, error);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) updated =
      roster_replica_update_finish (ROSTER_REPLICA (source), result, NULL, &error);

  report (user_data, updated != NULL, error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) deleted =
      roster_replica_delete_finish (ROSTER_REPLICA (source), result, &error);

  report (user_data, deleted != NULL, error);
}

static void
write_next (WritePlan *self)
{
  g_autoptr (RosterPerson) base = NULL;
  g_autoptr (RosterPerson) person = NULL;
  g_autofree char *batch_id = roster_cuid_new ();
  const char *ids[] = { "nobody", NULL };

  self->n_under_way++;
  switch (plan_next (self, &base, &person))
    {
    case WRITE_CREATE:
      roster_replica_create_async (self->replica, roster_person_copy_all (&person, 1), batch_id,
                                   NULL, created_cb, self);
      break;
    case WRITE_UPDATE:
      roster_replica_update_async (self->replica, base, person, batch_id, NULL, updated_cb, self);
      break;
    case WRITE_DELETE:
    default:
      if (base)
        ids[0] = base->id;
      roster_replica_delete_async (self->replica, g_strdupv ((char **) ids), batch_id, NULL,
                                   deleted_cb, self);
      break;
    }
}

void
write_plan_start (WritePlan *self,
                  RosterReplica *replica,
                  void (*reported) (gpointer user_data),
                  gpointer user_data)
{
  self->replica = replica;
  self->reported = reported;
  self->user_data = user_data;
  self->stopping = FALSE;
  for (guint i = 0; i < WRITE_PLAN_DEPTH; i++)
    write_next (self);
}

static gboolean
has_stopped (gpointer user_data)
{
  WritePlan *self = user_data;

  return self->n_under_way == 0;
}

void
write_plan_stop (WritePlan *self)
{
  self->stopping = TRUE;
  roster_test_wait (has_stopped, self);
}

static gboolean
is_as_planned (WritePlan *self, GPtrArray *people)
{
  if (people->len != g_hash_table_size (self->people))
    return FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      const RosterPerson *person = people->pdata[i];
      const RosterPerson *planned = g_hash_table_lookup (self->people, person->id);

      if (!planned || !g_str_equal (planned->name, person->name) ||
          !g_str_equal (planned->email, person->email) ||
          !g_str_equal (planned->phone, person->phone))
        return FALSE;
    }
  return TRUE;
}

static gint64
query (sqlite3 *handle, const char *sql)
{
  sqlite3_stmt *statement;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

/* How many of the first @n_writes changed somebody. */
static void
count_writes (guint n_writes, guint n[3])
{
  n[WRITE_CREATE] = n[WRITE_UPDATE] = n[WRITE_DELETE] = 0;
  for (guint i = 0; i < n_writes; i++)
    {
      if (i % CYCLE < 2)
        n[WRITE_CREATE]++;
      else if (i % CYCLE == 2 || i % CYCLE == 5)
        n[WRITE_UPDATE]++;
      else if (i >= LIFE)
        n[WRITE_DELETE]++;
    }
}

#define NUMBER "CAST (substr (person_id, 8) AS INTEGER)"

/* Every write has its row of the history and every row its write, with what was there before it. */
static void
assert_history (sqlite3 *handle, guint n_writes)
{
  guint n[3];

  count_writes (n_writes, n);
  g_assert_cmpint (query (handle,
                          "SELECT count (*) FROM people_history WHERE operation = 'create'"),
                   ==, n[WRITE_CREATE]);
  g_assert_cmpint (query (handle,
                          "SELECT count (*) FROM people_history WHERE operation = 'update'"
                          " AND phone IN ('+49 30 ' || " NUMBER ", '+44 20 ' || (" NUMBER " + 1))"),
                   ==, n[WRITE_UPDATE]);
  g_assert_cmpint (query (handle,
                          "SELECT count (*) FROM people_history WHERE operation = 'delete'"
                          " AND phone IN ('+49 30 ' || " NUMBER ", '+44 20 ' || (" NUMBER " + 4))"),
                   ==, n[WRITE_DELETE]);
  g_assert_cmpint (query (handle, "SELECT count (*) FROM people_history"), ==,
                   n[WRITE_CREATE] + n[WRITE_UPDATE] + n[WRITE_DELETE]);
  g_assert_cmpint (query (handle,
                          "SELECT count (*) FROM history_batch AS b JOIN people_history AS h"
                          " ON h.id BETWEEN b.first_id AND b.last_id"),
                   ==, n[WRITE_CREATE] + n[WRITE_UPDATE] + n[WRITE_DELETE]);
  g_assert_cmpint (query (handle,
                          "SELECT count (*) FROM people_deleted AS d JOIN people_history AS h"
                          " ON h.id = d.change_id AND h.operation = 'delete'"),
                   ==, n[WRITE_DELETE]);
}

static void
assert_whole (GFile *file, guint n_writes)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, "PRAGMA integrity_check", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "ok");
  sqlite3_finalize (statement);
  assert_history (handle, n_writes);
  sqlite3_close (handle);
}

guint
write_plan_find (GFile *folder, guint n_least, guint n_most)
{
  g_autoptr (WritePlan) plan = write_plan_new (n_least);
  RosterReplica *replica = replica_test_new_open (folder);
  g_autoptr (GFile) file = g_object_ref (roster_replica_get_file (replica));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = replica_test_load (replica, &error);

  g_assert_no_error (error);
  while (!is_as_planned (plan, people))
    {
      skip_next (plan);
      g_assert_cmpuint (plan->n_writes, <=, n_most + WRITE_PLAN_DEPTH);
    }
  replica_test_free (replica);
  assert_whole (file, plan->n_writes);
  return plan->n_writes;
}
