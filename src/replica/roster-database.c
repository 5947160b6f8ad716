/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A SQLite handle: how it is opened, what its errors mean, its statements and transactions. One
 * thread at a time; whoever opened it closes it. */

#define G_LOG_DOMAIN "roster-replica"

#include "config.h"

#include "roster-database.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "roster-error.h"
#include "roster-replica-file.h"

#define RESOURCE_FOLDER "/io/github/rosterapp/Roster/sql/replica/"
#define BUSY_TIMEOUT_MS 3000

/* Up to so many pages (4 MiB, about 15,000 people) everything is checked when the file is opened,
 * which takes a few milliseconds. In a larger file damage is found when it is read. */
#define QUICK_CHECK_MAX_PAGES 1024

struct _RosterDatabase
{
  char *path;
  sqlite3 *handle;
  sqlite3_stmt *statements[ROSTER_N_STATEMENTS];
};

static const char *const MIGRATION_NAMES[ROSTER_SCHEMA_VERSION] = {
  "migrations/0001-people", "migrations/0002-unique-emails", "migrations/0003-history",
  "migrations/0004-drafts", "migrations/0005-sync",
};

typedef enum
{
  ACCESS_WRITE,
  ACCESS_READ,
  /* The folder cannot be written either: not even the index of a log can be made there. */
  ACCESS_READ_ALONE,
} Access;

static GBytes *
lookup_sql (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, name, ".sql", NULL);
  g_autoptr (GError) error = NULL;
  GBytes *sql = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (!sql)
    g_error ("%s", error->message);
  return sql;
}

/* Sets the error that fits what SQLite said last. */
static void
set_error (RosterDatabase *self, const char *what, GError **error)
{
  /* SQLite does not keep the one of a commit that failed. */
  int saved_errno = errno ? errno : sqlite3_system_errno (self->handle);
  int code = sqlite3_extended_errcode (self->handle);

  g_info ("SQLite: %s: %s (%d)", what, sqlite3_errstr (code), code);
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
      /* The statements are right: it is the file that is not what its header promises. */
      roster_database_set_corrupt_error (self, error);
      break;
    case SQLITE_FULL:
      roster_replica_file_set_errno_error (self->path, ENOSPC, error);
      break;
    case SQLITE_READONLY:
      roster_replica_file_set_errno_error (self->path, EROFS, error);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      roster_replica_file_set_errno_error (self->path, saved_errno, error);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("Another program is using the directory. Close it and try again."));
      break;
    case SQLITE_CONSTRAINT:
      if (code == SQLITE_CONSTRAINT_UNIQUE)
        {
          g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_DUPLICATE_EMAIL,
                               _ ("Somebody else already has this e-mail. Use another one, or "
                                  "change theirs first."));
          break;
        }
      G_GNUC_FALLTHROUGH;
    default:
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("The directory could not do this. Restart Roster and try again."));
      break;
    }
}

void
roster_database_set_corrupt_error (RosterDatabase *self, GError **error)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  roster_replica_file_set_damaged_error (self->path, error);
}

static gboolean
execute (RosterDatabase *self, const char *name, GError **error)
{
  g_autoptr (GBytes) sql = lookup_sql (name);

  errno = 0;
  if (sqlite3_exec (self->handle, g_bytes_get_data (sql, NULL), NULL, NULL, NULL) != SQLITE_OK)
    {
      set_error (self, name, error);
      return FALSE;
    }
  return TRUE;
}

static sqlite3_stmt *
prepare (RosterDatabase *self, const char *name, unsigned int flags, GError **error)
{
  g_autoptr (GBytes) sql = lookup_sql (name);
  gsize n_bytes;
  const char *text = g_bytes_get_data (sql, &n_bytes);
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v3 (self->handle, text, (int) n_bytes, flags, &statement, NULL);

  if (code != SQLITE_OK)
    set_error (self, name, error);
  return statement;
}

/* Reads the first row of integers that a statement gives. */
static gboolean
read_integers (RosterDatabase *self, const char *name, gint64 *values, int n, GError **error)
{
  sqlite3_stmt *statement = prepare (self, name, 0, error);
  gboolean row = FALSE;

  if (!statement)
    return FALSE;
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      row = TRUE;
      for (int i = 0; i < n; i++)
        values[i] = sqlite3_column_int64 (statement, i);
    }
  else if (sqlite3_errcode (self->handle) == SQLITE_DONE)
    roster_database_set_corrupt_error (self, error);
  else
    set_error (self, name, error);
  sqlite3_finalize (statement);
  return row;
}

static char *
make_uri (const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  /* Nothing can have been left to a log that is not there; one that is there has to be read, but
   * can be without locks, because its index is kept in memory. */
  return g_strconcat ("file:", escaped,
                      roster_replica_file_has_log (path) ? "?vfs=unix-none" : "?immutable=1", NULL);
}

