-- expired
-- Parameters: ?1 at INTEGER, ?2 limit INTEGER
-- Columns: person_id TEXT, change_id INTEGER (ascending)
SELECT person_id, change_id
FROM people_deleted
WHERE at < ?1
ORDER BY change_id
LIMIT ?2;
