/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each run has all that is its own in its task; only the client, which knows what the provider
 * publishes, outlives it. Main thread. */

#define G_LOG_DOMAIN "roster-auth"

#include "config.h"

#include "roster-sign-in.h"

#include "roster-auth-fault.h"
#include "roster-authorization-request.h"
#include "roster-code-exchange.h"
#include "roster-openid-client.h"
#include "roster-redirect-listener.h"
#include "roster-secret-string.h"

#define DEFAULT_TIMEOUT_MS (5 * 60 * 1000)
#define DEFAULT_DEADLINE_MS (20 * 1000)

typedef struct
{
  RosterOpenidClient *client;
  RosterProviderMetadata *metadata;
  RosterAuthorizationRequest *request;
  RosterRedirectListener *listener;
  /* The caller's cancels it, the next run does, and the time that runs out. */
  GCancellable *cancellable;
  gulong caller_id;
  guint timeout_id;
  gboolean is_late;
} Run;

struct _RosterSignIn
{
  GObject parent_instance;

  RosterOpenUri open_uri;
  gpointer open_uri_data;
  GDestroyNotify destroy;
  RosterSignInState state;
  char *authorization_uri;
  guint timeout_ms;
  guint deadline_ms;

  RosterOpenidClient *client;
  /* GTask: the run under way, which holds the object. */
  GTask *current;
};

enum
{
  PROP_STATE = 1,
  PROP_AUTHORIZATION_URI,
  PROP_TIMEOUT_MS,
  PROP_DEADLINE_MS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterSignIn, roster_sign_in, G_TYPE_OBJECT)

GType
roster_sign_in_state_get_type (void)
{
  static const GEnumValue VALUES[] = {
    { ROSTER_SIGN_IN_IDLE, "ROSTER_SIGN_IN_IDLE", "idle" },
    { ROSTER_SIGN_IN_CONNECTING, "ROSTER_SIGN_IN_CONNECTING", "connecting" },
    { ROSTER_SIGN_IN_WAITING, "ROSTER_SIGN_IN_WAITING", "waiting" },
    { ROSTER_SIGN_IN_FINISHING, "ROSTER_SIGN_IN_FINISHING", "finishing" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("RosterSignInState", VALUES));
  return type;
}

static void
run_free (Run *run)
{
  g_object_unref (run->client);
  g_clear_pointer (&run->metadata, roster_provider_metadata_unref);
  g_clear_pointer (&run->request, roster_authorization_request_free);
  g_clear_object (&run->listener);
  g_object_unref (run->cancellable);
  g_free (run);
}

static void
set_state (RosterSignIn *self, RosterSignInState state, const char *authorization_uri)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (self->authorization_uri, authorization_uri) != 0)
    {
      g_free (self->authorization_uri);
      self->authorization_uri = g_strdup (authorization_uri);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AUTHORIZATION_URI]);
    }
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* One of @identity and @error, both taken. The run is the current one no more before anybody hears
 * of its end. */
static void
end (GTask *task, RosterIdentity *identity, GError *error)
{
  g_autoptr (RosterSignIn) self = g_object_ref (g_task_get_source_object (task));
  Run *run = g_task_get_task_data (task);

  g_cancellable_disconnect (g_task_get_cancellable (task), run->caller_id);
  run->caller_id = 0;
  g_clear_handle_id (&run->timeout_id, g_source_remove);
  g_clear_object (&run->listener);
  if (self->current == task)
    {
      self->current = NULL;
      set_state (self, ROSTER_SIGN_IN_IDLE, NULL);
    }
  if (identity)
    g_task_return_pointer (task, identity, (GDestroyNotify) roster_identity_free);
  else
    g_task_return_error (task, error);
}

/* Whether the next step may be taken: nothing may follow a cancelled one, even one that was done.
 */
static gboolean
goes_on (GTask *task, GError **error)
{
  Run *run = g_task_get_task_data (task);

  return !*error && !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

static void
exchanged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterIdentity) identity =
      roster_code_exchange_finish (ROSTER_OPENID_CLIENT (source), result, &error);

  if (goes_on (task, &error))
    end (task, g_steal_pointer (&identity), NULL);
  else
    end (task, NULL, g_steal_pointer (&error));
}

static void
redirected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_auto (RosterSecretString) code =
      roster_redirect_listener_wait_finish (ROSTER_REDIRECT_LISTENER (source), result, &error);

  g_clear_object (&run->listener);
  g_clear_handle_id (&run->timeout_id, g_source_remove);
  if (!goes_on (task, &error))
    {
      if (run->is_late)
        {
          g_clear_error (&error);
          roster_auth_fail (&error, ROSTER_AUTH_TIMED_OUT, "nobody came");
        }
      end (task, NULL, g_steal_pointer (&error));
      return;
    }
  set_state (g_task_get_source_object (task), ROSTER_SIGN_IN_FINISHING, NULL);
  roster_code_exchange_async (run->client, run->metadata, run->request, code, run->cancellable,
                              exchanged_cb, g_object_ref (task));
}

static gboolean
timeout_cb (gpointer user_data)
{
  Run *run = user_data;

  run->timeout_id = 0;
  run->is_late = TRUE;
  g_cancellable_cancel (run->cancellable);
  return G_SOURCE_REMOVE;
}

