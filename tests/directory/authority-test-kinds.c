/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The authorities that need nothing but the replica. */

#include "config.h"

#include "authority-test.h"
#include "roster-fake-authority.h"
#include "roster-local-authority.h"

static RosterAuthority *
new_local (RosterReplica *replica, gpointer *data)
{
  return roster_local_authority_new (replica);
}

static RosterAuthority *
new_fake (RosterReplica *replica, gpointer *data)
{
  return roster_fake_authority_new (replica);
}

static void
free_authority (RosterAuthority *authority, gpointer data)
{
  g_assert_finalize_object (authority);
}

const AuthorityTestKind AUTHORITY_TEST_KINDS[] = {
  { "local", FALSE, FALSE, new_local, free_authority },
  { "fake", FALSE, FALSE, new_fake, free_authority },
  { NULL },
};
