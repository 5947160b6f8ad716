/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A pull is a walk from the point where the replica is to one where it has everything: each step
 * asks the server, and the replica takes the answer, rows and point in one transaction, as what
 * follows that very point. So it does not matter where it is stopped, and what others brought the
 * replica meanwhile makes a step that comes too late void. Main thread, which only passes answers
 * on. Whatever comes back ends in returned(), which has roster_sync_go_on() decide what is next.
 */

#include "config.h"

#include "roster-calls.h"
#include "roster-replica-sync.h"
#include "roster-server-error.h"
#include "roster-sync-private.h"

/* About 10,000 people; while the replica takes one page, the next are on their way. */
#define BLOCKS_A_PAGE 128
#define MAX_PAGES_UNDER_WAY 3
/* The server, or somebody who shares the replica, may be quicker again and again. */
#define MAX_ATTEMPTS 5

void
roster_sync_ask (RosterSync *self,
                 RosterCall *call,
                 RosterUrgency urgency,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) roster_call_free);

  g_ptr_array_add (calls, call);
  roster_worker_run_async (self->worker, calls, urgency, ROSTER_WORKER_TIMEOUT_MS, cancellable,
                           callback, user_data);
}

RosterAnswer *
roster_sync_ask_finish (RosterSync *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) answers = roster_worker_run_finish (self->worker, result, error);

  return answers ? g_ptr_array_steal_index (answers, 0) : NULL;
}

/* The step does not lead on from where the replica is: it is looked for again. */
static void
make_void (RosterSync *self)
{
  if (self->is_void)
    return;
  self->is_void = TRUE;
  if (++self->n_attempts >= MAX_ATTEMPTS)
    roster_sync_fail (self, roster_server_error_new (ROSTER_ERROR_CONFLICT));
}

static gboolean
is_of_use (RosterSync *self)
{
  return !self->failure && !self->is_void;
}

static void
returned (RosterSync *self)
{
  self->n_under_way--;
  roster_sync_go_on (self);
}

static void
ask (RosterSync *self, RosterCall *call, GAsyncReadyCallback callback, gpointer user_data)
{
  self->n_under_way++;
  roster_sync_ask (self, call, self->urgency, self->cancellable, callback, user_data);
}

typedef struct
{
  RosterSync *sync;
  RosterSyncPoint *from;
  RosterSyncPoint *to;
} Step;

/* The step from where the replica is by then. */
static Step *
step_new (RosterSync *self, RosterSyncPoint *to)
{
  Step *step = g_new (Step, 1);

  *step = (Step){ g_object_ref (self), self->asked, to };
  self->asked = roster_sync_point_copy (to);
  return step;
}

static void
step_free (Step *step)
{
  roster_sync_point_free (step->from);
  roster_sync_point_free (step->to);
  g_object_unref (step->sync);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  RosterSync *self = step->sync;
  g_autoptr (GError) error = NULL;

  if (roster_replica_sync_finish (ROSTER_REPLICA (source), result, NULL, &error))
    {
      if (step->to->is_partial && step->to->next_block == 0)
        self->reads_anew = FALSE;
      self->is_whole = !step->to->is_partial;
      roster_sync_tell_point (self, step->to);
    }
  else if (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT))
    make_void (self);
  else
    roster_sync_fail (self, g_steal_pointer (&error));
  returned (self);
}

static void
take_step (Step *step, const RosterSyncRows *rows)
{
  RosterSync *self = step->sync;

  roster_replica_sync_async (self->replica, step->from, step->to, rows, self->cancellable,
                             stepped_cb, step);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterSync) self = user_data;
  g_autoptr (GError) error = NULL;

  self->asked = roster_replica_sync_point_finish (ROSTER_REPLICA (source), result, &error);
  if (self->asked)
    roster_sync_tell_point (self, self->asked);
  else
    roster_sync_fail (self, g_steal_pointer (&error));
  returned (self);
}

static void
look (RosterSync *self)
{
  self->is_void = FALSE;
  self->n_under_way++;
  g_clear_pointer (&self->asked, roster_sync_point_free);
  roster_replica_sync_point_async (self->replica, self->cancellable, looked_cb,
                                   g_object_ref (self));
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterAnswer) answer = roster_sync_ask_finish (self, result, &error);
  const RosterSyncRow *row = answer ? roster_answer_begin_sync (answer, &error) : NULL;
  RosterSyncPoint *to;

  if (!row)
    {
      roster_sync_fail (self, g_steal_pointer (&error));
      returned (self);
      return;
    }
  to = roster_sync_point_new (row->cursor);
  to->is_partial = TRUE;
  to->file = row->file;
  to->n_blocks = row->n_blocks;
  to->as_of_unix_ms = self->asked->as_of_unix_ms;
  take_step (step_new (self, to), NULL);
}

