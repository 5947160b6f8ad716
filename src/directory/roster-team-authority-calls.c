/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What RosterAuthority can be asked for, as calls. Main thread; no state. */

#include "config.h"

#include "roster-team-authority-private.h"

#include "roster-cuid.h"

/* Returns: (nullable): the call, when it went well */
static RosterTeamCall *
finish (RosterAuthority *authority,
        const RosterTeamCallKind *kind,
        GAsyncResult *result,
        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authority), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, (gpointer) kind), NULL);

  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result))
                                                           : NULL;
}

static void
roster_team_authority_create_async (RosterAuthority *authority,
                                    GPtrArray *people,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_CREATE, batch_id);

  call->people = people;
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_update_async (RosterAuthority *authority,
                                    const RosterPerson *base,
                                    const RosterPerson *person,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_UPDATE, batch_id);

  call->base = roster_person_copy (base);
  call->people = roster_person_copy_all ((RosterPerson *const *) &person, 1);
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_delete_async (RosterAuthority *authority,
                                    char **ids,
                                    const char *batch_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_DELETE, batch_id);

  call->ids = ids;
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_undo_async (RosterAuthority *authority,
                                  const char *batch_to_undo,
                                  const char *batch_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_UNDO, batch_id);

  call->key = g_strdup (batch_to_undo);
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_restore_async (RosterAuthority *authority,
                                     char **ids,
                                     const char *batch_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_RESTORE, batch_id);

  call->ids = ids;
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_purge_async (RosterAuthority *authority,
                                   char **ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *batch_id = roster_cuid_new ();
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_PURGE, batch_id);

  call->ids = ids;
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_history_async (RosterAuthority *authority,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_HISTORY, NULL);

  call->key = g_strdup (id);
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static void
roster_team_authority_deleted_async (RosterAuthority *authority,
                                     gint64 before_change_id,
                                     guint limit,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  RosterTeamCall *call = roster_team_call_new (&ROSTER_TEAM_DELETED, NULL);

  call->change_id = before_change_id;
  call->limit = limit;
  roster_team_authority_push (ROSTER_TEAM_AUTHORITY (authority), call, cancellable, callback,
                              user_data);
}

static GPtrArray *
roster_team_authority_create_finish (RosterAuthority *authority,
                                     GAsyncResult *result,
                                     GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_CREATE, result, error);

  return call ? g_steal_pointer (&call->result) : NULL;
}

static RosterPerson *
roster_team_authority_update_finish (RosterAuthority *authority,
                                     GAsyncResult *result,
                                     RosterPerson **current,
                                     GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_UPDATE, result, error);
  RosterTeamCall *failed = call ? NULL : g_task_get_task_data (G_TASK (result));

  if (current)
    *current = failed ? g_steal_pointer (&failed->person) : NULL;
  return call ? g_steal_pointer (&call->person) : NULL;
}

static RosterReceipt *
roster_team_authority_delete_finish (RosterAuthority *authority,
                                     GAsyncResult *result,
                                     GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_DELETE, result, error);

  return call ? g_steal_pointer (&call->receipt) : NULL;
}

static RosterReceipt *
roster_team_authority_undo_finish (RosterAuthority *authority, GAsyncResult *result, GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_UNDO, result, error);

  return call ? g_steal_pointer (&call->receipt) : NULL;
}

static RosterReceipt *
roster_team_authority_restore_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_RESTORE, result, error);

  return call ? g_steal_pointer (&call->receipt) : NULL;
}

static gboolean
roster_team_authority_purge_finish (RosterAuthority *authority,
                                    GAsyncResult *result,
                                    GError **error)
{
  return finish (authority, &ROSTER_TEAM_PURGE, result, error) != NULL;
}

static GPtrArray *
roster_team_authority_history_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_HISTORY, result, error);

  return call ? g_steal_pointer (&call->result) : NULL;
}

static GPtrArray *
roster_team_authority_deleted_finish (RosterAuthority *authority,
                                      GAsyncResult *result,
                                      guint *n_total,
                                      GError **error)
{
  RosterTeamCall *call = finish (authority, &ROSTER_TEAM_DELETED, result, error);

  if (!call)
    return NULL;
  *n_total = call->n_total;
  return g_steal_pointer (&call->result);
}

/* Who runs the database says for how long it keeps what was deleted. */
static void
roster_team_authority_tidy (RosterAuthority *authority)
{
}

void
roster_team_authority_authority_init (RosterAuthorityInterface *iface)
{
  iface->create_async = roster_team_authority_create_async;
  iface->create_finish = roster_team_authority_create_finish;
  iface->update_async = roster_team_authority_update_async;
  iface->update_finish = roster_team_authority_update_finish;
  iface->delete_async = roster_team_authority_delete_async;
  iface->delete_finish = roster_team_authority_delete_finish;
  iface->undo_async = roster_team_authority_undo_async;
  iface->undo_finish = roster_team_authority_undo_finish;
  iface->restore_async = roster_team_authority_restore_async;
  iface->restore_finish = roster_team_authority_restore_finish;
  iface->purge_async = roster_team_authority_purge_async;
  iface->purge_finish = roster_team_authority_purge_finish;
  iface->history_async = roster_team_authority_history_async;
  iface->history_finish = roster_team_authority_history_finish;
  iface->deleted_async = roster_team_authority_deleted_async;
  iface->deleted_finish = roster_team_authority_deleted_finish;
  iface->tidy = roster_team_authority_tidy;
}
