/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "replica-test.h"

G_BEGIN_DECLS

/* An open replica, what it said, and people by number. */

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  /* What "changed" said, in order: "+3" for somebody put at slot 3, "-2" for slot 2 freed. */
  GString *log;
} ReplicaFixture;

void replica_fixture_set_up (ReplicaFixture *fixture, gconstpointer data);
void replica_fixture_tear_down (ReplicaFixture *fixture, gconstpointer data);

/** replica_fixture_assert_log: and forgets it. */
void replica_fixture_assert_log (ReplicaFixture *fixture, const char *expected);

/** replica_fixture_assert_everybody: asserts who is there by number and slot, in order of slots,
 * and that they are counted: "1@1 4@2". */
void replica_fixture_assert_everybody (ReplicaFixture *fixture, const char *expected);

RosterPerson *replica_fixture_add (ReplicaFixture *fixture, guint number);
void replica_fixture_add_only (ReplicaFixture *fixture, guint number);
void replica_fixture_delete_number (ReplicaFixture *fixture, guint number);
void replica_fixture_close_and_open (ReplicaFixture *fixture);

/** replica_fixture_new_batch: both (array zero-terminated=1): numbers of people. */
RosterBatch *replica_fixture_new_batch (const guint *people, const guint *removed);
void replica_fixture_apply (ReplicaFixture *fixture, const guint *people, const guint *removed);

G_END_DECLS
