/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "replica-test.h"
#include "roster-error.h"

G_BEGIN_DECLS

/* A replica that is closed at first, and its file. */

#define N_PEOPLE 200

typedef struct
{
  GFile *folder;
  RosterReplica *replica;
  char *path;
} FileFixture;

void file_fixture_set_up (FileFixture *fixture, gconstpointer data);
void file_fixture_tear_down (FileFixture *fixture, gconstpointer data);
void file_fixture_assert_opens (FileFixture *fixture);
void file_fixture_add_number (FileFixture *fixture, guint number);

/** file_fixture_make_file: leaves a closed file of @n_people, added by the batch "made". */
void file_fixture_make_file (FileFixture *fixture, guint n_people);
void file_fixture_assert_n_people (FileFixture *fixture, guint n_people);

/** file_fixture_assert_refused: asserts that opening fails and leaves everything as it is. */
void file_fixture_assert_refused (FileFixture *fixture, RosterError code);

char *file_fixture_side_path (FileFixture *fixture, const char *suffix);
void file_fixture_write_file (const char *path, const char *bytes, gssize n_bytes);
char *file_fixture_read_file (const char *path, gsize *n_bytes);

G_END_DECLS
