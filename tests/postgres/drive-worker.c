/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A worker at the other end of a pipe, for tests that have servers. Arguments: the pooled URL and,
 * if it is to listen, the direct one. What to do comes line by line, words with tabs between:
 *
 *   run TAG URGENCY TIMEOUT-MS CALL WORD... [+ CALL WORD...]
 *   cancel TAG, network-changed, close
 *
 * and what happens is said likewise: "done TAG" with the answers or an error, "state STATE REASON",
 * "people-changed", "closed". The end of the input ends it, with nothing left behind. */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "roster-calls.h"
#include "roster-driver.h"
#include "roster-error.h"
#include "roster-worker.h"

typedef struct
{
  RosterWorker *worker;
  GHashTable *cancellables;
  guint n_running;
} Driver;

typedef struct
{
  Driver *driver;
  char *tag;
  char **calls;
} Run;

static RosterCall *
make_call (char **words)
{
  const char *name = words[0];

  if (g_str_equal (name, "begin-sync"))
    return roster_call_begin_sync (words[1]);
  if (g_str_equal (name, "people-page"))
    return roster_call_people_page (words[1], (guint32) g_ascii_strtoull (words[2], NULL, 10), 0,
                                    1000000);
  if (g_str_equal (name, "changes-since"))
    return roster_call_changes_since (words[1], words[2]);
  if (g_str_equal (name, "create-person"))
    return roster_call_create_person (words[1], words[2], words[3], words[4], words[5], "+49 30 1");
  if (g_str_equal (name, "update-person"))
    return roster_call_update_person (words[1], words[2], words[3], words[4], words[5], NULL, NULL,
                                      NULL, NULL);
  if (g_str_equal (name, "delete-people"))
    return roster_call_delete_people (words[1], words[2], (const char *const *) words + 3);
  if (g_str_equal (name, "person-history"))
    return roster_call_person_history (words[1], words[2], NULL, 100);
  if (g_str_equal (name, "touch-session"))
    return roster_call_touch_session (words[1]);
  g_error ("There is no %s", name);
}

static void
append_answer (GString *line, const char *name, RosterAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  gsize n_rows = 1;
  const char *text = "";

  if (g_str_equal (name, "begin-sync"))
    {
      const RosterSyncRow *row = roster_answer_begin_sync (answer, &error);

      if (row)
        g_string_append_printf (line, "\tok %s %u", row->cursor, row->file);
      text = NULL;
    }
  else if (g_str_equal (name, "people-page"))
    roster_answer_people_page (answer, &n_rows, &error);
  else if (g_str_equal (name, "changes-since"))
    roster_answer_changes_since (answer, &n_rows, &error);
  else if (g_str_equal (name, "create-person"))
    {
      const RosterPersonRow *row = roster_answer_create_person (answer, &error);

      text = row ? row->name : "";
    }
  else if (g_str_equal (name, "update-person"))
    {
      const RosterUpdatedRow *row = roster_answer_update_person (answer, &error);

      text = row ? row->name : "";
    }
  else if (g_str_equal (name, "delete-people"))
    roster_answer_delete_people (answer, &error);
  else if (g_str_equal (name, "person-history"))
    roster_answer_person_history (answer, &n_rows, &error);
  else
    roster_answer_touch_session (answer, &error);

  if (error)
    g_string_append_printf (line, "\terror %s %d", g_quark_to_string (error->domain), error->code);
  else if (text)
    g_string_append_printf (line, "\tok %" G_GSIZE_FORMAT " %s", n_rows, text);
}

static void
run_free (Run *run)
{
  g_hash_table_remove (run->driver->cancellables, run->tag);
  g_free (run->tag);
  g_strfreev (run->calls);
  g_free (run);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  Driver *driver = run->driver;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_worker_run_finish (ROSTER_WORKER (source), result, &error);
  g_autoptr (GString) line = g_string_new (NULL);

  g_assert_true ((answers != NULL) != (error != NULL));
  if (error)
    g_string_append_printf (line, "\terror %s %d", g_quark_to_string (error->domain), error->code);
  else
    {
      g_assert_cmpuint (answers->len, ==, g_strv_length (run->calls));
      for (guint i = 0; i < answers->len; i++)
        append_answer (line, run->calls[i], answers->pdata[i]);
    }
  roster_driver_say ("done %s%s", run->tag, line->str);
  run_free (run);
  driver->n_running--;
}

static void
run (Driver *driver, char **words)
{
  Run *self = g_new0 (Run, 1);
  GCancellable *cancellable = g_cancellable_new ();
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  RosterUrgency urgency =
      g_str_equal (words[2], "background") ? ROSTER_URGENCY_BACKGROUND : ROSTER_URGENCY_PERSON;

  for (char **call = words + 4; *call;)
    {
      char **end = call;
      char *plus;

      while (*end && !g_str_equal (*end, "+"))
        end++;
      plus = g_steal_pointer (end);
      g_ptr_array_add (calls, make_call (call));
      g_strv_builder_add (names, call[0]);
      call = plus ? end + 1 : end;
      *end = plus;
    }
  self->driver = driver;
  self->tag = g_strdup (words[1]);
  self->calls = g_strv_builder_end (names);
  g_hash_table_insert (driver->cancellables, g_strdup (words[1]), cancellable);
  driver->n_running++;
  roster_worker_run_async (driver->worker, calls, urgency,
                           (guint) g_ascii_strtoull (words[3], NULL, 10), cancellable, done_cb,
                           self);
}

static void
obey (const char *line, gpointer user_data)
{
  Driver *driver = user_data;
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);

  if (g_str_equal (words[0], "run"))
    run (driver, words);
  else if (g_str_equal (words[0], "cancel"))
    g_cancellable_cancel (g_hash_table_lookup (driver->cancellables, words[1]));
  else if (g_str_equal (words[0], "network-changed"))
    roster_worker_network_changed (driver->worker);
  else if (g_str_equal (words[0], "close"))
    {
      roster_worker_close (driver->worker);
      roster_driver_say ("closed");
    }
  else
    g_error ("What is %s?", words[0]);
}

static void
state_cb (RosterWorker *worker, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (ROSTER_TYPE_WORKER_STATE);
  const char *reason = roster_worker_get_reason (worker);

  g_assert_cmpint (roster_worker_get_since (worker), >, 0);
  roster_driver_say ("state %s%s%s",
                     g_enum_get_value (states, (int) roster_worker_get_state (worker))->value_nick,
                     reason ? " " : "", reason ? reason : "");
}

static void
people_changed_cb (RosterWorker *worker, gpointer user_data)
{
  roster_driver_say ("people-changed");
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
  RosterWorker *worker = roster_worker_new (parse_url (argv[1]), parse_url (argv[2]));
  Driver driver = { worker, cancellables, 0 };

  setlocale (LC_ALL, "");
  g_signal_connect (worker, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (worker, "people-changed", G_CALLBACK (people_changed_cb), NULL);
  roster_driver_run (obey, &driver);

  roster_worker_close (worker);
  while (driver.n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (worker);
  return 0;
}
