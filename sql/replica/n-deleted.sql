-- n-deleted
-- Parameters: ?1 since INTEGER
-- Columns: n INTEGER
SELECT count (*)
FROM people_deleted
WHERE at >= ?1;
