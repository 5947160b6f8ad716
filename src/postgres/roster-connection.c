/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection as libpq's asynchronous functions make it, in pipeline mode for good: through a
 * pooler too, all that is known of a call goes in one direction, all of its answer in the other.
 * On one thread; nothing here blocks. */

#define G_LOG_DOMAIN "roster-postgres"

#include "config.h"

#include "roster-connection.h"

#include <glib-unix.h>
#include <libpq-fe.h>
#include <locale.h>

#include "roster-call-private.h"
#include "roster-connect-options.h"
#include "roster-server-error.h"

#define OLDEST_SERVER 150000

struct _RosterConnection
{
  const RosterConnectionUrl *url;
  GMainContext *context;
  const RosterConnectionEvents *events;
  gpointer user_data;

  PGconn *pg;
  gboolean is_open;
  /* libpq's words in English, which is what they are looked through for. */
  locale_t english;
  GCancellable *resolving;
  guint n_attempts;
  GSource *timeout;
  GSource *watch;
  GIOCondition watched;

  /* What was sent and is not answered yet: Batch, in order. */
  GQueue batches;
  RosterAnswer *answer;
};

/* What was sent together, and what of it is answered. */
typedef struct
{
  GPtrArray *calls;
  GPtrArray *answers;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_ptr_array_unref (batch->calls);
  g_clear_pointer (&batch->answers, g_ptr_array_unref);
  g_free (batch);
}

static void
clear_source (GSource **source)
{
  if (*source)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

void
roster_connection_close (RosterConnection *self)
{
  clear_source (&self->timeout);
  clear_source (&self->watch);
  g_cancellable_cancel (self->resolving);
  g_clear_object (&self->resolving);
  g_queue_clear_full (&self->batches, batch_free);
  g_clear_pointer (&self->answer, roster_answer_free);
  self->is_open = FALSE;
  g_clear_pointer (&self->pg, PQfinish);
}

static void
lose (RosterConnection *self, RosterLoss loss, const GError *error)
{
  roster_connection_close (self);
  self->events->lost (loss, error, self->user_data);
}

static void
drop (RosterConnection *self)
{
  g_autoptr (GError) error = NULL;

  roster_server_error_set (&error, ROSTER_ERROR_UNREACHABLE);
  lose (self, ROSTER_LOSS_DROPPED, error);
}

static gboolean ready_cb (int fd, GIOCondition condition, gpointer user_data);

/* libpq may change the socket while it connects. */
static void
watch (RosterConnection *self, GIOCondition condition)
{
  clear_source (&self->watch);
  self->watched = condition;
  self->watch = g_unix_fd_source_new (PQsocket (self->pg), condition);
  g_source_set_callback (self->watch, G_SOURCE_FUNC (ready_cb), self, NULL);
  g_source_attach (self->watch, self->context);
}

static void
fail_to_connect (RosterConnection *self)
{
  g_autoptr (GError) error = NULL;
  RosterLoss loss = roster_loss_of_connecting (self->pg, &error);

  lose (self, loss, error);
}

static gboolean
timeout_cb (gpointer user_data)
{
  RosterConnection *self = user_data;
  g_autoptr (GError) error = NULL;

  roster_server_error_set (&error, ROSTER_ERROR_UNREACHABLE);
  /* Whoever took the connection but does not serve it is about to. */
  lose (self,
        self->pg && PQstatus (self->pg) != CONNECTION_STARTED ? ROSTER_LOSS_WAKING
                                                              : ROSTER_LOSS_UNREACHABLE,
        error);
  return G_SOURCE_REMOVE;
}

static void
connected (RosterConnection *self)
{
  if (PQserverVersion (self->pg) < OLDEST_SERVER)
    {
      g_autoptr (GError) error = NULL;

      roster_server_error_set (&error, ROSTER_ERROR_NEWER_VERSION);
      lose (self, ROSTER_LOSS_REFUSED, error);
      return;
    }
  if (PQsetnonblocking (self->pg, 1) != 0 || !PQenterPipelineMode (self->pg))
    {
      drop (self);
      return;
    }
  clear_source (&self->timeout);
  self->is_open = TRUE;
  self->n_attempts = 0;
  watch (self, G_IO_IN);
  self->events->opened (self->user_data);
}

static void
go_on_connecting (RosterConnection *self)
{
  locale_t before = uselocale (self->english);
  PostgresPollingStatusType status = PQconnectPoll (self->pg);

  uselocale (before);
  switch (status)
    {
    case PGRES_POLLING_READING:
      watch (self, G_IO_IN);
      break;
    case PGRES_POLLING_WRITING:
      watch (self, G_IO_OUT);
      break;
    case PGRES_POLLING_OK:
      connected (self);
      break;
    case PGRES_POLLING_FAILED:
    case PGRES_POLLING_ACTIVE:
    default:
      fail_to_connect (self);
      break;
    }
}

static void
ignore_notice (void *user_data, const PGresult *result)
{
}

/* @addresses: (nullable): of the host; NULL leaves finding it to libpq */
static void
start_connecting (RosterConnection *self, GList *addresses)
{
  g_autoptr (RosterConnectOptions) options =
      roster_connect_options_new (self->url, addresses, self->n_attempts++);
  locale_t before = uselocale (self->english);

  self->pg = PQconnectStartParams (options->keywords, options->values, 0);
  /* Then a refusal ends with its SQLSTATE, which has no other way out. */
  PQsetErrorVerbosity (self->pg, PQERRORS_SQLSTATE);
  PQsetNoticeReceiver (self->pg, ignore_notice, NULL);
  uselocale (before);
  if (PQstatus (self->pg) == CONNECTION_BAD)
    fail_to_connect (self);
  else
    watch (self, G_IO_OUT);
}

static void
resolved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterConnection *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unreachable = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  /* Then the connection may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->resolving);
  if (addresses)
    {
      start_connecting (self, addresses);
      g_resolver_free_addresses (addresses);
      return;
    }
  g_info ("The host has no address");
  roster_server_error_set (&unreachable, ROSTER_ERROR_UNREACHABLE);
  lose (self, ROSTER_LOSS_UNREACHABLE, unreachable);
}

static gboolean
start_cb (gpointer user_data)
{
  RosterConnection *self = user_data;

  clear_source (&self->watch);
  start_connecting (self, NULL);
  return G_SOURCE_REMOVE;
}

void
roster_connection_open (RosterConnection *self)
{
  const char *name = roster_connect_options_get_name (self->url);

  g_assert (!self->pg && !self->timeout);
  self->timeout = g_timeout_source_new (roster_connect_options_get_timeout_ms (self->url));
  g_source_set_callback (self->timeout, timeout_cb, self, NULL);
  g_source_attach (self->timeout, self->context);
  if (name)
    {
      g_autoptr (GResolver) resolver = g_resolver_get_default ();

      self->resolving = g_cancellable_new ();
      g_resolver_lookup_by_name_async (resolver, name, self->resolving, resolved_cb, self);
      return;
    }
  self->watch = g_idle_source_new ();
  g_source_set_callback (self->watch, start_cb, self, NULL);
  g_source_attach (self->watch, self->context);
}

gboolean
roster_connection_is_open (RosterConnection *self)
{
  return self->is_open;
}

/* Returns: whether the connection is still there */
static gboolean
flush (RosterConnection *self)
{
  int outcome = PQflush (self->pg);
  GIOCondition wanted = outcome > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN;

  if (outcome < 0)
    {
      drop (self);
      return FALSE;
    }
  if (wanted != self->watched)
    watch (self, wanted);
  return TRUE;
}

void
roster_connection_send (RosterConnection *self, GPtrArray *calls)
{
  Batch *batch = g_new0 (Batch, 1);

  g_assert (self->is_open && calls->len > 0);
  batch->calls = g_ptr_array_ref (calls);
  batch->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_answer_free);
  g_queue_push_tail (&self->batches, batch);
  for (guint i = 0; i < calls->len; i++)
    if (!roster_call_send (calls->pdata[i], self->pg) || !PQpipelineSync (self->pg))
      {
        drop (self);
        return;
      }
  flush (self);
}

