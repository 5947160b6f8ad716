-- next-change-of-person
-- Parameters: ?1 person_id TEXT, ?2 id INTEGER
-- Columns: person_id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER,
--   updated_at INTEGER, id INTEGER, operation TEXT, at INTEGER
SELECT person_id, name, email, phone, created_at, updated_at, id, operation, at
FROM people_history
WHERE person_id = ?1 AND id > ?2
ORDER BY id
LIMIT 1;
