/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whether the replica is what the database is. Both change: it counts when nobody was changed
 * between a pull before the server's digest and one after it. Main thread; the replica's digest is
 * made on a GTask's thread.
 */

#include "config.h"

#include "roster-calls.h"
#include "roster-replica-sync.h"
#include "roster-server-error.h"
#include "roster-sync-private.h"

#define MAX_ATTEMPTS 5

typedef struct
{
  guint n_attempts;
  guint64 generation;
  char *digest; /* (nullable) the server's */
  gboolean equal;
} Check;

static void
check_free (Check *check)
{
  g_free (check->digest);
  g_free (check);
}

static void
pull (GTask *task, GAsyncReadyCallback callback)
{
  roster_sync_pull_async (g_task_get_source_object (task), ROSTER_URGENCY_BACKGROUND,
                          g_task_get_cancellable (task), callback, task);
}

static void
read_anew_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (roster_sync_pull_finish (ROSTER_SYNC (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void begin (GTask *task);

static void
digested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterSync *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = g_task_propagate_pointer (G_TASK (result), &error);

  if (!digest)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (check->generation != self->generation)
    {
      begin (g_steal_pointer (&task));
      return;
    }
  check->equal = g_str_equal (digest, check->digest);
  if (check->equal)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->reads_anew = TRUE;
  pull (g_steal_pointer (&task), read_anew_cb);
}

static void
run_digest (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *digest = roster_replica_digest (task_data, cancellable, &error);

  if (digest)
    g_task_return_pointer (task, digest, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
pulled_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterSync *self = ROSTER_SYNC (source);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) digesting = NULL;

  if (!roster_sync_pull_finish (self, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (check->generation != self->generation)
    {
      begin (g_steal_pointer (&task));
      return;
    }
  digesting = g_task_new (NULL, g_task_get_cancellable (task), digested_cb, g_object_ref (task));
  g_task_set_task_data (digesting, g_object_ref (self->replica), g_object_unref);
  g_task_run_in_thread (digesting, run_digest);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterSync *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterAnswer) answer = roster_sync_ask_finish (self, result, &error);
  const RosterPeopleDigestRow *row = answer ? roster_answer_people_digest (answer, &error) : NULL;

  if (!row)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_free (check->digest);
  check->digest = g_strdup (row->digest);
  pull (g_steal_pointer (&task), pulled_again_cb);
}

static void
pulled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RosterSync *self = ROSTER_SYNC (source);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!roster_sync_pull_finish (self, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!self->token)
    {
      g_task_return_error (task, roster_server_error_new (ROSTER_ERROR_NOT_SIGNED_IN));
      return;
    }
  check->generation = self->generation;
  roster_sync_ask (self, roster_call_people_digest (self->token), ROSTER_URGENCY_BACKGROUND,
                   g_task_get_cancellable (task), answered_cb, g_object_ref (task));
}

static void
begin (GTask *task)
{
  Check *check = g_task_get_task_data (task);

  if (++check->n_attempts > MAX_ATTEMPTS)
    {
      g_task_return_error (task, roster_server_error_new (ROSTER_ERROR_CONFLICT));
      g_object_unref (task);
      return;
    }
  pull (task, pulled_cb);
}

void
roster_sync_check_async (RosterSync *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, roster_sync_check_async);
  g_task_set_task_data (task, g_new0 (Check, 1), (GDestroyNotify) check_free);
  begin (task);
}

gboolean
roster_sync_check_finish (RosterSync *self, GAsyncResult *result, gboolean *equal, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_sync_check_async), FALSE);

  *equal = ((Check *) g_task_get_task_data (G_TASK (result)))->equal;
  return g_task_propagate_boolean (G_TASK (result), error);
}
