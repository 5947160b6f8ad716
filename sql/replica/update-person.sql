-- update-person
-- Parameters: ?1 id TEXT, ?2 name TEXT, ?3 email TEXT, ?4 phone TEXT, ?5 created_at INTEGER,
--   ?6 updated_at INTEGER, ?7 slot INTEGER
-- Columns: none
UPDATE people
SET id = ?1, name = ?2, email = ?3, phone = ?4, created_at = ?5, updated_at = ?6
WHERE slot = ?7;
