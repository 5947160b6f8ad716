-- changes-of-batch
-- Parameters: ?1 first_id INTEGER, ?2 last_id INTEGER
-- Columns: person_id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER,
--   updated_at INTEGER, id INTEGER (descending), operation TEXT, at INTEGER
SELECT person_id, name, email, phone, created_at, updated_at, id, operation, at
FROM people_history
WHERE id BETWEEN ?1 AND ?2
ORDER BY id DESC;