/* Connects and reads the version, which touches both file and log. */
static gboolean
try_to_connect (RosterDatabase *self, Access access, gint64 versions[2], GError **error)
{
  g_autofree char *uri = access == ACCESS_READ_ALONE ? make_uri (self->path) : NULL;
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (uri ? SQLITE_OPEN_URI : 0) |
              (access == ACCESS_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);

  if (sqlite3_open_v2 (uri ? uri : self->path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      set_error (self, "open", error);
      return FALSE;
    }
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  /* Until it is known that the file is to be used. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  return (access != ACCESS_READ_ALONE || execute (self, "connection-alone", error)) &&
         execute (self, "connection", error) && execute (self, "cache-few", error) &&
         read_integers (self, "version", versions, 2, error);
}

static gboolean
may_open_with_less (RosterDatabase *self)
{
  switch (sqlite3_errcode (self->handle) & 0xff)
    {
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Connects with as much access as there is, from @access down. */
static RosterDatabase *
connect_to (const char *path, Access access, gint64 versions[2], GError **error)
{
  g_autoptr (RosterDatabase) self = g_new0 (RosterDatabase, 1);
  g_autoptr (GError) reason = NULL;

  self->path = g_strdup (path);
  while (!try_to_connect (self, access, versions, &reason))
    {
      if (access == ACCESS_READ_ALONE || !may_open_with_less (self))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return NULL;
        }
      g_clear_pointer (&self->handle, sqlite3_close);
      g_clear_error (&reason);
      access++;
    }
  return g_steal_pointer (&self);
}

static gboolean
migrate (RosterDatabase *self, GError **error)
{
  g_autoptr (RosterTransaction) transaction = roster_database_begin (self, error);
  gint64 versions[2];

  /* Read again: another program may have been quicker. */
  if (!transaction || !read_integers (self, "version", versions, 2, error))
    return FALSE;
  for (gint64 i = versions[1]; i < ROSTER_SCHEMA_VERSION; i++)
    if (!execute (self, MIGRATION_NAMES[i], error))
      return FALSE;
  return roster_transaction_commit (transaction, error);
}

static gboolean
use_log (RosterDatabase *self, GError **error)
{
  sqlite3_stmt *statement = prepare (self, "write-ahead-log", 0, error);
  gboolean fine;

  if (!statement)
    return FALSE;
  /* Some network file systems cannot share memory and keep the rollback journal instead, which is
   * as durable. */
  fine = sqlite3_step (statement) == SQLITE_ROW;
  if (!fine)
    set_error (self, "write-ahead-log", error);
  sqlite3_finalize (statement);
  return fine;
}

static gboolean
prepare_one (RosterDatabase *self, RosterStatement statement, GError **error)
{
  self->statements[statement] =
      prepare (self, roster_statement_get_name (statement), SQLITE_PREPARE_PERSISTENT, error);
  return self->statements[statement] != NULL;
}

static gboolean
prepare_all (RosterDatabase *self, GError **error)
{
  for (guint i = 0; i < ROSTER_N_STATEMENTS; i++)
    if (!prepare_one (self, i, error))
      return FALSE;
  return TRUE;
}

gboolean
roster_database_quick_check (RosterDatabase *self, GError **error)
{
  sqlite3_stmt *statement = prepare (self, "quick-check", 0, error);
  gboolean fine = FALSE;

  if (!statement)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    set_error (self, "quick-check", error);
  else if (g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") != 0)
    roster_database_set_corrupt_error (self, error);
  else
    fine = TRUE;
  sqlite3_finalize (statement);
  return fine;
}

static gboolean
check (RosterDatabase *self, GError **error)
{
  gint64 n_pages;
  gint64 n_people;

  return read_integers (self, "n-pages", &n_pages, 1, error) &&
         roster_database_read_integer (self, ROSTER_STATEMENT_N_PEOPLE, &n_people, error) &&
         (n_pages > QUICK_CHECK_MAX_PAGES || roster_database_quick_check (self, error));
}

RosterDatabase *
roster_database_open (const char *path, GError **error)
{
  g_autoptr (RosterDatabase) self = NULL;
  gint64 versions[2];
  gboolean is_new;

  if (!roster_replica_file_inspect (path, &is_new, error) ||
      (is_new && !roster_replica_file_make (path, error)))
    return NULL;
  self = connect_to (path, ACCESS_WRITE, versions, error);
  if (!self)
    return NULL;

  /* The log may hold a version that the file's own header does not. */
  if (!is_new && !roster_replica_file_check_version (path, versions[0], versions[1], error))
    return NULL;
  if (versions[1] < ROSTER_SCHEMA_VERSION &&
      ((!is_new && !roster_database_quick_check (self, error)) || !migrate (self, error)))
    return NULL;
  if (!prepare_all (self, error) || !check (self, error) ||
      (!roster_database_get_read_only (self) && !use_log (self, error)))
    return NULL;
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return g_steal_pointer (&self);
}

RosterDatabase *
roster_database_open_reader (const char *path, GError **error)
{
  static const RosterStatement statements[] = {
    ROSTER_STATEMENT_LOAD_PEOPLE,
    ROSTER_STATEMENT_N_PEOPLE,
    ROSTER_STATEMENT_PEOPLE_BY_ID,
    ROSTER_STATEMENT_SAVE_COPY,
  };
  gint64 versions[2];
  g_autoptr (RosterDatabase) self = connect_to (path, ACCESS_READ, versions, error);

  if (!self)
    return NULL;
  /* All of them would take as long as reading some thousand people. */
  for (gsize i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!prepare_one (self, statements[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

RosterDatabase *
roster_database_open_copy (const char *path, GError **error)
{
  g_autofree char *shared_path = g_strconcat (path, "-shm", NULL);
  /* Whoever has it open shares the index of the log; otherwise nothing is left beside it. */
  Access access = g_file_test (shared_path, G_FILE_TEST_EXISTS) ? ACCESS_READ : ACCESS_READ_ALONE;
  const RosterStatement statement = ROSTER_STATEMENT_SAVE_COPY;
  g_autoptr (RosterDatabase) self = NULL;
  gint64 versions[2];
  gboolean is_new;

  if (!roster_replica_file_inspect (path, &is_new, error))
    return NULL;
  if (is_new)
    {
      roster_replica_file_set_damaged_error (path, error);
      return NULL;
    }
  self = connect_to (path, access, versions, error);
  if (!self || !roster_replica_file_check_version (path, versions[0], versions[1], error))
    return NULL;
  return prepare_one (self, statement, error) ? g_steal_pointer (&self) : NULL;
}

void
roster_database_close (RosterDatabase *self)
{
  int as_it_is = TRUE;

  if (self->handle)
    sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &as_it_is);
  if (!as_it_is && !roster_database_get_read_only (self))
    roster_database_checkpoint (self);
  for (guint i = 0; i < ROSTER_N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->handle);
  g_free (self->path);
  g_free (self);
}

gboolean
roster_database_get_read_only (RosterDatabase *self)
{
  return sqlite3_db_readonly (self->handle, "main") == 1;
}

static void
checkpoint (RosterDatabase *self, int mode)
{
  int code = sqlite3_wal_checkpoint_v2 (self->handle, NULL, mode, NULL, NULL);

  if (code != SQLITE_OK)
    g_info ("SQLite: checkpoint: %s (%d)", sqlite3_errstr (code), code);
}

void
roster_database_checkpoint (RosterDatabase *self)
{
  checkpoint (self, SQLITE_CHECKPOINT_PASSIVE);
}

void
roster_database_scrub (RosterDatabase *self)
{
  execute (self, "vacuum", NULL);
  checkpoint (self, SQLITE_CHECKPOINT_TRUNCATE);
}

void
roster_database_expect (RosterDatabase *self, RosterAmount amount)
{
  execute (self, amount == ROSTER_AMOUNT_MANY ? "cache-many" : "cache-few", NULL);
}

RosterTransaction *
roster_database_begin (RosterDatabase *self, GError **error)
{
  int moved = FALSE;

  /* SQLite would go on writing into a file that has no name any more. */
  sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
  if (moved)
    {
      g_set_error_literal (error, ROSTER_ERROR, ROSTER_ERROR_FAILED,
                           _ ("The directory file was moved or deleted. Put it back and restart "
                              "Roster."));
      return NULL;
    }
  if (roster_database_get_read_only (self))
    {
      roster_replica_file_set_errno_error (self->path, EROFS, error);
      return NULL;
    }
  return execute (self, "begin", error) ? self : NULL;
}

RosterTransaction *
roster_database_begin_read (RosterDatabase *self, GError **error)
{
  return execute (self, "begin-read", error) ? self : NULL;
}

gboolean
roster_transaction_commit (RosterTransaction *self, GError **error)
{
  return execute (self, "commit", error);
}

void
roster_transaction_end (RosterTransaction *self)
{
  /* Some errors, a full disk among them, have rolled it back already. */
  if (!sqlite3_get_autocommit (self->handle))
    execute (self, "rollback", NULL);
}

RosterTakenStatement *
roster_database_take (RosterDatabase *self, RosterStatement statement)
{
  g_assert (self->statements[statement] != NULL);
  return self->statements[statement];
}

void
roster_taken_statement_give_back (RosterTakenStatement *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
roster_database_step (RosterDatabase *self,
                      RosterTakenStatement *statement,
                      gboolean *row,
                      GError **error)
{
  int code;

  errno = 0;
  code = sqlite3_step (statement);
  if (row)
    *row = code == SQLITE_ROW;
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    return TRUE;
  set_error (self, "step", error);
  return FALSE;
}

gboolean
roster_database_run (RosterDatabase *self, RosterStatement statement, GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (self, statement);

  return roster_database_step (self, taken, NULL, error);
}

gboolean
roster_database_read_integer (RosterDatabase *self,
                              RosterStatement statement,
                              gint64 *value,
                              GError **error)
{
  g_autoptr (RosterTakenStatement) taken = roster_database_take (self, statement);
  gboolean row;

  if (!roster_database_step (self, taken, &row, error))
    return FALSE;
  if (!row)
    {
      roster_database_set_corrupt_error (self, error);
      return FALSE;
    }
  *value = sqlite3_column_int64 (taken, 0);
  return TRUE;
}
