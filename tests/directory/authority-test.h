/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "replica-test.h"
#include "roster-authority.h"

G_BEGIN_DECLS

/* What every authority promises, asked of each one there is. The calls are waited for and return
 * what their finish function does. */

/**
 * AuthorityTestKind:
 * @distinguishes_case: e-mails that differ in their case only are different ones
 * @names_nobody: errors do not say who is in the way
 * @new: makes one over an open replica; @data: (out): for @free
 * @free: (nullable): @authority: (transfer full): nobody calls it any more
 *
 * An authority, and what it does in its own way.
 */
typedef struct
{
  const char *name;
  gboolean distinguishes_case;
  gboolean names_nobody;
  RosterAuthority *(*new) (RosterReplica *replica, gpointer *data);
  void (*free) (RosterAuthority *authority, gpointer data);
} AuthorityTestKind;

/** AUTHORITY_TEST_KINDS: which there are; ends with one that has no name. */
extern const AuthorityTestKind AUTHORITY_TEST_KINDS[];

/** AUTHORITY_TEST_BATCH: a batch id that ends with @letter. */
#define AUTHORITY_TEST_BATCH(letter) "c00000000000000000000000" letter

typedef struct
{
  const AuthorityTestKind *kind;
  gpointer kind_data;
  GFile *folder;
  RosterReplica *replica;
  RosterAuthority *authority;
  /* What happened, in order: "+2" and "-1" for a change that put two and removed one, "!" for a
   * call that completed. */
  GString *log;
  /* The batch of the last write; that of the next one, if it is not to be a new one. */
  char *batch_id;
  const char *next_batch_id;
} AuthorityTest;

typedef struct
{
  const char *name;
  void (*run) (AuthorityTest *fixture, gconstpointer data);
} AuthorityTestCase;

/** authority_test_run: runs @cases over each authority, as main() does. */
int authority_test_run (int argc, char *argv[], const AuthorityTestCase *cases, gsize n_cases);

/** authority_test_assert_log: and forgets it. */
void authority_test_assert_log (AuthorityTest *fixture, const char *expected);

/** authority_test_assert_everybody: asserts who is in the replica, and in how many. */
void authority_test_assert_everybody (AuthorityTest *fixture,
                                      const RosterPerson *const *people,
                                      guint n_people);

GPtrArray *authority_test_create (AuthorityTest *fixture,
                                  RosterPerson *const *people,
                                  gsize n_people,
                                  GError **error);
RosterPerson *authority_test_create_one (AuthorityTest *fixture,
                                         const RosterPerson *person,
                                         GError **error);
RosterPerson *authority_test_update (AuthorityTest *fixture,
                                     const RosterPerson *base,
                                     const RosterPerson *person,
                                     RosterPerson **current,
                                     GError **error);
RosterReceipt *authority_test_delete_ids (AuthorityTest *fixture,
                                          const char *const *ids,
                                          GError **error);

RosterReceipt *authority_test_undo (AuthorityTest *fixture,
                                    const char *batch_to_undo,
                                    GError **error);
RosterReceipt *authority_test_restore (AuthorityTest *fixture,
                                       const char *const *ids,
                                       GError **error);
gboolean authority_test_purge (AuthorityTest *fixture, const char *const *ids, GError **error);
GPtrArray *authority_test_history (AuthorityTest *fixture, const char *id, GError **error);
GPtrArray *authority_test_deleted (AuthorityTest *fixture,
                                   gint64 before_change_id,
                                   guint limit,
                                   guint *n_total,
                                   GError **error);

/** authority_test_add: Returns: (transfer full): person @number, added. */
RosterPerson *authority_test_add (AuthorityTest *fixture, guint number);

/** authority_test_delete_one: deletes somebody who is there. */
void authority_test_delete_one (AuthorityTest *fixture, const char *id);

/** authority_test_edit: Returns: (transfer full): @person with another name, saved. */
RosterPerson *authority_test_edit (AuthorityTest *fixture,
                                   const RosterPerson *person,
                                   const char *name);

/** authority_test_same_email: Returns: (transfer none): @email as somebody else could type it, for
 * the authority to take it for the same. */
const char *authority_test_same_email (AuthorityTest *fixture, const char *email);

/** authority_test_assert_names: asserts that the error names @who, if the authority does that. */
void authority_test_assert_names (AuthorityTest *fixture, const GError *error, const char *who);

/** authority_test_set_text: @text: (inout): a field of a person. */
void authority_test_set_text (char **text, const char *value);

G_END_DECLS
