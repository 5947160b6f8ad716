/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Listens, as long as the server lets it. All on one thread. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-listener.h"

#include "roster-calls.h"
#include "roster-connection.h"

struct _RosterListener
{
  RosterConnection *connection;
  GPtrArray *calls;
  gboolean has_begun;
  gboolean listens;
  void (*changed) (gpointer user_data);
  void (*ended) (gpointer user_data);
  gpointer user_data;
};

static void
opened_cb (gpointer user_data)
{
  RosterListener *self = user_data;

  roster_connection_send (self->connection, self->calls);
}

static void
answered_cb (GPtrArray *answers, gpointer user_data)
{
  RosterListener *self = user_data;
  g_autoptr (GError) error = NULL;

  self->listens = roster_answer_listen (answers->pdata[0], &error);
  if (!self->listens)
    g_info ("The server does not tell of changes: %s", error->message);
  self->changed (self->user_data);
}

static void
notified_cb (gpointer user_data)
{
  RosterListener *self = user_data;

  self->changed (self->user_data);
}

static void
lost_cb (RosterLoss loss, const GError *error, gpointer user_data)
{
  RosterListener *self = user_data;
  gboolean did_listen = self->listens;

  self->has_begun = FALSE;
  self->listens = FALSE;
  if (did_listen)
    self->ended (self->user_data);
}

void
roster_listener_begin (RosterListener *self)
{
  if (self->has_begun)
    return;
  self->has_begun = TRUE;
  roster_connection_open (self->connection);
}

void
roster_listener_end (RosterListener *self)
{
  roster_connection_close (self->connection);
  self->has_begun = FALSE;
  self->listens = FALSE;
}

RosterListener *
roster_listener_new (const RosterConnectionUrl *url,
                     GMainContext *context,
                     void (*changed) (gpointer user_data),
                     void (*ended) (gpointer user_data),
                     gpointer user_data)
{
  static const RosterConnectionEvents EVENTS = { opened_cb, answered_cb, notified_cb, lost_cb };
  RosterListener *self = g_new0 (RosterListener, 1);

  self->connection = roster_connection_new (url, context, &EVENTS, self);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);
  g_ptr_array_add (self->calls, roster_call_listen ());
  self->changed = changed;
  self->ended = ended;
  self->user_data = user_data;
  return self;
}

void
roster_listener_free (RosterListener *self)
{
  roster_connection_free (self->connection);
  g_ptr_array_unref (self->calls);
  g_free (self);
}
