/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/**
 * RosterLoss:
 * @ROSTER_LOSS_UNREACHABLE: nobody answers there
 * @ROSTER_LOSS_WAKING: somebody does, but cannot serve yet
 * @ROSTER_LOSS_REFUSED: trying again would not help
 * @ROSTER_LOSS_DROPPED: it was open, and is so no longer
 *
 * Why there is no connection though nobody here closed it. Inside postgres/ only.
 */
typedef enum
{
  ROSTER_LOSS_UNREACHABLE,
  ROSTER_LOSS_WAKING,
  ROSTER_LOSS_REFUSED,
  ROSTER_LOSS_DROPPED,
} RosterLoss;

/**
 * roster_loss_of_connecting:
 * @pg: what failed to connect, its messages in English and of PQERRORS_SQLSTATE
 * @error: (out): ROSTER_ERROR_UNREACHABLE, ROSTER_ERROR_NOT_ALLOWED or ROSTER_ERROR_FAILED
 *
 * Returns: why. Writes the SQLSTATE, and nothing else, to the log.
 */
RosterLoss roster_loss_of_connecting (PGconn *pg, GError **error);

/** roster_loss_is_meant: Returns: whether @result says that the connection, not the statement, is
 * what failed. */
gboolean roster_loss_is_meant (PGconn *pg, const PGresult *result);

G_END_DECLS
