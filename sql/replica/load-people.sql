-- load-people
-- Parameters: none
-- Columns: id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER, updated_at INTEGER,
--   slot INTEGER (ascending)
SELECT id, name, email, phone, created_at, updated_at, slot
FROM people
ORDER BY slot;
