-- What was typed in a dialog and not saved yet, by the id that the person has or will have: as it
-- was typed, finished or not. What editing began from is NULL for somebody new.
CREATE TABLE draft (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  typed_at INTEGER NOT NULL,
  base_name TEXT,
  base_email TEXT,
  base_phone TEXT
) STRICT;

PRAGMA user_version = 4;
