-- person-by-email
-- Parameters: ?1 email TEXT
-- Columns: id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER, updated_at INTEGER,
--   slot INTEGER
SELECT id, name, email, phone, created_at, updated_at, slot
FROM people
WHERE email = ?1 COLLATE NOCASE;
