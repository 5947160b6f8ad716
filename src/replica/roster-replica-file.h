/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What can be known and done about a replica's file without SQLite, so that a file that is refused
 * is not touched. Any thread; every function blocks. Inside replica/ only. */

/** ROSTER_APPLICATION_ID: the application_id of the header; "Rost" in ASCII. */
#define ROSTER_APPLICATION_ID 1383035764

/** ROSTER_SCHEMA_VERSION: the user_version of the header; how many migrations there are. */
#define ROSTER_SCHEMA_VERSION 5

/**
 * roster_replica_file_inspect:
 * @is_new: (out): whether there is nothing yet: no file, or one without a byte, and no log of it
 *
 * Returns: %FALSE with ROSTER_ERROR_CORRUPT, ROSTER_ERROR_NEWER_VERSION or ROSTER_ERROR_FAILED
 */
gboolean roster_replica_file_inspect (const char *path, gboolean *is_new, GError **error);

/**
 * roster_replica_file_check_version:
 *
 * Returns: whether this version can read it; ROSTER_ERROR_CORRUPT for a foreign file,
 * ROSTER_ERROR_NEWER_VERSION
 */
gboolean roster_replica_file_check_version (const char *path,
                                            gint64 application_id,
                                            gint64 user_version,
                                            GError **error);

/** roster_replica_file_make: makes an empty file that only its owner can read, with its folder. */
gboolean roster_replica_file_make (const char *path, GError **error);

/** roster_replica_file_has_log: Returns: whether a log with something in it lies beside it. */
gboolean roster_replica_file_has_log (const char *path);

/**
 * roster_replica_file_make_unused_path:
 * @reason: a word that becomes part of the name
 *
 * Returns: (transfer full): a path beside @path that says why and when, and that nobody uses
 */
char *roster_replica_file_make_unused_path (const char *path, const char *reason);

/** roster_replica_file_set_aside: Returns: (transfer full) (nullable): the new path. */
char *roster_replica_file_set_aside (const char *path, GError **error);

/** roster_replica_file_set_damaged_error: sets ROSTER_ERROR_CORRUPT. */
void roster_replica_file_set_damaged_error (const char *path, GError **error);

/** roster_replica_file_set_errno_error: sets the code and the sentence that fit @saved_errno. */
void roster_replica_file_set_errno_error (const char *path, int saved_errno, GError **error);

G_END_DECLS
