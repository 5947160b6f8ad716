/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A team at the other end of a pipe, for tests that have servers. Arguments: its id, the folder of
 * everything local, the pooled URL and, if it is to listen, the direct one. What to do comes line
 * by line, a tag and words with tabs between:
 *
 *   open, close, refresh, network, sign-in SUBJECT EMAIL, sign-out, add ID NAME,
 *   rename ID OLD-NAME NAME, delete ID, undo
 *
 * and what happens is said likewise: "done TAG" with how it came out, "state STATE REASON",
 * "people N" (or -1 without a directory), "edit" with why not, "names" with those of the list. The
 * end of the input closes it. */

#include "config.h"

#include <locale.h>

#include "roster-driver.h"
#include "roster-error.h"
#include "roster-team.h"
#include "roster-test.h"

typedef struct
{
  RosterTeam *team;
  RosterDirectory *directory;
  guint n_running;
} Driver;

typedef struct
{
  Driver *driver;
  char *tag;
} Run;

static void
done (Run *run, const char *outcome, const GError *error)
{
  if (error)
    roster_driver_say ("done %s\terror %s %d", run->tag, g_quark_to_string (error->domain),
                       error->code);
  else
    roster_driver_say ("done %s\t%s", run->tag, outcome);
  run->driver->n_running--;
  g_free (run->tag);
  g_free (run);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  roster_team_open_finish (ROSTER_TEAM (source), result, &error);
  done (user_data, "ok", error);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  roster_team_close_finish (ROSTER_TEAM (source), result, &error);
  done (user_data, "ok", error);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  roster_account_sign_in_finish (ROSTER_ACCOUNT (source), result, &error);
  done (user_data, "ok", error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  roster_account_sign_out_finish (ROSTER_ACCOUNT (source), result, &error);
  done (user_data, "ok", error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterPerson) current = NULL;
  g_autoptr (PersonObject) person =
      roster_directory_save_finish (ROSTER_DIRECTORY (source), result, &current, &error);

  g_assert_true ((person == NULL) == (error != NULL));
  if (current)
    done (user_data, current->name, NULL);
  else
    done (user_data, "ok", error);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterReceipt) receipt =
      roster_directory_delete_finish (ROSTER_DIRECTORY (source), result, &error);

  done (user_data, receipt && receipt->n_people == 1 ? "ok" : "nobody", error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PersonObject) person = NULL;
  g_autoptr (RosterUndoEntry) entry =
      roster_directory_undo_finish (ROSTER_DIRECTORY (source), result, &person, &error);

  g_assert_true ((entry == NULL) == (error != NULL));
  done (user_data, person ? person_object_get_name (person) : "nobody", error);
}

static RosterPerson *
person_new (const char *id, const char *name)
{
  g_autofree char *email = g_strdup_printf ("%s@example.com", id);

  return roster_person_new (id, name, email, "+49 30 1");
}

static void
sign_in (Driver *driver, char **words, Run *run)
{
  g_autoptr (RosterIdentity) identity = roster_identity_new ();

  identity->subject = g_strdup (words[0]);
  identity->email = g_strdup (words[1]);
  identity->name = g_strdup ("Jane Smith");
  identity->token_type = g_strdup ("bearer");
  roster_account_sign_in_async (roster_team_get_account (driver->team), identity, NULL,
                                signed_in_cb, run);
}

static void
obey (const char *line, gpointer user_data)
{
  Driver *driver = user_data;
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);
  RosterDirectory *directory = roster_team_get_directory (driver->team);
  const char *what = words[1];
  Run *run = g_new (Run, 1);

  *run = (Run){ driver, g_strdup (words[0]) };
  driver->n_running++;
  if (g_str_equal (what, "open"))
    roster_team_open_async (driver->team, NULL, opened_cb, run);
  else if (g_str_equal (what, "close"))
    roster_team_close_async (driver->team, NULL, closed_cb, run);
  else if (g_str_equal (what, "sign-in"))
    sign_in (driver, words + 2, run);
  else if (g_str_equal (what, "sign-out"))
    roster_account_sign_out_async (roster_team_get_account (driver->team), signed_out_cb, run);
  else if (g_str_equal (what, "add"))
    {
      g_autoptr (RosterPerson) person = person_new (words[2], words[3]);

      roster_directory_save_async (directory, NULL, person, NULL, saved_cb, run);
    }
  else if (g_str_equal (what, "rename"))
    {
      g_autoptr (RosterPerson) base = person_new (words[2], words[3]);
      g_autoptr (RosterPerson) person = person_new (words[2], words[4]);

      roster_directory_save_async (directory, base, person, NULL, saved_cb, run);
    }
  else if (g_str_equal (what, "delete"))
    roster_directory_delete_async (directory, g_strdupv (words + 2), NULL, deleted_cb, run);
  else if (g_str_equal (what, "undo"))
    roster_directory_undo_async (directory, NULL, NULL, undone_cb, run);
  else
    {
      if (g_str_equal (what, "refresh"))
        roster_team_refresh (driver->team);
      else if (g_str_equal (what, "network"))
        roster_team_network_changed (driver->team);
      else
        g_error ("What is %s?", what);
      done (run, "ok", NULL);
    }
}

