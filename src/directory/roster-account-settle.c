/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telling the server and the provider what is over here: one token after the other, each forgotten
 * when whom it concerns knows. Main thread. */

#define G_LOG_DOMAIN "roster-directory"

#include "config.h"

#include "roster-account-private.h"

#include "roster-calls.h"
#include "roster-error.h"
#include "roster-secret-string.h"

typedef struct
{
  RosterAccount *self;
  char *token;
} Telling;

static Telling *
telling_new (RosterAccount *self, char *token)
{
  Telling *telling = g_new (Telling, 1);

  *telling = (Telling){ g_object_ref (self), token };
  return telling;
}

static void
telling_free (Telling *telling)
{
  g_object_unref (telling->self);
  roster_secret_string_free (telling->token);
  g_free (telling);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Telling, telling_free)

static void end_next (RosterAccount *self);
static void revoke_next (RosterAccount *self);

static char *
get_first (RosterAccount *self, RosterSecret list)
{
  return roster_secrets_get_first (roster_token_store_get (self->store), list);
}

static void
forget (const Telling *telling, RosterSecret list)
{
  RosterSecrets *secrets = roster_secrets_copy (roster_token_store_get (telling->self->store));

  roster_secrets_remove (secrets, list, telling->token);
  roster_account_save (telling->self, secrets);
}

static void
end_settling (RosterAccount *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->settling);
  const RosterSecrets *secrets = roster_token_store_get (self->store);
  gboolean is_settled = !roster_secrets_get (secrets, ROSTER_SECRET_TO_END) &&
                        !roster_secrets_get (secrets, ROSTER_SECRET_TO_REVOKE);

  self->settling = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], is_settled);
}

static void
revoked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Telling) telling = user_data;
  RosterAccount *self = telling->self;
  g_autoptr (GError) error = NULL;

  if (!self->revoke_finish (self->revoke_source, result, &error))
    g_info ("Revoking: %s %d", g_quark_to_string (error->domain), error->code);
  if (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_UNREACHABLE) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end_settling (self);
      return;
    }
  forget (telling, ROSTER_SECRET_TO_REVOKE);
  revoke_next (self);
}

static void
revoke_next (RosterAccount *self)
{
  char *token = self->revoke_async ? get_first (self, ROSTER_SECRET_TO_REVOKE) : NULL;

  if (!token)
    end_settling (self);
  else
    self->revoke_async (self->revoke_source, token, NULL, revoked_cb, telling_new (self, token));
}

static void
session_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Telling) telling = user_data;
  RosterAccount *self = telling->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = roster_account_ask_finish (self, result, &error);

  if (answers)
    roster_answer_end_session (answers->pdata[0], &error);
  /* Who is no member has no session either. */
  if (error && !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_SIGNED_IN) &&
      !g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_NOT_A_MEMBER))
    {
      /* The provider may be there when the server is not. */
      revoke_next (self);
      return;
    }
  forget (telling, ROSTER_SECRET_TO_END);
  end_next (self);
}

static void
end_next (RosterAccount *self)
{
  char *token = get_first (self, ROSTER_SECRET_TO_END);

  if (!token)
    revoke_next (self);
  else
    roster_account_ask (self, roster_call_end_session (token, NULL), ROSTER_URGENCY_BACKGROUND,
                        NULL, session_ended_cb, telling_new (self, token));
}

void
roster_account_settle_async (RosterAccount *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, roster_account_settle_async);
  g_ptr_array_add (self->settling, task);
  if (self->settling->len == 1)
    end_next (self);
}

gboolean
roster_account_settle_finish (RosterAccount *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
