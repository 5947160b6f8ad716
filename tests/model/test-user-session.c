/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "user-session.h"

static void
test_new_and_finalize (void)
{
  UserSession *session = user_session_new ();

  g_assert_null (user_session_get_name (session));
  g_assert_null (user_session_get_email (session));
  g_assert_null (user_session_get_picture (session));
  g_assert_cmpint (user_session_get_expires (session), ==, 0);
  g_assert_cmpint (user_session_get_state (session), ==, USER_SESSION_SIGNED_OUT);
  g_assert_null (user_session_get_reason (session));
  g_assert_finalize_object (session);
}

static void
test_properties (void)
{
  g_autoptr (UserSession) session = user_session_new ();
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *reason = NULL;
  gint64 expires = 0;
  UserSessionState state = USER_SESSION_SIGNED_OUT;

  user_session_set_user (session, "Jane Smith", "jane@example.com", "https://example.com/jane");
  user_session_set_expires (session, 1000);
  user_session_set_state (session, USER_SESSION_EXPIRED, "A month has passed.");
  g_object_get (session, "name", &name, "email", &email, "picture", &picture, "expires", &expires,
                "state", &state, "reason", &reason, NULL);
  g_assert_cmpstr (name, ==, "Jane Smith");
  g_assert_cmpstr (email, ==, "jane@example.com");
  g_assert_cmpstr (picture, ==, "https://example.com/jane");
  g_assert_cmpint (expires, ==, 1000);
  g_assert_cmpint (state, ==, USER_SESSION_EXPIRED);
  g_assert_cmpstr (reason, ==, "A month has passed.");
}

static void
notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", pspec->name);
}

static void
assert_seen (GString *seen, const char *names)
{
  g_assert_cmpstr (seen->str, ==, names);
  g_string_truncate (seen, 0);
}

static void
test_notify (void)
{
  g_autoptr (UserSession) session = user_session_new ();
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (session, "notify", G_CALLBACK (notify_cb), seen);
  for (guint i = 0; i < 2; i++)
    {
      user_session_set_user (session, "Jane Smith", NULL, NULL);
      user_session_set_expires (session, 1000);
      user_session_set_state (session, USER_SESSION_SIGNED_IN, NULL);
      assert_seen (seen, i == 0 ? "name expires state " : "");
    }
  user_session_set_user (session, "Jane Smith", "jane@example.com", NULL);
  assert_seen (seen, "email ");
  user_session_set_user (session, "Jane Smith", "jane@example.com", "https://example.com/jane");
  assert_seen (seen, "picture ");
  user_session_set_state (session, USER_SESSION_SIGNED_IN, "The keyring is locked.");
  assert_seen (seen, "reason ");
  user_session_set_state (session, USER_SESSION_REVOKED, "The keyring is locked.");
  assert_seen (seen, "state ");
}

/* Whoever hears of one property finds the others as new as it is. */
static void
together_cb (UserSession *session, GParamSpec *pspec, gpointer user_data)
{
  guint *n_heard = user_data;

  g_assert_cmpstr (user_session_get_name (session), ==, "Jane Smith");
  g_assert_cmpstr (user_session_get_email (session), ==, "jane@example.com");
  (*n_heard)++;
}

static void
test_whole_when_notifying (void)
{
  g_autoptr (UserSession) session = user_session_new ();
  guint n_heard = 0;

  g_signal_connect (session, "notify::name", G_CALLBACK (together_cb), &n_heard);
  g_signal_connect (session, "notify::email", G_CALLBACK (together_cb), &n_heard);
  user_session_set_user (session, "Jane Smith", "jane@example.com", NULL);
  g_assert_cmpuint (n_heard, ==, 2);
}

/* A value may be the session's own. */
static void
test_set_to_its_own (void)
{
  g_autoptr (UserSession) session = user_session_new ();

  user_session_set_user (session, "Jane Smith", "jane@example.com", NULL);
  user_session_set_user (session, user_session_get_email (session),
                         user_session_get_email (session), NULL);
  g_assert_cmpstr (user_session_get_name (session), ==, "jane@example.com");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/user-session/new-and-finalize", test_new_and_finalize);
  g_test_add_func ("/user-session/properties", test_properties);
  g_test_add_func ("/user-session/notify", test_notify);
  g_test_add_func ("/user-session/whole-when-notifying", test_whole_when_notifying);
  g_test_add_func ("/user-session/set-to-its-own", test_set_to_its_own);

  return g_test_run ();
}
