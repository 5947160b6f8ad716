-- The tables that every replica has.
--
-- people.slot is the rowid: small and stable as long as the person lives in the file. It stays
-- below 2^27 because the search index keeps a bit for each slot. A freed slot may be given to
-- somebody else later, but never by the transaction that freed it.
--
-- 1383035764 is "Rost" in ASCII.
CREATE TABLE people (
  slot INTEGER PRIMARY KEY CHECK (slot BETWEEN 1 AND 134217727),
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

-- One row. n_people is kept by every write, because counting a million rows takes longer than the
-- first frame may.
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  n_people INTEGER NOT NULL
) STRICT;

INSERT INTO meta (id, n_people) VALUES (1, 0);

-- The first people in an order of the list, kept for the next start; emptied by every write that
-- changes anybody.
CREATE TABLE first_page (
  key TEXT NOT NULL,
  position INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  PRIMARY KEY (key, position)
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 1383035764;
PRAGMA user_version = 1;
