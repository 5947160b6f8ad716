/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libsoup, with the bounds that it does not have by itself. Main thread. A call has a cancellable
 * of its own, which the caller's, the deadline and a forbidden address all cancel. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "roster-auth-fault.h"
#include "roster-endpoint.h"

/* RFC 6585, section 4. */
#define TOO_MANY_REQUESTS 429
#define DEFAULT_DEADLINE_MS (20 * 1000)
/* However long an answer says that it stays fresh: a withdrawn key is not to be trusted for ever.
 */
#define MAX_FRESH_S (24 * 60 * 60)

struct _RosterHttp
{
  GObject parent_instance;

  SoupSession *session;
  RosterAddressCheck is_allowed;
  guint deadline_ms;
};

G_DEFINE_FINAL_TYPE (RosterHttp, roster_http, G_TYPE_OBJECT)

typedef struct
{
  SoupMessage *message;
  char **content_types;
  gboolean takes_errors;
  gboolean is_forbidden;
  GCancellable *cancellable;
  gulong caller_id;
  guint deadline_id;
  GInputStream *stream;
  RosterHttpResponse *response;
  gsize n_allocated;
} Call;

static void
call_free (Call *call)
{
  g_signal_handlers_disconnect_by_data (call->message, call);
  g_object_unref (call->message);
  g_strfreev (call->content_types);
  g_object_unref (call->cancellable);
  g_clear_handle_id (&call->deadline_id, g_source_remove);
  g_clear_object (&call->stream);
  g_clear_pointer (&call->response, roster_http_response_free);
  g_free (call);
}

void
roster_http_response_free (RosterHttpResponse *self)
{
  if (self->body)
    explicit_bzero (self->body, self->n_bytes);
  g_free (self->body);
  g_free (self);
}

/* Ends the call. What was not read is not read any more either. */
static void
end (GTask *task, RosterAuthFault fault, const char *why)
{
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_cancellable_disconnect (g_task_get_cancellable (task), call->caller_id);
  call->caller_id = 0;
  g_clear_handle_id (&call->deadline_id, g_source_remove);
  if (!why)
    {
      g_task_return_pointer (task, g_steal_pointer (&call->response),
                             (GDestroyNotify) roster_http_response_free);
      return;
    }
  g_cancellable_cancel (call->cancellable);
  if (g_task_return_error_if_cancelled (task))
    return;
  roster_auth_fail (&error, fault, why);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
end_with_error (GTask *task, const GError *error)
{
  Call *call = g_task_get_task_data (task);

  g_info ("HTTP: %s %d", g_quark_to_string (error->domain), error->code);
  if (call->is_forbidden)
    end (task, ROSTER_AUTH_UNUSABLE, "the address is not public");
  else if (error->domain == G_TLS_ERROR)
    end (task, ROSTER_AUTH_INSECURE, "no secure connection");
  else
    end (task, ROSTER_AUTH_UNREACHABLE, "no answer, or only a part of it");
}

static gint64
get_fresh_s (SoupMessageHeaders *headers)
{
  const char *control = soup_message_headers_get_list (headers, "Cache-Control");
  const char *expires = soup_message_headers_get_one (headers, "Expires");
  const char *age = soup_message_headers_get_one (headers, "Age");
  gint64 fresh_s = 0;

  if (control)
    {
      g_autoptr (GHashTable) params = soup_header_parse_param_list (control);
      const char *max_age = g_hash_table_lookup (params, "max-age");

      if (g_hash_table_contains (params, "no-store") || g_hash_table_contains (params, "no-cache"))
        fresh_s = 0;
      else if (max_age)
        fresh_s = g_ascii_strtoll (max_age, NULL, 10);
      soup_header_free_param_list (g_steal_pointer (&params));
    }
  else if (expires)
    {
      g_autoptr (GDateTime) date = soup_date_time_new_from_http_string (expires);

      if (date)
        fresh_s = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;
    }
  fresh_s = CLAMP (fresh_s, 0, MAX_FRESH_S);
  if (age)
    fresh_s -= CLAMP (g_ascii_strtoll (age, NULL, 10), 0, fresh_s);
  return fresh_s;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &call->response->n_bytes,
                                  &error);
  if (error)
    {
      end_with_error (task, error);
      return;
    }
  if (call->response->n_bytes == call->n_allocated)
    {
      end (task, ROSTER_AUTH_UNUSABLE, "the answer is too large");
      return;
    }
  call->response->body[call->response->n_bytes] = '\0';
  end (task, ROSTER_AUTH_UNUSABLE, NULL);
}

