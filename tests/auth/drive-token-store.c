/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A token store at the other end of a pipe, for tests that have keyrings. Argument: the directory.
 * What to do comes line by line, words with tabs between:
 *
 *   load, cancel-load, save [NAME] (a directory's with a session of NAME, or nothing)
 *
 * and what happens is said likewise: "done WHAT ok" or "done WHAT DOMAIN CODE", then "has NAME" or
 * "has nothing"; "state STATE" and "reason REASON". The end of the input ends it. */

#include "config.h"

#include "roster-driver.h"
#include "roster-token-store.h"

typedef struct
{
  RosterTokenStore *store;
  GCancellable *cancellable;
  guint n_running;
} Driver;

static void
done (Driver *driver, const char *what, const GError *error)
{
  const char *name =
      roster_secrets_get (roster_token_store_get (driver->store), ROSTER_SECRET_NAME);

  driver->n_running--;
  if (error)
    roster_driver_say ("done %s %s %d", what, g_quark_to_string (error->domain), error->code);
  else
    roster_driver_say ("done %s ok", what);
  roster_driver_say ("has %s", name ? name : "nothing");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  roster_token_store_load_finish (ROSTER_TOKEN_STORE (source), result, &error);
  done (user_data, "load", error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  roster_token_store_save_finish (ROSTER_TOKEN_STORE (source), result, &error);
  done (user_data, "save", error);
}

static void
obey (const char *line, gpointer user_data)
{
  Driver *driver = user_data;
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);

  if (g_str_equal (words[0], "load"))
    {
      driver->n_running++;
      roster_token_store_load_async (driver->store, driver->cancellable, loaded_cb, driver);
    }
  else if (g_str_equal (words[0], "cancel-load"))
    g_cancellable_cancel (driver->cancellable);
  else if (g_str_equal (words[0], "save"))
    {
      RosterSecrets *secrets = roster_secrets_new ();

      if (words[1])
        {
          roster_secrets_set (secrets, ROSTER_SECRET_NAME, words[1]);
          roster_secrets_set (secrets, ROSTER_SECRET_SESSION_TOKEN, "secret token");
        }
      driver->n_running++;
      roster_token_store_save_async (driver->store, secrets, saved_cb, driver);
    }
  else
    g_error ("What is %s?", words[0]);
}

static void
state_cb (RosterTokenStore *store, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (ROSTER_TYPE_TOKEN_STORE_STATE);
  RosterTokenStoreState state = roster_token_store_get_state (store);

  g_assert_cmpint (state == ROSTER_TOKEN_STORE_KEPT, ==,
                   roster_token_store_get_reason (store) == NULL);
  roster_driver_say ("state %s", g_enum_get_value (states, (int) state)->value_nick);
}

static void
reason_cb (RosterTokenStore *store, GParamSpec *pspec, gpointer user_data)
{
  const char *reason = roster_token_store_get_reason (store);

  if (reason)
    roster_driver_say ("reason %s", reason);
}

int
main (int argc, char **argv)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RosterTokenStore *store = roster_token_store_new (argv[1]);
  Driver driver = { store, cancellable, 0 };

  g_signal_connect (store, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (store, "notify::reason", G_CALLBACK (reason_cb), NULL);
  roster_driver_run (obey, &driver);
  while (driver.n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (store);
  return 0;
}