static void
begin_wait (GTask *task)
{
  RosterSignIn *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autofree char *uri = roster_authorization_request_make_uri (
      run->request, run->metadata, roster_openid_client_get_provider (run->client)->client_id);

  run->timeout_id = g_timeout_add (self->timeout_ms, timeout_cb, run);
  roster_redirect_listener_wait_async (run->listener, run->request->state, run->metadata->issuer,
                                       run->metadata->sends_iss, run->cancellable, redirected_cb,
                                       g_object_ref (task));
  set_state (self, ROSTER_SIGN_IN_WAITING, uri);
  roster_sign_in_open_again (self);
}

static void
metadata_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  run->metadata =
      roster_openid_client_load_metadata_finish (ROSTER_OPENID_CLIENT (source), result, &error);
  if (goes_on (task, &error))
    run->listener = roster_redirect_listener_new (&error);
  if (run->listener)
    run->request =
        roster_authorization_request_new (roster_redirect_listener_get_uri (run->listener), &error);
  if (run->request)
    begin_wait (task);
  else
    end (task, NULL, g_steal_pointer (&error));
}

static void
caller_cancelled_cb (GCancellable *caller, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static gboolean
is_same (const RosterProvider *a, const RosterProvider *b)
{
  return g_str_equal (a->issuer, b->issuer) && g_str_equal (a->client_id, b->client_id) &&
         g_strcmp0 (a->client_secret, b->client_secret) == 0;
}

/* GObject */

static void
roster_sign_in_finalize (GObject *object)
{
  RosterSignIn *self = ROSTER_SIGN_IN (object);

  if (self->destroy)
    self->destroy (self->open_uri_data);
  g_clear_object (&self->client);
  g_free (self->authorization_uri);

  G_OBJECT_CLASS (roster_sign_in_parent_class)->finalize (object);
}

static void
roster_sign_in_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RosterSignIn *self = ROSTER_SIGN_IN (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_AUTHORIZATION_URI:
      g_value_set_string (value, self->authorization_uri);
      break;
    case PROP_TIMEOUT_MS:
      g_value_set_uint (value, self->timeout_ms);
      break;
    case PROP_DEADLINE_MS:
      g_value_set_uint (value, self->deadline_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      break;
    }
}

static void
roster_sign_in_set_property (GObject *object,
                             guint property_id,
                             const GValue *value,
                             GParamSpec *pspec)
{
  RosterSignIn *self = ROSTER_SIGN_IN (object);
  guint *member = property_id == PROP_TIMEOUT_MS ? &self->timeout_ms : &self->deadline_ms;

  if (property_id != PROP_TIMEOUT_MS && property_id != PROP_DEADLINE_MS)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  else if (*member != g_value_get_uint (value))
    {
      *member = g_value_get_uint (value);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
roster_sign_in_class_init (RosterSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags settable = shown | G_PARAM_WRITABLE;

  object_class->finalize = roster_sign_in_finalize;
  object_class->get_property = roster_sign_in_get_property;
  object_class->set_property = roster_sign_in_set_property;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, ROSTER_TYPE_SIGN_IN_STATE,
                                         ROSTER_SIGN_IN_IDLE, shown);
  props[PROP_AUTHORIZATION_URI] =
      g_param_spec_string ("authorization-uri", NULL, NULL, NULL, shown);
  props[PROP_TIMEOUT_MS] =
      g_param_spec_uint ("timeout-ms", NULL, NULL, 1, G_MAXINT, DEFAULT_TIMEOUT_MS, settable);
  props[PROP_DEADLINE_MS] =
      g_param_spec_uint ("deadline-ms", NULL, NULL, 1, G_MAXINT, DEFAULT_DEADLINE_MS, settable);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
roster_sign_in_init (RosterSignIn *self)
{
  self->timeout_ms = DEFAULT_TIMEOUT_MS;
  self->deadline_ms = DEFAULT_DEADLINE_MS;
}

RosterSignIn *
roster_sign_in_new (RosterOpenUri open_uri, gpointer user_data, GDestroyNotify destroy)
{
  RosterSignIn *self = g_object_new (ROSTER_TYPE_SIGN_IN, NULL);

  self->open_uri = open_uri;
  self->open_uri_data = user_data;
  self->destroy = destroy;
  return self;
}

void
roster_sign_in_run_async (RosterSignIn *self,
                          const RosterProvider *provider,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, roster_sign_in_run_async);
  if (self->current)
    g_cancellable_cancel (((Run *) g_task_get_task_data (self->current))->cancellable);
  self->current = task;
  if (!self->client || !is_same (roster_openid_client_get_provider (self->client), provider))
    {
      g_clear_object (&self->client);
      self->client = roster_openid_client_new (provider);
    }
  roster_openid_client_set_deadline (self->client, self->deadline_ms);
  run->client = g_object_ref (self->client);
  run->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  if (cancellable)
    run->caller_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                            g_object_ref (run->cancellable), g_object_unref);
  set_state (self, ROSTER_SIGN_IN_CONNECTING, NULL);
  roster_openid_client_load_metadata_async (run->client, run->cancellable, metadata_cb,
                                            g_steal_pointer (&task));
}

RosterIdentity *
roster_sign_in_run_finish (RosterSignIn *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
roster_sign_in_open_again (RosterSignIn *self)
{
  if (self->authorization_uri)
    self->open_uri (self->authorization_uri, self->open_uri_data);
}

RosterSignInState
roster_sign_in_get_state (RosterSignIn *self)
{
  return self->state;
}

const char *
roster_sign_in_get_authorization_uri (RosterSignIn *self)
{
  return self->authorization_uri;
}
