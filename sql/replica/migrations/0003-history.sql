-- What makes it an authority that loses nothing: every change of people is kept, in the transaction
-- that made it. An authority elsewhere keeps its own.
--
-- One row a change; the values are those before it, so that nothing is kept twice: after it they
-- are those before the next change of the same person, or the person as it is now. Ids are given
-- out in the order of the commits and never again (see next-change-id). The operation is 'create',
-- 'update' or 'delete'; what another program wrote there is no reason to refuse the file.
CREATE TABLE people_history (
  id INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL,
  operation TEXT NOT NULL,
  at INTEGER NOT NULL,
  name TEXT,
  email TEXT,
  phone TEXT,
  created_at INTEGER,
  updated_at INTEGER
) STRICT;

CREATE INDEX people_history_person_id ON people_history (person_id, id);

-- One row for all changes of one action, whose ids are next to each other. It says nothing about
-- anybody and is kept for ever.
CREATE TABLE history_batch (
  last_id INTEGER PRIMARY KEY,
  first_id INTEGER NOT NULL,
  id TEXT NOT NULL UNIQUE
) STRICT;

-- Who is deleted now, by the change that did it. All of it is in people_history too, but to find
-- the latest deletions among a million that were undone would take seconds.
CREATE TABLE people_deleted (
  change_id INTEGER PRIMARY KEY,
  person_id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL
) STRICT;

INSERT INTO people_history (person_id, operation, at)
SELECT id, 'create', created_at
FROM people
ORDER BY slot;

-- When the file was last opened, by a clock that may be wrong, and a time that two clocks a day
-- apart agree has come (see roster-purge.c).
ALTER TABLE meta ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meta ADD COLUMN sure_at INTEGER NOT NULL DEFAULT 0;

UPDATE meta
SET seen_at = unixepoch () * 1000, sure_at = unixepoch () * 1000
WHERE id = 1;

PRAGMA user_version = 3;
