/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GSocketService accepts and a SoupServer reads, because a SoupServer alone limits neither how
 * many connect nor how long they take. When too many are connected the one that has been for
 * longest has to go: whoever brings the answer says it at once. Main thread. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-redirect-listener.h"

#include <gnutls/gnutls.h>
#include <libsoup/soup.h>
#include <string.h>

#include "roster-auth-fault.h"
#include "roster-redirect-page.h"
#include "roster-redirect-query.h"
#include "roster-secret-string.h"

#define PATH "/"
#define MAX_CONNECTIONS 32
#define BACKLOG 128
#define DEFAULT_DEADLINE_MS (10 * 1000)
#define MAX_CODE_BYTES 4096

typedef struct
{
  char *state;
  char *issuer;
  gboolean must_name_issuer;
  gulong cancelled_id;
} Wait;

typedef struct
{
  RosterRedirectListener *listener;
  GSocketConnection *connection;
  GSocketAddress *remote;
  guint deadline_id;
  gboolean has_answer;
  gboolean is_shut_down;
} Client;

struct _RosterRedirectListener
{
  GObject parent_instance;

  GSocketService *service;
  SoupServer *server;
  GQueue clients;
  char *host;
  char *uri;
  guint deadline_ms;
  GTask *task;
};

G_DEFINE_FINAL_TYPE (RosterRedirectListener, roster_redirect_listener, G_TYPE_OBJECT)

static void
wait_free (Wait *wait)
{
  roster_secret_string_free (wait->state);
  g_free (wait->issuer);
  g_free (wait);
}

/* Clients */

/* libsoup, which holds the connection, sees its end and lets go of it. */
static void
client_shut_down (Client *client)
{
  client->is_shut_down = TRUE;
  g_socket_shutdown (g_socket_connection_get_socket (client->connection), TRUE, TRUE, NULL);
}

static void
client_free (Client *client)
{
  g_clear_handle_id (&client->deadline_id, g_source_remove);
  g_clear_object (&client->remote);
  g_free (client);
}

static void
client_gone_cb (gpointer user_data, GObject *connection)
{
  Client *client = user_data;

  g_queue_remove (&client->listener->clients, client);
  if (client->has_answer)
    g_object_unref (client->listener);
  client_free (client);
}

static gboolean
client_deadline_cb (gpointer user_data)
{
  Client *client = user_data;

  client->deadline_id = 0;
  client_shut_down (client);
  return G_SOURCE_REMOVE;
}

static void
make_room (RosterRedirectListener *self)
{
  Client *oldest = NULL;
  guint n_clients = 0;

  for (GList *l = self->clients.tail; l; l = l->prev)
    if (!((Client *) l->data)->is_shut_down)
      {
        oldest = l->data;
        n_clients++;
      }
  if (n_clients >= MAX_CONNECTIONS)
    client_shut_down (oldest);
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  RosterRedirectListener *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  Client *client = g_new0 (Client, 1);

  make_room (self);
  client->listener = self;
  client->connection = connection;
  client->remote = remote ? g_object_ref (remote) : NULL;
  client->deadline_id = g_timeout_add (self->deadline_ms, client_deadline_cb, client);
  g_queue_push_tail (&self->clients, client);
  g_object_weak_ref (G_OBJECT (connection), client_gone_cb, client);
  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, NULL);
  return TRUE;
}

/* The one that brought the answer stays until it has the page, or for as long as it may. */
static void
keep_client (RosterRedirectListener *self, GSocketAddress *remote)
{
  for (GList *l = self->clients.head; l; l = l->next)
    {
      Client *client = l->data;

      if (client->remote == remote)
        {
          client->has_answer = TRUE;
          g_object_ref (self);
          return;
        }
    }
}

static void
stop (RosterRedirectListener *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (GList *l = self->clients.head; l; l = l->next)
    if (!((Client *) l->data)->has_answer)
      client_shut_down (l->data);
}

/* Answers */

/* Nobody listens any more when the caller hears of it. */
static GTask *
take_task (RosterRedirectListener *self)
{
  GTask *task = g_steal_pointer (&self->task);
  Wait *wait = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), wait->cancelled_id);
  stop (self);
  return task;
}

static gboolean
is_ours (const Wait *wait, GHashTable *parameters)
{
  const char *state = parameters ? g_hash_table_lookup (parameters, "state") : NULL;

  return state && strlen (state) == strlen (wait->state) &&
         gnutls_memcmp (state, wait->state, strlen (state)) == 0;
}

static gboolean
check_issuer (const Wait *wait, GHashTable *parameters, GError **error)
{
  const char *issuer = g_hash_table_lookup (parameters, "iss");

  if (issuer ? g_str_equal (issuer, wait->issuer) : !wait->must_name_issuer)
    return TRUE;
  return roster_auth_fail (error, ROSTER_AUTH_UNTRUSTED, "redirect: iss");
}

static gboolean
check_answer (const Wait *wait, GHashTable *parameters, GError **error)
{
  const char *reason = g_hash_table_lookup (parameters, "error");

  if (!check_issuer (wait, parameters, error))
    return FALSE;
  if (g_strcmp0 (reason, "access_denied") == 0)
    return roster_auth_fail (error, ROSTER_AUTH_DENIED, "redirect: access_denied");
  if (g_strcmp0 (reason, "temporarily_unavailable") == 0 || g_strcmp0 (reason, "server_error") == 0)
    return roster_auth_fail (error, ROSTER_AUTH_UNREACHABLE, "redirect: the service has trouble");
  if (reason)
    return roster_auth_fail (error, ROSTER_AUTH_UNUSABLE, "redirect: an error");
  return TRUE;
}