/* Each call is answered by a result, NULL, and a sync. Returns: whether the connection is still
 * there */
static gboolean
take_result (RosterConnection *self, Batch *batch, PGresult *result)
{
  if (roster_loss_is_meant (self->pg, result))
    {
      PQclear (result);
      drop (self);
      return FALSE;
    }
  if (PQresultStatus (result) != PGRES_PIPELINE_SYNC)
    {
      g_clear_pointer (&self->answer, roster_answer_free);
      self->answer =
          roster_answer_new (roster_call_get_spec (batch->calls->pdata[batch->answers->len]),
                             result);
      return TRUE;
    }
  PQclear (result);
  if (!self->answer)
    {
      drop (self);
      return FALSE;
    }
  g_ptr_array_add (batch->answers, g_steal_pointer (&self->answer));
  return TRUE;
}

/* A server that says other than it should can empty libpq's queue early: then there is nothing,
 * again and again. */
static void
take_answers (RosterConnection *self)
{
  Batch *batch;

  while ((batch = g_queue_peek_head (&self->batches)) && !PQisBusy (self->pg))
    {
      PGresult *result = PQgetResult (self->pg);

      if (result && !take_result (self, batch, result))
        return;
      if (batch->answers->len == batch->calls->len)
        {
          g_autoptr (GPtrArray) answers = g_steal_pointer (&batch->answers);

          batch_free (g_queue_pop_head (&self->batches));
          self->events->answered (answers, self->user_data);
        }
    }
}

static gboolean
take_notifications (RosterConnection *self)
{
  gboolean any = FALSE;
  PGnotify *notification;

  while ((notification = PQnotifies (self->pg)))
    {
      PQfreemem (notification);
      any = TRUE;
    }
  return any;
}

static gboolean
ready_cb (int fd, GIOCondition condition, gpointer user_data)
{
  RosterConnection *self = user_data;

  if (!self->is_open)
    go_on_connecting (self);
  else if (!PQconsumeInput (self->pg))
    drop (self);
  else if (flush (self))
    {
      gboolean notified = take_notifications (self);

      take_answers (self);
      if (notified)
        self->events->notified (self->user_data);
    }
  return G_SOURCE_CONTINUE;
}

RosterConnection *
roster_connection_new (const RosterConnectionUrl *url,
                       GMainContext *context,
                       const RosterConnectionEvents *events,
                       gpointer user_data)
{
  RosterConnection *self = g_new0 (RosterConnection, 1);

  self->url = url;
  self->context = context;
  self->events = events;
  self->user_data = user_data;
  self->english = newlocale (LC_MESSAGES_MASK, "C", (locale_t) 0);
  return self;
}

void
roster_connection_free (RosterConnection *self)
{
  roster_connection_close (self);
  freelocale (self->english);
  g_free (self);
}
