/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROSTER_ERROR (roster_error_quark ())

/**
 * RosterError:
 * @ROSTER_ERROR_FAILED: anything that has no code of its own
 * @ROSTER_ERROR_INVALID: a value that a person cannot have (see roster-person-validation.h)
 * @ROSTER_ERROR_DUPLICATE_EMAIL: somebody else has this e-mail
 * @ROSTER_ERROR_NOT_FOUND: the person is no longer there
 * @ROSTER_ERROR_CONFLICT: somebody else changed the same field meanwhile
 * @ROSTER_ERROR_READ_ONLY: the directory cannot be changed (the message says why)
 * @ROSTER_ERROR_NO_SPACE: the disk is full
 * @ROSTER_ERROR_CORRUPT: the file is damaged or not a directory
 * @ROSTER_ERROR_NEWER_VERSION: the file was made by a newer Roster
 * @ROSTER_ERROR_CLOSED: the call came after, or was ended by, a shutdown
 * @ROSTER_ERROR_UNREACHABLE: the team's database does not answer
 * @ROSTER_ERROR_NOT_SIGNED_IN: there is no session, or it has ended
 * @ROSTER_ERROR_NOT_ALLOWED: the server does not let this role do that
 * @ROSTER_ERROR_NOT_A_MEMBER: the server no longer lets this role in
 * @ROSTER_ERROR_OTHER_EMAIL: this way into the database is for somebody with another e-mail
 * @ROSTER_ERROR_OTHER_ACCOUNT: another account has this e-mail
 *
 * Every message in this domain is a translated sentence for a person and says what to do next.
 * A cancelled call is G_IO_ERROR_CANCELLED instead.
 */
typedef enum
{
  ROSTER_ERROR_FAILED,
  ROSTER_ERROR_INVALID,
  ROSTER_ERROR_DUPLICATE_EMAIL,
  ROSTER_ERROR_NOT_FOUND,
  ROSTER_ERROR_CONFLICT,
  ROSTER_ERROR_READ_ONLY,
  ROSTER_ERROR_NO_SPACE,
  ROSTER_ERROR_CORRUPT,
  ROSTER_ERROR_NEWER_VERSION,
  ROSTER_ERROR_CLOSED,
  ROSTER_ERROR_UNREACHABLE,
  ROSTER_ERROR_NOT_SIGNED_IN,
  ROSTER_ERROR_NOT_ALLOWED,
  ROSTER_ERROR_NOT_A_MEMBER,
  ROSTER_ERROR_OTHER_EMAIL,
  ROSTER_ERROR_OTHER_ACCOUNT,
} RosterError;

GQuark roster_error_quark (void);

G_END_DECLS