static gboolean
is_answer (GHashTable *parameters)
{
  const char *code = g_hash_table_lookup (parameters, "code");

  if (g_hash_table_contains (parameters, "error"))
    return !code;
  return code && *code && strlen (code) <= MAX_CODE_BYTES;
}

static void
take_answer (RosterRedirectListener *self, SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) parameters = roster_redirect_query_parse (query);
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->task || !is_ours (g_task_get_task_data (self->task), parameters) ||
      !is_answer (parameters))
    {
      roster_redirect_page_respond (message, SOUP_STATUS_BAD_REQUEST, ROSTER_REDIRECT_PAGE_WRONG);
      return;
    }
  keep_client (self, soup_server_message_get_remote_address (message));
  task = take_task (self);
  if (check_answer (g_task_get_task_data (task), parameters, &error))
    {
      roster_redirect_page_respond (message, SOUP_STATUS_OK, ROSTER_REDIRECT_PAGE_DONE);
      g_task_return_pointer (task, g_strdup (g_hash_table_lookup (parameters, "code")),
                             (GDestroyNotify) roster_secret_string_free);
    }
  else
    {
      roster_redirect_page_respond (message, SOUP_STATUS_OK, ROSTER_REDIRECT_PAGE_DENIED);
      g_task_return_error (task, g_steal_pointer (&error));
    }
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  RosterRedirectListener *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *target = g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
  const char *host =
      soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Host");

  /* A name that somebody made resolve to 127.0.0.1 would come from a web page of theirs. */
  if (g_strcmp0 (host, self->host) != 0 || !g_str_equal (target, self->host))
    roster_redirect_page_respond (message, SOUP_STATUS_BAD_REQUEST, ROSTER_REDIRECT_PAGE_WRONG);
  else if (!g_str_equal (g_uri_get_path (uri), PATH))
    roster_redirect_page_respond (message, SOUP_STATUS_NOT_FOUND, ROSTER_REDIRECT_PAGE_WRONG);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow",
                                    "GET");
      roster_redirect_page_respond (message, SOUP_STATUS_METHOD_NOT_ALLOWED,
                                    ROSTER_REDIRECT_PAGE_WRONG);
    }
  else
    take_answer (self, message);
}

/* No body is of any use. */
static void
request_started_cb (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

static gboolean
cancelled_in_context_cb (gpointer user_data)
{
  RosterRedirectListener *self = user_data;

  if (self->task && g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      g_autoptr (GTask) task = take_task (self);

      g_task_return_error_if_cancelled (task);
    }
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, cancelled_in_context_cb, g_object_ref (user_data),
                   g_object_unref);
}

/* GObject */

static void
roster_redirect_listener_finalize (GObject *object)
{
  RosterRedirectListener *self = ROSTER_REDIRECT_LISTENER (object);

  if (self->service)
    {
      g_signal_handlers_disconnect_by_data (self->service, self);
      stop (self);
    }
  for (GList *l = self->clients.head; l; l = l->next)
    {
      Client *client = l->data;

      g_object_weak_unref (G_OBJECT (client->connection), client_gone_cb, client);
      client_free (client);
    }
  g_queue_clear (&self->clients);
  if (self->server)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->service);
  g_free (self->host);
  g_free (self->uri);

  G_OBJECT_CLASS (roster_redirect_listener_parent_class)->finalize (object);
}

static void
roster_redirect_listener_class_init (RosterRedirectListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_redirect_listener_finalize;
}

static void
roster_redirect_listener_init (RosterRedirectListener *self)
{
  g_queue_init (&self->clients);
  self->deadline_ms = DEFAULT_DEADLINE_MS;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (request_started_cb), self);
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
}

RosterRedirectListener *
roster_redirect_listener_new (GError **error)
{
  g_autoptr (RosterRedirectListener) self = g_object_new (ROSTER_TYPE_REDIRECT_LISTENER, NULL);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any_port,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &address,
                                      NULL))
    {
      roster_auth_fail (error, ROSTER_AUTH_NO_LISTENER, "nobody may listen on 127.0.0.1");
      return NULL;
    }
  self->host = g_strdup_printf ("127.0.0.1:%u",
                                g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->uri = g_strconcat ("http://", self->host, PATH, NULL);
  return g_steal_pointer (&self);
}

const char *
roster_redirect_listener_get_uri (RosterRedirectListener *self)
{
  return self->uri;
}

void
roster_redirect_listener_set_deadline (RosterRedirectListener *self, guint deadline_ms)
{
  self->deadline_ms = deadline_ms;
}

void
roster_redirect_listener_wait_async (RosterRedirectListener *self,
                                     const char *state,
                                     const char *issuer,
                                     gboolean must_name_issuer,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  Wait *wait = g_new0 (Wait, 1);

  g_return_if_fail (!self->task);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, roster_redirect_listener_wait_async);
  wait->state = g_strdup (state);
  wait->issuer = g_strdup (issuer);
  wait->must_name_issuer = must_name_issuer;
  g_task_set_task_data (self->task, wait, (GDestroyNotify) wait_free);
  if (cancellable)
    wait->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
}

char *
roster_redirect_listener_wait_finish (RosterRedirectListener *self,
                                      GAsyncResult *result,
                                      GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
