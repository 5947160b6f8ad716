/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "auth-fixture.h"

#include <libsoup/soup.h>
#include <string.h>

#include "roster-test.h"

struct _AuthFixture
{
  GSubprocess *process;
  GDataInputStream *output;
  char *origin;
  SoupSession *browser;
};

AuthFixture *
auth_fixture_new (void)
{
  AuthFixture *self = g_new0 (AuthFixture, 1);
  g_autofree char *program = g_test_build_filename (G_TEST_DIST, "auth", "provider.py", NULL);
  g_autoptr (GError) error = NULL;

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, "/usr/bin/python3", program, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->origin = g_data_input_stream_read_line (self->output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->origin);
  self->browser = soup_session_new ();
  return self;
}

void
auth_fixture_free (AuthFixture *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_object_unref (self->output);
  soup_session_abort (self->browser);
  g_object_unref (self->browser);
  g_free (self->origin);
  g_free (self);
}

RosterProvider *
auth_fixture_make_provider (AuthFixture *self, const char *fault)
{
  g_autofree char *issuer = g_strconcat (self->origin, "/", fault, NULL);
  g_autoptr (GError) error = NULL;
  RosterProvider *provider = roster_provider_new (issuer, "roster-tests", "s3cr:et/+&=", &error);

  g_assert_no_error (error);
  return provider;
}

static void
browsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GBytes *bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  g_clear_pointer (&bytes, g_bytes_unref);
}

void
auth_fixture_browse (const char *uri, gpointer user_data)
{
  AuthFixture *self = user_data;
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);

  soup_session_send_and_read_async (self->browser, message, G_PRIORITY_DEFAULT, NULL, browsed_cb,
                                    NULL);
}

char *
auth_fixture_make_uri (AuthFixture *self, const char *path)
{
  return g_strconcat (self->origin, path, NULL);
}

char *
auth_fixture_get_page (AuthFixture *self, const char *path)
{
  g_autofree char *uri = auth_fixture_make_uri (self, path);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  g_autoptr (GBytes) bytes = soup_session_send_and_read (self->browser, message, NULL, NULL);

  g_assert_nonnull (bytes);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

typedef struct
{
  guint16 port;
  const char *request;
} Question;

static void
ask_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", question->port, NULL, NULL);
  g_autoptr (GString) answer = g_string_new (NULL);
  char buffer[4096];
  gssize n_bytes = 0;

  if (connection)
    {
      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                                 question->request, strlen (question->request), NULL, NULL, NULL);
      do
        {
          n_bytes = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                         buffer, sizeof buffer, NULL, NULL);
          g_string_append_len (answer, buffer, MAX (n_bytes, 0));
        }
      while (n_bytes > 0);
    }
  g_task_return_pointer (task, g_strdup (answer->str), g_free);
}

char *
auth_fixture_ask (guint16 port, const char *request)
{
  const Question question = { port, request };
  GAsyncResult *result = NULL;
  g_autoptr (GAsyncResult) ready = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, roster_test_result_cb, &result);

  g_task_set_task_data (task, (gpointer) &question, NULL);
  g_task_run_in_thread (task, ask_in_thread);
  ready = roster_test_await (&result);
  return g_task_propagate_pointer (G_TASK (ready), NULL);
}

gboolean
auth_fixture_is_open (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

  return connection != NULL;
}
