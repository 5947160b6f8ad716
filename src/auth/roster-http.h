/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ROSTER_TYPE_HTTP (roster_http_get_type ())
G_DECLARE_FINAL_TYPE (RosterHttp, roster_http, ROSTER, HTTP, GObject)

/**
 * RosterHttp:
 *
 * Every request that Roster sends. Each is bounded in size and, as a whole, in time; goes to where
 * roster_endpoint_parse() allows; follows no redirect, sends no cookie and no password, and takes
 * nothing compressed, so that nothing is larger than what was sent. The thread whose default main
 * context it is.
 */

/** RosterAddressCheck: whether Roster may connect to @address. */
typedef gboolean (*RosterAddressCheck) (GInetAddress *address);

/** roster_http_new: Returns: (transfer full): for any address, through the user's proxy. */
RosterHttp *roster_http_new (void);

/** roster_http_new_for_addresses: Returns: (transfer full): for those only that @is_allowed says,
 * after the name was resolved and before anything is sent; through no proxy, which would resolve
 * the name itself. */
RosterHttp *roster_http_new_for_addresses (RosterAddressCheck is_allowed);

/** roster_http_set_deadline: @deadline_ms: how long a request may take as a whole. */
void roster_http_set_deadline (RosterHttp *self, guint deadline_ms);

/**
 * RosterHttpRequest:
 * @uri: where to
 * @form: (nullable): an application/x-www-form-urlencoded body; then it is a POST. Overwritten when
 *   it was sent
 * @authorization: (nullable): the value of that header field
 * @content_types: (array zero-terminated=1) (nullable): those that may come; %NULL: any
 * @max_bytes: more is not read
 * @takes_errors: whether an answer of 400 or 401 is one too
 */
typedef struct
{
  const char *uri;
  const char *form;
  const char *authorization;
  const char *const *content_types;
  gsize max_bytes;
  gboolean takes_errors;
} RosterHttpRequest;

/**
 * RosterHttpResponse:
 * @status: 200; or 400 or 401, if the request takes that
 * @body: ended with a NUL that is not counted; overwritten when it is freed
 * @n_bytes: its length
 * @fresh_s: for how long it may be used again without asking, by its header fields (RFC 9111)
 */
typedef struct
{
  guint status;
  char *body;
  gsize n_bytes;
  gint64 fresh_s;
} RosterHttpResponse;

void roster_http_response_free (RosterHttpResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterHttpResponse, roster_http_response_free)

/**
 * roster_http_send_async:
 * @request: needs to live as long as the call only, not as long as the request
 *
 * roster_http_send_finish: Returns: (transfer full) (nullable): the response. Errors:
 *   ROSTER_ERROR_UNREACHABLE: no answer in time, or 429 or 5xx; ROSTER_ERROR_FAILED: any other
 *   answer that is not as @request wants it; both with a sentence about the sign-in service
 */
void roster_http_send_async (RosterHttp *self,
                             const RosterHttpRequest *request,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
RosterHttpResponse *roster_http_send_finish (RosterHttp *self,
                                             GAsyncResult *result,
                                             GError **error);

G_END_DECLS
