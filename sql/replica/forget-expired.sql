-- forget-expired
-- Parameters: ?1 at INTEGER, ?2 change_id INTEGER
-- Columns: none
DELETE FROM people_deleted
WHERE at < ?1 AND change_id <= ?2;