static void
begin_read (GTask *task)
{
  Call *call = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (call->message);
  SoupStatus status = soup_message_get_status (call->message);
  const char *content_type_text = soup_message_headers_get_content_type (headers, NULL);
  g_autofree char *content_type =
      content_type_text ? g_ascii_strdown (content_type_text, -1) : NULL;

  if (status == TOO_MANY_REQUESTS || status >= 500)
    end (task, ROSTER_AUTH_UNREACHABLE, "the service has trouble");
  else if (status != SOUP_STATUS_OK &&
           !(call->takes_errors &&
             (status == SOUP_STATUS_BAD_REQUEST || status == SOUP_STATUS_UNAUTHORIZED)))
    end (task, ROSTER_AUTH_UNUSABLE, "the service says no");
  else if (call->content_types &&
           !(content_type &&
             g_strv_contains ((const char *const *) call->content_types, content_type)))
    end (task, ROSTER_AUTH_UNUSABLE, "another type of content");
  else if (soup_message_headers_get_one (headers, "Content-Encoding"))
    end (task, ROSTER_AUTH_UNUSABLE, "compressed, though nobody asked for that");
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
           soup_message_headers_get_content_length (headers) >= (goffset) call->n_allocated)
    end (task, ROSTER_AUTH_UNUSABLE, "the answer is too large");
  else
    {
      call->response = g_new0 (RosterHttpResponse, 1);
      call->response->status = status;
      call->response->fresh_s = get_fresh_s (headers);
      /* In one piece: memory that grows leaves copies of secrets behind. */
      call->response->body = g_malloc0 (call->n_allocated);
      g_input_stream_read_all_async (call->stream, call->response->body, call->n_allocated,
                                     G_PRIORITY_DEFAULT, call->cancellable, read_cb,
                                     g_object_ref (task));
    }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Call *call = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  call->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (call->stream && !call->is_forbidden)
    begin_read (task);
  else if (error)
    end_with_error (task, error);
  else
    end (task, ROSTER_AUTH_UNUSABLE, "the address is not public");
}

static gboolean
deadline_cb (gpointer user_data)
{
  Call *call = user_data;

  call->deadline_id = 0;
  g_cancellable_cancel (call->cancellable);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *stream,
                  gpointer user_data)
{
  Call *call = user_data;
  RosterHttp *self = g_object_get_data (G_OBJECT (message), "roster-http");
  g_autoptr (GSocketAddress) address = NULL;

  if (event != G_SOCKET_CLIENT_CONNECTING && event != G_SOCKET_CLIENT_CONNECTED)
    return;
  if (G_IS_SOCKET_CONNECTION (stream))
    address = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (stream), NULL);
  if (!address || !G_IS_INET_SOCKET_ADDRESS (address) ||
      !self->is_allowed (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    {
      call->is_forbidden = TRUE;
      g_cancellable_cancel (call->cancellable);
    }
}

static void
free_form (gpointer form)
{
  explicit_bzero (form, strlen (form));
  g_free (form);
}

static SoupMessage *
make_message (const RosterHttpRequest *request, GUri *uri)
{
  SoupMessage *message =
      soup_message_new_from_uri (request->form ? SOUP_METHOD_POST : SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autofree char *accept =
      request->content_types ? g_strjoinv (", ", (char **) request->content_types) : NULL;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  if (accept)
    soup_message_headers_replace (headers, "Accept", accept);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (request->authorization)
    soup_message_headers_replace (headers, "Authorization", request->authorization);
  if (request->form)
    {
      char *form = g_strdup (request->form);
      g_autoptr (GBytes) body = g_bytes_new_with_free_func (form, strlen (form), free_form, form);

      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
    }
  return message;
}

/* GObject */

static void
roster_http_dispose (GObject *object)
{
  RosterHttp *self = ROSTER_HTTP (object);

  if (self->session)
    soup_session_abort (self->session);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (roster_http_parent_class)->dispose (object);
}

static void
roster_http_class_init (RosterHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = roster_http_dispose;
}

static void
roster_http_init (RosterHttp *self)
{
  self->deadline_ms = DEFAULT_DEADLINE_MS;
  self->session = soup_session_new_with_options ("user-agent", "Roster/" PACKAGE_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

RosterHttp *
roster_http_new (void)
{
  return g_object_new (ROSTER_TYPE_HTTP, NULL);
}

RosterHttp *
roster_http_new_for_addresses (RosterAddressCheck is_allowed)
{
  RosterHttp *self = roster_http_new ();

  self->is_allowed = is_allowed;
  soup_session_set_proxy_resolver (self->session, NULL);
  return self;
}

void
roster_http_set_deadline (RosterHttp *self, guint deadline_ms)
{
  self->deadline_ms = deadline_ms;
}

void
roster_http_send_async (RosterHttp *self,
                        const RosterHttpRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GUri) uri = roster_endpoint_parse (request->uri);
  g_autoptr (GError) error = NULL;
  Call *call;

  g_task_set_source_tag (task, roster_http_send_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!uri)
    {
      roster_auth_fail (&error, ROSTER_AUTH_UNUSABLE, "an address that is not https");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  call = g_new0 (Call, 1);
  call->message = make_message (request, uri);
  call->content_types = g_strdupv ((char **) request->content_types);
  call->takes_errors = request->takes_errors;
  call->n_allocated = request->max_bytes + 1;
  call->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  if (self->is_allowed)
    {
      g_object_set_data (G_OBJECT (call->message), "roster-http", self);
      g_signal_connect (call->message, "network-event", G_CALLBACK (network_event_cb), call);
    }
  if (cancellable)
    call->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                             g_object_ref (call->cancellable), g_object_unref);
  call->deadline_id = g_timeout_add (self->deadline_ms, deadline_cb, call);
  soup_session_send_async (self->session, call->message, G_PRIORITY_DEFAULT, call->cancellable,
                           sent_cb, g_object_ref (task));
}

RosterHttpResponse *
roster_http_send_finish (RosterHttp *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
