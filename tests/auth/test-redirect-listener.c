/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What any program and any web page of this computer can send, and that none of it ends the wait.
 */

#include "config.h"

#include "roster-redirect-listener.h"

#include <string.h>

#include "auth-fixture.h"
#include "roster-error.h"
#include "roster-test.h"

#define STATE "the-state"
#define ISSUER "https://id.example.org"
#define N_SLOW 200

/* A listener that waits. */
typedef struct
{
  RosterRedirectListener *listener;
  GCancellable *cancellable;
  GAsyncResult *result;
  guint16 port;
} Wait;

static Wait *
wait_new (gboolean must_name_issuer)
{
  Wait *wait = g_new0 (Wait, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;

  wait->listener = roster_redirect_listener_new (&error);
  g_assert_no_error (error);
  uri = g_uri_parse (roster_redirect_listener_get_uri (wait->listener), G_URI_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_uri_get_host (uri), ==, "127.0.0.1");
  wait->port = (guint16) g_uri_get_port (uri);
  wait->cancellable = g_cancellable_new ();
  roster_redirect_listener_wait_async (wait->listener, STATE, ISSUER, must_name_issuer,
                                       wait->cancellable, roster_test_result_cb, &wait->result);
  return wait;
}

static void
wait_free (Wait *wait)
{
  roster_test_finalize (wait->listener);
  g_object_unref (wait->cancellable);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static char *
finish (Wait *wait, GError **error)
{
  g_autoptr (GAsyncResult) ready = roster_test_await (&wait->result);

  return roster_redirect_listener_wait_finish (wait->listener, ready, error);
}

static void
assert_code (Wait *wait, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = finish (wait, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (code, ==, expected);
  g_assert_false (auth_fixture_is_open (wait->port));
}

/* Sends @line, the request line without the version, with the right Host. */
static char *
ask (Wait *wait, const char *line)
{
  g_autofree char *request =
      g_strdup_printf ("%s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n", line, wait->port);

  return auth_fixture_ask (wait->port, request);
}

static void
assert_status (const char *answer, const char *status)
{
  g_autofree char *line = g_strconcat ("HTTP/1.1 ", status, " ", NULL);

  if (!g_str_has_prefix (answer, line))
    g_error ("Not %s: %s", status, answer);
}

static void
test_new (void)
{
  g_autoptr (GError) error = NULL;
  RosterRedirectListener *listener = roster_redirect_listener_new (&error);

  g_assert_no_error (error);
  roster_test_finalize (listener);
}

static void
test_answer (void)
{
  g_autoptr (Wait) wait = wait_new (TRUE);
  g_autofree char *answer =
      ask (wait,
           "GET /?state=" STATE "&code=4%2F0Ab%2Bc+d&iss=https%3A%2F%2Fid.example.org&scope=x");

  assert_status (answer, "200");
  assert_code (wait, "4/0Ab+c d");
  g_assert_nonnull (
      strstr (answer, "Content-Security-Policy: default-src 'none'; style-src 'sha256-"));
  g_assert_nonnull (strstr (answer, "Cache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (answer, "Referrer-Policy: no-referrer\r\n"));
  g_assert_nonnull (strstr (answer, "X-Content-Type-Options: nosniff\r\n"));
  g_assert_nonnull (strstr (answer, "Connection: close\r\n"));
  g_assert_nonnull (strstr (answer, "Content-Type: text/html; charset=utf-8\r\n"));
  g_assert_null (strstr (answer, "4/0Ab"));
  g_assert_null (strstr (answer, "://"));
  g_assert_true (g_str_has_suffix (answer, "</html>\n"));
}

static void
test_denied (void)
{
  g_autoptr (Wait) wait = wait_new (FALSE);
  g_autofree char *answer =
      ask (wait, "GET /?error=access_denied&error_description=%3Cb%3Eno&state=" STATE);
  g_autoptr (GError) error = NULL;

  assert_status (answer, "200");
  g_assert_null (strstr (answer, "<b>no"));
  g_assert_null (finish (wait, &error));
  g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_NOT_ALLOWED);
  g_assert_false (auth_fixture_is_open (wait->port));
}

/* None of them is an answer; the last one is. */
static void
test_hostile (void)
{
  static const struct
  {
    const char *line;
    const char *status;
  } REQUESTS[] = {
    { "GET /", "400" },
    { "GET /?", "400" },
    { "GET /?code=forged", "400" },
    { "GET /?code=forged&state=", "400" },
    { "GET /?code=forged&state=another", "400" },
    { "GET /?code=forged&state=" STATE "x", "400" },
    { "GET /?code=forged&state=the-stat", "400" },
    { "GET /?code=forged&state=" STATE "%00", "400" },
    { "GET /?code=forged%00&state=" STATE, "400" },
    { "GET /?code=forged%0A&state=" STATE, "400" },
    { "GET /?code=forged&code=again&state=" STATE, "400" },
    { "GET /?code=forged&state=" STATE "&state=" STATE, "400" },
    { "GET /?code=forged&state=another&state=" STATE, "400" },
    { "GET /?code=forged&state=" STATE "&a=1&a=2", "400" },
    { "GET /?code=forged&state=" STATE "&a=%zz", "400" },
    { "GET /?code=forged&state=" STATE "&a=%f", "400" },
    { "GET /?code=forged&state=" STATE "&a=%ff", "400" },
    { "GET /?code=&state=" STATE, "400" },
    { "GET /?state=" STATE, "400" },
    { "GET /?error=access_denied", "400" },
    { "GET /?error=access_denied&state=another", "400" },
    { "GET /?error=access_denied&code=forged&state=" STATE, "400" },
    { "GET /?STATE=" STATE "&code=forged", "400" },
    { "GET /other?code=forged&state=" STATE, "404" },
    { "GET //?code=forged&state=" STATE, "404" },
    { "GET /favicon.ico", "404" },
    { "HEAD /?code=forged&state=" STATE, "405" },
    { "POST /?code=forged&state=" STATE, "405" },
    { "OPTIONS /?code=forged&state=" STATE, "405" },
    { "get /?code=forged&state=" STATE, "405" },
    { "GET http://evil.example/?code=forged&state=" STATE, "400" },
    { "GET http://127.0.0.1/?code=forged&state=" STATE, "400" },
    { "OPTIONS *", "404" },
  };
  static const char *const HOSTS[] = {
    "Host: localhost:%u\r\n",
    "Host: 127.0.0.1\r\n",
    "Host: evil.example:%u\r\n",
    "Host: 127.0.0.1:%u.evil.example\r\n",
    "Host: 127.0.0.1:%u\r\nHost: 127.0.0.1:%u\r\n",
    "Host: evil.example\r\nHost: 127.0.0.1:%u\r\n",
    "Host: user@127.0.0.1:%u\r\n",
    "Host: 127.1:%u\r\n",
    "Host: \r\n",
    "",
  };
  g_autoptr (Wait) wait = wait_new (FALSE);
  g_autofree char *port = g_strdup_printf ("%u", wait->port);
  g_autofree char *long_query = g_strnfill (64 * 1024, 'x');
  g_autofree char *long_line = g_strconcat ("GET /?code=", long_query, "&state=" STATE, NULL);
  g_autofree char *last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (REQUESTS); i++)
    {
      g_autofree char *answer = NULL;

      g_test_message ("%s", REQUESTS[i].line);
      answer = ask (wait, REQUESTS[i].line);
      assert_status (answer, REQUESTS[i].status);
      g_assert_null (strstr (answer, "forged"));
    }
  for (guint i = 0; i < G_N_ELEMENTS (HOSTS); i++)
    {
      g_autoptr (GString) request = g_string_new ("GET /?code=forged&state=" STATE " HTTP/1.1\r\n");
      g_autofree char *answer = NULL;

      g_string_append (request, HOSTS[i]);
      g_string_replace (request, "%u", port, 0);
      g_string_append (request, "\r\n");
      g_test_message ("%s", request->str);
      answer = auth_fixture_ask (wait->port, request->str);
      assert_status (answer, "400");
    }
  g_free (ask (wait, long_line));
  g_assert_null (wait->result);
  last = ask (wait, "GET /?code=genuine&state=" STATE);
  assert_status (last, "200");
  assert_code (wait, "genuine");
}

static void
test_malformed (void)
{
  static const char *const REQUESTS[] = {
    "\r\n\r\n",
    "GET\r\n\r\n",
    "GET /?code=forged&state=" STATE "\r\n\r\n",
    "GET /?code=forged&state=" STATE " HTTP/9.9\r\n\r\n",
    "GET  /  HTTP/1.1\r\n: \r\n\r\n",
    "\x16\x03\x01\x02\x01\x01\x01\xfc\x03\x03\r\n\r\n",
    "GET /?code=forged&state=" STATE " HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  };
  g_autoptr (Wait) wait = wait_new (FALSE);

  roster_redirect_listener_set_deadline (wait->listener, 500);
  for (guint i = 0; i < G_N_ELEMENTS (REQUESTS); i++)
    {
      g_autofree char *answer = auth_fixture_ask (wait->port, REQUESTS[i]);

      g_assert_null (strstr (answer, "HTTP/1.1 200"));
    }
  g_assert_null (wait->result);
  g_free (ask (wait, "GET /?code=genuine&state=" STATE));
  assert_code (wait, "genuine");
}

static void
test_issuer (void)
{
  static const struct
  {
    const char *line;
    gboolean must_name_issuer;
  } WRONG[] = {
    { "GET /?code=a&state=" STATE, TRUE },
    { "GET /?code=a&iss=https://evil.example&state=" STATE, TRUE },
    { "GET /?code=a&iss=https://evil.example&state=" STATE, FALSE },
    { "GET /?code=a&iss=https://id.example.org/&state=" STATE, FALSE },
    { "GET /?error=access_denied&iss=https://evil.example&state=" STATE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_autoptr (Wait) wait = wait_new (WRONG[i].must_name_issuer);
      g_autofree char *answer = ask (wait, WRONG[i].line);
      g_autoptr (GError) error = NULL;

      assert_status (answer, "200");
      g_assert_null (finish (wait, &error));
      g_assert_error (error, ROSTER_ERROR, ROSTER_ERROR_FAILED);
    }
}

/* Before and after the wait there is nothing to be had. */
static void
test_once (void)
{
  g_autoptr (Wait) wait = wait_new (FALSE);
  g_autofree char *first = ask (wait, "GET /?code=first&state=" STATE);
  g_autofree char *second = ask (wait, "GET /?code=second&state=" STATE);

  assert_status (first, "200");
  g_assert_cmpstr (second, ==, "");
  assert_code (wait, "first");
}

static void
test_cancel (void)
{
  g_autoptr (Wait) wait = wait_new (FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_true (auth_fixture_is_open (wait->port));
  g_cancellable_cancel (wait->cancellable);
  g_assert_null (finish (wait, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (auth_fixture_is_open (wait->port));
}

/* Slow clients: connected, and halfway through a request that they never end. */

static void
connect_slowly (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  guint16 port = (guint16) GPOINTER_TO_UINT (task_data);
  GPtrArray *connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (guint i = 0; i < N_SLOW; i++)
    {
      GSocketConnection *connection =
          g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

      if (!connection)
        continue;
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 "GET /?code=sl", 13, NULL, NULL, NULL);
      g_ptr_array_add (connections, connection);
    }
  g_task_return_pointer (task, connections, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
make_slow_clients (guint16 port)
{
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, roster_test_result_cb, &result);

  g_task_set_task_data (task, GUINT_TO_POINTER (port), NULL);
  g_task_run_in_thread (task, connect_slowly);
  ready = roster_test_await (&result);
  return g_task_propagate_pointer (G_TASK (ready), NULL);
}

static void
test_slow (void)
{
  g_autoptr (Wait) wait = wait_new (FALSE);
  g_autoptr (GPtrArray) connections = make_slow_clients (wait->port);
  g_autofree char *answer = NULL;

  g_assert_cmpuint (connections->len, ==, N_SLOW);
  answer = ask (wait, "GET /?code=genuine&state=" STATE);
  assert_status (answer, "200");
  assert_code (wait, "genuine");
}

static gboolean
is_at_end (gpointer user_data)
{
  GPollableInputStream *input = user_data;
  char byte;

  return g_pollable_input_stream_read_nonblocking (input, &byte, 1, NULL, NULL) == 0;
}

/* Nobody stays for longer than the deadline, though there is room for all. */
static void
test_deadline (void)
{
  g_autoptr (Wait) wait = wait_new (FALSE);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  roster_redirect_listener_set_deadline (wait->listener, 1);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", wait->port, NULL, NULL);
  g_assert_nonnull (connection);
  roster_test_wait (is_at_end, g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_assert_null (wait->result);
  g_cancellable_cancel (wait->cancellable);
  g_free (finish (wait, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/redirect-listener/new", test_new);
  g_test_add_func ("/redirect-listener/answer", test_answer);
  g_test_add_func ("/redirect-listener/denied", test_denied);
  g_test_add_func ("/redirect-listener/hostile", test_hostile);
  g_test_add_func ("/redirect-listener/malformed", test_malformed);
  g_test_add_func ("/redirect-listener/issuer", test_issuer);
  g_test_add_func ("/redirect-listener/once", test_once);
  g_test_add_func ("/redirect-listener/cancel", test_cancel);
  g_test_add_func ("/redirect-listener/slow", test_slow);
  g_test_add_func ("/redirect-listener/deadline", test_deadline);

  return g_test_run ();
}
