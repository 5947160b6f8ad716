/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An account at the other end of a pipe, for tests that have servers. Arguments: the folder of
 * everything local, and the pooled URL. What to do comes line by line, a tag and words with tabs
 * between:
 *
 *   restore, open (a replica and a picture), begin-sign-in, sign-in SUBJECT EMAIL NAME [REFRESH],
 *   cancel, touch, check-clock, sessions, end ID, end-others, sign-out, delete, settle, token,
 *   heard TOKEN (that no session has it any more), revoker OUTCOME (ok, unreachable, dead)
 *
 * and what happens is said likewise: "done TAG" with how it came out, "state STATE REASON", "user
 * NAME EMAIL EXPIRES", "ended" and "revoked TOKEN". The end of the input ends it. */

#include "config.h"

#include <locale.h>

#include "roster-account.h"
#include "roster-driver.h"
#include "roster-error.h"
#include "roster-test.h"

typedef struct
{
  RosterAccount *account;
  RosterReplica *replica;
  GFile *folder;
  GCancellable *cancellable;
  char *outcome;
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

/* A provider that does as it is told. */

static void
revoke_async (gpointer source,
              const char *refresh_token,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  Driver *driver = source;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  if (g_str_equal (driver->outcome, "unreachable"))
    {
      g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE, "Not there");
      return;
    }
  roster_driver_say ("revoked %s", refresh_token);
  if (g_str_equal (driver->outcome, "dead"))
    g_task_return_new_error (task, ROSTER_ERROR, ROSTER_ERROR_FAILED, "No such token");
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
revoke_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

#define FINISH_BOOLEAN(name)                                                                       \
  static void name##_cb (GObject *source, GAsyncResult *result, gpointer user_data)                \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
                                                                                                   \
    g_assert_cmpint (roster_account_##name##_finish (ROSTER_ACCOUNT (source), result, &error), ==, \
                     error == NULL);                                                               \
    done (user_data, "ok", error);                                                                 \
  }

FINISH_BOOLEAN (restore)
FINISH_BOOLEAN (sign_in)
FINISH_BOOLEAN (touch)
FINISH_BOOLEAN (end_session)
FINISH_BOOLEAN (sign_out)
FINISH_BOOLEAN (delete)

static void
settle_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  done (user_data,
        roster_account_settle_finish (ROSTER_ACCOUNT (source), result) ? "settled" : "not settled",
        NULL);
}

static void
sessions_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sessions =
      roster_account_sessions_finish (ROSTER_ACCOUNT (source), result, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; sessions && i < sessions->len; i++)
    {
      const RosterOpenSession *session = sessions->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? "\t" : "", session->id,
                              session->is_this ? " this" : "");
    }
  done (user_data, text->str, error);
}

static void
end_others_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  int n_ended = roster_account_end_others_finish (ROSTER_ACCOUNT (source), result, &error);
  g_autofree char *text = g_strdup_printf ("%d", n_ended);

  done (user_data, text, error);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) pictures = g_file_get_child (run->driver->folder, "pictures");
  g_autoptr (GFile) picture = g_file_get_child (pictures, "member.png");

  roster_replica_open_finish (ROSTER_REPLICA (source), result, &error);
  g_assert_no_error (error);
  g_file_make_directory (pictures, NULL, &error);
  g_assert_no_error (error);
  g_file_replace_contents (picture, "x", 1, NULL, FALSE, 0, NULL, NULL, &error);
  done (run, "ok", error);
}

static void
open_replica (Driver *driver, Run *run)
{
  g_autoptr (GFile) file = g_file_get_child (driver->folder, "people.roster");

  g_clear_object (&driver->replica);
  driver->replica = roster_replica_new (file);
  roster_account_set_replica (driver->account, driver->replica);
  roster_replica_open_async (driver->replica, NULL, opened_cb, run);
}

static void
sign_in (Driver *driver, char **words, Run *run)
{
  g_autoptr (RosterIdentity) identity = roster_identity_new ();

  identity->subject = g_strdup (words[0]);
  identity->email = g_strdup (words[1]);
  identity->name = g_strdup (words[2]);
  identity->picture = g_strdup ("https://example.com/picture");
  identity->access_token = g_strdup ("the access token");
  identity->refresh_token = g_strdup (words[3]);
  identity->id_token = g_strdup ("the id token");
  identity->token_type = g_strdup ("bearer");
  identity->scope = g_strdup ("openid email profile");
  identity->expires_at_unix_s = 2000000000;
  g_clear_object (&driver->cancellable);
  driver->cancellable = g_cancellable_new ();
  roster_account_sign_in_async (driver->account, identity, driver->cancellable, sign_in_cb, run);
}