/* What is seen fits together at every moment. */
static void
state_cb (RosterTeam *team, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (ROSTER_TYPE_TEAM_STATE);
  RosterTeamState state = roster_team_get_state (team);
  const char *reason = roster_team_get_reason (team);

  g_assert_cmpint (roster_team_get_since (team), >, 0);
  if (state == ROSTER_TEAM_OFFLINE)
    g_assert_nonnull (reason);
  if (state == ROSTER_TEAM_LIVE)
    {
      g_assert_nonnull (roster_team_get_directory (team));
      g_assert_cmpint (roster_team_get_as_of (team), >, 0);
      g_assert_cmpfloat (roster_team_get_progress (team), ==, 1);
    }
  roster_driver_say ("state %s %s", g_enum_get_value (states, (int) state)->value_nick,
                     reason ? reason : "");
}

static void say_people (RosterDirectory *directory);

static void
name_cb (PersonObject *person, GParamSpec *pspec, gpointer user_data)
{
  say_people (user_data);
}

/* Who is edited stays the same object. */
static void
watch (RosterDirectory *directory, PersonObject *person)
{
  if (g_object_get_data (G_OBJECT (person), "watched"))
    return;
  g_object_set_data (G_OBJECT (person), "watched", person);
  g_object_set_data_full (G_OBJECT (directory), person_object_get_id (person),
                          g_object_ref (person), g_object_unref);
  g_signal_connect_object (person, "notify::name", G_CALLBACK (name_cb), directory, 0);
}

static void
say_people (RosterDirectory *directory)
{
  g_autoptr (GString) names = g_string_new ("names ");
  GListModel *people = G_LIST_MODEL (roster_directory_get_people (directory));
  guint n = g_list_model_get_n_items (people);

  for (guint i = 0; i < MIN (n, 5); i++)
    {
      g_autoptr (PersonObject) person = g_list_model_get_item (people, i);

      watch (directory, person);
      g_string_append_printf (names, "%s%s", i > 0 ? "\t" : "", person_object_get_name (person));
    }
  roster_driver_say ("%s", names->str);
  roster_driver_say ("people %u", roster_directory_get_n_people (directory));
}

static void
n_people_cb (RosterDirectory *directory, GParamSpec *pspec, gpointer user_data)
{
  say_people (directory);
}

static void
items_cb (GListModel *people, guint position, guint removed, guint added, gpointer user_data)
{
  say_people (user_data);
}

static void
edit_cb (RosterDirectory *directory, GParamSpec *pspec, gpointer user_data)
{
  g_autofree char *reason = roster_directory_dup_edit_reason (directory);

  g_assert_true (roster_directory_get_can_edit (directory) == (reason == NULL));
  roster_driver_say ("edit %s", reason ? reason : "");
}

static void
directory_cb (RosterTeam *team, GParamSpec *pspec, gpointer user_data)
{
  Driver *driver = user_data;

  if (driver->directory)
    {
      g_signal_handlers_disconnect_by_data (driver->directory, driver->directory);
      g_signal_handlers_disconnect_by_data (roster_directory_get_people (driver->directory),
                                            driver->directory);
      g_clear_object (&driver->directory);
    }
  if (!roster_team_get_directory (team))
    {
      roster_driver_say ("people -1");
      return;
    }
  driver->directory = g_object_ref (roster_team_get_directory (team));
  g_signal_connect (driver->directory, "notify::n-people", G_CALLBACK (n_people_cb),
                    driver->directory);
  g_signal_connect (driver->directory, "notify::edit-reason", G_CALLBACK (edit_cb),
                    driver->directory);
  g_signal_connect (roster_directory_get_people (driver->directory), "items-changed",
                    G_CALLBACK (items_cb), driver->directory);
  edit_cb (driver->directory, NULL, NULL);
  say_people (driver->directory);
}

static void
progress_cb (RosterTeam *team, GParamSpec *pspec, gpointer user_data)
{
  roster_driver_say ("progress %.4f", roster_team_get_progress (team));
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
  g_autoptr (GFile) folder = g_file_new_for_path (argv[2]);
  RosterTeam *team = roster_team_new (argv[1], parse_url (argv[3]), parse_url (argv[4]), folder);
  Driver driver = { team, NULL, 0 };

  setlocale (LC_ALL, "");
  g_signal_connect (team, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (team, "notify::directory", G_CALLBACK (directory_cb), &driver);
  g_signal_connect (team, "notify::progress", G_CALLBACK (progress_cb), NULL);
  roster_driver_run (obey, &driver);

  obey ("end\tclose", &driver);
  while (driver.n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&driver.directory);
  roster_test_finalize (team);
  return 0;
}
