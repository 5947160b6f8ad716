-- changes-of-person
-- Parameters: ?1 person_id TEXT
-- Columns: person_id TEXT, name TEXT, email TEXT, phone TEXT, created_at INTEGER,
--   updated_at INTEGER, id INTEGER (descending), operation TEXT, at INTEGER
SELECT person_id, name, email, phone, created_at, updated_at, id, operation, at
FROM people_history
WHERE person_id = ?1
ORDER BY id DESC;