static void
obey (const char *line, gpointer user_data)
{
  Driver *driver = user_data;
  g_auto (GStrv) words = g_strsplit (line, "\t", -1);
  RosterAccount *account = driver->account;
  const char *what = words[1];
  Run *run = g_new (Run, 1);

  *run = (Run){ driver, g_strdup (words[0]) };
  driver->n_running++;
  if (g_str_equal (what, "restore"))
    roster_account_restore_async (account, NULL, restore_cb, run);
  else if (g_str_equal (what, "open"))
    open_replica (driver, run);
  else if (g_str_equal (what, "sign-in"))
    sign_in (driver, words + 2, run);
  else if (g_str_equal (what, "touch"))
    roster_account_touch_async (account, NULL, touch_cb, run);
  else if (g_str_equal (what, "sessions"))
    roster_account_sessions_async (account, NULL, sessions_cb, run);
  else if (g_str_equal (what, "end"))
    roster_account_end_session_async (account, words[2], NULL, end_session_cb, run);
  else if (g_str_equal (what, "end-others"))
    roster_account_end_others_async (account, NULL, end_others_cb, run);
  else if (g_str_equal (what, "sign-out"))
    roster_account_sign_out_async (account, sign_out_cb, run);
  else if (g_str_equal (what, "delete"))
    roster_account_delete_async (account, NULL, delete_cb, run);
  else if (g_str_equal (what, "settle"))
    roster_account_settle_async (account, settle_cb, run);
  else if (g_str_equal (what, "heard"))
    {
      g_autoptr (GError) error =
          g_error_new_literal (ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN, "Not signed in");

      done (run, roster_account_heard (account, words[2], error) ? "is over" : "goes on", NULL);
    }
  else if (g_str_equal (what, "token"))
    done (run, roster_account_get_token (account) ? roster_account_get_token (account) : "none",
          NULL);
  else
    {
      if (g_str_equal (what, "begin-sign-in"))
        roster_account_begin_sign_in (account);
      else if (g_str_equal (what, "cancel"))
        g_cancellable_cancel (driver->cancellable);
      else if (g_str_equal (what, "check-clock"))
        roster_account_check_clock (account);
      else if (g_str_equal (what, "revoker"))
        {
          g_free (driver->outcome);
          driver->outcome = g_strdup (words[2]);
        }
      else
        g_error ("What is %s?", what);
      done (run, "ok", NULL);
    }
}

static void
state_cb (UserSession *session, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (USER_TYPE_SESSION_STATE);
  UserSessionState state = user_session_get_state (session);
  const char *reason = user_session_get_reason (session);

  g_assert_cmpint (state == USER_SESSION_REVOKED || state == USER_SESSION_LOCKED, <=,
                   reason != NULL);
  roster_driver_say ("state %s %s", g_enum_get_value (states, (int) state)->value_nick,
                     reason ? reason : "");
}

static void
user_cb (UserSession *session, GParamSpec *pspec, gpointer user_data)
{
  const char *name = user_session_get_name (session);
  const char *email = user_session_get_email (session);

  roster_driver_say ("user %s %s %" G_GINT64_FORMAT, name ? name : "nobody",
                     email ? email : "nobody", user_session_get_expires (session));
}

static void
ended_cb (RosterAccount *account, gpointer user_data)
{
  g_assert_null (roster_account_get_token (account));
  roster_driver_say ("ended");
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) folder = g_file_new_for_path (argv[1]);
  g_autoptr (GError) error = NULL;
  RosterWorker *worker = roster_worker_new (roster_connection_url_parse (argv[2], &error), NULL);
  RosterTokenStore *store = roster_token_store_new ("directory");
  RosterAccount *account = roster_account_new (worker, store, folder);
  UserSession *session = roster_account_get_session (account);
  Driver driver = { account, NULL, folder, NULL, g_strdup ("ok"), 0 };

  setlocale (LC_ALL, "");
  g_assert_no_error (error);
  roster_account_set_revoker (account, revoke_async, revoke_finish, &driver);
  g_signal_connect (session, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (session, "notify::reason", G_CALLBACK (state_cb), NULL);
  g_signal_connect (session, "notify::email", G_CALLBACK (user_cb), NULL);
  g_signal_connect (session, "notify::expires", G_CALLBACK (user_cb), NULL);
  g_signal_connect (account, "ended", G_CALLBACK (ended_cb), NULL);
  roster_driver_run (obey, &driver);

  roster_worker_close (worker);
  while (driver.n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* The end of a session may be under way, and what the keyring is to keep. */
  roster_test_finalize (account);
  roster_test_finalize (store);
  g_object_unref (worker);
  g_clear_object (&driver.replica);
  g_clear_object (&driver.cancellable);
  g_free (driver.outcome);
  return 0;
}
