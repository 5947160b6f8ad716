/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One's own sessions on all devices. Main thread. */

#include "config.h"

#include "roster-account-private.h"

#include "roster-calls.h"

void
roster_open_session_free (RosterOpenSession *session)
{
  g_free (session->id);
  g_free (session);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers =
      roster_account_ask_finish (g_task_get_source_object (task), result, &error);
  gsize n_rows = 0;
  const RosterSessionRow *rows =
      answers ? roster_answer_my_sessions (answers->pdata[0], &n_rows, &error) : NULL;
  GPtrArray *sessions;

  if (!rows)
    {
      roster_account_fail_task (task, error);
      return;
    }
  sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_open_session_free);
  for (gsize i = 0; i < n_rows; i++)
    {
      RosterOpenSession *session = g_new (RosterOpenSession, 1);

      *session =
          (RosterOpenSession){ g_strdup (rows[i].id), rows[i].expires_at_unix_ms, rows[i].is_this };
      g_ptr_array_add (sessions, session);
    }
  g_task_return_pointer (task, sessions, (GDestroyNotify) g_ptr_array_unref);
}

void
roster_account_sessions_async (RosterAccount *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = roster_account_new_task (self, roster_account_sessions_async, cancellable, callback,
                                         user_data);

  roster_account_ask (self, roster_call_my_sessions (g_task_get_task_data (task)),
                      ROSTER_URGENCY_PERSON, cancellable, listed_cb, task);
}

GPtrArray *
roster_account_sessions_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
session_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers =
      roster_account_ask_finish (g_task_get_source_object (task), result, &error);

  if (answers && roster_answer_end_session (answers->pdata[0], &error))
    g_task_return_boolean (task, TRUE);
  else
    roster_account_fail_task (task, error);
}

void
roster_account_end_session_async (RosterAccount *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = roster_account_new_task (self, roster_account_end_session_async, cancellable,
                                         callback, user_data);

  roster_account_ask (self, roster_call_end_session (g_task_get_task_data (task), id),
                      ROSTER_URGENCY_PERSON, cancellable, session_ended_cb, task);
}

gboolean
roster_account_end_session_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
others_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) answers =
      roster_account_ask_finish (g_task_get_source_object (task), result, &error);
  const RosterEndedRow *row =
      answers ? roster_answer_end_other_sessions (answers->pdata[0], &error) : NULL;

  if (row)
    g_task_return_int (task, row->n_sessions);
  else
    roster_account_fail_task (task, error);
}

void
roster_account_end_others_async (RosterAccount *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = roster_account_new_task (self, roster_account_end_others_async, cancellable,
                                         callback, user_data);

  roster_account_ask (self, roster_call_end_other_sessions (g_task_get_task_data (task)),
                      ROSTER_URGENCY_PERSON, cancellable, others_ended_cb, task);
}

int
roster_account_end_others_finish (RosterAccount *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return (int) g_task_propagate_int (G_TASK (result), error);
}