static void
get_person (gconstpointer data, gsize i, RosterPerson *person)
{
  gsize n_rows;
  const RosterPersonRow *row = roster_answer_people_page (data, &n_rows, NULL) + i;

  *person = (RosterPerson){ (char *) row->id,    (char *) row->name,      (char *) row->email,
                            (char *) row->phone, row->created_at_unix_ms, row->updated_at_unix_ms,
                            ROSTER_NO_SLOT };
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Step) step = user_data;
  RosterSync *self = step->sync;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterAnswer) answer = roster_sync_ask_finish (self, result, &error);
  RosterSyncRows rows = { 0, get_person, NULL, (GDestroyNotify) roster_answer_free };

  if (answer && roster_answer_people_page (answer, &rows.n, &error) && is_of_use (self))
    {
      rows.data = g_steal_pointer (&answer);
      take_step (g_steal_pointer (&step), &rows);
      return;
    }
  /* The table is another file by now, or never had such a page. */
  if (g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_CONFLICT) ||
      g_error_matches (error, ROSTER_ERROR, ROSTER_ERROR_INVALID))
    {
      self->reads_anew = TRUE;
      make_void (self);
    }
  else if (error)
    roster_sync_fail (self, g_steal_pointer (&error));
  returned (self);
}

static void
ask_page (RosterSync *self)
{
  RosterSyncPoint *to = roster_sync_point_copy (self->asked);
  gint64 first_block = to->next_block;

  to->next_block = MIN (first_block + BLOCKS_A_PAGE, to->n_blocks);
  ask (self,
       roster_call_people_page (self->token, to->file, first_block, to->next_block - first_block),
       page_cb, step_new (self, to));
}

/* The first row is not about anybody. */
static void
get_change (gconstpointer data, gsize i, RosterPerson *person)
{
  gsize n_rows;
  const RosterChangeRow *row = roster_answer_changes_since (data, &n_rows, NULL) + i + 1;

  *person = (RosterPerson){ (char *) row->id,    (char *) row->name,      (char *) row->email,
                            (char *) row->phone, row->created_at_unix_ms, row->updated_at_unix_ms,
                            ROSTER_NO_SLOT };
}

RosterSyncPoint *
roster_sync_read_changes (RosterAnswer *answer,
                          gint64 asked_at_unix_ms,
                          RosterSyncRows *rows,
                          GError **error)
{
  g_autoptr (RosterAnswer) owned = answer;
  gsize n;
  const RosterChangeRow *changes = roster_answer_changes_since (answer, &n, error);
  RosterSyncPoint *to;

  if (!changes || n == 0 || !changes->next_cursor)
    return NULL;
  to = roster_sync_point_new (changes->next_cursor);
  to->as_of_unix_ms = asked_at_unix_ms;
  *rows = (RosterSyncRows){ n - 1, get_change, g_steal_pointer (&owned),
                            (GDestroyNotify) roster_answer_free };
  return to;
}

static void
changes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterSync) self = user_data;
  g_autoptr (GError) error = NULL;
  RosterAnswer *answer = roster_sync_ask_finish (self, result, &error);
  RosterSyncRows rows;
  RosterSyncPoint *to =
      answer ? roster_sync_read_changes (answer, self->asked_at_unix_ms, &rows, &error) : NULL;

  if (to)
    {
      take_step (step_new (self, to), &rows);
      return;
    }
  if (error)
    roster_sync_fail (self, g_steal_pointer (&error));
  else
    {
      self->reads_anew = TRUE;
      make_void (self);
    }
  returned (self);
}

static void
ask_changes (RosterSync *self)
{
  self->asked_at_unix_ms = g_get_real_time () / 1000;
  ask (self, roster_call_changes_since (self->token, self->asked->cursor), changes_cb,
       g_object_ref (self));
}

static gboolean
has_pages (RosterSync *self)
{
  return self->asked && self->asked->is_partial && !self->reads_anew &&
         self->asked->next_block < self->asked->n_blocks;
}

void
roster_sync_go_on (RosterSync *self)
{
  while (is_of_use (self) && has_pages (self) && self->n_under_way < MAX_PAGES_UNDER_WAY)
    ask_page (self);
  if (self->n_under_way > 0)
    return;
  if (self->failure || self->is_whole)
    roster_sync_end_pull (self);
  else if (self->is_void || !self->asked)
    look (self);
  else if (self->reads_anew || !*self->asked->cursor)
    ask (self, roster_call_begin_sync (self->token), begun_cb, g_object_ref (self));
  else
    ask_changes (self);
}
