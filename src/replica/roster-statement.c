/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The statements that a handle keeps prepared. No state. */

#include "config.h"

#include "roster-statement.h"

static const char *const NAMES[ROSTER_N_STATEMENTS] = {
  [ROSTER_STATEMENT_LOAD_PEOPLE] = "load-people",
  [ROSTER_STATEMENT_PERSON_BY_ID] = "person-by-id",
  [ROSTER_STATEMENT_PERSON_BY_EMAIL] = "person-by-email",
  [ROSTER_STATEMENT_INSERT_PERSON] = "insert-person",
  [ROSTER_STATEMENT_UPDATE_PERSON] = "update-person",
  [ROSTER_STATEMENT_DELETE_PERSON] = "delete-person",
  [ROSTER_STATEMENT_NEXT_SLOT] = "next-slot",
  [ROSTER_STATEMENT_SLOTS] = "slots",
  [ROSTER_STATEMENT_MOVE_PERSON] = "move-person",
  [ROSTER_STATEMENT_N_PEOPLE] = "n-people",
  [ROSTER_STATEMENT_ADD_TO_N_PEOPLE] = "add-to-n-people",
  [ROSTER_STATEMENT_FIRST_PAGE] = "first-page",
  [ROSTER_STATEMENT_DROP_FIRST_PAGE] = "drop-first-page",
  [ROSTER_STATEMENT_DROP_FIRST_PAGES] = "drop-first-pages",
  [ROSTER_STATEMENT_INSERT_FIRST_PAGE] = "insert-first-page",
  [ROSTER_STATEMENT_RECOUNT] = "recount",
  [ROSTER_STATEMENT_LOAD_DRAFTS] = "load-drafts",
  [ROSTER_STATEMENT_SAVE_DRAFT] = "save-draft",
  [ROSTER_STATEMENT_DROP_DRAFT] = "drop-draft",
  [ROSTER_STATEMENT_SAVE_COPY] = "save-copy",
  [ROSTER_STATEMENT_NEXT_CHANGE_ID] = "next-change-id",
  [ROSTER_STATEMENT_INSERT_CHANGE] = "insert-change",
  [ROSTER_STATEMENT_CHANGES_OF_PERSON] = "changes-of-person",
  [ROSTER_STATEMENT_CHANGES_OF_BATCH] = "changes-of-batch",
  [ROSTER_STATEMENT_NEXT_CHANGE_OF_PERSON] = "next-change-of-person",
  [ROSTER_STATEMENT_BATCH_BY_ID] = "batch-by-id",
  [ROSTER_STATEMENT_INSERT_BATCH] = "insert-batch",
  [ROSTER_STATEMENT_ANY_DELETED] = "any-deleted",
  [ROSTER_STATEMENT_N_DELETED] = "n-deleted",
  [ROSTER_STATEMENT_DELETED_PAGE] = "deleted-page",
  [ROSTER_STATEMENT_DELETED_CHANGE] = "deleted-change",
  [ROSTER_STATEMENT_INSERT_DELETED] = "insert-deleted",
  [ROSTER_STATEMENT_FORGET_DELETED] = "forget-deleted",
  [ROSTER_STATEMENT_FORGET_ALL_DELETED] = "forget-all-deleted",
  [ROSTER_STATEMENT_EXPIRED] = "expired",
  [ROSTER_STATEMENT_FORGET_EXPIRED] = "forget-expired",
  [ROSTER_STATEMENT_PURGE_PERSON] = "purge-person",
  [ROSTER_STATEMENT_PURGE_ALL_DELETED] = "purge-all-deleted",
  [ROSTER_STATEMENT_PURGE_DRAFTS] = "purge-drafts",
  [ROSTER_STATEMENT_CLOCK] = "clock",
  [ROSTER_STATEMENT_SET_CLOCK] = "set-clock",
  [ROSTER_STATEMENT_SYNC_POINT] = "sync-point",
  [ROSTER_STATEMENT_SET_SYNC_POINT] = "set-sync-point",
  [ROSTER_STATEMENT_DROP_EMAIL_KEY] = "drop-email-key",
  [ROSTER_STATEMENT_DROP_UNSEEN] = "drop-unseen",
  [ROSTER_STATEMENT_MARK_UNSEEN] = "mark-unseen",
  [ROSTER_STATEMENT_MARK_SEEN] = "mark-seen",
  [ROSTER_STATEMENT_ANY_UNSEEN] = "any-unseen",
  [ROSTER_STATEMENT_UNSEEN_PEOPLE] = "unseen-people",
  [ROSTER_STATEMENT_PEOPLE_BY_ID] = "people-by-id",
};

const char *
roster_statement_get_name (RosterStatement statement)
{
  return NAMES[statement];
}
