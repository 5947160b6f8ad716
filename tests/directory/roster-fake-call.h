/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster-fake-truth.h"

G_BEGIN_DECLS

/* What a fake authority is asked for, and what came of it. */

typedef struct _RosterFakeCall RosterFakeCall;

/* Changes @truth, which is a copy, and says how in call->batch, or sets the error. */
typedef gboolean (*RosterFakeCallFunc) (RosterFakeTruth *truth,
                                        RosterFakeCall *call,
                                        GError **error);

struct _RosterFakeCall
{
  RosterFakeCallFunc run;
  gboolean is_read;
  char *batch_id;
  char *key;
  GPtrArray *people;
  RosterPerson *base;
  char **ids;
  gint64 change_id;
  guint n;
  RosterBatch *batch;
  GPtrArray *result;
  RosterPerson *result_person;
  RosterReceipt *result_receipt;
};

RosterFakeCall *roster_fake_call_new (RosterFakeCallFunc run, char **ids, const char *batch_id);
void roster_fake_call_free (RosterFakeCall *call);

/** roster_fake_call_validate: puts valid values in the place of those of call->people. */
gboolean roster_fake_call_validate (RosterFakeCall *call, GError **error);

/* The functions to run. */
gboolean roster_fake_call_create (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_update (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_delete (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_undo (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_restore (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_purge (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_history (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);
gboolean roster_fake_call_deleted (RosterFakeTruth *truth, RosterFakeCall *call, GError **error);

G_END_DECLS
