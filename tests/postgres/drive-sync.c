/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sync at the other end of a pipe, for tests that have servers. Arguments: the replica's file,
 * the pooled URL and, if it is to listen, the direct one. What to do comes line by line, words with
 * tabs between:
 *
 *   token [TOKEN], pull TAG URGENCY, check TAG, cancel TAG, close
 *
 * and what happens is said likewise: "done TAG" with how it came out, "state STATE", "progress
 * PERCENT", "changed N-PUT N-REMOVED", "people-changed", "closed". The end of the input ends it. */

#include "config.h"

#include <locale.h>

#include "roster-driver.h"
#include "roster-error.h"
#include "roster-sync.h"

typedef struct
{
  RosterReplica *replica;
  RosterSync *sync;
  GHashTable *cancellables;
  guint n_running;
  gboolean is_closed;
} Driver;

typedef struct
{
  Driver *driver;
  char *tag;
} Run;

static Run *
run_new (Driver *driver, const char *tag, GCancellable **cancellable)
{
  Run *run = g_new (Run, 1);

  *run = (Run){ driver, g_strdup (tag) };
  *cancellable = g_cancellable_new ();
  g_hash_table_insert (driver->cancellables, g_strdup (tag), *cancellable);
  driver->n_running++;
  return run;
}

static void
done (Run *run, const char *outcome, const GError *error)
{
  if (error)
    roster_driver_say ("done %s\terror %s %d", run->tag, g_quark_to_string (error->domain),
                       error->code);
  else
    roster_driver_say ("done %s\t%s", run->tag, outcome);
  g_hash_table_remove (run->driver->cancellables, run->tag);
  run->driver->n_running--;
  g_free (run->tag);
  g_free (run);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterSync *sync = ROSTER_SYNC (source);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (roster_sync_pull_finish (sync, result, &error), ==, error == NULL);
  done (user_data, "ok", error);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean equal;
  g_autoptr (GError) error = NULL;

  roster_sync_check_finish (ROSTER_SYNC (source), result, &equal, &error);
  done (user_data, equal ? "equal" : "different", error);
}

static void
obey (const char *line, gpointer user_data)
{
  Driver *driver = user_data;
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);
  GCancellable *cancellable;

  if (g_str_equal (words[0], "token"))
    roster_sync_set_token (driver->sync, words[1]);
  else if (g_str_equal (words[0], "pull"))
    {
      Run *run = run_new (driver, words[1], &cancellable);

      roster_sync_pull_async (driver->sync,
                              g_str_equal (words[2], "background") ? ROSTER_URGENCY_BACKGROUND
                                                                   : ROSTER_URGENCY_PERSON,
                              cancellable, pulled_cb, run);
    }
  else if (g_str_equal (words[0], "check"))
    {
      Run *run = run_new (driver, words[1], &cancellable);

      roster_sync_check_async (driver->sync, cancellable, checked_cb, run);
    }
  else if (g_str_equal (words[0], "cancel"))
    g_cancellable_cancel (g_hash_table_lookup (driver->cancellables, words[1]));
  else if (g_str_equal (words[0], "close"))
    {
      roster_sync_close (driver->sync);
      roster_driver_say ("closed");
    }
  else
    g_error ("What is %s?", words[0]);
}

/* What can be seen fits together at every moment. */
static void
state_cb (RosterSync *sync, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (ROSTER_TYPE_SYNC_STATE);
  RosterSyncState state = roster_sync_get_state (sync);

  g_assert_cmpint (roster_sync_get_since (sync), >, 0);
  if (state == ROSTER_SYNC_FAILED)
    g_assert_nonnull (roster_sync_get_error (sync));
  if (state == ROSTER_SYNC_IDLE)
    {
      g_assert_null (roster_sync_get_error (sync));
      g_assert_cmpint (roster_sync_get_as_of (sync), >, 0);
      g_assert_cmpfloat (roster_sync_get_progress (sync), ==, 1);
    }
  roster_driver_say ("state %s", g_enum_get_value (states, (int) state)->value_nick);
}

static void
progress_cb (RosterSync *sync, GParamSpec *pspec, gpointer user_data)
{
  roster_driver_say ("progress %.4f", roster_sync_get_progress (sync));
}

static void
changed_cb (RosterReplica *replica, const RosterBatch *batch, gpointer user_data)
{
  roster_driver_say ("changed %u %u", batch->people->len, batch->removed->len);
}

static void
people_changed_cb (RosterWorker *worker, gpointer user_data)
{
  roster_driver_say ("people-changed");
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!roster_replica_open_finish (ROSTER_REPLICA (source), result, &error))
    g_error ("%s", error->message);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Driver *driver = user_data;
  g_autoptr (GError) error = NULL;

  if (!roster_replica_close_finish (ROSTER_REPLICA (source), result, &error))
    g_error ("%s", error->message);
  driver->is_closed = TRUE;
}

static RosterConnectionUrl *
parse_url (const char *text)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionUrl *url = text ? roster_connection_url_parse (text, &error) : NULL;

  g_assert_no_error (error);
  return url;
}

int
main (int argc, char **argv)
{
  g_autoptr (GHashTable) cancellables =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GFile) file = g_file_new_for_path (argv[1]);
  RosterWorker *worker = roster_worker_new (parse_url (argv[2]), parse_url (argv[3]));
  RosterReplica *replica = roster_replica_new (file);
  RosterSync *sync = roster_sync_new (worker, replica);
  Driver driver = { replica, sync, cancellables, 0, FALSE };

  setlocale (LC_ALL, "");
  g_signal_connect (replica, "changed", G_CALLBACK (changed_cb), NULL);
  g_signal_connect (sync, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (sync, "notify::progress", G_CALLBACK (progress_cb), NULL);
  g_signal_connect (worker, "people-changed", G_CALLBACK (people_changed_cb), NULL);
  roster_replica_open_async (replica, NULL, opened_cb, NULL);
  roster_driver_run (obey, &driver);

  roster_sync_close (sync);
  roster_worker_close (worker);
  roster_replica_close_async (replica, NULL, closed_cb, &driver);
  while (driver.n_running > 0 || !driver.is_closed)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (sync);
  g_assert_finalize_object (worker);
  /* Its thread may be writing the log back just now. */
  g_object_unref (replica);
  return 0;
}
