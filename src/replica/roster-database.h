/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "roster-statement.h"

G_BEGIN_DECLS

/**
 * RosterDatabase:
 *
 * One SQLite handle on a directory's file, with every statement prepared. Used by one thread at a
 * time; every function blocks. Inside replica/ only.
 */
typedef struct _RosterDatabase RosterDatabase;

/**
 * roster_database_open:
 * @path: where the file is; made when it is not there
 *
 * Opens for writing, or for reading where nothing else is possible, and brings the file up to this
 * version. A file that is refused is left untouched. Errors: see roster_replica_open_async().
 *
 * Returns: (transfer full) (nullable): the handle
 */
RosterDatabase *roster_database_open (const char *path, GError **error);

/** roster_database_open_reader: opens a file that another handle has open, to load, copy or digest
 * its people. */
RosterDatabase *roster_database_open_reader (const char *path, GError **error);

/** roster_database_open_copy: opens a file that may be a directory, of this version or an older
 * one, for ROSTER_STATEMENT_SAVE_COPY only. Nothing is left beside it. */
RosterDatabase *roster_database_open_copy (const char *path, GError **error);

/** roster_database_close: @self: (transfer full): its log is written back if that is possible. */
void roster_database_close (RosterDatabase *self);

gboolean roster_database_get_read_only (RosterDatabase *self);

/** roster_database_quick_check: reads everything; ROSTER_ERROR_CORRUPT when it does not fit. */
gboolean roster_database_quick_check (RosterDatabase *self, GError **error);

/** roster_database_checkpoint: writes the log back as far as nobody is in the way. */
void roster_database_checkpoint (RosterDatabase *self);

/** roster_database_scrub: leaves no trace in file and log of what was deleted, if there is room to
 * write everything anew and nobody else is reading. */
void roster_database_scrub (RosterDatabase *self);

/** RosterAmount: how many people are about to be written. */
typedef enum
{
  ROSTER_AMOUNT_FEW,
  ROSTER_AMOUNT_MANY,
} RosterAmount;

/** roster_database_expect: sets how much of the file may be kept in memory; for %ROSTER_AMOUNT_MANY
 * 256 MiB, until it is few again. */
void roster_database_expect (RosterDatabase *self, RosterAmount amount);

/**
 * RosterTransaction:
 *
 * What goes together: g_autoptr() forgets it at the end of the scope unless it was committed.
 */
typedef RosterDatabase RosterTransaction;

/** roster_database_begin: Returns: (nullable): a transaction that writes. */
RosterTransaction *roster_database_begin (RosterDatabase *self, GError **error);

/** roster_database_begin_read: Returns: (nullable): a transaction that reads one snapshot. */
RosterTransaction *roster_database_begin_read (RosterDatabase *self, GError **error);

/** roster_transaction_commit: makes it durable; one that cannot be is forgotten. */
gboolean roster_transaction_commit (RosterTransaction *self, GError **error);

/** roster_transaction_end: forgets what was not committed. */
void roster_transaction_end (RosterTransaction *self);

/**
 * RosterTakenStatement:
 *
 * A statement on loan: g_autoptr() resets it and forgets its parameters at the end of the scope.
 */
typedef sqlite3_stmt RosterTakenStatement;

/** roster_database_take: Returns: (transfer none): @statement, ready for its parameters. */
RosterTakenStatement *roster_database_take (RosterDatabase *self, RosterStatement statement);
void roster_taken_statement_give_back (RosterTakenStatement *statement);

/**
 * roster_database_step:
 * @row: (out) (optional): whether there is a row to read
 *
 * Returns: %FALSE with the common errors of RosterReplica, or ROSTER_ERROR_DUPLICATE_EMAIL
 */
gboolean roster_database_step (RosterDatabase *self,
                               RosterTakenStatement *statement,
                               gboolean *row,
                               GError **error);

/** roster_database_run: steps a statement that has neither parameters nor rows. */
gboolean roster_database_run (RosterDatabase *self, RosterStatement statement, GError **error);

/** roster_database_read_integer: reads the one integer that a statement without parameters gives.
 */
gboolean roster_database_read_integer (RosterDatabase *self,
                                       RosterStatement statement,
                                       gint64 *value,
                                       GError **error);

/** roster_database_set_corrupt_error: says that what was read cannot be; nothing is written back
 * into the file from here on. */
void roster_database_set_corrupt_error (RosterDatabase *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterDatabase, roster_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTransaction, roster_transaction_end)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTakenStatement, roster_taken_statement_give_back)

G_END_DECLS
