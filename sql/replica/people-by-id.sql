-- people-by-id
-- Parameters: none
-- Columns: id TEXT (ascending, by its bytes), name TEXT, email TEXT, phone TEXT,
--   created_at INTEGER, updated_at INTEGER
SELECT id, name, email, phone, created_at, updated_at
FROM people
ORDER BY id;
