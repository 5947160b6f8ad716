/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "roster-driver.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>

typedef struct
{
  GMainLoop *loop;
  RosterDriverObey obey;
  gpointer user_data;
} Running;

void
roster_driver_say (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDataInputStream *input = G_DATA_INPUT_STREAM (source);
  Running *running = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (input, result, NULL, NULL);

  if (!line)
    {
      g_main_loop_quit (running->loop);
      return;
    }
  running->obey (line, running->user_data);
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_cb, running);
}

void
roster_driver_run (RosterDriverObey obey, gpointer user_data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GInputStream) pipe = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (pipe);
  Running running = { loop, obey, user_data };

  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, line_cb, &running);
  g_main_loop_run (loop);
}
