-- How far a copy of a directory that an authority elsewhere keeps has come. In a directory of this
-- computer there is nothing in either table.
--
-- One row: since when changes are to be asked for, and, while everybody is being read, which pages
-- of which file are still to come (see roster-sync-point.h).
CREATE TABLE sync (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  cursor TEXT NOT NULL,
  is_partial INTEGER NOT NULL,
  file INTEGER NOT NULL,
  next_block INTEGER NOT NULL,
  n_blocks INTEGER NOT NULL,
  as_of INTEGER NOT NULL
) STRICT;

-- Who was there before everybody began to be read anew and has not been read since: at the end they
-- are gone. By id, because a slot may be another's by then.
CREATE TABLE unseen (
  id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 5;
