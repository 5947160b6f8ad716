/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program that test-kill kills: `kill-writer FOLDER N` makes the writes of the plan from number
 * N on, several at a time, and prints a line for each that was reported as done, until it dies. */

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include "kill-plan.h"
#include "replica-test.h"

typedef struct
{
  RosterReplica *replica;
  KillPlan *plan;
} Writer;

static void write_next (Writer *self);

static void
report (Writer *self, GError *error)
{
  g_assert_no_error (error);
  g_assert_cmpint (write (STDOUT_FILENO, "\n", 1), ==, 1);
  write_next (self);
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) created =
      roster_replica_create_finish (ROSTER_REPLICA (source), result, &error);

  report (user_data, error);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) updated =
      roster_replica_update_finish (ROSTER_REPLICA (source), result, NULL, &error);

  report (user_data, error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deleted =
      roster_replica_delete_finish (ROSTER_REPLICA (source), result, &error);

  report (user_data, error);
}

static void
write_next (Writer *self)
{
  g_autoptr (RosterPerson) base = NULL;
  g_autoptr (RosterPerson) person = NULL;

  switch (kill_plan_next (self->plan, &base, &person))
    {
    case KILL_CREATE:
      roster_replica_create_async (self->replica, &person, 1, NULL, created_cb, self);
      break;
    case KILL_UPDATE:
      roster_replica_update_async (self->replica, base, person, NULL, updated_cb, self);
      break;
    case KILL_DELETE:
    default:
      {
        const char *ids[] = { base ? base->id : "nobody", NULL };

        roster_replica_delete_async (self->replica, ids, NULL, deleted_cb, self);
        break;
      }
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GFile) folder = g_file_new_for_path (argv[1]);
  Writer writer = { replica_test_new_open (folder), kill_plan_new ((guint) atoi (argv[2])) };

  for (guint i = 0; i < KILL_PLAN_DEPTH; i++)
    write_next (&writer);
  g_main_loop_run (loop);
  return 0;
}
