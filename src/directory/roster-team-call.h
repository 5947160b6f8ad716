/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-call.h"
#include "roster-change.h"
#include "roster-person.h"
#include "roster-receipt.h"

G_BEGIN_DECLS

typedef struct _RosterTeamCall RosterTeamCall;

/**
 * RosterTeamCallKind:
 * @is_read: nothing is written by it
 * @add_questions: what the database is to be asked
 * @take_answers: reads the answers to that, in order; on an error what it says stays in the call
 */
typedef struct
{
  gboolean is_read;
  void (*add_questions) (const RosterTeamCall *call, const char *token, GPtrArray *questions);
  gboolean (*take_answers) (RosterTeamCall *call, GPtrArray *answers, GError **error);
} RosterTeamCallKind;

extern const RosterTeamCallKind ROSTER_TEAM_CREATE;
extern const RosterTeamCallKind ROSTER_TEAM_UPDATE;
extern const RosterTeamCallKind ROSTER_TEAM_DELETE;
extern const RosterTeamCallKind ROSTER_TEAM_UNDO;
extern const RosterTeamCallKind ROSTER_TEAM_RESTORE;
extern const RosterTeamCallKind ROSTER_TEAM_PURGE;
extern const RosterTeamCallKind ROSTER_TEAM_HISTORY;
extern const RosterTeamCallKind ROSTER_TEAM_DELETED;

/**
 * RosterTeamCall:
 * @people: (element-type RosterPerson) (nullable): who is to be written
 * @base: (nullable): as editing began
 * @ids: (nullable): who is meant
 * @key: (nullable): the batch to undo, or the person whose history is asked for
 * @batch_id: (nullable): of the write
 * @change_id, @limit: where a page begins, and how long it is
 * @result: (nullable): people or changes that came of it
 * @person: (nullable): the person as they are now, of a conflict too
 * @receipt: (nullable): what came of it
 * @n_total: how many there are on all pages
 * @error: (nullable): what came of it instead
 *
 * What somebody asks of the team's database, as its statements know it, and what comes back. Inside
 * directory/ only; main thread.
 */
struct _RosterTeamCall
{
  const RosterTeamCallKind *kind;

  GPtrArray *people;
  RosterPerson *base;
  char **ids;
  char *key;
  char *batch_id;
  gint64 change_id;
  guint limit;

  GPtrArray *result;
  RosterPerson *person;
  RosterReceipt *receipt;
  guint n_total;
  GError *error;
};

/** roster_team_call_new: @batch_id: (nullable). Returns: (transfer full): nothing else is set. */
RosterTeamCall *roster_team_call_new (const RosterTeamCallKind *kind, const char *batch_id);
void roster_team_call_free (RosterTeamCall *call);

/** roster_team_call_validate: makes the people valid. Errors: ROSTER_ERROR_INVALID. */
gboolean roster_team_call_validate (RosterTeamCall *call, GError **error);

/** roster_team_call_is_for_nobody: Returns: whether there is nothing to ask. */
gboolean roster_team_call_is_for_nobody (const RosterTeamCall *call);

/** roster_team_call_dup_result_ids: Returns: (transfer full): of the people that came of it. */
char **roster_team_call_dup_result_ids (const RosterTeamCall *call);

/** roster_team_call_take_slots: @found: (element-type RosterPerson): who of them is in the replica,
 * in the same order. */
void roster_team_call_take_slots (RosterTeamCall *call, GPtrArray *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTeamCall, roster_team_call_free)

G_END_DECLS
